import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '#db/database.ts'
import { testDatabase } from '#db/testing.ts'
import { catchUp } from '../events/dispatch.ts'
import { eventsAfter, START } from '../events/store.ts'
import { act } from '../posts/approval/store.ts'
import { setPolicy, firstPolicy } from '../posts/policy.ts'
import { savePost } from '../posts/store.ts'
import { posts } from '../posts/tables.ts'
import { publications } from '../publications/tables.ts'
import { scheduleHandlers } from './handlers.ts'
import { retimeAll } from './keeper.ts'
import { materialise } from './materialise.ts'
import { readRule } from './rrule.ts'
import { ruleInWords } from './rule-words.ts'
import { calendar, type Calendar } from './test-bakery.ts'

let database: Database
let its: Calendar
beforeAll(async () => { database = await testDatabase() })
afterAll(() => database.close())
beforeEach(async () => { its = await calendar(database) })

interface Next { occurrence: string; wallTime: string; at: string; clockChange: boolean; postId: string | null; skipped: boolean }
interface Shown { id: string; version: number; rule: string; state: string; startWall: string; next: Next[] }
const template = (more: object = {}) => ({ title: 'Το ψωμί της Τρίτης', text: 'Κάθε Τρίτη βγαίνει σίκαλη.', lang: 'el', intent: 'give', format: 'story', tags: [], campaignId: null, accountIds: [its.account], ...more })
async function begin(rule: string, startWall: string, more: object = {}): Promise<Shown> {
  const { status, body } = await its.ask('POST', '/series', { rule, startWall, template: template(), ...more })
  expect(status).toBe(201)
  return body as unknown as Shown
}
const look = async (id: string): Promise<Shown> => (await its.ask('GET', `/series/${id}`)).body as unknown as Shown
const made = (series: Shown): string[] => series.next.filter((one) => one.postId).map((one) => one.occurrence)
const rows = async (from: string, to: string) => (await its.ask('GET', `/calendar?from=${from}&to=${to}`)).body['items'] as { id: string; kind: string; state: string; wallTime: string; changed: boolean; version: number; occurrence: string; problem: { code: string } | null; seriesId: string | null }[]

