import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { eq } from 'drizzle-orm'
import { ChannelError } from '#kit/channel.ts'
import { newId } from '#kit/id.ts'
import { backOff, pause } from '#core/accounts/hearing.ts'
import { keepAccount, accountById } from '#core/accounts/store.ts'
import { accountCursors } from '#core/accounts/tables.ts'
import { needingPeople } from '#core/accounts/tell.ts'
import { accountViews } from '#core/accounts/view.ts'
import { says, square, type Square } from '#core/accounts/test-square.ts'
import { messages } from '#core/conversations/tables.ts'
import { eventsAfter, START } from '#core/events/store.ts'
import { makeHosts } from '#core/hosts.ts'
import type { House } from '#core/house.ts'
import type { Database } from '#db/database.ts'
import { testDatabase } from '#db/testing.ts'
import { bakery, houseOf, type Bakery } from '../../test/world/bakery.ts'
import { makeListener, type Listener } from './listening.ts'

let database: Database
let world: Bakery
let network: Square
let house: House
let id: string
let now: Date
const listeners: Listener[] = []
// Each test has a database of its own, so that no other's accounts are due in it.
beforeAll(async () => { database = await testDatabase() })
afterAll(async () => { for (const one of listeners) await one.stop(); await database.close() })
const later = (minutes: number): void => { now = new Date(now.getTime() + minutes * 60_000) }
const listener = (): Listener => { const made = makeListener(house, { fetch: network.fetch, chance: () => 0.5 }); listeners.push(made); return made }

beforeEach(async () => {
  // Accounts of tests before this one stay quiet.
  await database.write('*', async (tx) => { await tx.client.query("update accounts set state = 'removed' where channel = 'square'") })
  world = await bakery(database)
  network = square()
  now = new Date('2026-10-20T09:00:00Z')
  house = houseOf(database, { channels: [network.channel], hosts: makeHosts({ database, origin: 'https://fournos.example', secret: 'secret', fetch: network.fetch, now: () => now }), now: () => now })
  id = newId()
  await database.write(world.workspaceId, (tx) => keepAccount(tx, { id, channel: 'square', handle: 'fournos', name: 'Φούρνος', settings: { origin: 'https://square.example' }, remoteId: 'me', endsAt: null, at: now }))
})
const heard = async () => (await database.read(world.workspaceId, (db) => db.select({ ref: messages.remoteId }).from(messages).orderBy(messages.remoteId))).map(({ ref }) => ref)
const cursor = async () => (await database.read(world.workspaceId, (db) => db.select().from(accountCursors).where(eq(accountCursors.accountId, id))))[0]!
const view = async () => (await accountViews(house, world.workspaceId)).find((one) => one.id === id)!
const happened = async (names: readonly string[]): Promise<void> => { await expect.poll(async () => (await database.read(world.workspaceId, (db) => eventsAfter(db, START, { limit: 50 }))).map(({ name }) => name).filter((name) => name.startsWith('account.')), { timeout: 10_000 }).toEqual(names) }

