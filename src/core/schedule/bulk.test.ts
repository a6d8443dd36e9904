import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { eq, sql } from 'drizzle-orm'
import { newId } from '#kit/id.ts'
import { definePillar } from '#kit/pillar.ts'
import type { Database, Tx } from '#db/database.ts'
import { testDatabase } from '#db/testing.ts'
import { events } from '../events/tables.ts'
import type { House } from '../house.ts'
import { publishPost } from '../posts/publish.ts'
import { reschedulePost } from '../posts/reschedule.ts'
import { publicationsOf } from '../publications/store.ts'
import { keepVersion } from '../posts/versions.ts'
import { createPost, savePost, type Post } from '../posts/store.ts'
import { dueAt } from '../posts/wall-time.ts'
import { postVersions } from '../posts/tables.ts'
import { calendar, type Calendar } from './test-bakery.ts'

let database: Database
let its: Calendar
beforeAll(async () => { database = await testDatabase() })
afterAll(() => database.close())
beforeEach(async () => { its = await calendar(database) })

const athens = 'Europe/Athens'
async function scheduled(wall: string): Promise<Post> {
  const post = await its.draft()
  return await database.write(its.world.workspaceId, (tx) => publishPost(tx, its.house, { member: its.world.nikos, id: post.id, version: post.version, dueAt: dueAt({ wall, zone: athens }, its.house.now()), wall: { wall, zone: athens }, reasons: {} }))
}
const item = (post: Pick<Post, 'id' | 'version'>) => ({ id: post.id, version: post.version })
interface Changed { id: string; version: number; state: string; wallTime: string; dueAt: string }
const itemsOf = (body: Record<string, unknown>): Changed[] => body['items'] as Changed[]
const token = (body: Record<string, unknown>): string => (body['undo'] as { token: string }).token

