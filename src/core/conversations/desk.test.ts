import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { and, eq, sql } from 'drizzle-orm'
import type { Member } from '#kit/http.ts'
import { mine, type Database } from '#db/database.ts'
import { testDatabase } from '#db/testing.ts'
import { asking } from '../../../test/world/asking.ts'
import { openBakery, saying, squareChannel, type Bakery } from '../../../test/world/inbox.ts'
import { deskRoutes } from './desk-routes.ts'
import { hear } from './hear.ts'
import { conversationRoutes } from './routes.ts'
import { savedRoutes } from './saved-routes.ts'
import { conversations } from './tables.ts'

let database: Database
let bakery: Bakery
beforeAll(async () => { database = await testDatabase(process.env['STOA_TEST_DATABASE']!) })
afterAll(() => database.close())
beforeEach(async () => { bakery = await openBakery(database) })

const inbox = (member: Member) => asking(conversationRoutes(bakery.house), member)
const desk = (member: Member) => asking(deskRoutes(bakery.house), member)
const kept = (member: Member) => asking(savedRoutes(bakery.house), member)
const later = (minutes: number) => { bakery.clock = new Date(bakery.clock.getTime() + minutes * 60_000) }
const heard = async (text: string, more: Parameters<typeof saying>[1] = {}) => {
  later(1)
  const item = saying(text, more)
  await bakery.write((tx) => hear({ tx, account: bakery.account, now: bakery.clock }, [item]))
  return item.ref
}
interface Listed { id: string; lastText: string; unread: boolean; priority: string; state: string; tags: string[]; assignee: { name: string } | null }
const list = async (member: Member, query = '') => (await inbox(member)('GET', `/conversations${query && `?${query}`}`)).body['items'] as Listed[]
const asked = async (member: Member, line: string) => (await list(member, `q=${encodeURIComponent(line)}`)).map((one) => one.lastText).toSorted()
const counts = async (member: Member) => (await inbox(member)('GET', '/conversations/counts')).body
const idOf = async (text: string) => (await list(bakery.eleni)).find((one) => one.lastText === text)!.id

/** What the counters must say, counted the long way. */
const recounted = () => bakery.database.read(bakery.workspaceId, async (db) => {
  const { rows } = await db.execute<{ all: number; unassigned: number; waiting: number; held: number; mine: number }>(sql`select count(*) filter (where message_count > 0 and state <> 'done')::int as all,
    count(*) filter (where message_count > 0 and state = 'open' and assignee_id is null)::int as unassigned, count(*) filter (where state = 'open' and waiting_since is not null)::int as waiting,
    count(*) filter (where held > 0)::int as held, count(*) filter (where message_count > 0 and state = 'open' and assignee_id = ${bakery.maria.id})::int as mine
    from conversations where workspace_id = ${bakery.workspaceId}`)
  return rows[0]
})

