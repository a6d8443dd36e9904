import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { eq } from 'drizzle-orm'
import { ChannelError, type Channel, type Letter, type Trouble } from '#kit/channel.ts'
import { newId } from '#kit/id.ts'
import type { Json } from '#kit/json.ts'
import type { Database, Tx } from '#db/database.ts'
import { testDatabase } from '#db/testing.ts'
import { makePostman } from '#worker/letters.ts'
import { bakery, houseOf, type Bakery } from '../../../test/world/bakery.ts'
import { keepAccount } from '../accounts/store.ts'
import { makeHosts } from '../hosts.ts'
import type { House } from '../house.ts'
import { letterRoutes } from './routes.ts'
import { canWriteLetters, letterBounced, resumeLetters, writeLetter, type NewLetter } from './store.ts'
import { letters } from './tables.ts'

let database: Database
let world: Bakery
let house: House
let now: Date
let out: Letter[]
let next: ((letter: Letter) => void) | undefined
beforeAll(async () => { database = await testDatabase() })
afterAll(() => database.close())

const post = {
  id: 'mail', letters: {
    prepare: (letter: Letter) => ({ wire: letter as unknown as Json, id: `${letter.id}@fournos.gr` }),
    send: async (wire: Json) => {
      const letter = wire as unknown as Letter
      next?.(letter)
      out.push(letter)
      return { id: `${letter.id}@fournos.gr` }
    },
    find: async (wire: Json) => (out.some(({ id }) => id === (wire as unknown as Letter).id) ? { id: `${(wire as unknown as Letter).id}@fournos.gr` } : 'absent' as const),
  },
} as unknown as Channel
const inside = <T>(work: (tx: Tx) => Promise<T>) => database.write(world.workspaceId, work)
const about = { kind: 'topic', id: 't1' }
const write = (given: Partial<NewLetter> = {}) => inside((tx) => writeLetter(tx, { to: 'Giorgos@pelatis.gr', lang: 'el', subject: 'Νέα απάντηση', text: 'Η Ελένη απάντησε.', about, at: now, ...given }))
const stateOf = async (id: string) => (await database.read(world.workspaceId, (db) => db.select().from(letters).where(eq(letters.id, id))))[0]!.state
const pass = (minutes: number): void => { now = new Date(now.getTime() + minutes * 60_000) }
const round = () => makePostman(house, { fetch }).round()
const trouble = (kind: Trouble) => () => { throw new ChannelError(kind) }

beforeEach(async () => {
  await database.write('*', async (tx) => { await tx.client.query('delete from letters') })
  world = await bakery(database)
  now = new Date('2026-11-23T09:00:00Z')
  out = []
  next = undefined
  house = houseOf(database, { channels: [post], now: () => now, hosts: makeHosts({ database, origin: 'https://fournos.gr', secret: 'secret', fetch, now: () => now }) })
  await inside((tx) => keepAccount(tx, { id: newId(), channel: 'mail', handle: 'info@fournos.gr', name: 'Φούρνος', settings: {}, remoteId: 'info@fournos.gr', endsAt: null, at: now }))
})

test('a letter goes out once, to the address as it is compared, with a way to stop', async () => {
  const { id } = (await write())!
  expect(await inside(canWriteLetters)).toBe(true)
  await round()
  await round()
  expect(out).toEqual([expect.objectContaining({ id, to: 'giorgos@pelatis.gr', stop: expect.stringMatching(/^\S+\/letters\/stop\/[\w-]+\.[\w-]{32}$/) as string })])
  expect(await stateOf(id)).toBe('sent')
})
test('what was written twice under one word is one letter', async () => {
  expect([await write({ once: 'm1' }), await write({ once: 'm1' })]).toEqual([{ id: expect.any(String) as string }, undefined])
  await round()
  expect(out).toHaveLength(1)
})
test('a letter that arrived without our hearing of it is found, and never repeated', async () => {
  const { id } = (await write())!
  next = (letter) => { out.push(letter); next = undefined; throw new ChannelError({ kind: 'unknown' }) }
  await round()
  pass(5)
  await round()
  expect([await stateOf(id), out.length]).toEqual(['sent', 1])
})
test('one of which nobody can say whether it arrived is not sent again', async () => {
  const { id } = (await write())!
  next = trouble({ kind: 'unknown' })
  await round()
  next = undefined
  for (let n = 0; n < 5; n++) { pass(60); await round() }
  expect([await stateOf(id), out]).toEqual(['doubtful', []])
})
test('a server that cannot be reached is tried again; one that says no is not', async () => {
  const { id } = (await write())!
  next = trouble({ kind: 'unreached' })
  await round()
  next = undefined
  pass(5)
  await round()
  expect([await stateOf(id), out.length]).toEqual(['sent', 1])
  const refused = (await write())!
  next = trouble({ kind: 'refused', because: '550 no such user' })
  await round()
  expect(await stateOf(refused.id)).toBe('failed')
})
test('one that came back has failed', async () => {
  const { id } = (await write())!
  await round()
  expect(await inside((tx) => letterBounced(tx, `${id}@fournos.gr`, { because: '550', at: now }))).toBe(true)
  expect(await stateOf(id)).toBe('failed')
})
test('the link changes nothing when it is opened, and stops further ones when it is pressed', async () => {
  await write()
  await round()
  const path = new URL(out[0]!.stop!).pathname
  const routes = letterRoutes(house)
  const page = await (await routes.request(path)).text()
  expect(page).toContain('Διακοπή αυτών των e-mail')
  expect(await write()).toBeDefined()
  expect((await routes.request(path, { method: 'POST', body: 'List-Unsubscribe=One-Click', headers: { 'content-type': 'application/x-www-form-urlencoded' } })).status).toBe(200)
  await round()
  expect([out.length, await write(), await write({ about: { kind: 'topic', id: 't2' } })]).toEqual([1, undefined, { id: expect.any(String) as string }])
  await inside((tx) => resumeLetters(tx, 'giorgos@pelatis.gr', about))
  expect(await write()).toBeDefined()
})
test('a link somebody made up opens nothing', async () => {
  await write()
  await round()
  const [id] = new URL(out[0]!.stop!).pathname.split('/').at(-1)!.split('.')
  const routes = letterRoutes(house).onError((error, c) => c.text(error.message, 404))
  expect((await routes.request(`/letters/stop/${id}.${'a'.repeat(32)}`)).status).toBe(404)
})
