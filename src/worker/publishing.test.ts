import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Channel } from '#kit/channel.ts'
import { memoryChannel } from '#channels/memory/index.ts'
import { fakeNetwork, type FakeNetwork, type IdempotencyClass } from '#channels/memory/network.ts'
import { accountById, accountOf } from '#core/accounts/store.ts'
import { makeHosts } from '#core/hosts.ts'
import type { House } from '#core/house.ts'
import { personOf } from '#core/members/store.ts'
import { publishPost } from '#core/posts/publish.ts'
import { createPost, postById } from '#core/posts/store.ts'
import { settle } from '#core/publications/settle.ts'
import { releaseDead } from '#core/publications/claims.ts'
import { askRetraction, askRevision, publicationsOf, type Publication } from '#core/publications/store.ts'
import { planPublication } from '#core/publications/plan.ts'
import { attempts, publications } from '#core/publications/tables.ts'
import { eventsAfter, START } from '#core/events/store.ts'
import { EVERY, type Database } from '#db/database.ts'
import { testDatabase } from '#db/testing.ts'
import { bakery, houseOf, type Bakery } from '../../test/world/bakery.ts'
import { openJournal, type Journal } from './journal.ts'
import { makePublisher, type Publisher } from './publishing.ts'
import { toolsFor } from './tools.ts'

let database: Database
let journal: Journal
const dataDir = mkdtempSync(join(tmpdir(), 'stoa-publishing-'))
beforeAll(async () => { database = await testDatabase(); journal = await openJournal(dataDir) })
afterAll(async () => { await journal.close(); await database.close(); rmSync(dataDir, { recursive: true }) })

const text = 'Το πρώτο ψωμί σίκαλης βγήκε. Ποιος θέλει να το δοκιμάσει;'
let world: Bakery
let network: FakeNetwork
let house: House
let publisher: Publisher

const worker = (): Publisher => makePublisher(toolsFor(house, { fetch: network.fetch, journal }))
async function open(idempotency: IdempotencyClass): Promise<void> {
  // Each test has a network of its own: what others left behind is not for it.
  await database.write(EVERY, (tx) => tx.update(publications).set({ wakeAt: null }))
  world = await bakery(database)
  network = fakeNetwork({ seed: 7, idempotency })

  const { now } = network
  const hosts = makeHosts({ database, origin: 'http://bakery.test', secret: 'secret', fetch: network.fetch, now })
  house = houseOf(database, { channels: [memoryChannel({ idempotency }) as unknown as Channel], hosts, now })
  publisher = worker()
}
// Readying gets through; whatever would be seen never comes back.
const hanging: typeof globalThis.fetch = (input, init) => (String(input).includes('/drafts/') && init?.method === 'PUT' ? network.fetch(input, init) : new Promise(() => undefined))
const later = (minutes: number): void => { network.passHours(minutes / 60) }

async function plan(): Promise<string> {
  return await database.write(world.workspaceId, async (tx) => {
    const account = accountOf((await accountById(tx, world.accounts.memory))!)
    return (await planPublication(tx, house, { account, kind: 'post', text, lang: 'el', author: (await personOf(tx, world.maria.id))!, dueAt: house.now() })).id
  })
}
const look = async (id: string): Promise<Publication> => (await database.read(world.workspaceId, (db) => db.select().from(publications).where(eq(publications.id, id))))[0]!
const run = (id: string): Promise<void> => publisher.run(id)
const said = (): number => network.log().filter((entry) => entry.did === 'said').length

