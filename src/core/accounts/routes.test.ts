import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { eq } from 'drizzle-orm'
import type { Channel } from '#kit/channel.ts'
import type { HouseEnv, Member } from '#kit/http.ts'
import { newId } from '#kit/id.ts'
import type { Database } from '#db/database.ts'
import { testDatabase } from '#db/testing.ts'
import { Hono } from 'hono'
import { answerError, type Ask } from '../../server/guard.ts'
import { siteRoutes } from '../../server/site-routes.ts'
import { bakery, houseOf, type Bakery } from '../../../test/world/bakery.ts'
import { eventsAfter, START } from '../events/store.ts'
import { makeHosts } from '../hosts.ts'
import type { House } from '../house.ts'
import { posts } from '../posts/tables.ts'
import { publications } from '../publications/tables.ts'
import { memoryChannel } from '#channels/memory/index.ts'
import { accountRoutes } from './routes.ts'
import { accountById, accountOf, needsLogin } from './store.ts'
import { square, type Square } from './test-square.ts'

let database: Database
let world: Bakery
let place: Square
let house: House
let logged: string[]
beforeAll(async () => { database = await testDatabase() })
afterAll(() => database.close())
beforeEach(async () => {
  world = await bakery(database)
  place = square()
  logged = []
  let now = new Date('2026-10-20T09:00:00Z')
  const clock = () => now
  const hosts = makeHosts({ database, origin: 'https://fournos.example', secret: 'secret', fetch: place.fetch, now: clock })
  house = { ...houseOf(database, { channels: [place.channel, memoryChannel({ idempotency: 'keyed' }) as unknown as Channel], hosts, now: clock, origin: 'https://fournos.example' }), log: (message, facts) => { logged.push(JSON.stringify([message, facts])) } }
  later = (minutes) => { now = new Date(now.getTime() + minutes * 60_000) }
})
let later: (minutes: number) => void

