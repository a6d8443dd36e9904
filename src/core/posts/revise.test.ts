import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '#db/database.ts'
import { testDatabase } from '#db/testing.ts'
import { accounts } from '../accounts/tables.ts'
import { events } from '../events/tables.ts'
import { publicationsOf } from '../publications/store.ts'
import { publications } from '../publications/tables.ts'
import { openPosts, words, type Ground } from './test-posts.ts'

let database: Database
let ground: Ground
beforeAll(async () => { database = await testDatabase() })
afterAll(() => database.close())
beforeEach(async () => { ground = await openPosts(database) })

const rows = async (id: string) => (await ground.write((tx) => publicationsOf(tx, [id]))).sort((a, b) => (a.channel === b.channel ? a.part - b.part : a.channel < b.channel ? -1 : 1))
const wordsOf = (wire: unknown) => (wire as { text?: string } | null)?.text ?? null
const out = async (over: Record<string, unknown> = {}): Promise<string> => {
  const id = await ground.draft(over)
  const said = await ground.publish(id)
  if (said.status !== 200) throw new Error(JSON.stringify(said.body))
  await ground.goesOut(id)
  return id
}
const edit = async (id: string, over: Record<string, unknown>) => ground.ask(ground.world.nikos)('POST', `/posts/${id}/edit`, { version: await ground.version(id), title: '', text: words.text, media: [], note: 'Διορθώσαμε την ώρα.', ...over })

describe('new words for what is out', () => {
  test('reach each part of each account in its own wording, with the note', async () => {
    const { fediverse } = ground.world.accounts
    const id = await out({ text: 'ένα', thread: [{ text: 'δύο', media: [] }], firstComment: 'σχόλιο', variants: [{ accountId: fediverse, text: 'Α', thread: [{ text: 'Β', media: [] }], firstComment: 'Γ', media: [] }] })
    const variants = [{ accountId: fediverse, text: 'Α!', thread: [{ text: 'Β!', media: [] }], firstComment: 'Γ!', media: [] }]
    expect((await edit(id, { text: 'ένα!', thread: [{ text: 'δύο!', media: [] }], firstComment: 'σχόλιο!', variants })).body).toMatchObject({ text: 'ένα!', staying: [] })
    expect((await rows(id)).map((one) => [one.channel, one.part, one.pending, wordsOf(one.nextWire), one.note])).toEqual([
      ['fediverse', 0, 'revise', 'Α!', 'Διορθώσαμε την ώρα.'], ['fediverse', 1, 'revise', 'Β!', 'Διορθώσαμε την ώρα.'], ['fediverse', 2, 'revise', 'Γ!', 'Διορθώσαμε την ώρα.'],
      ['porch', 0, 'revise', 'ένα!\n\nδύο!', 'Διορθώσαμε την ώρα.'], ['porch', 1, 'revise', 'σχόλιο!', 'Διορθώσαμε την ώρα.'],
    ])
  })
  test('leave what they do not name as it was', async () => {
    const id = await out({ thread: [{ text: 'δύο', media: [] }], firstComment: 'σχόλιο' })
    expect((await edit(id, { text: 'ένα' })).body).toMatchObject({ thread: [{ text: 'δύο' }], firstComment: 'σχόλιο' })
  })
  test('take down the parts that are no longer there, and add none', async () => {
    const id = await out({ thread: [{ text: 'δύο', media: [] }, { text: 'τρία', media: [] }] })
    await edit(id, { thread: [{ text: 'δύο!', media: [] }] })
    expect((await rows(id)).filter((one) => one.channel === 'fediverse').map((one) => one.pending)).toEqual(['revise', 'revise', 'retract'])
    const grown = await edit(id, { thread: [1, 2, 3].map((n) => ({ text: String(n), media: [] })) })
    expect(grown).toMatchObject({ status: 409, body: { code: 'thread_grows', accountId: ground.world.accounts.fediverse } })
  })
  test('stay away from a network that knows no editing, which is told plainly before and after', async () => {
    const { memory, porch } = ground.world.accounts
    const id = await out({ accountIds: [porch, memory] })
    const staying = [{ accountId: memory, account: { en: 'Chirp (fournos)', el: 'Chirp (fournos)' }, why: 'blind', says: { en: 'The old words stay on Chirp (fournos): it knows no editing.', el: 'Μένουν τα παλιά λόγια: Chirp (fournos)· δεν επιτρέπει διορθώσεις.' } }]
    expect((await ground.ask(ground.world.nikos)('GET', `/posts/${id}`)).body).toMatchObject({ staying })
    // What is too long only for the one that cannot be edited holds nobody up.
    expect((await edit(id, { text: 'α'.repeat(400) })).body).toMatchObject({ staying })
    expect((await rows(id)).map((one) => [one.channel, one.pending])).toEqual([['memory', null], ['porch', 'revise']])
  })
  test('stay away from an account that is gone and from a copy still on its way', async () => {
    const { porch, fediverse, memory } = ground.world.accounts
    const id = await out({ accountIds: [porch, fediverse, memory] })
    await ground.write(async (tx) => {
      await tx.update(accounts).set({ state: 'login-needed' }).where(eq(accounts.id, fediverse))
      await tx.update(publications).set({ state: 'retry-wait' }).where(eq(publications.accountId, porch))
    })
    const said = await edit(id, { text: 'Νέο' })
    expect(said.status).toBe(200)
    expect((said.body['staying'] as { accountId: string; why: string }[]).map((one) => [one.accountId, one.why]).sort()).toEqual([[porch, 'leaving'], [fediverse, 'away'], [memory, 'blind']].sort())
    expect((await rows(id)).map((one) => one.pending)).toEqual([null, null, null])
  })
  test('are checked like the first ones, and refused over a limit before anything is asked', async () => {
    const id = await out()
    expect((await edit(id, { text: 'ΜΟΝΟ ΣΗΜΕΡΑ' })).body['code']).toBe('held_by_check')
    expect((await edit(id, { text: 'α'.repeat(501) })).body).toMatchObject({ code: 'part_too_long', limit: 500 })
    expect((await ground.ask(ground.world.nikos)('POST', `/posts/${id}/edit`, { version: 1, title: '', text: 'α', media: [], note: 'ν' })).body['code']).toBe('changed_meanwhile')
    expect((await edit(await ground.draft(), {})).body['code']).toBe('wrong_state')
    expect((await rows(id)).map((one) => one.pending)).toEqual([null, null])
  })
})

