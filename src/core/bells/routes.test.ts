import { createECDH, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Member } from '#kit/http.ts'
import type { Database } from '#db/database.ts'
import { testDatabase } from '#db/testing.ts'
import { asking } from '../../../test/world/asking.ts'
import { bakery, houseOf, NOON, type Bakery } from '../../../test/world/bakery.ts'
import { bells } from '../conversations/tables.ts'
import { makeHosts } from '../hosts.ts'
import type { House } from '../house.ts'
import { bellRoutes } from './routes.ts'
import { moments, usual } from './rules.ts'
import { bellDevices } from './tables.ts'

let database: Database
let world: Bakery
let house: House
beforeAll(async () => { database = await testDatabase() })
afterAll(() => database.close())
beforeEach(async () => {
  world = await bakery(database)
  house = houseOf(database, { hosts: makeHosts({ database, origin: 'http://bakery.test', secret: 'secret', fetch, now: () => NOON }) })
})
const at = (member: Member) => asking(bellRoutes(house), member)
const nothing = Object.fromEntries(moments.map((moment) => [moment, []]))
const wish = (over: object = {}) => ({ wishes: { ...nothing, missed: ['sound', 'push', 'bell', 'push'] }, quiet: { days: [7, 1, 7], from: 1320, to: 420 }, mailAfter: 30, withWords: true, ...over })
function subscription(over: object = {}) {
  const pair = createECDH('prime256v1')
  return { endpoint: 'https://push.example.net/send/abc', keys: { p256dh: pair.generateKeys('base64url'), auth: randomBytes(16).toString('base64url') }, name: 'Firefox · Linux', ...over }
}

describe('what a member is called for', () => {
  test('is theirs alone, and reads in one order however it was written', async () => {
    expect((await at(world.maria)('PUT', '/inbox/bell', wish())).status).toBe(200)
    expect((await at(world.maria)('GET', '/inbox/bell')).body).toMatchObject({ wishes: { ...nothing, missed: ['bell', 'push', 'sound'] }, quiet: { days: [1, 7], from: 1320, to: 420 }, mailAfter: 30, withWords: true, zone: 'Europe/Athens', mail: 'no-account' })
    expect((await at(world.eleni)('GET', '/inbox/bell')).body).toMatchObject({ wishes: usual, quiet: null, withWords: false })
  })
  test.each([[{ mailAfter: 1 }], [{ quiet: { days: [], from: 0, to: 60 } }], [{ quiet: { days: [8], from: 0, to: 60 } }], [{ quiet: { days: [1], from: 1440, to: 0 } }], [{ wishes: { ...nothing, given: ['pigeon'] } }], [{ wishes: {} }], [{ loud: true }]])('is refused as %j', async (over) => {
    expect((await at(world.maria)('PUT', '/inbox/bell', wish(over))).status).toBe(400)
  })
  test('was kept in one line once: it means the same, and the same minute twice was no quiet', async () => {
    await database.write(world.workspaceId, (tx) => tx.insert(bells).values([{ memberId: world.maria.id, calls: 'all', sound: true, quietFrom: 1320, quietTo: 420 }, { memberId: world.nikos.id, calls: 'none', quietFrom: 60, quietTo: 60 }]))
    expect((await at(world.maria)('GET', '/inbox/bell')).body).toMatchObject({ wishes: { new: ['bell', 'sound'], answer: ['bell', 'sound'], soon: [] }, quiet: { days: [1, 2, 3, 4, 5, 6, 7], from: 1320, to: 420 } })
    expect((await at(world.nikos)('GET', '/inbox/bell')).body).toMatchObject({ wishes: nothing, quiet: null })
  })
})

describe('a device', () => {
  test('is added once, is theirs alone, and is kept where nobody reads its address', async () => {
    const given = subscription()
    await at(world.maria)('POST', '/inbox/bell/devices', given)
    const { status, body } = await at(world.maria)('POST', '/inbox/bell/devices', given)
    expect(status).toBe(201)
    expect((await at(world.maria)('GET', '/inbox/bell')).body['devices']).toMatchObject([{ id: body['id'], name: 'Firefox · Linux' }])
    expect((await at(world.eleni)('DELETE', `/inbox/bell/devices/${String(body['id'])}`)).status).toBe(404)
    expect(JSON.stringify(await database.read(world.workspaceId, (db) => db.select().from(bellDevices)))).not.toContain('push.example.net')
    expect((await at(world.maria)('DELETE', `/inbox/bell/devices/${String(body['id'])}`)).status).toBe(200)
  })
  test('that passes to another member calls the one before no more', async () => {
    const given = subscription()
    await at(world.maria)('POST', '/inbox/bell/devices', given)
    await at(world.nikos)('POST', '/inbox/bell/devices', given)
    expect([(await at(world.maria)('GET', '/inbox/bell')).body['devices'], ((await at(world.nikos)('GET', '/inbox/bell')).body['devices'] as unknown[]).length]).toEqual([[], 1])
  })
  test.each([[{ endpoint: 'http://push.example.net/send' }], [{ endpoint: 'https://eleni:pw@push.example.net/' }], [{ endpoint: 'ftp://push.example.net/' }], [{ keys: { p256dh: 'AAAA', auth: 'AAAA' } }], [{ name: '' }]])('is refused as %j', async (over) => {
    expect((await at(world.maria)('POST', '/inbox/bell/devices', subscription(over))).status).toBe(400)
  })
  test('is subscribed with one key that stays', async () => {
    const first = (await at(world.maria)('POST', '/inbox/bell/key')).body['key']
    expect(first).toMatch(/^B[\w-]{86}$/)
    expect((await at(world.nikos)('POST', '/inbox/bell/key')).body['key']).toBe(first)
  })
})