describe('a series', () => {
  test('becomes posts up to the horizon, each at its hour over the change of the clocks, and ghosts beyond', async () => {
    const series = await begin('FREQ=WEEKLY;BYDAY=TU', '2026-10-20T09:30')
    expect(made(series)).toEqual(['2026-10-27T09:30', '2026-11-03T09:30', '2026-11-10T09:30'])
    expect(series.next[0]!.at).toBe('2026-10-27T07:30:00.000Z')
    const seen = await rows('2026-10-20T00:00:00Z', '2026-12-01T00:00:00Z')
    expect(seen.map(({ wallTime, state }) => [wallTime, state])).toEqual([
      ['2026-10-27T09:30', 'scheduled'], ['2026-11-03T09:30', 'scheduled'], ['2026-11-10T09:30', 'scheduled'], ['2026-11-17T09:30', 'ahead'], ['2026-11-24T09:30', 'ahead'],
    ])
    expect(await its.due(series.next[0]!.postId!)).toEqual(['2026-10-27T07:30:00.000Z'])
  })

  test('makes each of its posts once, however often it is looked after, by however many at once', async () => {
    await begin('FREQ=DAILY', '2026-10-21T09:30')
    const count = async () => (await rows('2026-10-20T00:00:00Z', '2026-11-30T00:00:00Z')).filter((row) => row.kind === 'post').length
    const before = await count()
    await Promise.all([1, 2, 3].map(() => materialise(its.house, its.world.workspaceId)))
    expect(await count()).toBe(before)
    its.set('2026-10-23T09:00:00Z')
    expect(await materialise(its.house, its.world.workspaceId)).toBe(3)
    expect(await materialise(its.house, its.world.workspaceId)).toBe(0)
  })

  test.each([
    [{ template: { campaignId: '0197a000-0000-7000-8000-000000000000' } }, 404, 'campaign_not_found', 'template.campaignId'], [{ startWall: '9999-12-31T23:59' }, 400, 'time_too_far', 'startWall'],
    [{ startWall: '0100-01-01T09:30' }, 400, 'time_too_old', 'startWall'], [{ startWall: 'αύριο' }, 400, 'invalid_input', 'startWall'],
  ])('that cannot be is refused by name: %j', async (changed, status, code, field) => {
    const { template: over, ...more } = changed as { template?: object }
    const given = { rule: 'FREQ=DAILY', startWall: '2026-10-21T09:30', ...more, template: template(over) }
    expect(await its.ask('POST', '/series', given)).toMatchObject({ status, body: { code, field } })
    const series = await begin('FREQ=DAILY', '2026-10-21T09:30')
    expect(await its.ask('PUT', `/series/${series.id}`, { version: series.version, ...given })).toMatchObject({ status, body: { code, field } })
    expect((await look(series.id)).version).toBe(series.version)
  })
  test('is not ended from a year no calendar of posts goes back to', async () => {
    const series = await begin('FREQ=DAILY', '2026-10-21T09:30')
    expect(await its.ask('POST', `/series/${series.id}/end`, { from: '0100-01-01T00:00' })).toMatchObject({ status: 400, body: { code: 'time_too_old', field: 'from' } })
  })

  test('in an hour the clocks skip goes out at the same moment by the old clock', async () => {
    its.set('2027-03-25T09:00:00Z')
    const series = await begin('FREQ=DAILY;COUNT=3', '2027-03-27T03:30')
    expect(series.next).toMatchObject([{ wallTime: '2027-03-27T03:30', clockChange: false }, { occurrence: '2027-03-28T03:30', wallTime: '2027-03-28T04:30', clockChange: true }, { wallTime: '2027-03-29T03:30' }])
    expect(await its.due(series.next[1]!.postId!)).toEqual(['2027-03-28T01:30:00.000Z'])
  })

  test('lets one of its posts be changed by itself, and leaves that one alone when all others change', async () => {
    const series = await begin('FREQ=WEEKLY;BYDAY=TU', '2026-10-20T09:30')
    const own = await its.post(series.next[1]!.postId!)
    await its.ask('POST', '/calendar/move', { items: [{ id: own.id, version: own.version }], by: { minutes: 60 } })
    const { status, body } = await its.ask('PUT', `/series/${series.id}`, { version: series.version, template: template({ text: 'Κάθε Τρίτη βγαίνει ζέα.' }) })
    expect(status).toBe(200)
    const after = (body['series'] as Shown).next
    expect(await its.post(own.id)).toMatchObject({ text: 'Κάθε Τρίτη βγαίνει σίκαλη.', wallTime: '2026-11-03T10:30' })
    expect((await its.post(after[0]!.postId!)).text).toBe('Κάθε Τρίτη βγαίνει ζέα.')
    const seen = await rows('2026-10-20T00:00:00Z', '2026-11-12T00:00:00Z')
    expect(seen.map(({ wallTime, changed }) => [wallTime, changed])).toEqual([['2026-10-27T09:30', false], ['2026-11-03T10:30', true], ['2026-11-10T09:30', false]])
  })

  test('leaves out a day, takes it in again, and makes a far one now', async () => {
    const series = await begin('FREQ=WEEKLY;BYDAY=TU', '2026-10-20T09:30')
    const treat = (occurrence: string, act: string) => its.ask('POST', `/series/${series.id}/occurrences`, { occurrence, do: act })
    expect((await treat('2026-11-24T09:30', 'skip')).body).toEqual({ postId: null })
    expect((await rows('2026-11-20T00:00:00Z', '2026-12-03T00:00:00Z')).map((row) => row.wallTime)).toEqual(['2026-12-01T09:30'])
    await treat('2026-11-24T09:30', 'restore')
    expect((await rows('2026-11-20T00:00:00Z', '2026-12-03T00:00:00Z')).map((row) => row.wallTime)).toEqual(['2026-11-24T09:30', '2026-12-01T09:30'])
    const { body } = await treat('2026-12-01T09:30', 'make')
    expect(await its.post(body['postId'] as string)).toMatchObject({ state: 'scheduled', wallTime: '2026-12-01T09:30' })
    expect((await treat('2026-12-01T09:30', 'make')).body['postId']).toBe(body['postId'])
    expect((await treat('2026-12-02T09:30', 'skip')).body['code']).toBe('occurrence_unknown')
  })

  test('whose post is thrown away leaves that day out for good', async () => {
    const series = await begin('FREQ=WEEKLY;BYDAY=TU', '2026-10-20T09:30')
    const { id, version } = await its.post(series.next[0]!.postId!)
    await its.ask('POST', '/calendar/delete', { items: [{ id, version }] })
    expect(await materialise(its.house, its.world.workspaceId)).toBe(0)
    expect((await look(series.id)).next[0]).toMatchObject({ occurrence: '2026-10-27T09:30', skipped: true, postId: null })
    const other = await its.post(series.next[1]!.postId!)
    const { body } = await its.ask('POST', '/calendar/delete', { items: [{ id: other.id, version: other.version }] })
    await its.ask('POST', '/calendar/undo', { token: (body['undo'] as { token: string }).token })
    expect((await look(series.id)).next[1]).toMatchObject({ skipped: false, postId: other.id })
  })

  test('splits at one of its times: what came before ends, what follows is another series', async () => {
    const series = await begin('FREQ=WEEKLY;BYDAY=TU;COUNT=6', '2026-10-20T09:30')
    const { body } = await its.ask('PUT', `/series/${series.id}`, { version: series.version, from: '2026-11-03T09:30', startWall: '2026-11-03T18:00' })
    expect((body['before'] as Shown).next.map((one) => one.occurrence)).toEqual(['2026-10-27T09:30'])
    expect((body['series'] as Shown).next.map((one) => one.occurrence)).toEqual(['2026-11-03T18:00', '2026-11-10T18:00', '2026-11-17T18:00', '2026-11-24T18:00'])
    const seen = await rows('2026-10-20T00:00:00Z', '2026-12-31T00:00:00Z')
    expect(seen.map((row) => row.wallTime)).toEqual(['2026-10-27T09:30', '2026-11-03T18:00', '2026-11-10T18:00', '2026-11-17T18:00', '2026-11-24T18:00'])
  })

  test('says all that a post says, in every one of its posts, and still does when it is changed', async () => {
    const draft = await its.draft({ thread: [{ text: 'δεύτερο', media: [] }], firstComment: 'σχόλιο', labels: ['sponsored'] })
    const { status, body } = await its.ask('POST', '/series', { rule: 'FREQ=WEEKLY;BYDAY=TU', startWall: '2026-10-20T09:30', fromPostId: draft.id })
    expect(status).toBe(201)
    const series = body as unknown as Shown & { template: object }
    const changed = (await its.ask('PUT', `/series/${series.id}`, { version: series.version, template: { ...series.template, title: 'Νέος τίτλος' } })).body['series'] as Shown
    expect(await its.post(changed.next[0]!.postId!)).toMatchObject({ title: 'Νέος τίτλος', thread: [{ text: 'δεύτερο' }], firstComment: 'σχόλιο', labels: ['sponsored'] })
  })

  test('that stumbles does not hold up the others', async () => {
    const [broken, sound] = [await begin('FREQ=DAILY', '2026-10-21T09:30'), await begin('FREQ=DAILY', '2026-10-21T18:00', { template: template({ text: 'Το άλλο.' }) })]
    its.set('2026-10-23T09:00:00Z')
    const told: unknown[] = []
    const channels = its.house.channels.map((channel) => ({ ...channel, publish: { ...channel.publish, prepare: (draft: { text: string }) => { if (draft.text !== 'Το άλλο.') throw new TypeError('broken'); return { text: draft.text } } } }))
    expect(await materialise({ ...its.house, channels, log: (_, facts) => { told.push(facts) } } as typeof its.house, its.world.workspaceId)).toBe(3)
    expect(told).toEqual([{ seriesId: broken.id, error: 'TypeError: broken' }])
    expect((await look(sound.id)).next.filter((one) => one.postId)).toHaveLength(10)
  })

  test('paused takes its posts back, and goes on where it would have been; ended, nothing comes', async () => {
    const series = await begin('FREQ=WEEKLY;BYDAY=TU', '2026-10-20T09:30')
    await its.ask('POST', `/series/${series.id}/pause`)
    expect(await rows('2026-10-20T00:00:00Z', '2026-12-31T00:00:00Z')).toEqual([])
    expect(made((await its.ask('POST', `/series/${series.id}/resume`)).body as unknown as Shown)).toHaveLength(3)
    await its.ask('POST', `/series/${series.id}/end`, { from: '2026-11-03T09:30' })
    expect((await rows('2026-10-20T00:00:00Z', '2026-12-31T00:00:00Z')).map((row) => row.wallTime)).toEqual(['2026-10-27T09:30'])
    await its.ask('DELETE', `/series/${series.id}`)
    expect(await rows('2026-10-20T00:00:00Z', '2026-12-31T00:00:00Z')).toEqual([])
    expect((await its.ask('GET', '/series')).body['items']).toEqual([])
  })

  test('that needs a yes first stands as drafts, each with its reason, asks for it, and takes its place once it is said', async () => {
    await database.write(its.world.workspaceId, (tx) => setPolicy(tx, { ...firstPolicy, approval: 'required' }))
    const series = await begin('FREQ=WEEKLY;BYDAY=TU', '2026-10-20T09:30')
    const [first] = await rows('2026-10-20T00:00:00Z', '2026-11-01T00:00:00Z')
    expect(first).toMatchObject({ id: series.next[0]!.postId, state: 'draft', wallTime: '2026-10-27T09:30', seriesId: series.id })
    expect(first!.problem).not.toBeNull()
    expect(await its.due(first!.id)).toEqual([])
    const told = async () => (await database.read(its.world.workspaceId, (db) => eventsAfter(db, START, { limit: 50 }))).filter((event) => event.name === 'post.left-standing').length
    await expect.poll(told, { timeout: 10_000 }).toBe(3)
    const { eleni } = its.world
    await database.write(its.world.workspaceId, async (tx) => await act(tx, { post: await its.post(first!.id), deed: 'approve', actor: { memberId: eleni.id, name: eleni.name }, note: '', at: its.house.now() }))
    await expect.poll(async () => { for (const handler of scheduleHandlers) await catchUp(its.house, its.world.workspaceId, handler); return await its.due(first!.id) }, { timeout: 10_000 }).toEqual(['2026-10-27T07:30:00.000Z'])
  })

  test.each([['FREQ=HOURLY', 'rule_invalid'], ['FREQ=DAILY;COUNT=2;UNTIL=20271231', 'rule_invalid'], ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', 'rule_invalid'], ['FREQ=DAILY;UNTIL=20260101', 'rule_invalid']])('%s is refused as %s', async (rule, code) => {
    expect(await its.ask('POST', '/series', { rule, startWall: '2026-10-20T09:30', template: template() })).toMatchObject({ status: 422, body: { code } })
  })
})