describe('taking a post down', () => {
  test('reaches every part, and what has not left never does', async () => {
    const id = await out({ thread: [{ text: 'δύο', media: [] }] })
    await ground.write((tx) => tx.update(publications).set({ state: 'scheduled', remoteId: null, confirmedAt: null }).where(eq(publications.accountId, ground.world.accounts.porch)))
    expect((await ground.ask(ground.world.nikos)('POST', `/posts/${id}/retract`, { note: 'Αναβλήθηκε.' })).body).toMatchObject({ state: 'withdrawn' })
    expect((await rows(id)).map((one) => [one.channel, one.part, one.pending, one.note])).toEqual([['fediverse', 0, 'retract', 'Αναβλήθηκε.'], ['fediverse', 1, 'retract', 'Αναβλήθηκε.']])
  })
})

describe('moving what is out', () => {
  test('publishes again as a new draft that knows the first', async () => {
    const id = await out({ text: 'Σίκαλη', firstComment: 'σχόλιο', labels: ['ai-made'] })
    const again = await ground.ask(ground.world.maria)('POST', `/posts/${id}/again`)
    expect(again).toMatchObject({ status: 201, body: { state: 'draft', text: 'Σίκαλη', firstComment: 'σχόλιο', labels: ['ai-made'], againOf: id, author: { id: ground.world.maria.id }, publications: [] } })
    expect((await ground.ask(ground.world.nikos)('POST', `/posts/${again.body['id'] as string}/again`)).body).toMatchObject({ againOf: id })
  })
  test('or moves the record, never what the networks confirmed', async () => {
    const id = await out()
    const move = async (wall: string, zone = 'Europe/Athens') => ground.ask(ground.world.nikos)('POST', `/posts/${id}/record-date`, { version: await ground.version(id), at: { wall, zone } })
    expect((await move('2026-10-19T08:30')).body).toMatchObject({ publishedAt: '2026-10-19T05:30:00.000Z', wallTime: '2026-10-19T08:30', zone: 'Europe/Athens' })
    expect((await rows(id)).map((one) => one.confirmedAt)).toEqual([ground.clock.now, ground.clock.now])
    expect((await ground.write((tx) => tx.select().from(events).where(eq(events.name, 'post.record-moved'))))[0]).toMatchObject({ data: { from: '2026-10-20T09:00:00.000Z', to: '2026-10-19T05:30:00.000Z' } })
    expect((await move('2026-10-21T08:30')).body['code']).toBe('time_not_past')
    expect((await move('0100-10-19T08:30')).body).toMatchObject({ code: 'time_too_old', status: 400, field: 'wall' })
    expect((await move('9999-12-31T23:59')).body['code']).toBe('time_not_past')
    expect((await move('2026-10-19T08:30', 'Nowhere')).body['code']).toBe('zone_unknown')
    expect((await ground.ask(ground.world.nikos)('POST', `/posts/${await ground.draft()}/record-date`, { version: 1, at: { wall: '2026-10-19T08:30', zone: 'Europe/Athens' } })).body['code']).toBe('wrong_state')
  })
})
