import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Member } from '#kit/http.ts'
import type { Database } from '#db/database.ts'
import { testDatabase } from '#db/testing.ts'
import { asking } from '../../../test/world/asking.ts'
import { openBakery, saying, type Bakery } from '../../../test/world/inbox.ts'
import { contactRoutes } from '../contacts/routes.ts'
import { hear } from './hear.ts'
import { conversationRoutes } from './routes.ts'

let database: Database
let bakery: Bakery
let id: string
beforeAll(async () => { database = await testDatabase(process.env['STOA_TEST_DATABASE']!) })
afterAll(() => database.close())
beforeEach(async () => {
  bakery = await openBakery(database)
  await bakery.write((tx) => hear({ tx, account: bakery.account, now: bakery.clock }, [saying('Έχετε <b>τσουρέκι</b>;', { inReplyTo: { channel: 'square', id: bakery.postRef }, by: 'anna' })]))
  id = ((await ask(bakery.maria)('GET', '/conversations')).body['items'] as { id: string }[])[0]!.id
})
const ask = (member: Member | undefined) => asking(conversationRoutes(bakery.house), member)
const people = (member: Member) => asking(contactRoutes(bakery.house), member)

describe('the inbox over HTTP', () => {
  test('shows a conversation with its person, its post and what can be done', async () => {
    expect((await ask(bakery.maria)('GET', `/conversations/${id}`)).body).toMatchObject({
      conversation: { id, state: 'open', assignee: null }, contact: { name: 'anna', identities: [{ channel: 'square', handle: '@anna' }], counts: { conversations: 1, messages: 1, likes: 0 } },
      post: { id: bakery.postId, title: 'Το ψωμί της Κυριακής', url: `https://square.example/${bakery.postId}` }, draft: null, claim: null, canAnswer: { ok: true, kind: 'reply', because: null },
      messages: [{ direction: 'in', text: 'Έχετε <b>τσουρέκι</b>;', moderation: 'shown', publication: null, withdrawn: false }],
    })
  })
  test('claims, drafts, answers and tells the next one who was first', async () => {
    expect((await ask(bakery.maria)('POST', `/conversations/${id}/claim`)).body['until']).toBe('2026-05-04T09:02:00.000Z')
    expect(await ask(bakery.nikos)('POST', `/conversations/${id}/claim`)).toMatchObject({ status: 409, body: { code: 'claim_held', title: 'Μαρία is answering', claim: { name: 'Μαρία' } } })
    expect((await ask(bakery.maria)('PUT', `/conversations/${id}/draft`, { text: 'Ναι' })).status).toBe(200)
    const sent = await ask(bakery.maria)('POST', `/conversations/${id}/answer`, { text: 'Ναι, από τις οκτώ!', seen: null })
    expect(sent).toMatchObject({ status: 201, body: { authorName: 'Μαρία', text: 'Ναι, από τις οκτώ!' } })
    expect((await ask(bakery.maria)('GET', `/conversations/${id}`)).body).toMatchObject({ draft: null, messages: [{}, { direction: 'out', publication: { state: 'scheduled', because: null } }] })
    expect(await ask(bakery.nikos)('POST', `/conversations/${id}/answer`, { text: 'Ναι!', seen: null })).toMatchObject({ status: 409, body: { code: 'answered_meanwhile' } })
    expect((await ask(bakery.nikos)('GET', `/conversations/${id}`)).body).toMatchObject({ draft: { text: 'Ναι!' } })
    expect((await ask(bakery.nikos)('GET', '/conversations/counts')).body).toEqual({ mine: 0, unassigned: 0, waiting: 0, all: 1, held: 0, unread: 0, mentioned: 0, due: 0 })
  })
  test.each([
    ['GET', '/conversations?view=everything', undefined, 400, 'invalid_input'], ['GET', '/conversations?order=asc', undefined, 400, 'unknown_field'], ['GET', '/conversations?q=%00', undefined, 400, 'invalid_text'],
    ['GET', '/conversations/nothing', undefined, 400, 'invalid_input'], ['GET', '/conversations/01890a5d-ac96-774b-bcce-b302099a8057', undefined, 404, 'conversation_not_found'],
    ['POST', '/conversations/ID/answer', { text: '  ', seen: null }, 400, 'empty_message'], ['POST', '/conversations/ID/answer', { text: 'α', seen: null, from: 'Ελένη' }, 400, 'unknown_field'],
    ['POST', '/conversations/ID/answer', { text: 'a\0b', seen: null }, 400, 'invalid_text'], ['POST', '/conversations/ID/note', { text: '' }, 400, 'invalid_input'],
    ['PATCH', '/conversations/ID', { state: 'snoozed' }, 400, 'time_in_past'], ['PATCH', '/conversations/ID', { state: 'gone' }, 400, 'invalid_input'],
    ['POST', '/messages/01890a5d-ac96-774b-bcce-b302099a8057/moderate', { to: 'shown', reason: '' }, 404, 'not_found'],
  ])('%s %s %j is refused', async (method, path, body, status, code) => {
    expect(await ask(bakery.eleni)(method, path.replace('ID', id), body)).toMatchObject({ status, body: { code } })
  })
  test('another workspace sees nothing of it and changes nothing in it', async () => {
    const other = await openBakery(database)
    const stranger = asking(conversationRoutes(bakery.house), other.eleni)
    expect((await stranger('GET', '/conversations')).body['items']).toEqual([])
    for (const [method, path, body] of [['GET', '', undefined], ['POST', '/claim', undefined], ['POST', '/answer', { text: 'α', seen: null }], ['POST', '/note', { text: 'α' }], ['PUT', '/draft', { text: 'α' }], ['PATCH', '', { state: 'done' }]] as const) {
      expect(await stranger(method, `/conversations/${id}${path}`, body)).toMatchObject({ status: 404, body: { code: 'conversation_not_found' } })
    }
    expect((await ask(bakery.maria)('GET', `/conversations/${id}`)).body).toMatchObject({ conversation: { state: 'open', claimedBy: null }, messages: [{}] })
  })
  test('needs the right for each thing', async () => {
    expect((await ask(undefined)('GET', '/conversations')).status).toBe(401)
    const viewer = { ...bakery.nikos, role: 'viewer' as const }
    expect((await ask(viewer)('GET', '/conversations')).status).toBe(200)
    expect((await ask(viewer)('POST', `/conversations/${id}/claim`)).status).toBe(403)
  })
})