describe('a line of search over HTTP', () => {
  test('narrows by every word of the grammar', async () => {
    await heard('Έχετε τσουρέκι;', { by: 'anna' })
    await heard('Do you open on Sundays?', { by: 'john' })
    later(180)
    await heard('Πότε ανοίγετε;', { by: 'kostas' })
    const id = await idOf('Έχετε τσουρέκι;')
    await inbox(bakery.maria)('PATCH', `/conversations/${id}`, { tags: ['ψωμί'], priority: 'urgent', assigneeId: bakery.maria.id })
    await inbox(bakery.maria)('POST', `/conversations/${id}/note`, { text: 'Ρώτα τη γιαγιά' })
    expect(await asked(bakery.maria, 'lang:el')).toEqual(['Έχετε τσουρέκι;', 'Πότε ανοίγετε;'])
    expect(await asked(bakery.maria, '-γλώσσα:el')).toEqual(['Do you open on Sundays?'])
    expect(await asked(bakery.maria, 'tag:ψωμί')).toEqual(['Έχετε τσουρέκι;'])
    expect(await asked(bakery.maria, '-tag:ψωμί lang:el')).toEqual(['Πότε ανοίγετε;'])
    expect(await asked(bakery.maria, 'waiting:>2h')).toEqual(['Do you open on Sundays?', 'Έχετε τσουρέκι;'].toSorted())
    expect(await asked(bakery.maria, 'waiting:<2h')).toEqual(['Πότε ανοίγετε;'])
    expect(await asked(bakery.maria, 'assignee:me')).toEqual(['Έχετε τσουρέκι;'])
    expect(await asked(bakery.eleni, 'υπεύθυνος:Μαρία')).toEqual(['Έχετε τσουρέκι;'])
    expect(await asked(bakery.maria, '-assignee:nobody')).toEqual(['Έχετε τσουρέκι;'])
    expect(await asked(bakery.maria, 'priority:urgent')).toEqual(['Έχετε τσουρέκι;'])
    expect(await asked(bakery.maria, 'has:notes τσουρεκι')).toEqual(['Έχετε τσουρέκι;'])
    expect(await asked(bakery.maria, 'channel:square lang:en')).toEqual(['Do you open on Sundays?'])
    expect(await asked(bakery.maria, 'has:files')).toEqual([])
    await inbox(bakery.maria)('PATCH', `/conversations/${id}`, { state: 'done' })
    expect(await asked(bakery.maria, 'state:done')).toEqual(['Έχετε τσουρέκι;'])
  })
  test('refuses by the name of what it does not know', async () => {
    expect(await inbox(bakery.maria)('GET', `/conversations?q=${encodeURIComponent('ψωμί colour:brown')}`)).toMatchObject({ status: 400, body: { code: 'line_unread', title: '“colour:brown” is not understood', piece: 'colour:brown' } })
    expect((await kept(bakery.maria)('POST', '/inbox/filters', { name: 'Καφέ', line: 'colour:brown', shared: false })).body).toMatchObject({ code: 'line_unread' })
  })
  test('is kept under a name, for oneself or for the team', async () => {
    await kept(bakery.maria)('POST', '/inbox/filters', { name: 'Τα επείγοντα', line: 'priority:urgent', shared: false })
    const { body: shared } = await kept(bakery.eleni)('POST', '/inbox/filters', { name: 'Στα αγγλικά', line: 'lang:en', shared: true })
    const names = async (member: Member) => ((await kept(member)('GET', '/inbox/filters')).body['items'] as { name: string; shared: boolean }[]).map((one) => [one.name, one.shared])
    expect(await names(bakery.maria)).toEqual([['Στα αγγλικά', true], ['Τα επείγοντα', false]])
    expect(await names(bakery.eleni)).toEqual([['Στα αγγλικά', true]])
    const viewer = { ...bakery.nikos, role: 'viewer' as const }
    expect((await kept(viewer)('DELETE', `/inbox/filters/${String(shared['id'])}`)).status).toBe(404)
    expect((await kept(viewer)('POST', '/inbox/filters', { name: 'x', line: 'lang:el', shared: true })).status).toBe(403)
    expect((await kept(bakery.nikos)('DELETE', `/inbox/filters/${String(shared['id'])}`)).status).toBe(200)
  })
})

describe('the counters', () => {
  test('are what a count would say, also when many change conversations at once', async () => {
    for (let place = 0; place < 12; place++) await heard(`Ερώτηση ${place};`, { by: `p${place}` })
    const ids = (await list(bakery.eleni)).map((one) => one.id)
    const acts = [{ state: 'done' }, { assigneeId: bakery.maria.id }, { state: 'open' }, { assigneeId: null }, { tags: ['α'] }] as const
    const people = [bakery.eleni, bakery.maria, bakery.nikos]
    await Promise.all(Array.from({ length: 90 }, async (_, n) => await inbox(people[n % 3]!)('PATCH', `/conversations/${ids[(n * 7) % 12]!}`, acts[(n * 3) % 5])))
    await bakery.write((tx) => tx.execute(sql`select stoa_fold_tallies()`))
    const now = await recounted()
    expect(now!.all).toBeGreaterThan(0)
    expect(await counts(bakery.maria)).toMatchObject(now!)
    await bakery.write((tx) => tx.delete(conversations).where(and(mine(tx, conversations), eq(conversations.id, ids[0]!))))
    expect(await counts(bakery.maria)).toMatchObject((await recounted())!)
  })
  test('count what comes back by itself when its time has passed', async () => {
    await heard('Αύριο πάλι', { by: 'anna' })
    const id = await idOf('Αύριο πάλι')
    await inbox(bakery.maria)('PATCH', `/conversations/${id}`, { assigneeId: bakery.maria.id, state: 'snoozed', snoozedUntil: new Date(bakery.clock.getTime() + 60_000).toISOString() })
    expect(await counts(bakery.maria)).toMatchObject({ mine: 0, waiting: 0, all: 1 })
    later(2)
    expect(await counts(bakery.maria)).toMatchObject({ mine: 1, waiting: 1, all: 1 })
  })
})

