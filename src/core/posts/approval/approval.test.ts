import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Member } from '#kit/http.ts'
import type { Database } from '#db/database.ts'
import { testDatabase } from '#db/testing.ts'
import { events } from '../../events/tables.ts'
import { publicationsOf } from '../../publications/store.ts'
import { approvalSteps, posts } from '../tables.ts'
import { openPosts, words, type Ground } from '../test-posts.ts'

let database: Database
let ground: Ground
beforeAll(async () => { database = await testDatabase() })
afterAll(() => database.close())
beforeEach(async () => { ground = await openPosts(database) })

const policy = (approval: string, linksCount = false) =>
  ground.ask(ground.world.eleni)('PUT', '/publishing-policy', { approval, linksCount, altText: 'required', late: null, duplicateDays: 30 })
const act = async (id: string, deed: string, member: Member, note = '') => ground.ask(member)('POST', `/posts/${id}/approval`, { do: deed, note, version: await ground.version(id) })
const stateOf = async (id: string) => ((await ground.ask(ground.world.nikos)('GET', `/posts/${id}`)).body['approval'] as { state: string }).state
const change = async (id: string, over: Record<string, unknown>, member = ground.world.nikos) =>
  ground.ask(member)('PUT', `/posts/${id}`, { ...words, accountIds: [ground.world.accounts.porch, ground.world.accounts.fediverse], version: await ground.version(id), ...over })
const told = async () => (await ground.write((tx) => tx.select({ name: events.name, data: events.data }).from(events))).filter((one) => one.name.startsWith('post.')).map((one) => [one.name, one.data])

describe('where one other person has to say yes', () => {
  beforeEach(() => policy('required'))
  test('nothing leaves before, now or later, and everything after', async () => {
    const id = await ground.draft()
    expect(await ground.publish(id)).toMatchObject({ status: 422, body: { code: 'approval_needed', approval: { state: 'none', wanted: 1, counting: 0 } } })
    expect((await act(id, 'ask', ground.world.nikos, 'Για αύριο;')).body).toMatchObject({ approval: { state: 'asked', steps: [{ n: 1, deed: 'ask', name: 'Νίκος Αγγελής', note: 'Για αύριο;' }] } })
    expect((await ground.publish(id, { at: { wall: '2026-12-01T09:00', zone: 'Europe/Athens' } }, ground.world.eleni)).body['code']).toBe('approval_needed')
    expect((await act(id, 'approve', ground.world.eleni)).body).toMatchObject({ approval: { state: 'approved', mayGoOut: true } })
    expect((await ground.publish(id)).body).toMatchObject({ state: 'scheduled' })
    expect(await told()).toMatchObject([['post.approval-asked', { wanted: 1, again: false }], ['post.approved', { by: 'Ελένη Παπαδάτου', outside: false, done: true }], ['post.scheduled', {}]])
  })
  test('nobody says yes to their own words, written first or last', async () => {
    const id = await ground.draft()
    await act(id, 'ask', ground.world.nikos)
    expect(await act(id, 'approve', ground.world.nikos)).toMatchObject({ status: 403, body: { code: 'own_words' } })
    await change(id, { text: 'Της Ελένης' }, ground.world.eleni)
    expect((await act(id, 'approve', ground.world.eleni)).body['code']).toBe('own_words')
    expect((await act(id, 'approve', ground.sofia)).status).toBe(200)
  })
  test('a yes belongs to the words it was given to', async () => {
    const id = await ground.draft()
    await act(id, 'ask', ground.world.nikos)
    await act(id, 'approve', ground.world.eleni)
    // What readers never see does not matter.
    await change(id, { intent: 'talk', late: { do: 'publish' } })
    expect(await stateOf(id)).toBe('approved')
    await change(id, { intent: 'talk', firstComment: 'και κάτι ακόμη' })
    expect(await stateOf(id)).toBe('asked')
    expect((await ground.publish(id)).body['code']).toBe('approval_needed')
    expect((await told()).filter(([name]) => name === 'post.approval-asked')).toMatchObject([['post.approval-asked', { again: false }], ['post.approval-asked', { again: true }]])
    await act(id, 'approve', ground.world.eleni)
    expect((await ground.publish(id)).status).toBe(200)
  })
  test('a restored version is a change like any other', async () => {
    const id = await ground.draft({ text: 'Παλιό' })
    await change(id, { text: 'Νέο' }, ground.world.maria)
    await act(id, 'ask', ground.world.nikos)
    await act(id, 'approve', ground.world.eleni)
    await ground.ask(ground.world.nikos)('POST', `/posts/${id}/versions/1/restore`, { version: await ground.version(id) })
    expect(await stateOf(id)).toBe('asked')
  })
  test('a yes given while the words change is refused', async () => {
    const id = await ground.draft()
    await act(id, 'ask', ground.world.nikos)
    await change(id, { text: 'Άλλο' })
    expect(await ground.ask(ground.world.eleni)('POST', `/posts/${id}/approval`, { do: 'approve', version: 1 })).toMatchObject({ status: 409, body: { code: 'changed_meanwhile' } })
  })
  test('goes back with a note, and is asked again when it is better', async () => {
    const id = await ground.draft()
    expect((await act(id, 'approve', ground.world.eleni)).body['code']).toBe('wrong_state')
    await act(id, 'ask', ground.world.nikos)
    expect((await act(id, 'return', ground.world.eleni, 'Λείπει η ώρα.')).body).toMatchObject({ approval: { state: 'returned' } })
    expect((await ground.publish(id)).body['code']).toBe('approval_needed')
    expect((await act(id, 'approve', ground.sofia)).body['code']).toBe('wrong_state')
    await change(id, { text: 'Στις 8.' })
    expect(await stateOf(id)).toBe('returned')
    await act(id, 'ask', ground.world.nikos)
    expect((await act(id, 'approve', ground.sofia)).body).toMatchObject({ approval: { state: 'approved' } })
    expect((await told()).map(([name]) => name)).toEqual(['post.approval-asked', 'post.returned', 'post.approval-asked', 'post.approved'])
  })
  test('a responder may ask, not approve, and shows among what waits', async () => {
    const id = await ground.draft({}, ground.world.maria)
    expect((await act(id, 'ask', ground.world.maria)).status).toBe(200)
    expect((await act(id, 'approve', ground.world.maria)).status).toBe(403)
    expect((await ground.ask(ground.world.eleni)('GET', '/approvals')).body['items']).toMatchObject([{ id, approval: { state: 'asked' } }])
    expect((await ground.ask(ground.world.eleni)('GET', '/posts')).body['items']).toMatchObject([{ id, approval: 'asked' }])
    await act(id, 'approve', ground.world.eleni)
    expect((await ground.ask(ground.world.eleni)('GET', '/approvals')).body['items']).toEqual([])
  })
})