describe('when the rules of a zone have changed', () => {
  const moved = async (id: string, at: string) => await database.write(its.world.workspaceId, async (tx) => { const post = await its.post(id); return await savePost(tx, id, { seen: post.version, at: its.house.now(), change: { dueAt: new Date(at) } }) })
  test('what is to go out goes by its wall time, and says so; the rest stays as it is', async () => {
    const series = await begin('FREQ=WEEKLY;BYDAY=TU', '2026-10-20T09:30')
    const [one, other] = [series.next[0]!.postId!, series.next[1]!.postId!]
    // As it would stand had it been resolved by rules that kept summer time.
    await moved(one, '2026-10-27T06:30:00Z')
    const before = (await its.post(other)).version
    expect(await retimeAll(its.house, its.world.workspaceId)).toBe(1)
    expect(await its.post(one)).toMatchObject({ state: 'scheduled', wallTime: '2026-10-27T09:30', dueAt: new Date('2026-10-27T07:30:00Z') })
    expect(await its.due(one)).toEqual(['2026-10-27T07:30:00.000Z'])
    expect((await its.post(other)).version).toBe(before)
    const told = async () => (await database.read(its.world.workspaceId, (db) => eventsAfter(db, START, { limit: 50 }))).find((event) => event.name === 'post.retimed')?.data
    await expect.poll(told, { timeout: 10_000 }).toEqual({ from: '2026-10-27T06:30:00.000Z', to: '2026-10-27T07:30:00.000Z', wall: '2026-10-27T09:30', zone: 'Europe/Athens', because: 'zone-rules' })
    expect(await retimeAll(its.house, its.world.workspaceId)).toBe(0)
  })
  test('what is on its way out at that moment does not hold up the rest', async () => {
    const series = await begin('FREQ=WEEKLY;BYDAY=TU', '2026-10-20T09:30')
    const [one, other] = [series.next[0]!.postId!, series.next[1]!.postId!]
    await moved(one, '2026-10-27T06:30:00Z')
    await moved(other, '2026-11-03T06:30:00Z')
    await database.write(its.world.workspaceId, (tx) => tx.update(publications).set({ state: 'sending' }).where(eq(publications.postId, one)))
    expect(await retimeAll(its.house, its.world.workspaceId)).toBe(1)
    expect(await its.due(other)).toEqual(['2026-11-03T07:30:00.000Z'])
  })
  test('what is paused keeps its pause at its new instant', async () => {
    const series = await begin('FREQ=WEEKLY;BYDAY=TU', '2026-10-20T09:30')
    const { id, version } = await its.post(series.next[0]!.postId!)
    await its.ask('POST', '/calendar/pause', { items: [{ id, version }] })
    await database.write(its.world.workspaceId, async (tx) => { await tx.update(posts).set({ dueAt: new Date('2026-10-27T06:30:00Z') }); await tx.execute(`update paused_posts set due_at = '2026-10-27T06:30:00Z'`) })
    await retimeAll(its.house, its.world.workspaceId)
    expect((await rows('2026-10-27T00:00:00Z', '2026-10-28T00:00:00Z')).find((row) => row.id === id)).toMatchObject({ state: 'paused', wallTime: '2026-10-27T09:30' })
  })
})