/** One browser: it keeps its cookies. */
function browser(member: Member | undefined, lang: 'en' | 'el' = 'en') {
  const app = new Hono<HouseEnv>()
  app.onError((error, c) => answerError(house.log)(error, c as Ask))
  app.use(async (c, next) => { c.set('member', member); c.set('lang', lang); c.set('requestId', 'r'); await next() })
  app.route('/', accountRoutes(house)).route('/', siteRoutes(house))
  let cookie = ''
  return async (method: string, path: string, body?: unknown): Promise<{ status: number; body: Record<string, unknown>; text: string }> => {
    const answer = await app.request(path, { method, headers: { 'content-type': 'application/json', cookie }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
    cookie = answer.headers.getSetCookie().map((one) => one.split(';')[0]).join('; ') || cookie
    const text = await answer.text()
    return { status: answer.status, body: JSON.parse(text) as Record<string, unknown>, text }
  }
}
const good = () => ({ channel: 'square', settings: { origin: 'https://square.example', password: place.password } })
const rowOf = async (id: unknown) => (await database.read(world.workspaceId, (db) => accountById(db, String(id))))!
// Other tests' transactions on the same server may keep an event from being settled for a moment.
const happened = async (names: readonly string[]): Promise<void> => { await expect.poll(async () => (await database.read(world.workspaceId, (db) => eventsAfter(db, START, { limit: 50 }))).map(({ name }) => name), { timeout: 10_000 }).toEqual(names) }

describe('connecting by a form', () => {
  test('tries first, and says what is wrong in a sentence and at its field', async () => {
    const el = browser(world.eleni, 'el')
    expect(await el('POST', '/accounts/check', { ...good(), settings: { origin: 'https://square.example', password: 'λάθος' } }))
      .toMatchObject({ status: 422, body: { code: 'connect_failed', field: 'password', detail: 'Ο κωδικός δεν ταιριάζει. Φτιάξτε κωδικό εφαρμογής στην πλατεία.' } })
    expect(await el('POST', '/accounts/check', { ...good(), settings: { origin: 'https://square.example', password: '' } })).toMatchObject({ status: 400, body: { code: 'field_needed', field: 'password', detail: 'Συμπληρώστε το «Κωδικός».' } })
    expect(await el('POST', '/accounts/check', { ...good(), settings: { origin: 'nowhere', password: 'x' } })).toMatchObject({ status: 400, body: { field: 'origin' } })
    expect(await el('POST', '/accounts/check', good())).toMatchObject({ status: 200, body: { handle: 'fournos', name: 'Φούρνος της Ελένης' } })
    expect(((await el('GET', '/accounts')).body['items'] as { channel: string }[]).map(({ channel }) => channel)).not.toContain('square')
  })
  test('keeps the account once, however often it is connected', async () => {
    const ask = browser(world.eleni)
    const first = await ask('POST', '/accounts', good())
    const second = await ask('POST', '/accounts', good())
    expect([first.status, second.status, second.body['id']]).toEqual([201, 201, first.body['id']])
    expect((await ask('GET', '/accounts')).body['items']).toEqual(expect.arrayContaining([expect.objectContaining({ id: first.body['id'], channel: 'square', handle: 'fournos', state: 'connected', light: 'live', settings: { origin: 'https://square.example' }, secrets: ['password'] })]))
    expect(accountOf(await rowOf(first.body['id'])).settings).toEqual({ origin: 'https://square.example', password: place.password })
  })
  test.each([['a channel nobody connects', { channel: 'memory', settings: {} }, 404], ['a channel that is not', { channel: 'nowhere', settings: {} }, 404], ['settings nobody knows', { channel: 'square', settings: { origin: 'https://square.example', password: 'x', admin: 'yes' } }, 400], ['values that are no text', { channel: 'square', settings: { origin: 5 } }, 400]])('%s is refused', async (_, body, status) => {
    expect((await browser(world.eleni)('POST', '/accounts', body)).status).toBe(status)
  })
  test('keeps it once, also when it is connected from several windows at once, and lets it go once', async () => {
    const eleni = browser(world.eleni)
    const all = await Promise.all([1, 2, 3, 4].map(() => eleni('POST', '/accounts', good())))
    expect(all.map((one) => one.status)).toEqual([201, 201, 201, 201])
    expect(new Set(all.map((one) => one.body['id'])).size).toBe(1)
    const gone = await Promise.all([1, 2, 3].map(() => eleni('DELETE', `/accounts/${all[0]!.body['id'] as string}`)))
    expect(gone.map((one) => one.status).toSorted()).toEqual([200, 404, 404])
  })
  test('is for those who manage', async () => {
    for (const [method, path] of [['POST', '/accounts/check'], ['POST', '/accounts'], ['POST', '/accounts/login/begin']] as const) expect((await browser(world.nikos)(method, path, good())).status).toBe(403)
  })
})

describe('connecting again', () => {
  test('wipes nothing that the form left empty', async () => {
    const ask = browser(world.eleni)
    const { body: { id } } = await ask('POST', '/accounts', { ...good(), settings: { ...good().settings, note: 'το παλιό' } })
    expect((await ask('PUT', `/accounts/${String(id)}`, { settings: { origin: 'https://square.example', password: '', note: '' } })).status).toBe(200)
    expect(accountOf(await rowOf(id)).settings).toEqual({ origin: 'https://square.example', password: place.password, note: 'το παλιό' })
  })
  test('is for the same identity only', async () => {
    const ask = browser(world.eleni)
    const { body: { id } } = await ask('POST', '/accounts', good())
    place.handle = 'fournos-allos'
    expect(await ask('PUT', `/accounts/${String(id)}`, { settings: {} })).toMatchObject({ status: 409, body: { code: 'other_account' } })
    expect((await rowOf(id)).handle).toBe('fournos')
  })
  test('lets what waited for it go on', async () => {
    const ask = browser(world.eleni)
    const { body: { id } } = await ask('POST', '/accounts', good())
    await database.write(world.workspaceId, async (tx) => {
      await needsLogin(tx, String(id), { at: house.now(), because: 'expired' })
      await tx.insert(publications).values(waiting(String(id), 'auth-needed'))
    })
    expect((await ask('GET', '/accounts')).body['items']).toEqual(expect.arrayContaining([expect.objectContaining({ id, state: 'login-needed', light: 'trouble', why: 'login-needed' })]))
    await ask('PUT', `/accounts/${String(id)}`, { settings: {} })
    expect((await rowOf(id)).state).toBe('connected')
    expect((await database.read(world.workspaceId, (db) => db.select().from(publications))).filter((one) => one.accountId === id).map(({ state }) => state)).toEqual(['scheduled'])
  })
})
const waiting = (accountId: string, state: typeof publications.$inferInsert.state) => ({ accountId, channel: 'square', kind: 'post' as const, state, key: crypto.randomUUID(), writtenAt: house.now(), wire: {}, wireHash: '', lang: 'el', dueAt: house.now(), deadline: house.now() })

describe('removing', () => {
  test('tells what is due, cancels it, forgets the secrets and keeps what was said', async () => {
    const ask = browser(world.eleni)
    const { body: { id } } = await ask('POST', '/accounts', good())
    await database.write(world.workspaceId, (tx) => tx.insert(publications).values([waiting(String(id), 'scheduled'), waiting(String(id), 'unknown'), { ...waiting(String(id), 'confirmed'), remoteId: 'x' }]))
    expect((await ask('GET', `/accounts/${String(id)}/due`)).body).toEqual({ waits: 1, onItsWay: 1, stands: 1 })
    expect((await ask('DELETE', `/accounts/${String(id)}`)).body).toEqual({ cancelled: 1 })
    expect(await rowOf(id)).toMatchObject({ state: 'removed', settings: {} })
    expect((await database.read(world.workspaceId, (db) => db.select().from(publications))).filter((one) => one.accountId === id).map(({ state, because }) => [state, because]).sort())
      .toEqual([['cancelled', 'account-removed'], ['confirmed', null], ['needs-person', 'account-removed']])
    expect((await ask('DELETE', `/accounts/${String(id)}`)).status).toBe(404)
    expect((await ask('POST', '/accounts', good())).body['id']).toBe(id)
    await happened(['account.connected', 'account.removed', 'account.connected'])
  })
})

describe('removing an account on which posts are due', () => {
  const posted = async (): Promise<string> => {
    const id = newId()
    await database.write(world.workspaceId, (tx) => tx.insert(posts).values({ id, authorId: world.eleni.id, lang: 'el', text: 'Βγήκε το πρώτο ψωμί ζέας.', intent: 'talk', format: 'story', state: 'scheduled', dueAt: house.now(), wallTime: '2026-10-21T08:00', zone: 'Europe/Athens' }))
    return id
  }
  const goingOut = (accountId: string, postId: string, state: typeof publications.$inferInsert.state) => ({ ...waiting(accountId, state), postId })
  const look = async (id: string) => (await database.read(world.workspaceId, (db) => db.select().from(posts))).find((one) => one.id === id)!
  test('makes a draft of a post that was due there alone, and leaves one that is due elsewhere too, is out, or must be asked after', async () => {
    const ask = browser(world.eleni)
    const { body: { id } } = await ask('POST', '/accounts', good())
    const here = String(id)
    const [alone, refused, elsewhere, asked, out] = [await posted(), await posted(), await posted(), await posted(), await posted()]
    const other = newId()
    await database.write(world.workspaceId, async (tx) => {
      await tx.insert(publications).values([
        goingOut(here, alone, 'scheduled'), goingOut(here, alone, 'waiting'), goingOut(here, refused, 'retry-wait'), goingOut(other, refused, 'refused'),
        goingOut(here, elsewhere, 'prepared'), goingOut(other, elsewhere, 'scheduled'), goingOut(here, asked, 'unknown'), goingOut(here, out, 'auth-needed'), { ...goingOut(other, out, 'confirmed'), remoteId: 'z' },
      ])
      await tx.update(posts).set({ state: 'published' }).where(eq(posts.id, out))
    })
    expect((await ask('DELETE', `/accounts/${here}`)).body).toEqual({ cancelled: 5 })
    expect(await Promise.all([alone, refused, elsewhere, asked, out].map(async (each) => (await look(each)).state))).toEqual(['draft', 'draft', 'scheduled', 'scheduled', 'published'])
    expect(await look(alone)).toMatchObject({ dueAt: null, wallTime: null, zone: null, version: 2 })
    const ended = (await database.read(world.workspaceId, (db) => db.select().from(publications))).filter((one) => one.accountId === here)
    expect(new Set(ended.map(({ state, because, wakeAt }) => `${state} ${because} ${String(wakeAt)}`))).toEqual(new Set(['cancelled account-removed null', 'needs-person account-removed null']))
  })
})

describe('connecting by the network’s own page', () => {
  const begin = async (ask: ReturnType<typeof browser>, accountId?: string) => {
    const { body } = await ask('POST', '/accounts/login/begin', { channel: 'square', settings: {}, ...(accountId ? { accountId } : {}) })
    return new URL(String(body['to'])).searchParams
  }
  const finish = (ask: ReturnType<typeof browser>, state: string | null, channel = 'square') => ask('POST', '/accounts/login/finish', { channel, answer: `?code=c&state=${state ?? ''}` })

  test('comes back to one exact address and connects once', async () => {
    const ask = browser(world.eleni)
    const sent = await begin(ask)
    expect(sent.get('redirect_uri')).toBe('https://fournos.example/app/settings/channels/back/square')
    const done = await finish(ask, sent.get('state'))
    expect(done).toMatchObject({ status: 200, body: { handle: 'fournos' } })
    expect(accountOf(await rowOf(done.body['id'])).settings).toMatchObject({ session: { access: 'access-0', refresh: 'refresh-0' } })
    expect(await finish(ask, sent.get('state'))).toMatchObject({ status: 409, body: { code: 'login_stale' } })
  })
  test('two answers at once connect once', async () => {
    const ask = browser(world.eleni)
    const state = (await begin(ask)).get('state')
    expect((await Promise.all([finish(ask, state), finish(ask, state)])).map(({ status }) => status).sort()).toEqual([200, 409])
  })
  test('a state that is swapped, dropped, old, or of another browser, member or channel is refused', async () => {
    const ask = browser(world.eleni)
    const state = (await begin(ask)).get('state')
    const other = browser(world.eleni)
    await begin(other)
    expect((await finish(other, state)).status).toBe(409)
    expect((await finish(browser(world.eleni), state)).status).toBe(409)
    expect((await finish(ask, null)).status).toBe(409)
    expect((await finish(ask, 'made-up')).status).toBe(409)
    expect((await finish(ask, state, 'memory')).status).toBe(404)
    later(11)
    expect((await finish(ask, state)).status).toBe(409)
  })
  test('begins nothing where people cannot be sent back safely', async () => {
    house = { ...house, origin: 'http://localhost:4321' }
    expect(await browser(world.eleni)('POST', '/accounts/login/begin', { channel: 'square', settings: {} })).toMatchObject({ status: 409, body: { code: 'login_needs_https' } })
    expect((await browser(world.eleni)('GET', '/channels')).body['items']).toEqual(expect.arrayContaining([expect.objectContaining({ id: 'square', connects: true, login: 'needs-https', canLogin: false })]))
  })
  test('signing in again does not lose what the answer left out', async () => {
    const ask = browser(world.eleni)
    const { body: { id } } = await ask('POST', '/accounts', good())
    await finish(ask, (await begin(ask, String(id))).get('state'))
    expect(accountOf(await rowOf(id)).settings).toMatchObject({ password: place.password, session: { access: 'access-0' } })
  })
})

test('a canary secret is in no answer, no log and no dump of the database', async () => {
  place.password = 'canary-7f3a91'
  const ask = browser(world.eleni)
  const answers = [await ask('POST', '/accounts/check', good()), await ask('POST', '/accounts/check', { ...good(), settings: { origin: 'nowhere', password: 'canary-7f3a91' } }), await ask('POST', '/accounts', good()), await ask('GET', '/accounts'), await ask('GET', '/channels')]
  const sent = await ask('POST', '/accounts/login/begin', { channel: 'square', settings: {} })
  answers.push(sent, await ask('PUT', `/accounts/${String(answers[2]!.body['id'])}`, { settings: { password: 'canary-7f3a91-wrong' } }))
  const { rows: tables } = await database.pool.query<{ name: string }>("select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'")
  const dump = (await Promise.all(tables.map(({ name }) => database.write('*', async (tx) => (await tx.client.query(`select t::text as row from "${name}" t`)).rows)))).flat()
  expect(dump.length).toBeGreaterThan(5)
  for (const place of [answers.map(({ text }) => text).join('\n'), logged.join('\n'), JSON.stringify(dump)]) expect(place).not.toMatch(/canary/)
})