describe('moving', () => {
  test('a week on keeps the hour over the change of the clocks, and takes what is to go out with it', async () => {
    const post = await scheduled('2026-10-22T09:30')
    expect(await its.due(post.id)).toEqual(['2026-10-22T06:30:00.000Z'])
    const { status, body } = await its.ask('POST', '/calendar/move', { items: [item(post)], by: { days: 7 } })
    expect(status).toBe(200)
    expect(itemsOf(body)).toMatchObject([{ id: post.id, state: 'scheduled', wallTime: '2026-10-29T09:30', dueAt: '2026-10-29T07:30:00.000Z' }])
    expect(await its.due(post.id)).toEqual(['2026-10-29T07:30:00.000Z'])
  })

  test('is told as a move: that it is scheduled, and past which checks, was told once', async () => {
    const strict = definePillar<House, Tx>({
      id: 'strict', name: { en: '', el: '' }, promise: { en: '', el: '' }, signals: [],
      checks: ['no-rye', 'not-late'].map((id) => ({ id, about: { en: '', el: '' }, langs: ['en', 'el'], look: (writing) => (id === 'no-rye' || writing.goesOutAt > '2026-10-25' ? [{ pillar: 'strict', rule: id, at: [0, 0], says: { en: '', el: '' }, because: { en: '', el: '' }, weight: 'stop' }] : []) })),
    })
    const house = { ...its.house, pillars: [strict] }
    const post = await its.draft()
    const [member, write] = [its.world.nikos, <T>(work: (tx: Tx) => Promise<T>) => database.write(its.world.workspaceId, work)]
    const time = (wall: string) => ({ dueAt: dueAt({ wall, zone: athens }, its.house.now()), wall: { wall, zone: athens } })
    const out = await write((tx) => publishPost(tx, house, { member, id: post.id, version: post.version, ...time('2026-10-22T09:30'), reasons: { 'no-rye': 'Έχουμε σίκαλη.' } }))
    const versions = async () => await write((tx) => tx.$count(postVersions, eq(postVersions.postId, post.id)))
    const kept = await versions()
    const moved = await write((tx) => reschedulePost(tx, house, { member, id: post.id, version: out.version, ...time('2026-10-23T09:30'), reasons: {} }))
    await expect(write((tx) => reschedulePost(tx, house, { member, id: post.id, version: moved.version, ...time('2026-10-28T09:30'), reasons: {} }))).rejects.toMatchObject({ code: 'held_by_check' })
    const late = await write((tx) => reschedulePost(tx, house, { member, id: post.id, version: moved.version, ...time('2026-10-28T09:30'), reasons: { 'not-late': 'Είναι γιορτή.' } }))
    await write((tx) => reschedulePost(tx, house, { member, id: post.id, version: late.version, ...time('2026-10-29T09:30'), reasons: {} }))
    const told = (await write((tx) => tx.select().from(events).where(eq(events.postId, post.id)).orderBy(events.seq))).map((one) => [one.name, (one.data as { rule?: string }).rule])
    expect(told).toEqual([['check.overruled', 'no-rye'], ['post.scheduled', undefined], ['post.rescheduled', undefined], ['check.overruled', 'not-late'], ['post.rescheduled', undefined], ['post.rescheduled', undefined]])
    expect([await its.due(post.id), await versions()]).toEqual([['2026-10-29T07:30:00.000Z'], kept])
    await expect(write((tx) => reschedulePost(tx, house, { member, id: post.id, version: 1, ...time('2026-10-24T09:30'), reasons: {} }))).rejects.toMatchObject({ code: 'changed_meanwhile' })
  })
  test('in the calendar is told once as scheduled, under the key it had', async () => {
    const post = await scheduled('2026-10-22T09:30')
    const key = async () => (await database.read(its.world.workspaceId, (db) => publicationsOf(db, [post.id]))).map((one) => one.key)
    const before = await key()
    await its.ask('POST', '/calendar/move', { items: [item(post)], by: { days: 1 } })
    const told = (await database.read(its.world.workspaceId, (db) => db.select().from(events).where(eq(events.postId, post.id)).orderBy(events.seq))).map((one) => one.name)
    expect([told, await key()]).toEqual([['post.scheduled', 'post.rescheduled'], before])
  })

  test('onto an hour that comes twice is refused with both choices, until one is said', async () => {
    const post = await scheduled('2026-10-24T03:30')
    const refused = await its.ask('POST', '/calendar/move', { items: [item(post)], by: { days: 1 } })
    expect(refused).toMatchObject({ status: 409, body: { code: 'bulk_refused', items: [{ id: post.id, code: 'local_time_ambiguous', choices: [{ which: 'first' }, { which: 'second' }] }] } })
    const { body } = await its.ask('POST', '/calendar/move', { items: [item(post)], by: { days: 1 }, which: 'second' })
    expect(itemsOf(body)[0]).toMatchObject({ wallTime: '2026-10-25T03:30', dueAt: '2026-10-25T01:30:00.000Z' })
  })

  test('onto an hour that does not exist offers the hours before and after', async () => {
    const post = await its.draft()
    const refused = await its.ask('POST', '/calendar/move', { items: [item(post)], to: { wall: '2027-03-28T03:30', zone: athens } })
    expect(refused.body).toMatchObject({ items: [{ code: 'local_time_missing', choices: [{ wall: '2027-03-28T02:30' }, { wall: '2027-03-28T04:30' }] }] })
  })

  test('to a day leaves each its own hour; to a time gives a draft from the shelf one', async () => {
    const [morning, evening, draft] = [await scheduled('2026-10-22T09:30'), await scheduled('2026-10-23T18:00'), await its.draft()]
    const { body } = await its.ask('POST', '/calendar/move', { items: [item(morning), item(evening)], to: { day: '2026-10-30' } })
    expect(itemsOf(body).map((one) => one.wallTime)).toEqual(['2026-10-30T09:30', '2026-10-30T18:00'])
    const placed = await its.ask('POST', '/calendar/move', { items: [item(draft)], to: { wall: '2026-10-30T12:00' } })
    expect(itemsOf(placed.body)).toMatchObject([{ state: 'draft', wallTime: '2026-10-30T12:00', zone: athens }])
    expect(await its.due(draft.id)).toEqual([])
  })

  test.each([['2026-10-20T11:59', 'time_in_past'], ['2037-01-01T09:00', 'time_too_far']])('to %s is refused as %s', async (wall, code) => {
    const post = await scheduled('2026-10-22T09:30')
    expect((await its.ask('POST', '/calendar/move', { items: [item(post)], to: { wall } })).body).toMatchObject({ items: [{ code }] })
  })

  test('is all or nothing, and each says why', async () => {
    const [fine, old, out] = [await scheduled('2026-10-22T09:30'), await scheduled('2026-10-22T10:30'), await its.draft()]
    await database.write(its.world.workspaceId, (tx) => savePost(tx, out.id, { seen: 1, at: its.house.now(), change: { state: 'published', publishedAt: its.house.now() } }))
    const { status, body } = await its.ask('POST', '/calendar/move', { items: [item(fine), { id: old.id, version: 1 }, { id: out.id, version: 2 }], by: { days: 1 } })
    expect([status, body['code']]).toEqual([409, 'bulk_refused'])
    expect(new Map((body['items'] as { id: string; code: string }[]).map(({ id, code }) => [id, code]))).toEqual(new Map([[old.id, 'changed_meanwhile'], [out.id, 'published_not_moved']]))
    expect((body['items'] as { id: string; choices?: unknown }[]).find(({ id }) => id === out.id)?.choices).toEqual(['record-date', 'again'])
    expect(await its.due(fine.id)).toEqual(['2026-10-22T06:30:00.000Z'])
    expect((await its.post(fine.id)).version).toBe(fine.version)
  })

  test('what is scheduled takes the right to publish; a draft only that to write', async () => {
    const [due, draft] = [await scheduled('2026-10-22T09:30'), await its.draft()]
    const maria = its.world.maria
    expect((await its.ask('POST', '/calendar/move', { items: [item(due)], by: { days: 1 } }, maria)).body).toMatchObject({ items: [{ code: 'not_allowed' }] })
    expect((await its.ask('POST', '/calendar/move', { items: [item(draft)], to: { wall: '2026-10-30T12:00' } }, maria)).status).toBe(200)
  })
})

