import { and, eq, inArray } from 'drizzle-orm'
import { Hono } from 'hono'
import { z } from 'zod'
import { allow, body, memberOf, query, tells, type HouseEnv } from '#kit/http.ts'
import { Refusal } from '#kit/refusal.ts'
import { mine, type Db } from '#db/database.ts'
import { accounts } from '../accounts/tables.ts'
import type { House } from '../house.ts'
import { missingColumn } from '../imports/rules.ts'
import { posts } from '../posts/tables.ts'
import { ImportBody, Range } from './bodies.ts'
import type { Row } from './calendar-rows.ts'
import { readCsv, suggestCsv, tableOf } from './csv-in.ts'
import { csvOf, type Line } from './csv-out.ts'
import { linkOf, openLink, renewLink, revokeLinks } from './feed-link.ts'
import { icalOf } from './ical-out.ts'
import { readIcal } from './ical-in.ts'
import { takeIn, type Found } from './import.ts'
import { calendarOf } from './look.ts'
import { campaignLanes, zonesFor } from './store.ts'

const day = 86_400_000
// How much of the calendar a link shows, around today.
const span = { back: 60, ahead: 365 }

async function linesOf(db: Db, rows: readonly Row[]): Promise<Line[]> {
  const ids = rows.filter((row) => row.kind === 'post').map((row) => row.id)
  const whole = ids.length === 0 ? [] : await db.select({ id: posts.id, text: posts.text, tags: posts.tags }).from(posts).where(and(mine(db, posts), inArray(posts.id, ids)))
  const words = new Map(whole.map((one) => [one.id, one]))
  const names = new Map((await db.select({ id: accounts.id, channel: accounts.channel, handle: accounts.handle }).from(accounts).where(mine(db, accounts))).map((one) => [one.id, `${one.channel}:${one.handle}`]))
  const campaigns = new Map((await campaignLanes(db)).map((one) => [one.id, one.name]))
  return rows.filter((row) => row.kind === 'post').map((row) => ({
    row, text: words.get(row.id)?.text ?? row.excerpt, tags: words.get(row.id)?.tags ?? [], accounts: row.accountIds.flatMap((id) => names.get(id) ?? []), campaign: campaigns.get(row.campaignId ?? '') ?? '',
  }))
}

interface Read { readonly found: readonly Found[]; readonly format: 'ical' | 'csv'; readonly columns: readonly string[]; readonly mapping: Readonly<Record<string, string>> }
function readFile(given: z.infer<typeof ImportBody>, zone: string, now: Date): Read {
  if ('ics' in given) return { found: readIcal(given.ics, { zone, now }), format: 'ical', columns: [], mapping: {} }
  const table = tableOf(given.csv)
  const mapping = given.mapping ?? suggestCsv(table.columns)
  const missing = missingColumn(table.columns, { columns: mapping }) ?? (mapping.date === undefined ? 'date' : mapping.text === undefined && mapping.title === undefined ? 'text' : undefined)
  if (missing !== undefined) throw new Refusal('import_columns', { params: { name: missing, columns: table.columns.join(', ').slice(0, 500) }, field: 'mapping' })
  return { found: readCsv({ table, mapping, zone, dateOrder: given.dateOrder }), format: 'csv', columns: table.columns, mapping }
}

const linkRoutes = (house: House) => new Hono<HouseEnv>()
  .get('/calendar/ics-link', allow('read'), tells('One\'s own link to the calendar, for other programs'), async (c) => {
    const member = memberOf(c)
    return c.json({ url: await house.database.read(member.workspaceId, (db) => linkOf(db, house, member.id)) })
  })
  .post('/calendar/ics-link', allow('read'), tells('Make the link, or make it anew: the old one stops'), async (c) => {
    const member = memberOf(c)
    return c.json({ url: await house.database.write(member.workspaceId, (tx) => renewLink(tx, house, { memberId: member.id, at: house.now() })) })
  })
  .delete('/calendar/ics-link', allow('read'), tells('Stop the link'), async (c) => {
    const member = memberOf(c)
    await house.database.write(member.workspaceId, (tx) => revokeLinks(tx, member.id, house.now()))
    return c.json({ deleted: true })
  })
  .get('/calendar.ics', allow('anyone'), tells('The calendar as iCalendar, by a member\'s own link'), query(z.strictObject({ token: z.string().max(120) })), async (c) => {
    const { workspaceId, memberId } = await openLink(house, c.req.valid('query').token)
    const zones = await zonesFor(house.database, { workspaceId, memberId })
    const now = house.now()
    const filter = { from: new Date(now.getTime() - span.back * day), to: new Date(now.getTime() + span.ahead * day) }
    const { items } = await house.database.read(workspaceId, (db) => calendarOf(db, house, { filter, zone: zones.planning }))
    return c.body(icalOf({ rows: items, name: zones.name, lang: zones.lang, origin: house.origin, now }), 200, {
      'content-type': 'text/calendar; charset=utf-8', 'content-disposition': 'inline; filename="stoa.ics"', 'cache-control': 'private, max-age=300', 'referrer-policy': 'no-referrer',
    })
  })

const tableRoutes = (house: House) => new Hono<HouseEnv>()
  .get('/calendar.csv', allow('read'), tells('The calendar as a table'), query(Range), async (c) => {
    const { workspaceId, id } = memberOf(c)
    const filter = c.req.valid('query')
    const zones = await zonesFor(house.database, { workspaceId, memberId: id })
    const lines = await house.database.read(workspaceId, async (db) => await linesOf(db, (await calendarOf(db, house, { filter, zone: zones.planning })).items))
    return c.body(csvOf(lines, c.get('lang')), 200, { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': 'attachment; filename="stoa-calendar.csv"' })
  })
  .post('/calendar/import', allow('write'), tells('Take a calendar or a table in as drafts, or only look what would happen'), body(ImportBody), async (c) => {
    const member = memberOf(c)
    const given = c.req.valid('json')
    const zones = await zonesFor(house.database, { workspaceId: member.workspaceId, memberId: member.id, campaignId: given.campaignId })
    const zone = given.zone ?? zones.planning
    const { found, format, columns, mapping } = readFile(given, zone, house.now())
    const known = given.accountIds.length === 0 ? [] : await house.database.read(member.workspaceId, (db) => db.select({ id: accounts.id }).from(accounts).where(and(mine(db, accounts), inArray(accounts.id, given.accountIds), eq(accounts.state, 'connected'))))
    if (known.length < new Set(given.accountIds).size) throw new Refusal('no_account_chosen', { field: 'accountIds' })
    const taking = { source: format, found, dryRun: given.dryRun, memberId: member.id, lang: given.lang ?? zones.lang, accountIds: given.accountIds, campaignId: given.campaignId }
    const taken = await house.database.write(member.workspaceId, (tx) => takeIn(tx, house, taking))
    return c.json({ dryRun: given.dryRun, format, columns, mapping, ...taken })
  })

export const fileRoutes = (house: House) => new Hono<HouseEnv>().route('/', linkRoutes(house)).route('/', tableRoutes(house))
