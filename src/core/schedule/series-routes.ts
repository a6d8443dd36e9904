import { Hono } from 'hono'
import { allow, body, memberOf, params, tells, type HouseEnv, type Member } from '#kit/http.ts'
import { idParam } from '#kit/text.ts'
import type { Db, Tx } from '#db/database.ts'
import type { House } from '../house.ts'
import { wordsOf } from '../posts/rules.ts'
import { postById } from '../posts/store.ts'
import { EndBody, OneTimeBody, Rhythm, SeriesChange, SeriesInput } from './bodies.ts'
import { materialiseOne, treatOccurrence } from './materialise.ts'
import { readRule, ruleText } from './rrule.ts'
import { ruleInWords } from './rule-words.ts'
import { allSeries, beginSeries, changeSeries, endSeries, farthest, holdSeries, occurrencesOf, seriesById, timesOf, type Series } from './series.ts'
import { zonesFor } from './store.ts'

async function shown(db: Db, house: House, row: Series) {
  const known = new Map((await occurrencesOf(db, [row.id])).map((one) => [one.wall, one]))
  const now = house.now()
  const next = row.state === 'ended' ? [] : timesOf(row, { after: now, until: new Date(now.getTime() + farthest), limit: 10 })
  const { workspaceId: _, ...rest } = row
  return {
    ...rest, says: ruleInWords(readRule(row.rule, row.zone), row.startWall),
    next: next.map((ahead) => ({ ...ahead, postId: known.get(ahead.occurrence)?.postId ?? null, skipped: known.get(ahead.occurrence)?.skipped ?? false })),
  }
}
/** Changes a series and makes its next posts at once, so that the answer shows them. */
async function after(tx: Tx, house: House, row: Series) {
  if (row.state === 'on') await materialiseOne(tx, house, row.id)
  return await shown(tx, house, await seriesById(tx, row.id))
}
const zoneFor = async (house: House, { workspaceId }: Member, campaignId: string | null | undefined): Promise<string> => (await zonesFor(house.database, { workspaceId, campaignId })).planning

const readRoutes = (house: House) => new Hono<HouseEnv>()
  .get('/series', allow('read'), tells('Posts that come again'), async (c) => c.json({
    items: await house.database.read(memberOf(c).workspaceId, async (db) => { const all = []; for (const row of await allSeries(db)) all.push(await shown(db, house, row)); return all }),
  }))
  .get('/series/:id', allow('read'), tells('One series with its next times'), params(idParam), async (c) =>
    c.json(await house.database.read(memberOf(c).workspaceId, async (db) => await shown(db, house, await seriesById(db, c.req.valid('param').id)))))
  .post('/series/preview', allow('write'), tells('When a rule comes, before it is kept'), body(Rhythm), async (c) => {
    const given = c.req.valid('json')
    const zone = given.zone ?? await zoneFor(house, memberOf(c), null)
    const rule = readRule(given.rule, zone)
    const now = house.now()
    const year = timesOf({ ...given, rule: ruleText(rule), zone }, { after: now, until: new Date(now.getTime() + 366 * 86_400_000) })
    const next = timesOf({ ...given, rule: ruleText(rule), zone }, { after: now, until: new Date(now.getTime() + farthest), limit: 10 })
    return c.json({ next, zone, says: ruleInWords(rule, given.startWall), clockChanges: year.filter(({ clockChange }) => clockChange).length })
  })

const writeRoutes = (house: House) => new Hono<HouseEnv>()
  .post('/series', allow('publish'), tells('Let a post come again by a rule'), body(SeriesInput), async (c) => {
    const member = memberOf(c)
    const { template, fromPostId, ...given } = c.req.valid('json')
    const zone = given.zone ?? await zoneFor(house, member, template?.campaignId)
    return c.json(await house.database.write(member.workspaceId, async (tx) => {
      const words = template ?? wordsOf(await postById(tx, fromPostId!))
      return await after(tx, house, await beginSeries(tx, house, { ...given, zone, template: words, authorId: member.id }))
    }), 201)
  })
  .put('/series/:id', allow('publish'), tells('Change a series: all that is still to come, or from one time on'), params(idParam), body(SeriesChange), async (c) => {
    const member = memberOf(c)
    const { version, from, ...change } = c.req.valid('json')
    const set = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
    return c.json(await house.database.write(member.workspaceId, async (tx) => {
      const { series, before } = await changeSeries(tx, house, { id: c.req.valid('param').id, version, change: set, from, memberId: member.id })
      return { series: await after(tx, house, series), before: before && await shown(tx, house, before) }
    }))
  })
  .post('/series/:id/occurrences', allow('publish'), tells('Leave one time out, take it in again, or make its post now'), params(idParam), body(OneTimeBody), async (c) =>
    c.json(await house.database.write(memberOf(c).workspaceId, (tx) => treatOccurrence(tx, house, { id: c.req.valid('param').id, ...c.req.valid('json') }))))
  .post('/series/:id/pause', allow('publish'), tells('Hold a series'), params(idParam), async (c) => {
    const member = memberOf(c)
    return c.json(await house.database.write(member.workspaceId, async (tx) => await shown(tx, house, await holdSeries(tx, house, { id: c.req.valid('param').id, to: 'paused', memberId: member.id }))))
  })
  .post('/series/:id/resume', allow('publish'), tells('Let a series go on'), params(idParam), async (c) => {
    const member = memberOf(c)
    return c.json(await house.database.write(member.workspaceId, async (tx) => await after(tx, house, await holdSeries(tx, house, { id: c.req.valid('param').id, to: 'on', memberId: member.id }))))
  })
  .post('/series/:id/end', allow('publish'), tells('End a series, now or from one time on'), params(idParam), body(EndBody), async (c) => {
    const member = memberOf(c)
    return c.json(await house.database.write(member.workspaceId, async (tx) => await shown(tx, house, await endSeries(tx, house, { id: c.req.valid('param').id, from: c.req.valid('json').from, memberId: member.id }))))
  })
  .delete('/series/:id', allow('publish'), tells('End a series and drop what nobody touched of it'), params(idParam), async (c) => {
    const member = memberOf(c)
    await house.database.write(member.workspaceId, (tx) => endSeries(tx, house, { id: c.req.valid('param').id, memberId: member.id }))
    return c.json({ deleted: true })
  })

export const seriesRoutes = (house: House) => new Hono<HouseEnv>().route('/', readRoutes(house)).route('/', writeRoutes(house))