describe('another lane', () => {
  test('says what a post is meant for and leaves what goes out as it is; it is taken back like a move', async () => {
    const post = await scheduled('2026-10-22T09:30')
    const before = await database.read(its.world.workspaceId, (db) => publicationsOf(db, [post.id]))
    const { status, body } = await its.ask('POST', '/calendar/move', { items: [item(post)], by: { days: 0, minutes: 0 }, lane: { intent: 'ask' } })
    expect([status, await its.post(post.id)]).toMatchObject([200, { intent: 'ask', wallTime: '2026-10-22T09:30', state: 'scheduled' }])
    expect(await database.read(its.world.workspaceId, (db) => publicationsOf(db, [post.id]))).toEqual(before)
    expect((await its.ask('POST', '/calendar/undo', { token: token(body) })).status).toBe(200)
    expect(await its.post(post.id)).toMatchObject({ intent: 'give', wallTime: '2026-10-22T09:30', state: 'scheduled' })
  })
  test('and another day come together, and go back together', async () => {
    const campaignId = newId()
    await database.write(its.world.workspaceId, (tx) => tx.execute(sql`insert into campaigns (id, workspace_id, name, brief, owner_id) values (${campaignId}, ${tx.workspace}, 'Σίκαλη', '{}', ${its.world.nikos.id})`))
    const post = await scheduled('2026-10-22T09:30')
    const { body } = await its.ask('POST', '/calendar/move', { items: [item(post)], by: { days: 1 }, lane: { campaignId } })
    expect(await its.post(post.id)).toMatchObject({ campaignId, wallTime: '2026-10-23T09:30' })
    expect(await its.due(post.id)).toEqual(['2026-10-23T06:30:00.000Z'])
    await its.ask('POST', '/calendar/undo', { token: token(body) })
    expect(await its.post(post.id)).toMatchObject({ campaignId: null, wallTime: '2026-10-22T09:30' })
    expect(await its.due(post.id)).toEqual(['2026-10-22T06:30:00.000Z'])
  })
  test('takes the right to publish where it goes out, and a campaign that is there', async () => {
    const [due, draft] = [await scheduled('2026-10-22T09:30'), await its.draft()]
    const still = { by: { days: 0 } }
    expect((await its.ask('POST', '/calendar/move', { items: [item(due)], ...still, lane: { intent: 'ask' } }, its.world.maria)).body).toMatchObject({ items: [{ code: 'not_allowed' }] })
    expect((await its.ask('POST', '/calendar/move', { items: [item(draft)], ...still, lane: { intent: 'ask' } }, its.world.maria)).status).toBe(200)
    expect((await its.ask('POST', '/calendar/move', { items: [item(due)], ...still, lane: { campaignId: newId() } })).body).toMatchObject({ code: 'campaign_not_found' })
  })
})

