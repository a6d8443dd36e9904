import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { HouseEnv, Member } from '#kit/http.ts'
import type { Pillar } from '#kit/pillar.ts'
import { problemBody } from '#kit/problem-json.ts'
import { problems } from '#kit/problems.ts'
import { Refusal } from '#kit/refusal.ts'
import { emit } from '#core/events/store.ts'
import { events } from '#core/events/tables.ts'
import type { House } from '#core/house.ts'
import { mine, type Database, type Tx } from '#db/database.ts'
import { testDatabase } from '#db/testing.ts'
import { signals } from '#pillars/connectivity/signals.ts'
import { today as nudges } from '#pillars/imagination/today.ts'
import { bakery, houseOf, NOON, type Bakery } from '../../test/world/bakery.ts'
import { recompute } from './fold.ts'
import { briefParts } from './gaps.ts'
import { strategyRoutes } from './routes.ts'

const pillar: Pillar<House, Tx> = { id: 'connectivity', name: { en: 'Connectivity', el: 'Σύνδεση' }, promise: { en: 'We answer.', el: 'Απαντάμε.' }, checks: [], signals, today: nudges }

let database: Database
let world: Bakery
beforeAll(async () => { database = await testDatabase(process.env['STOA_TEST_DATABASE']!); world = await bakery(database) })
afterAll(() => database.close())

function ask(member: Member, lang: 'en' | 'el' = 'el') {
  const app = new Hono<HouseEnv>()
  app.use(async (c, next) => { c.set('member', member); c.set('lang', lang); await next() })
  app.route('/', strategyRoutes(houseOf(database, { pillars: [pillar] })))
  app.onError((error, c) => error instanceof Refusal ? c.json(problemBody(error, lang, 'r'), problems[error.code].status as 400) : c.json({ code: String(error) }, 500))
  return async (method: string, path: string, body?: unknown) => {
    const answer = await app.request(path, { method, ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }) })
    return { status: answer.status, body: await answer.json() as never as Record<string, never> }
  }
}
interface Shown { id: string; version: number; state: string; gaps: { id: string }[]; objectives: { id: string; live: object }[]; detail: string; code: string }
const plan = async (call: ReturnType<typeof ask>, name = 'Σίκαλη του φθινοπώρου') => (await call('POST', '/campaigns', { name })).body as unknown as Shown
const brief = Object.fromEntries(Object.keys(briefParts).map((part) => [part, 'Γραμμένο από την Ελένη']))
const dates = { startsOn: '2026-10-01', endsOn: '2026-11-15' }
const aim = { says: 'Η πρώτη απάντηση μέσα σε μία ώρα', signal: 'first-answer', baseline: 600, target: 60, dueOn: '2026-11-15' }