describe.each(['keyed', 'keyed-ttl', 'two-phase', 'content-refusal', 'read-back', 'blind'] as const)('on a %s network', (idempotency) => {
  beforeEach(() => open(idempotency))
  // An invisible draft takes one exchange before the one that counts.
  const staged = idempotency === 'two-phase' ? 1 : 0

  test('a publication goes out once, however often it is run', async () => {
    const id = await plan()
    await Promise.all([run(id), run(id), run(id)])
    await run(id)
    expect(await look(id)).toMatchObject({ state: 'confirmed', attempts: 1, because: null })
    expect(said()).toBe(1)
    expect((await database.read(world.workspaceId, (db) => db.select().from(attempts).where(eq(attempts.publicationId, id)))).map((one) => one.outcome)).toEqual(['confirmed'])
  })

  test('an answer lost after the network took it never makes a second one', async () => {
    const id = await plan()
    network.next('answer-lost', staged)
    await run(id)
    for (let minute = 0; minute < 5; minute++) { later(1); await run(id) }
    expect(said()).toBe(1)
    const { state, because } = await look(id)
    expect(state === 'confirmed' || (state === 'needs-person' && because === 'outcome-unknown')).toBe(true)
    if (['keyed', 'keyed-ttl', 'two-phase'].includes(idempotency)) expect(state).toBe('confirmed')
  })

  test('what never left goes out later, by itself', async () => {
    const id = await plan()
    network.next('never-reached', staged)
    await run(id)
    expect((await look(id)).state).toBe('retry-wait')
    later(1)
    await run(id)
    expect(await look(id)).toMatchObject({ state: 'confirmed', attempts: 2 })
    expect(said()).toBe(1)
  })

  test('a process killed while sending is found as unknown, never as "try again"', async () => {
    const id = await plan()
    void makePublisher(toolsFor(house, { fetch: hanging, journal, owner: '1' })).run(id)
    await expect.poll(async () => (await look(id)).state).toBe('sending')
    await publisher.sweep()
    expect((await look(id)).state).toBe('sending')
    await database.write(EVERY, (tx) => releaseDead(tx, { alive: ['2'], now: house.now() }))
    await worker().sweep()
    for (let minute = 0; minute < 5; minute++) { later(1); await run(id) }
    expect(said()).toBeLessThanOrEqual(1)
    const { state } = await look(id)
    expect(['keyed', 'keyed-ttl', 'two-phase'].includes(idempotency) ? state === 'confirmed' : state === 'needs-person').toBe(true)
  })

  test('a refusal is final and an expired access waits to be connected again', async () => {
    const [first, second] = [await plan(), await plan()]
    network.next('refused')
    await run(first)
    network.next('expired')
    await run(second)
    expect([(await look(first)).state, (await look(second)).state]).toEqual(['refused', 'auth-needed'])
    expect(said()).toBe(0)
  })

  test('new words and a taking-down reach the network and leave their note', async () => {
    const id = await plan()
    await run(id)
    const before = await look(id)
    await database.write(world.workspaceId, (tx) => askRevision(tx, id, { wire: { ...(before.wire as object), text: 'Διορθώσαμε την ώρα: ανοίγουμε στις 7.' }, note: 'Είχαμε γράψει λάθος ώρα.', at: network.now() }))
    await run(id)
    expect(network.things().map((thing) => thing.text)).toEqual(['Διορθώσαμε την ώρα: ανοίγουμε στις 7.'])
    expect(await look(id)).toMatchObject({ pending: null, editNote: 'Είχαμε γράψει λάθος ώρα.' })
    await database.write(world.workspaceId, (tx) => askRetraction(tx, id, { note: 'Δεν ισχύει πια.', at: network.now() }))
    await run(id)
    expect(network.things()).toEqual([])
    expect(await look(id)).toMatchObject({ state: 'gone', note: 'Δεν ισχύει πια.' })
  })
})

describe('what waits for a person', () => {
  beforeEach(() => open('blind'))
  test.each([['there', 'confirmed', 1], ['send', 'confirmed', 2], ['drop', 'cancelled', 1]] as const)('is settled by "%s"', async (answer, state, sent) => {
    const id = await plan()
    network.next('answer-lost')
    await run(id)
    expect((await look(id)).state).toBe('needs-person')
    await database.write(world.workspaceId, (tx) => settle(tx, id, { answer, at: house.now() }))
    await run(id)
    expect((await look(id)).state).toBe(state)
    expect(said()).toBe(sent)
  })
})

describe('a post', () => {
  beforeEach(() => open('keyed'))
  const write = async (dueAt: Date) => await database.write(world.workspaceId, async (tx) => {
    const post = await createPost(tx, { authorId: world.nikos.id, at: house.now(), title: 'Σίκαλη', text, lang: 'el', intent: 'give', format: 'story', tags: [], media: [], campaignId: null, accountIds: [world.accounts.memory] })
    return await publishPost(tx, house, { member: world.nikos, id: post.id, version: 1, dueAt, reasons: {} })
  })
  const copy = async (postId: string) => (await database.read(world.workspaceId, (db) => publicationsOf(db, [postId])))[0]!

  test('is published with its first copy, and says so once', async () => {
    const post = await write(house.now())
    await run((await copy(post.id)).id)
    expect((await database.read(world.workspaceId, (db) => postById(db, post.id))).state).toBe('published')
    // Other tests' transactions on the same server may keep an event from being settled for a moment.
    await expect.poll(async () => (await database.read(world.workspaceId, (db) => eventsAfter(db, START, { limit: 50 }))).map((event) => event.name), { timeout: 10_000 })
      .toEqual(['post.scheduled', 'publication.confirmed', 'post.published'])
  })
  test('does not leave before its time', async () => {
    const post = await write(new Date(house.now().getTime() + 3_600_000))
    await run((await copy(post.id)).id)
    expect(said()).toBe(0)
    later(61)
    await publisher.sweep()
    expect(said()).toBe(1)
  })
  test('that would be more than a quarter of an hour late asks first', async () => {
    const post = await write(new Date(house.now().getTime() + 60_000))
    later(20)
    await publisher.sweep()
    expect(said()).toBe(0)
    expect(await copy(post.id)).toMatchObject({ state: 'needs-person', because: 'late' })
  })
})