describe('undo', () => {
  const undo = (given: Record<string, unknown>, as = its.world.nikos) => its.ask('POST', '/calendar/undo', { token: token(given) }, as)

  test('brings a moved one back to its time, once, and only for who moved it', async () => {
    const post = await scheduled('2026-10-22T09:30')
    const { body } = await its.ask('POST', '/calendar/move', { items: [item(post)], by: { days: 7 } })
    expect((await undo(body, its.world.eleni)).body['code']).toBe('undo_gone')
    expect(itemsOf((await undo(body)).body)).toMatchObject([{ id: post.id, state: 'scheduled', wallTime: '2026-10-22T09:30' }])
    expect(await its.due(post.id)).toEqual(['2026-10-22T06:30:00.000Z'])
    expect((await undo(body)).body['code']).toBe('undo_gone')
  })

  test('is refused once somebody has changed what it is about, and after ten minutes', async () => {
    const [one, other] = [await scheduled('2026-10-22T09:30'), await scheduled('2026-10-22T10:30')]
    const { body } = await its.ask('POST', '/calendar/move', { items: [item(one), item(other)], by: { days: 7 } })
    const again = await its.ask('POST', '/calendar/move', { items: [itemsOf(body)[1]!].map(item), by: { days: 1 } })
    expect((await undo(body)).body['code']).toBe('undo_changed')
    expect((await its.post(one.id)).wallTime).toBe('2026-10-29T09:30')
    its.set('2026-10-20T09:10:00Z')
    expect((await undo(again.body)).body['code']).toBe('undo_gone')
  })

  test('brings back what was thrown away, with its versions, at its time', async () => {
    const post = await scheduled('2026-10-22T09:30')
    await database.write(its.world.workspaceId, (tx) => keepVersion(tx, { postId: post.id, words: post, why: 'saved', byId: its.world.nikos.id, at: its.house.now() }))
    const versions = () => database.read(its.world.workspaceId, async (db) => (await db.select().from(postVersions)).filter((one) => one.postId === post.id))
    const before = await versions()
    const { body } = await its.ask('POST', '/calendar/delete', { items: [item(post)] })
    expect([itemsOf(body), await its.due(post.id), await versions()]).toEqual([[], [], []])
    await expect(its.post(post.id)).rejects.toMatchObject({ code: 'post_not_found' })
    expect(itemsOf((await undo(body)).body)).toMatchObject([{ id: post.id, state: 'scheduled' }])
    expect(await its.due(post.id)).toEqual(['2026-10-22T06:30:00.000Z'])
    expect((await versions()).filter((one) => before.some((had) => had.id === one.id))).toEqual(before)
    expect(await its.post(post.id)).toMatchObject({ text: post.text, createdAt: post.createdAt, wallTime: '2026-10-22T09:30' })
  })

  test('is refused where another has begun a post of the same id since', async () => {
    const post = await scheduled('2026-10-22T09:30')
    const { body } = await its.ask('POST', '/calendar/delete', { items: [item(post)] })
    await database.write(its.world.workspaceId, (tx) => createPost(tx, { id: post.id, title: '', text: 'Γράφτηκε ξανά αλλού.', lang: 'el', intent: 'give', format: 'story', tags: [], media: [], campaignId: null, accountIds: [], authorId: its.world.nikos.id, at: its.house.now() }))
    expect((await undo(body)).body['code']).toBe('undo_changed')
    expect(await its.post(post.id)).toMatchObject({ text: 'Γράφτηκε ξανά αλλού.', state: 'draft' })
  })

  test('takes copies away again', async () => {
    const post = await scheduled('2026-10-22T09:30')
    const { body } = await its.ask('POST', '/calendar/copy', { items: [item(post)], by: { days: 1 } })
    const [copy] = itemsOf(body)
    expect(await its.post(copy!.id)).toMatchObject({ text: post.text, state: 'draft', wallTime: '2026-10-23T09:30' })
    expect((await undo(body)).status).toBe(200)
    await expect(its.post(copy!.id)).rejects.toMatchObject({ code: 'post_not_found' })
    expect((await its.post(post.id)).state).toBe('scheduled')
  })
})