describe('planning a campaign', () => {
  test('a campaign whose brief has gaps does not go live, and the gaps are named in the reader’s language', async () => {
    const call = ask(world.eleni)
    const { id } = await plan(call)
    const refused = await call('POST', `/campaigns/${id}/open`)
    expect(refused).toMatchObject({ status: 422, body: { code: 'campaign_gaps' } })
    expect((refused.body as unknown as Shown).gaps.map((gap) => gap.id)).toEqual([...Object.keys(briefParts), 'startsOn', 'endsOn', 'objectives'])
    expect((refused.body as unknown as Shown).detail).toContain('ο ανταγωνισμός')
    expect((await call('GET', `/campaigns/${id}`)).body).toMatchObject({ state: 'draft' })
  })
  test('with a whole brief, dates and one live objective it goes live once, and says so', async () => {
    const call = ask(world.eleni)
    const { id, version } = await plan(call)
    await call('PUT', `/campaigns/${id}`, { name: 'Σίκαλη', brief, ...dates, version })
    await call('POST', `/campaigns/${id}/objectives`, aim)
    expect(await call('POST', `/campaigns/${id}/open`)).toMatchObject({ status: 200, body: { state: 'live', gaps: [], openedAt: NOON.toISOString() } })
    expect(await call('POST', `/campaigns/${id}/open`)).toMatchObject({ status: 409, body: { code: 'wrong_state' } })
    const told = await database.read(world.workspaceId, (db) => db.select().from(events).where(mine(db, events)))
    expect(told.filter((event) => event.campaignId === id && event.name === 'campaign.opened')).toHaveLength(1)
    expect(await call('POST', `/campaigns/${id}/close`)).toMatchObject({ body: { state: 'ended' } })
  })
  test('two who write the brief at once do not overwrite each other', async () => {
    const call = ask(world.eleni)
    const { id, version } = await plan(call)
    const save = (name: string) => call('PUT', `/campaigns/${id}`, { name, brief, ...dates, version })
    const both = await Promise.all([save('Μία'), save('Άλλη')])
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409])
  })
  test('an end before its start is refused, and so is an objective on a signal nobody computes', async () => {
    const call = ask(world.eleni)
    const { id, version } = await plan(call)
    expect(await call('PUT', `/campaigns/${id}`, { name: 'Σίκαλη', brief, startsOn: '2026-11-15', endsOn: '2026-10-01', version })).toMatchObject({ status: 400, body: { code: 'dates_reversed' } })
    expect(await call('POST', `/campaigns/${id}/objectives`, { ...aim, signal: 'sales' })).toMatchObject({ status: 400, body: { field: 'signal' } })
    expect(await call('POST', `/campaigns/${id}/objectives`, { ...aim, target: 600 })).toMatchObject({ status: 400, body: { field: 'target' } })
    expect(await call('POST', '/campaigns', { name: ' \u200b ' })).toMatchObject({ status: 400 })
    expect(await call('POST', '/campaigns', { name: 'Σίκαλη', budget: 9 })).toMatchObject({ status: 400, body: { code: 'unknown_field' } })
  })
  test('a responder reads the plan but does not make it', async () => {
    expect((await ask(world.maria)('GET', '/campaigns')).status).toBe(200)
    expect(await ask(world.maria)('POST', '/campaigns', { name: 'Σίκαλη' })).toMatchObject({ status: 403 })
  })
  test('another workspace’s campaign is not found', async () => {
    const { id } = await plan(ask(world.eleni))
    const stranger = ask((await bakery(database)).eleni)
    for (const [method, path] of [['GET', `/campaigns/${id}`], ['POST', `/campaigns/${id}/open`], ['GET', `/scorecard?campaignId=${id}`]] as const) {
      expect((await stranger(method, path)).status).toBe(404)
    }
  })
})

describe('where they stand', () => {
  test('an objective shows how far its signal has come in its own campaign', async () => {
    const { workspaceId, eleni, maria } = await bakery(database)
    const call = ask(eleni)
    const { id } = await plan(call)
    await call('POST', `/campaigns/${id}/objectives`, aim)
    const conversationId = '018f0000-0000-7000-8000-000000000001'
    await database.write(workspaceId, async (tx) => {
      for (let n = 1; n <= 5; n++) {
        await emit(tx, 'answer.sent', { at: new Date(NOON.getTime() - n * 3_600_000), memberId: maria.id, campaignId: id, conversationId, data: {
          messageId: 'm', channel: 'porch', waitingSince: null, minutesWaited: 330, named: true, similarity: 0, turns: 1, findings: [], first: true } })
      }
      await recompute(tx, [pillar])
    })
    const { body } = await call('GET', `/campaigns/${id}`)
    expect((body as unknown as Shown).objectives).toMatchObject([{ says: aim.says, live: { value: 330, unit: 'minutes', enough: true, progress: 0.5 } }])
    const card = await call('GET', `/scorecard?campaignId=${id}`)
    expect(card.body).toMatchObject({ pillars: [{ id: 'connectivity', signals: [{ id: 'answered-share', value: null }, { id: 'first-answer', value: 330 }, {}, {}, {}, {}, {}, {}] }] })
    const behind = await call('GET', '/signals/first-answer/readings?limit=2')
    expect(behind.body).toMatchObject({ items: [{ value: 330, event: { name: 'answer.sent', memberId: maria.id } }, {}] })
    expect((await call('GET', '/signals/sales/readings')).status).toBe(404)
  })
  test('today asks for what the pillars miss', async () => {
    const { eleni } = await bakery(database)
    const { body } = await ask(eleni)('GET', '/today')
    expect(body).toMatchObject({ waiting: [], goesOut: [], wentWrong: [], nudges: [{ pillar: 'connectivity', to: '/calendar' }, { to: '/calendar?post=new' }] })
  })
})