describe('where two have to say yes', () => {
  beforeEach(() => policy('two-step'))
  test('they are two, and both are others', async () => {
    const id = await ground.draft()
    await act(id, 'ask', ground.world.nikos)
    expect((await act(id, 'approve', ground.world.eleni)).body).toMatchObject({ approval: { state: 'half', counting: 1, wanted: 2 } })
    expect((await act(id, 'approve', ground.world.eleni)).body['code']).toBe('already_approved')
    expect((await act(id, 'approve', ground.world.nikos)).body['code']).toBe('own_words')
    expect((await ground.publish(id)).body['code']).toBe('approval_needed')
    expect((await act(id, 'approve', ground.sofia)).body).toMatchObject({ approval: { state: 'approved' } })
    expect((await ground.publish(id)).status).toBe(200)
  })
  test('two who say yes at once are two, and one who presses twice is one', async () => {
    const id = await ground.draft()
    await act(id, 'ask', ground.world.nikos)
    const yes = (member: Member) => ground.ask(member)('POST', `/posts/${id}/approval`, { do: 'approve', version: 1 })
    expect((await Promise.all([yes(ground.world.eleni), yes(ground.world.eleni)])).map((one) => one.status).sort()).toEqual([200, 409])
    expect(await stateOf(id)).toBe('half')
    await yes(ground.sofia)
    expect(await stateOf(id)).toBe('approved')
  })
})

describe('where approval is optional', () => {
  beforeEach(() => policy('optional'))
  test('a post goes out unasked; once asked it waits for the answer, or for the question to be taken back', async () => {
    expect((await ground.publish(await ground.draft())).status).toBe(200)
    const id = await ground.draft()
    await act(id, 'ask', ground.world.nikos)
    expect((await ground.publish(id)).body['code']).toBe('approval_needed')
    await act(id, 'withdraw', ground.world.nikos)
    expect((await ground.publish(id)).status).toBe(200)
  })
})

