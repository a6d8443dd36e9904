import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '#kit/id.ts'
import type { Account } from '#kit/channel.ts'
import type { Database } from '#db/database.ts'
import { testDatabase } from '#db/testing.ts'
import { bakery, houseOf, type Bakery } from '../../test/world/bakery.ts'
import { keepAccount, accountById, accountOf } from './accounts/store.ts'
import { keysOf, sealSettings } from './accounts/seal.ts'
import { exchanging, square, type Square } from './accounts/test-square.ts'
import { renewing } from './ctx.ts'
import { makeHosts } from './hosts.ts'
import type { House } from './house.ts'

let database: Database
let world: Bakery
let network: Square
let house: House
let id: string
beforeAll(async () => { database = await testDatabase() })
afterAll(() => database.close())
beforeEach(async () => {
  world = await bakery(database)
  network = square()
  const now = () => new Date('2026-10-20T09:00:00Z')
  house = houseOf(database, { channels: [network.channel], hosts: makeHosts({ database, origin: 'https://fournos.example', secret: 'secret', fetch: network.fetch, now }), now })
  id = newId()
  await database.write(world.workspaceId, async (tx) => {
    const settings = await sealSettings(tx, { origin: 'https://square.example', session: { access: 'access-0', refresh: 'refresh-0' } }, { keys: keysOf(house), account: { id, workspaceId: world.workspaceId }, names: ['session'] })
    await keepAccount(tx, { id, channel: 'square', handle: 'fournos', name: 'Φούρνος', settings, remoteId: 'me', endsAt: null, at: now() })
  })
})
type Settings = { origin: string; session: { access: string; refresh: string } }
const row = async () => (await database.read(world.workspaceId, (db) => accountById(db, id)))!
const account = async () => accountOf(await row()) as Account<Settings>
const renew = async (from?: Account<Settings>) => { const had = from ?? await account(); return await renewing(house)(had, exchanging(network.fetch, had.settings.session.access) as never) as Account<Settings> }

describe('one-time refresh tokens', () => {
  test('are exchanged, and the new ones are kept sealed', async () => {
    expect((await renew()).settings.session).toEqual({ access: 'access-1', refresh: 'refresh-1' })
    expect(JSON.stringify((await row()).settings)).not.toMatch(/refresh-|access-/)
    expect((await account()).settings.session.refresh).toBe('refresh-1')
  })
  test('are exchanged once by two workers at the same time, and both go on with the new ones', async () => {
    const before = await account()
    const both = await Promise.all([renew(before), renew(before), renew(before)])
    expect(network.exchanges).toEqual(['refresh-0'])
    expect(new Set(both.map((one) => one.settings.session.access))).toEqual(new Set(['access-1']))
  })
  test('whose answer was lost lead to a sign-in, not to a loop', async () => {
    network.loseAnswer = true
    await expect(renew()).rejects.toMatchObject({ trouble: { kind: 'unknown' } })
    expect((await row()).state).toBe('connected')
    await expect(renew()).rejects.toMatchObject({ trouble: { kind: 'expired' } })
    expect((await row()).state).toBe('login-needed')
    for (let time = 0; time < 5; time++) await expect(renew()).rejects.toMatchObject({ trouble: { kind: 'expired' } })
    expect(network.exchanges).toEqual(['refresh-0', 'refresh-0'])
  })
  test('of an account that is only being tried are exchanged and kept by nobody', async () => {
    const tried = { ...(await account()), id: '' }
    expect((await renew(tried)).settings.session.access).toBe('access-1')
    expect((await account()).settings.session.access).toBe('access-0')
  })
})
