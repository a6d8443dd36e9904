import { and, asc, eq, gt } from 'drizzle-orm'
import { Hono } from 'hono'
import { z } from 'zod'
import { allow, body, memberOf, params, query, tells, type HouseEnv } from '#kit/http.ts'
import type { Member } from '#kit/http.ts'
import { Refusal } from '#kit/refusal.ts'
import { mayDo } from '#kit/rights.ts'
import { idParam, line, said } from '#kit/text.ts'
import { mine, type Db, type Tx } from '#db/database.ts'
import { emit } from '../events/store.ts'
import type { House } from '../house.ts'
import { memberById } from '../members/store.ts'
import { isZone, wallMs } from '../posts/wall-time.ts'
import { dueAnew } from '../routing/due.ts'
import { greekHolidays } from './holidays.ts'
import { dutyNow, rosterOf, spansOfMember } from './store.ts'
import { awayPeriods, daysOff, memberHours } from './tables.ts'

const minute = z.int().min(0).max(1440)
const Hours = z.strictObject({ day: z.int().min(1).max(7), from: minute, to: minute }).refine(({ from, to }) => from !== to && from < 1440, 'from = to')
const zone = z.string().max(60).refine(isZone, { error: 'zone', params: { says: { en: 'is no time zone, such as Europe/Athens', el: 'δεν είναι ζώνη ώρας, όπως Europe/Athens' } } })
const Own = z.strictObject({ own: z.strictObject({ hours: z.array(Hours).max(50), zone }).nullable() })
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/).refine((text) => wallMs(`${text}T00:00`) !== undefined, 'date')
const DaysOff = z.strictObject({ days: z.array(z.strictObject({ date, name: said(80), from: minute, to: minute }).refine(({ from, to }) => from < to, 'from < to')).max(400)
  .refine((days) => new Set(days.map((one) => one.date)).size === days.length, 'date twice') })
const Away = z.strictObject({ memberId: z.uuid(), from: z.iso.datetime(), to: z.iso.datetime(), note: line(120) }).refine(({ from, to }) => Date.parse(from) < Date.parse(to), 'from < to')
const Year = z.strictObject({ year: z.coerce.number().int().min(1900).max(2099) })

async function mayArrange(tx: Tx, member: Member, memberId: string): Promise<void> {
  if (memberId !== member.id && !mayDo(member.role, 'manage')) throw new Refusal('not_allowed')
  const found = await memberById(tx, memberId)
  if (!found || found.leftAt !== null) throw new Refusal('not_found')
}

const weekMs = 7 * 24 * 3_600_000
async function plan(db: Db, now: Date) {
  const roster = await rosterOf(db, now)
  const away = await db.select().from(awayPeriods).where(and(mine(db, awayPeriods), gt(awayPeriods.to, now))).orderBy(asc(awayPeriods.from))
  return {
    zone: roster.zone, hours: roster.hours, now: await dutyNow(db, now),
    members: roster.watch.map((one) => ({
      id: one.memberId, name: one.name, own: one.own ? one.week : null,
      week: spansOfMember(roster, one, { from: now.getTime(), to: now.getTime() + weekMs }).map(({ from, to }) => ({ from: new Date(from), to: new Date(to) })),
    })),
    away: away.map(({ id, memberId, from, to, note }) => ({ id, memberId, from, to, note })),
    daysOff: await db.select({ date: daysOff.date, name: daysOff.name, from: daysOff.from, to: daysOff.to }).from(daysOff).where(mine(db, daysOff)).orderBy(asc(daysOff.date)),
  }
}

/** Whatever changes who is there also moves what is due. */
async function keep(house: House, member: Member, work: (tx: Tx) => Promise<void>) {
  const now = house.now()
  await house.database.write(member.workspaceId, async (tx) => {
    await work(tx)
    await dueAnew(tx, now)
    await emit(tx, 'site.changed', { at: now, memberId: member.id, data: { change: 'duty' } })
  })
  return await house.database.read(member.workspaceId, (db) => plan(db, now))
}

export const dutyRoutes = (house: House) => new Hono<HouseEnv>()
  .get('/duty', allow('read'), tells('Who is there when, and now'), async (c) => c.json(await house.database.read(memberOf(c).workspaceId, (db) => plan(db, house.now()))))
  .get('/duty/holidays', allow('read'), tells('The public holidays of Greece in a year'), query(Year), (c) => c.json({ items: greekHolidays(c.req.valid('query').year) }))
  .put('/duty/members/:id', allow('answer'), tells('A member’s own hours, or the team’s'), params(idParam), body(Own), async (c) => {
    const [member, { id }, { own }] = [memberOf(c), c.req.valid('param'), c.req.valid('json')]
    return c.json(await keep(house, member, async (tx) => {
      await mayArrange(tx, member, id)
      if (own === null) await tx.delete(memberHours).where(and(mine(tx, memberHours), eq(memberHours.memberId, id)))
      else await tx.insert(memberHours).values({ memberId: id, ...own }).onConflictDoUpdate({ target: [memberHours.workspaceId, memberHours.memberId], set: own })
    }))
  })
  .put('/duty/days-off', allow('manage'), tells('The days on which nobody is there'), body(DaysOff), async (c) => c.json(await keep(house, memberOf(c), async (tx) => {
    await tx.delete(daysOff).where(mine(tx, daysOff))
    const { days } = c.req.valid('json')
    if (days.length > 0) await tx.insert(daysOff).values(days).onConflictDoNothing()
  })))
  .post('/duty/away', allow('answer'), tells('A time in which a member is away'), body(Away), async (c) => {
    const [member, given] = [memberOf(c), c.req.valid('json')]
    return c.json(await keep(house, member, async (tx) => {
      await mayArrange(tx, member, given.memberId)
      await tx.insert(awayPeriods).values({ ...given, from: new Date(given.from), to: new Date(given.to) })
    }), 201)
  })
  .delete('/duty/away/:id', allow('answer'), tells('They are not away after all'), params(idParam), async (c) => {
    const member = memberOf(c)
    return c.json(await keep(house, member, async (tx) => {
      const [row] = await tx.select().from(awayPeriods).where(and(mine(tx, awayPeriods), eq(awayPeriods.id, c.req.valid('param').id))).limit(1)
      if (!row) throw new Refusal('not_found')
      await mayArrange(tx, member, row.memberId)
      await tx.delete(awayPeriods).where(and(mine(tx, awayPeriods), eq(awayPeriods.id, row.id)))
    }))
  })

export type DutyApi = ReturnType<typeof dutyRoutes>