describe('new words for what is out, where somebody has to say yes', () => {
  test('wait as a proposal, and go out with the last yes', async () => {
    const id = await ground.draft()
    await ground.publish(id)
    await ground.goesOut(id)
    await policy('required')
    const edit = async (text: string) => ground.ask(ground.world.nikos)('POST', `/posts/${id}/edit`, { version: await ground.version(id), title: '', text, media: [], note: 'Λάθος ώρα.' })
    expect((await edit('Πρώτη διόρθωση')).body).toMatchObject({ text: words.text, proposal: { words: { text: 'Πρώτη διόρθωση' }, note: 'Λάθος ώρα.' }, approval: { state: 'asked' } })
    expect((await edit('Ανοίγουμε στις 7.')).body).toMatchObject({ proposal: { words: { text: 'Ανοίγουμε στις 7.' } }, approval: { state: 'asked' } })
    expect((await act(id, 'approve', ground.world.nikos)).body['code']).toBe('own_words')
    const pending = async () => (await ground.write((tx) => publicationsOf(tx, [id]))).map((one) => one.pending)
    expect(await pending()).toEqual([null, null])
    expect((await ground.ask(ground.world.eleni)('GET', '/approvals')).body['items']).toMatchObject([{ id, proposed: true }])
    expect((await act(id, 'approve', ground.world.eleni)).body).toMatchObject({ text: 'Ανοίγουμε στις 7.', proposal: null, publications: [{ pending: 'revise' }, { pending: 'revise' }] })
    expect(await pending()).toEqual(['revise', 'revise'])
    // The yes was for these words: the next need their own.
    expect((await edit('Ακόμη μία')).body).toMatchObject({ text: 'Ανοίγουμε στις 7.', approval: { state: 'asked' } })
    expect((await ground.ask(ground.world.nikos)('DELETE', `/posts/${id}/proposal`)).body).toMatchObject({ proposal: null, approval: { state: 'none' } })
    expect((await ground.ask(ground.world.nikos)('GET', `/posts/${id}/versions`)).body['items']).toMatchObject([{ why: 'proposed' }, { why: 'edited' }, { why: 'proposed' }, { why: 'proposed' }, { why: 'published' }])
  })
})

describe('new words for what is out, where two have to say yes', () => {
  let id: string
  const pending = async () => (await ground.write((tx) => publicationsOf(tx, [id]))).map((one) => one.pending)
  beforeEach(async () => {
    id = await ground.draft()
    await ground.publish(id)
    await ground.goesOut(id)
    await policy('two-step')
    await ground.ask(ground.world.eleni)('POST', `/posts/${id}/edit`, { version: await ground.version(id), title: '', text: 'Στις 7.', media: [], note: 'Λάθος ώρα.' })
  })
  test('wait for both, of whom the author of the first words may be one', async () => {
    await act(id, 'approve', ground.world.nikos)
    expect(await pending()).toEqual([null, null])
    expect((await act(id, 'approve', ground.world.eleni)).body['code']).toBe('own_words')
    await act(id, 'approve', ground.sofia)
    expect(await pending()).toEqual(['revise', 'revise'])
  })
  test('never go out because they were sent back, whatever the policy has become', async () => {
    await policy('none')
    expect((await act(id, 'return', ground.sofia, 'Στις 7 και μισή.')).body).toMatchObject({ text: words.text, proposal: { words: { text: 'Στις 7.' } } })
    expect(await pending()).toEqual([null, null])
  })
})

describe('the policy', () => {
  test('is the owner’s and the admins’ to set, and open until somebody does', async () => {
    expect((await ground.ask(ground.world.maria)('GET', '/publishing-policy')).body).toEqual({ approval: 'none', linksCount: false, altText: 'required', late: null, duplicateDays: 30 })
    const given = { approval: 'two-step', linksCount: true, altText: 'asked', late: { do: 'publish-within', minutes: 90 }, duplicateDays: 7 }
    expect((await ground.ask(ground.world.nikos)('PUT', '/publishing-policy', given)).status).toBe(403)
    expect((await ground.ask(ground.world.eleni)('PUT', '/publishing-policy', given)).body).toEqual(given)
    await ground.ask(ground.world.eleni)('PUT', '/publishing-policy', { ...given, approval: 'none' })
    expect((await ground.ask(ground.world.maria)('GET', '/publishing-policy')).body).toEqual({ ...given, approval: 'none' })
    expect((await (await openPosts(database)).ask(ground.world.maria)('GET', '/publishing-policy')).body['linksCount']).toBe(true)
    const other = await openPosts(database)
    expect((await other.ask(other.world.maria)('GET', '/publishing-policy')).body['approval']).toBe('none')
    expect((await ground.ask(ground.world.eleni)('PUT', '/publishing-policy', { ...given, approval: 'never' })).status).toBe(400)
  })
})

test('what waits for a yes is found among hundreds that were sent back', async () => {
  await policy('required')
  const id = await ground.draft()
  await act(id, 'ask', ground.world.nikos)
  await ground.write(async (tx) => {
    const at = new Date('2026-10-01T09:00:00Z')
    const old = await tx.insert(posts).values(Array.from({ length: 201 }, (_, n) => ({ authorId: ground.world.nikos.id, text: `Παλιό ${n}`, lang: 'el' as const, dueAt: at, updatedAt: at }))).returning({ id: posts.id })
    for (const [number, deed] of [[1, 'ask'], [2, 'return']] as const) await tx.insert(approvalSteps).values(old.map((one) => ({ postId: one.id, number, deed, memberId: ground.world.nikos.id, at })))
  })
  expect((await ground.ask(ground.world.eleni)('GET', '/approvals')).body['items']).toMatchObject([{ id, approval: { state: 'asked' } }])
})