describe('marks of what was read', () => {
  test('are each member’s own, and never go back when two windows report at once', async () => {
    const first = await heard('Καλημέρα', { by: 'anna' })
    const id = await idOf('Καλημέρα')
    await heard('Είστε εκεί;', { by: 'anna', inReplyTo: first })
    const said = ((await inbox(bakery.maria)('GET', `/conversations/${id}`)).body['messages'] as { id: string }[]).map((one) => one.id)
    expect(await counts(bakery.maria)).toMatchObject({ unread: 1 })
    await Promise.all([said[1]!, said[0]!, said[1]!, said[0]!].map(async (seen) => await desk(bakery.maria)('PUT', `/conversations/${id}/read`, { seen })))
    expect(await counts(bakery.maria)).toMatchObject({ unread: 0 })
    expect(await counts(bakery.eleni)).toMatchObject({ unread: 1 })
    expect(await asked(bakery.eleni, 'has:unread')).toHaveLength(1)
    await heard('Ακόμα εδώ', { by: 'anna', inReplyTo: first })
    expect((await list(bakery.maria))[0]).toMatchObject({ unread: true })
    await desk(bakery.maria)('PUT', `/conversations/${id}/read`, { seen: ((await inbox(bakery.maria)('GET', `/conversations/${id}`)).body['messages'] as { id: string }[]).at(-1)!.id })
    await desk(bakery.maria)('DELETE', `/conversations/${id}/read`)
    expect((await list(bakery.maria))[0]).toMatchObject({ unread: true })
    expect((await desk(bakery.maria)('PUT', `/conversations/${id}/read`, { seen: '01890a5d-ac96-774b-bcce-b302099a8057' })).status).toBe(404)
  })
})

describe('a note that calls somebody', () => {
  test('tells them, until they have looked', async () => {
    await heard('Πόσο κάνει η τούρτα;', { by: 'anna' })
    const id = await idOf('Πόσο κάνει η τούρτα;')
    await inbox(bakery.maria)('POST', `/conversations/${id}/note`, { text: 'Το ξέρεις εσύ, @ΝΙΚΟ; Όχι; Τότε @Ελένη και @Μαρία.' })
    expect([await counts(bakery.eleni), await counts(bakery.nikos), await counts(bakery.maria)].map((one) => one['mentioned'])).toEqual([1, 0, 0])
    expect((await list(bakery.eleni, 'view=mentioned')).map((one) => one.id)).toEqual([id])
    const { messages } = (await inbox(bakery.eleni)('GET', `/conversations/${id}`)).body as { messages: { id: string; mentions: { memberId: string }[] }[] }
    expect(messages.at(-1)!.mentions.map((one) => one.memberId)).toEqual([bakery.eleni.id, bakery.maria.id])
    await desk(bakery.eleni)('PUT', `/conversations/${id}/read`, { seen: messages.at(-1)!.id })
    expect(await counts(bakery.eleni)).toMatchObject({ mentioned: 0 })
    expect(await list(bakery.eleni, 'view=mentioned')).toHaveLength(1)
  })
})