describe('listening', () => {
  test('hears each thing once and goes on where it stopped', async () => {
    network.said.push(says(1), says(2), says(3))
    await listener().pullDue()
    expect(await heard()).toEqual(['said-1', 'said-2', 'said-3'])
    expect(await cursor()).toMatchObject({ cursor: 3, heardCount: 3, failures: 0, heldBy: null })
    network.said.push(says(4))
    expect(await listener().pullDue()).toBe(0)
    later(2)
    expect(await listener().pullDue()).toBe(1)
    expect(await heard()).toEqual(['said-1', 'said-2', 'said-3', 'said-4'])
  })
  test('keeps what it has when it breaks off, and loses and doubles nothing', async () => {
    network.said.push(says(1), says(2), says(3), says(4))
    network.fail = new ChannelError({ kind: 'unreached' })
    await listener().pullDue()
    expect(await heard()).toEqual(['said-1', 'said-2'])
    expect(await cursor()).toMatchObject({ cursor: 2, failures: 1, trouble: 'unreached' })
    later(10)
    await listener().pullDue()
    expect(await heard()).toEqual(['said-1', 'said-2', 'said-3', 'said-4'])
    expect(await cursor()).toMatchObject({ cursor: 4, failures: 0, trouble: null, troubleSince: null })
  })
  test('never pulls one account twice at once, and takes over from a process that died', async () => {
    network.said.push(says(1))
    await Promise.all([listener().pullDue(), listener().pullDue(), listener().pullDue()])
    expect(network.pulls).toBe(1)
    await database.write(world.workspaceId, (tx) => tx.update(accountCursors).set({ heldBy: newId(), heldUntil: new Date(now.getTime() + 180_000), nextAt: null }).where(eq(accountCursors.accountId, id)))
    expect(await listener().pullDue()).toBe(0)
    later(4)
    network.said.push(says(2))
    await listener().pullDue()
    expect(await heard()).toEqual(['said-1', 'said-2'])
  })
  test('stores nothing for a pull that lost its hold', async () => {
    network.said.push(says(1), says(2), says(3))
    network.channel.listen!.open = async function* open() {
      await database.write(world.workspaceId, (tx) => tx.update(accountCursors).set({ heldBy: newId() }).where(eq(accountCursors.accountId, id)))
      yield { items: [...network.said], cursor: 3 }
    }
    await listener().pullDue()
    expect(await heard()).toEqual([])
    expect((await cursor()).cursor).toBeNull()
  })
  test('does not hear ourselves', async () => {
    network.said.push(says(1, 'me'), says(2))
    await listener().pullDue()
    expect(await heard()).toEqual(['said-2'])
  })
  test('waits as long as it is asked to, and longer with each failure', async () => {
    network.fail = new ChannelError({ kind: 'paced', retryAt: new Date(now.getTime() + 40 * 60_000) })
    await listener().pullDue()
    expect((await cursor()).nextAt).toEqual(new Date('2026-10-20T09:40:00Z'))
    expect([1, 2, 3, 20].map((failures) => backOff(60, failures, 0.5) / 60_000)).toEqual([2, 4, 8, 60])
    expect([0, 1].map((chance) => [backOff(60, 1, chance), pause(60, chance)])).toEqual([[90_000, 54_000], [150_000, 66_000]])
  })
  test('asks for a sign-in once our access has ended, tells it once, and pulls no more', async () => {
    network.fail = new ChannelError({ kind: 'expired' })
    await listener().pullDue()
    later(120)
    expect(await listener().pullDue()).toBe(0)
    expect((await database.read(world.workspaceId, (db) => accountById(db, id)))!.state).toBe('login-needed')
    await listener().tell()
    expect(await view()).toMatchObject({ light: 'trouble', why: 'login-needed', trouble: 'expired' })
    await happened(['account.troubled'])
  })
})

describe('an account that falls silent', () => {
  test('is told of once, and once more when it is back', async () => {
    const one = listener()
    for (let n = 0; n < 4; n++) { network.said.push(says(n)); await one.pullDue(); later(60) }
    await one.tell()
    expect((await view()).light).toBe('live')
    later(3 * 24 * 60)
    await one.pullDue()
    await one.tell()
    await one.tell()
    expect(await view()).toMatchObject({ light: 'quiet', why: 'silent' })
    expect(await needingPeople(house, world.workspaceId)).toEqual([expect.objectContaining({ id, why: 'silent' })])
    later(2)
    network.said.push(says(9))
    await one.pullDue()
    await one.tell()
    await happened(['account.silent', 'account.well'])
  })
  test('of which the very first pull fails is in trouble at once', async () => {
    const one = listener()
    network.fail = new ChannelError({ kind: 'unreached' })
    await one.pullDue()
    expect(await view()).toMatchObject({ light: 'trouble', why: 'failing' })
    later(5)
    await one.pullDue()
    expect((await view()).light).toBe('live')
  })
  test('for want of an answer is in trouble after a while, not at once', async () => {
    const one = listener()
    await one.pullDue()
    later(2)
    network.fail = new ChannelError({ kind: 'unknown' })
    await one.pullDue()
    expect((await view()).light).toBe('live')
    later(16)
    network.fail = new ChannelError({ kind: 'unknown' })
    await one.pullDue()
    await one.tell()
    expect(await view()).toMatchObject({ light: 'trouble', why: 'failing' })
    await happened(['account.troubled'])
  })
  test('is told of a week before its access ends', async () => {
    await database.write(world.workspaceId, (tx) => keepAccount(tx, { id, channel: 'square', handle: 'fournos', name: 'Φούρνος', settings: {}, remoteId: 'me', endsAt: new Date('2026-10-25T09:00:00Z'), at: now }))
    const one = listener()
    await one.pullDue()
    await one.tell()
    await one.tell()
    expect(await view()).toMatchObject({ light: 'live', endsSoon: true })
    await happened(['account.ending'])
  })
})