describe('pausing', () => {
  test('takes a post out of what is to go and keeps its time; going on puts it back', async () => {
    const post = await scheduled('2026-10-22T09:30')
    const { body } = await its.ask('POST', '/calendar/pause', { items: [item(post)] })
    expect(itemsOf(body)).toMatchObject([{ state: 'paused', wallTime: '2026-10-22T09:30' }])
    expect(await its.due(post.id)).toEqual([])
    expect((await its.ask('POST', '/calendar/pause', { items: [itemsOf(body)[0]!].map(item) })).body).toMatchObject({ items: [{ code: 'wrong_state' }] })
    const back = await its.ask('POST', '/calendar/resume', { items: [itemsOf(body)[0]!].map(item) })
    expect(itemsOf(back.body)).toMatchObject([{ state: 'scheduled' }])
    expect(await its.due(post.id)).toEqual(['2026-10-22T06:30:00.000Z'])
  })
  test('beyond its time asks for another one', async () => {
    const post = await scheduled('2026-10-22T09:30')
    const { body } = await its.ask('POST', '/calendar/pause', { items: [item(post)] })
    its.set('2026-10-23T09:00:00Z')
    expect((await its.ask('POST', '/calendar/resume', { items: [itemsOf(body)[0]!].map(item) })).body).toMatchObject({ items: [{ code: 'time_in_past' }] })
  })
})

describe('the slots of an account', () => {
  const slot = (weekday: number, time: string) => its.ask('POST', '/slots', { accountId: its.account, weekday, time })
  test('are filled soonest first, and each takes one', async () => {
    await slot(2, '09:30')
    await slot(4, '18:00')
    const [one, two, three] = [await its.draft(), await its.draft(), await its.draft()]
    const { body } = await its.ask('POST', '/calendar/slot', { items: [one, two, three].map(item) })
    expect(new Set(itemsOf(body).map((post) => post.wallTime))).toEqual(new Set(['2026-10-22T18:00', '2026-10-27T09:30', '2026-10-29T18:00']))
    expect((await its.ask('GET', `/slots/next?accountId=${its.account}&count=2`)).body['items']).toMatchObject([{ wallTime: '2026-11-03T09:30' }, { wallTime: '2026-11-05T18:00' }])
  })
  test('that do not exist are said so, and the same one is there once', async () => {
    const post = await its.draft()
    expect((await its.ask('POST', '/calendar/slot', { items: [item(post)] })).body).toMatchObject({ items: [{ code: 'slot_none' }] })
    expect((await slot(2, '09:30')).status).toBe(201)
    expect((await slot(2, '09:30')).body['code']).toBe('slot_taken')
    expect((await slot(2, '25:30')).status).toBe(400)
    expect((await its.ask('POST', '/slots', { accountId: its.account, weekday: 2, time: '09:30', zone: 'Mars/Olympus' })).body['code']).toBe('zone_unknown')
    expect((await its.ask('POST', '/slots', { accountId: its.account, weekday: 2, time: '10:30' }, its.world.maria)).status).toBe(403)
  })
})