describe('the same to many', () => {
  beforeEach(async () => { for (const by of ['anna', 'kostas', 'john']) await heard(by === 'john' ? 'Do you open on Sundays?' : `Ερώτηση: ${by};`, { by }) })
  test('is done over a selection or a whole filter and taken back in one go, but for what changed since', async () => {
    const { body: act } = await desk(bakery.maria)('POST', '/conversations/bulk', { filter: { view: 'all', q: 'lang:el' }, change: { state: 'done', tag: 'ψωμί' } })
    expect(act).toMatchObject({ changed: 2 })
    expect((await list(bakery.maria)).map((one) => one.lastText)).toEqual(['Do you open on Sundays?'])
    expect(await counts(bakery.maria)).toMatchObject({ all: 1, waiting: 1 })
    const [first] = await list(bakery.maria, 'view=done')
    await inbox(bakery.eleni)('PATCH', `/conversations/${first!.id}`, { tags: ['ψωμί', 'δικό μου'] })
    expect((await desk(bakery.eleni)('POST', `/conversations/bulk/${String(act['id'])}/undo`)).status).toBe(409)
    expect((await desk(bakery.maria)('POST', `/conversations/bulk/${String(act['id'])}/undo`)).body).toEqual({ restored: 1, left: 1 })
    expect(await counts(bakery.maria)).toMatchObject({ all: 2, waiting: 2 })
    expect((await desk(bakery.maria)('POST', `/conversations/bulk/${String(act['id'])}/undo`)).body).toMatchObject({ code: 'undone_already' })
  })
  test('gives, puts off and marks urgent by ids, and touches no other workspace', async () => {
    const other = bakery
    const ids = (await list(bakery.maria)).map((one) => one.id)
    const until = new Date(bakery.clock.getTime() + 3_600_000).toISOString()
    expect((await desk(bakery.maria)('POST', '/conversations/bulk', { ids, change: { assigneeId: bakery.nikos.id, priority: 'high', state: 'snoozed', snoozedUntil: until } })).body).toMatchObject({ changed: 3 })
    expect((await list(bakery.nikos)).map((one) => [one.priority, one.state, one.assignee?.name])).toEqual(Array.from({ length: 3 }, () => ['high', 'snoozed', 'Νίκος']))
    expect((await desk(bakery.maria)('POST', '/conversations/bulk', { ids, change: { state: 'snoozed', snoozedUntil: '2020-01-01T00:00:00Z' } })).body).toMatchObject({ code: 'time_in_past' })
    bakery = await openBakery(database)
    expect((await desk(bakery.maria)('POST', '/conversations/bulk', { ids, change: { state: 'done' } })).body).toMatchObject({ changed: 0 })
    bakery = other
    expect((await list(bakery.nikos)).every((one) => one.state === 'snoozed')).toBe(true)
  })
})

describe('two made one, and one made two', () => {
  const texts = async (id: string) => ((await inbox(bakery.maria)('GET', `/conversations/${id}`)).body['messages'] as { text: string }[]).map((one) => one.text)
  test('two questions of one person become one talk in the order they came, and two again', async () => {
    const first = await heard('Έχετε τσουρέκι;', { by: 'anna' })
    await heard('Και κουλούρια;', { by: 'anna' })
    await heard('Ναι ή όχι;', { by: 'anna', inReplyTo: first })
    const [into, from] = [await idOf('Ναι ή όχι;'), await idOf('Και κουλούρια;')]
    const { body: move } = await desk(bakery.maria)('POST', `/conversations/${from}/merge`, { into })
    expect(await texts(into)).toEqual(['Έχετε τσουρέκι;', 'Και κουλούρια;', 'Ναι ή όχι;'])
    expect(await list(bakery.maria)).toHaveLength(1)
    expect((await inbox(bakery.maria)('GET', `/conversations/${from}`)).body).toMatchObject({ conversation: { mergedInto: into, state: 'done' }, messages: [] })
    expect((await inbox(bakery.maria)('GET', `/conversations/${into}`)).body['moves']).toMatchObject([{ kind: 'merge', by: 'Μαρία', count: 1, away: false }])
    expect(await counts(bakery.maria)).toMatchObject((await recounted())!)
    await desk(bakery.maria)('POST', `/conversation-moves/${String(move['id'])}/undo`)
    expect([await texts(into), await texts(from)]).toEqual([['Έχετε τσουρέκι;', 'Ναι ή όχι;'], ['Και κουλούρια;']])
    expect(await counts(bakery.maria)).toMatchObject({ all: 2, waiting: 2 })
    expect((await desk(bakery.maria)('POST', `/conversation-moves/${String(move['id'])}/undo`)).body).toMatchObject({ code: 'undone_already' })
  })
  test('what is answered to a merged one lands where it stands now', async () => {
    await heard('Έχετε τσουρέκι;', { by: 'anna' })
    const second = await heard('Και κουλούρια;', { by: 'anna' })
    const [into, from] = [await idOf('Έχετε τσουρέκι;'), await idOf('Και κουλούρια;')]
    await desk(bakery.maria)('POST', `/conversations/${from}/merge`, { into })
    await heard('Για τα κουλούρια λέω', { by: 'anna', inReplyTo: second })
    expect(await texts(into)).toEqual(['Έχετε τσουρέκι;', 'Και κουλούρια;', 'Για τα κουλούρια λέω'])
  })
  test('from a message on, another talk begins; taken back it is one again, and may begin anew', async () => {
    const first = await heard('Έχετε τσουρέκι;', { by: 'anna' })
    await heard('Εγώ ρωτώ για δουλειά', { by: 'kostas', inReplyTo: first })
    const id = await idOf('Εγώ ρωτώ για δουλειά')
    const said = (await inbox(bakery.maria)('GET', `/conversations/${id}`)).body['messages'] as { id: string }[]
    const { body: move } = await desk(bakery.maria)('POST', `/conversations/${id}/split`, { at: said[1]!.id })
    const into = String(move['into'])
    expect([await texts(id), await texts(into)]).toEqual([['Έχετε τσουρέκι;'], ['Εγώ ρωτώ για δουλειά']])
    expect((await inbox(bakery.maria)('GET', `/conversations/${into}`)).body).toMatchObject({ contact: { name: 'kostas' }, conversation: { state: 'open' } })
    await desk(bakery.maria)('POST', `/conversation-moves/${String(move['id'])}/undo`)
    expect(await texts(id)).toHaveLength(2)
    expect(await list(bakery.maria)).toHaveLength(1)
    expect((await desk(bakery.maria)('POST', `/conversations/${id}/split`, { at: said[1]!.id })).body).toMatchObject({ into })
    expect((await desk(bakery.maria)('POST', `/conversations/${id}/split`, { at: said[0]!.id })).body).toMatchObject({ code: 'cannot_split' })
  })
  test('private talks of two people stay two', async () => {
    await heard('Το τηλέφωνό μου είναι 26…', { by: 'anna', visibility: 'private' })
    await heard('Κι εγώ κάτι ιδιωτικό', { by: 'kostas', visibility: 'private' })
    const [a, b] = [await idOf('Το τηλέφωνό μου είναι 26…'), await idOf('Κι εγώ κάτι ιδιωτικό')]
    expect((await desk(bakery.maria)('POST', `/conversations/${a}/merge`, { into: b })).body).toMatchObject({ code: 'cannot_merge' })
    expect((await desk(bakery.maria)('POST', `/conversations/${a}/merge`, { into: a })).body).toMatchObject({ code: 'cannot_merge' })
  })
})