test('a series begins in a time of posts, so that counting its days takes no time', async () => {
  for (const path of ['/series', '/series/preview']) {
    expect(await its.ask('POST', path, { rule: 'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=10000', startWall: '0100-01-01T09:00', ...(path === '/series' ? { template: template() } : {}) })).toMatchObject({ status: 400, body: { code: 'time_too_old', field: 'startWall' } })
  }
})

test('a rule is said in both languages', () => {
  const say = (rule: string) => ruleInWords(readRule(rule, 'Europe/Athens'), '2026-10-20T09:30')
  expect(say('FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,FR')).toEqual({ en: 'Every 2 weeks on Tuesday and Friday at 09:30', el: 'Κάθε 2 εβδομάδες Τρίτη και Παρασκευή στις 09:30' })
  expect(say('FREQ=MONTHLY;BYDAY=-1SA;COUNT=3')).toEqual({ en: 'Every month on the last Saturday at 09:30, 3 times', el: 'Κάθε μήνα το τελευταίο Σάββατο στις 09:30, 3 φορές' })
  expect(say('FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;UNTIL=20261224')).toEqual({ en: 'Every week on weekdays at 09:30, until 24 December 2026', el: 'Κάθε εβδομάδα τις καθημερινές στις 09:30, έως 24/12/2026' })
  expect(say('FREQ=MONTHLY;BYMONTHDAY=1,-1')).toEqual({ en: 'Every month on the 1st and the last day at 09:30', el: 'Κάθε μήνα στις 1 και την τελευταία μέρα στις 09:30' })
})
