import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '#db/database.ts'
import { testDatabase } from '#db/testing.ts'
import { events } from '../events/tables.ts'
import { openPosts, type Ground } from './test-posts.ts'

let database: Database
let ground: Ground
let id: string
beforeAll(async () => { database = await testDatabase() })
afterAll(() => database.close())
beforeEach(async () => {
  ground = await openPosts(database)
  id = await ground.draft()
})
const say = (text: string, more: Record<string, unknown> = {}) => ground.ask(ground.world.maria)('POST', `/posts/${id}/comments`, { text, ...more })

describe('what the team says about a draft', () => {
  test('stands in threads, names members and is told to them', async () => {
    const first = await say('@Νίκος είναι σωστή η ώρα; @ελένη παπαδάτου', { quote: 'το πρώτο ψωμί' })
    const threadId = first.body['id'] as string
    const answered = await ground.ask(ground.world.nikos)('POST', `/posts/${id}/comments`, { text: 'Ναι, στις 8.', threadId })
    expect(answered).toMatchObject({ status: 201, body: { items: [{
      id: threadId, by: { name: 'Μαρία Κωστοπούλου' }, quote: 'το πρώτο ψωμί', mentions: [{ name: 'Νίκος Αγγελής' }, { name: 'Ελένη Παπαδάτου' }], resolved: null, answers: [{ by: { name: 'Νίκος Αγγελής' }, text: 'Ναι, στις 8.' }],
    }] } })
    const told = await ground.write((tx) => tx.select().from(events).where(eq(events.name, 'post.commented')))
    expect(told).toMatchObject([{ data: { threadId, mentions: [ground.world.nikos.id, ground.world.eleni.id] } }, { data: { threadId, mentions: [] } }])
    expect((await ground.ask(ground.world.nikos)('GET', `/posts/${id}`)).body['openThreads']).toBe(1)
  })
  test('is settled by anybody who writes, and opened again by an answer', async () => {
    const threadId = (await say('Λείπει μια λέξη.')).body['id'] as string
    const resolve = (resolved: boolean) => ground.ask(ground.world.nikos)('POST', `/posts/${id}/comments/${threadId}/resolve`, { resolved })
    expect((await resolve(true)).body).toMatchObject({ items: [{ resolved: { by: { name: 'Νίκος Αγγελής' } } }] })
    expect((await ground.ask(ground.world.nikos)('GET', `/posts/${id}`)).body['openThreads']).toBe(0)
    expect((await say('Ακόμη λείπει.', { threadId })).body).toMatchObject({ items: [{ resolved: null }] })
    expect((await resolve(true)).status).toBe(200)
    expect((await resolve(false)).body).toMatchObject({ items: [{ resolved: null }] })
  })
  test('refuses what says nothing, threads of other posts, and people who may only read', async () => {
    expect((await say('  \u200b ')).status).toBe(400)
    const other = (await ground.ask(ground.world.nikos)('POST', `/posts/${await ground.draft()}/comments`, { text: 'αλλού' })).body['id'] as string
    expect((await say('εδώ', { threadId: other })).status).toBe(404)
    expect((await ground.ask(ground.world.nikos)('POST', `/posts/${id}/comments/${other}/resolve`, {})).status).toBe(404)
    expect((await ground.ask({ ...ground.world.maria, role: 'viewer' })('POST', `/posts/${id}/comments`, { text: 'α' })).status).toBe(403)
  })
})

describe('the walls between workspaces', () => {
  test('hold for every address of a post', async () => {
    await say('μυστικό')
    const other = await openPosts(database)
    const ask = other.ask(other.world.eleni)
    for (const [method, path, body] of [
      ['GET', '', undefined], ['GET', '/versions', undefined], ['GET', '/versions/1', undefined], ['GET', '/comments', undefined], ['GET', '/warnings', undefined], ['POST', '/review', undefined], ['DELETE', '', undefined],
      ['POST', '/comments', { text: 'α' }], ['POST', '/approval', { do: 'ask', version: 1 }], ['POST', '/publish', { version: 1 }], ['POST', '/again', undefined], ['POST', '/retract', { note: 'ν' }], ['POST', '/unschedule', undefined],
      ['POST', '/review-links', {}], ['DELETE', '/proposal', undefined], ['POST', '/versions/1/restore', { version: 1 }],
    ] as const) expect([path, (await ask(method, `/posts/${id}${path}`, body)).status]).toEqual([path, 404])
    expect((await ask('GET', `/posts/${id}/review-links`)).status).toBe(404)
    expect((await ask('GET', '/posts')).body['items']).toEqual([])
    expect((await ground.ask(undefined)('GET', `/posts/${id}`)).status).toBe(401)
  })
})