describe('where the network takes no answer from a program', () => {
  beforeEach(async () => {
    const square = squareChannel({ byHand: ['reply'], replyWindow: { hours: 24 } })
    bakery = await openBakery(database, { channels: [{ ...square, publish: { ...square.publish!, kinds: ['post'] } }] })
  })
  test('an answer is kept as handed over, and counts once the member has posted it', async () => {
    await heard('Έχετε τσουρέκι;', { by: 'anna', ref: { channel: 'square', id: 'hand-1', url: 'https://square.example/1' } })
    const id = await idOf('Έχετε τσουρέκι;')
    const read = async () => (await inbox(bakery.maria)('GET', `/conversations/${id}`)).body as { conversation: { waitingSince: string | null }; messages: { id: string; byHand: string | null; publication: unknown; url: string | null }[]; canAnswer: unknown }
    expect((await read()).canAnswer).toMatchObject({ ok: true, byHand: true, openAt: 'https://square.example/1', until: '2026-05-05T09:01:00.000Z' })
    const { body: sent } = await inbox(bakery.maria)('POST', `/conversations/${id}/answer`, { text: 'Ναι Άννα, από τις επτά.', seen: null })
    const waits = await read()
    expect(waits.messages.at(-1)).toMatchObject({ byHand: 'waiting', publication: null })
    expect(waits.conversation.waitingSince).not.toBeNull()
    expect((await desk(bakery.maria)('POST', `/messages/${String(sent['id'])}/posted`, { url: 'https://square.example/2' })).status).toBe(200)
    const done = await read()
    expect(done.messages.at(-1)).toMatchObject({ byHand: 'posted', url: 'https://square.example/2' })
    expect(done.conversation.waitingSince).toBeNull()
    expect((await desk(bakery.maria)('POST', `/messages/${String(sent['id'])}/posted`, { url: null })).body).toMatchObject({ code: 'undone_already' })
  })
  test('one that nobody will post gives its text back', async () => {
    await heard('Έχετε τσουρέκι;', { by: 'anna' })
    const id = await idOf('Έχετε τσουρέκι;')
    const { body: sent } = await inbox(bakery.maria)('POST', `/conversations/${id}/answer`, { text: 'Ναι Άννα!', seen: null })
    expect((await desk(bakery.maria)('DELETE', `/messages/${String(sent['id'])}/posted`)).body).toEqual({ text: 'Ναι Άννα!' })
    expect((await inbox(bakery.maria)('GET', `/conversations/${id}`)).body['messages']).toHaveLength(1)
  })
})