describe('people over HTTP', () => {
  test('are found by name and handle, and put right', async () => {
    const [line] = (await people(bakery.maria)('GET', '/contacts?q=ann')).body['items'] as { id: string; name: string; conversations: number }[]
    expect(line).toMatchObject({ name: 'anna', conversations: 1, identities: [{ handle: '@anna' }] })
    const changed = await people(bakery.maria)('PATCH', `/contacts/${line!.id}`, { name: 'Άννα Παππά', email: 'Anna@Example.gr', tags: ['τακτική'], note: 'Θέλει χωρίς γλουτένη.' })
    expect(changed.body).toMatchObject({ name: 'Άννα Παππά', email: 'anna@example.gr', tags: ['τακτική'], counts: { messages: 1 } })
    expect((await people(bakery.maria)('GET', '/contacts?q=ΠΑΠΠΑ')).body['items']).toHaveLength(1)
    expect((await people(bakery.maria)('GET', '/contacts?q=%25')).body['items']).toEqual([])
    expect(await people(bakery.maria)('PATCH', `/contacts/${line!.id}`, { email: 'nobody' })).toMatchObject({ status: 400, body: { code: 'invalid_email' } })
    expect((await people(bakery.maria)('PATCH', `/contacts/${line!.id}`, { email: '' })).body['email']).toBeNull()
  })
  test('are read page by page', async () => {
    for (let place = 0; place < 5; place++) { bakery.clock = new Date(bakery.clock.getTime() + 1_000); await bakery.write((tx) => hear({ tx, account: bakery.account, now: bakery.clock }, [saying('γεια', { by: `p${place}` })])) }
    const names: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const page = await people(bakery.maria)('GET', `/contacts?limit=2${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`)
      names.push(...(page.body['items'] as { name: string }[]).map((one) => one.name))
      cursor = page.body['next'] as string | null
    }
    expect(names).toEqual(['p4', 'p3', 'p2', 'p1', 'p0', 'anna'])
  })
})
