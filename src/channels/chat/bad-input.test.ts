import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#kit/id.ts'
import { contacts } from '#core/contacts/tables.ts'
import { messages } from '#core/conversations/tables.ts'
import type { Database } from '#db/database.ts'
import { testDatabase } from '#db/testing.ts'
import { standing } from './standing.ts'
import { chatWorld, site, vouch, type ChatWorld } from './test-world.ts'
import { chatLimits } from './wire.ts'

let database: Database
let world: ChatWorld
let token: string
beforeAll(async () => {
  database = await testDatabase()
  world = await chatWorld(database)
  token = await world.visitor()
})
afterAll(() => database.close())

const code = async (asked: ReturnType<ChatWorld['ask']>): Promise<string> => { const { status, body } = await asked; return `${status} ${body.code ?? ''}`.trim() }
const said = async () => (await database.read(world.workspaceId, (db) => db.select().from(messages))).map((one) => one.text)

describe('words that show nothing, or pretend', () => {
  test.each([['zero-width signs alone', '\u200b\u200c\u200d\u2060\ufeff'], ['signs of direction alone', '\u202e\u202d\u2066\u2069\u200f'], ['fillers of Hangul and Braille', '\u3164\u115f\u2800'], ['soft hyphens', '\u00ad\u00ad']])('%s are no message', async (_, text) => {
    expect(await code(world.says(token, text))).toBe('400 empty_message')
    expect(await said()).toEqual([])
  })
  test.each([['overrides of direction', 'παραγγελία \u202egpj.exe'], ['a hundred marks on one letter', `α${'\u0301'.repeat(500)}`], ['HTML', '<img src=x onerror=alert(1)><script>alert(1)</script>'], ['a family and a flag', '👨‍👩‍👧‍👦🇬🇷']])('%s stand as the text they are', async (_, text) => {
    const { status, body } = await world.says(token, text)
    expect(status).toBe(201)
    expect(body).toMatchObject({ line: { text, html: null } })
  })
  test('a megabyte is too much, whether it says so or not', async () => {
    const raw = JSON.stringify({ clientId: newId(), text: 'ω'.repeat(500_000) })
    expect(await code(world.ask('POST', 'messages', { token, raw, headers: { 'content-type': 'application/json' } }))).toBe('413 body_too_large')
    const chunks = new ReadableStream<Uint8Array>({ pull(controller) { controller.enqueue(new Uint8Array(16_384).fill(32)) } })
    const streamed = await world.app.request(`${world.chatPath}/messages`, { method: 'POST', body: chunks, duplex: 'half', headers: { origin: site, authorization: `Bearer ${token}`, 'content-type': 'application/json' } } as RequestInit)
    expect(streamed.status).toBe(413)
  })
  test('nests within nests are no JSON of ours', async () => {
    expect(await code(world.ask('POST', 'messages', { token, raw: '['.repeat(30_000) + ']'.repeat(30_000), headers: { 'content-type': 'application/json' } }))).toMatch(/^400 /)
    expect(await code(world.ask('POST', 'messages', { token, raw: '{"__proto__":{"text":"x"},"clientId":"x"}', headers: { 'content-type': 'application/json' } }))).toMatch(/^400 /)
  })
})

describe('places that are none', () => {
  test.each(['-1', '1e9', '0x10', 'NaN', '1.5', '99999999999999999999', '%00', '1;drop table', ' 1', '١'])('cursor %s', async (cursor) => {
    for (const path of ['transcript', 'stream']) expect(await code(world.ask('GET', `${path}?cursor=${cursor}`, { token })), path).toBe('400 invalid_input')
  })
  test.each(['0', '-1', '201', 'x'])('limit %s', async (limit) => { expect(await code(world.ask('GET', `transcript?limit=${limit}`, { token }))).toBe('400 invalid_input') })
  test('a cursor from the time to come shows nothing and harms nothing', async () => {
    expect((await world.ask('GET', 'transcript?cursor=999999999', { token })).body).toMatchObject({ lines: [], cursor: 999_999_999, more: false })
  })
  test.each([{ seq: -1 }, { seq: 1.5 }, { seq: 2_147_483_647 }, { seq: '1' }, {}])('read up to %j', async (body) => { expect(await code(world.ask('POST', 'read', { token, body }))).toBe('400 invalid_input') })
})

test('another visitor’s clientId is nobody else’s message', async () => {
  const [other, clientId] = [await world.visitor(), newId()]
  const [first, second] = [await world.says(token, 'Δικό μου', clientId), await world.says(other, 'Και δικό μου', clientId)]
  expect([first.status, second.status]).toEqual([201, 201])
  expect(await code(world.says(other, 'Αλλιώς', clientId))).toBe('200')
  const seen = (await world.ask('GET', 'transcript', { token: other })).body as unknown as { lines: { text: string }[] }
  expect(seen.lines.map((one) => one.text)).toEqual(['Και δικό μου'])
})

describe('a word of the site that is none', () => {
  const at = (): number => Math.floor(Date.now() / 1_000)
  const claims = (over: Record<string, unknown> = {}) => ({ sub: 'pelatis-7', aud: world.account.id, iat: at(), jti: newId(), ...over })
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  test('signed by nobody, by an algorithm of its own choice, or with two heads', async () => {
    const good = vouch(claims())
    const [head, body, mac] = good.split('.') as [string, string, string]
    const forged = [
      ...['none', 'None', 'nOnE', 'HS384', 'RS256', ''].map((alg) => `${part({ alg, typ: 'JWT' })}.${body}.`), ...['none', 'RS256'].map((alg) => `${part({ alg })}.${body}.${mac}`),
      `${part({ alg: 'HS256', crit: ['exp'] })}.${body}.${mac}`, `${head}.${body}.`, `${head}.${body}`, `${head}.${part(claims({ sub: 'owner' }))}.${mac}`, `${head}.${body}.${mac}.${mac}`, `${head}..${mac}`, '..', ' ', 'a'.repeat(7_999),
    ]
    for (const identity of forged) expect(await code(world.ask('POST', 'visitors', { body: { identity } })), identity.slice(0, 80)).toBe('401 identity_not_verified')
    expect(await database.read(world.workspaceId, (db) => db.select().from(contacts))).not.toContainEqual(expect.objectContaining({ name: 'owner' }))
  })
  test.each<[string, Record<string, unknown>]>([['a time that is no number', { iat: '1' }], ['a time without end', { iat: Number.MAX_VALUE }], ['no audience', { aud: undefined }], ['an audience of many', { aud: Array.from({ length: 11 }, () => 'x') }], ['a name with a NUL', { name: 'a\0b' }], ['a sub of 201 letters', { sub: 'x'.repeat(201) }]])('with %s', async (_, over) => {
    expect(await code(world.ask('POST', 'visitors', { body: { identity: vouch(claims(over)) } }))).toBe('401 identity_not_verified')
  })
})

describe('windows', () => {
  test('opened forty times at once by one visitor, eight stand and the others are told how long to wait', async () => {
    const gone = new AbortController()
    const all = await Promise.all(Array.from({ length: 40 }, async () => await world.app.request(`${world.chatPath}/stream?cursor=0`, { headers: { origin: site, authorization: `Bearer ${token}` }, signal: gone.signal })))
    const refused = all.filter((one) => one.status === 429)
    const reads = await world.ask('GET', 'transcript', { token })
    gone.abort()
    await Promise.all(all.map(async (one) => { await one.body?.cancel().catch(() => undefined) }))
    expect(all.filter((one) => one.status === 200)).toHaveLength(chatLimits.streams)
    expect(refused.every((one) => Number(one.headers.get('retry-after')) > 0)).toBe(true)
    expect(reads.status).toBe(200)
  })
  test('of one network are counted while they stand, and a network without any is forgotten', () => {
    const open = standing()
    const close = Array.from({ length: 1_000 }, () => open.take('203.0.113.7'))
    open.take('198.51.100.1')()
    expect([open.of('203.0.113.7'), open.of('198.51.100.1')]).toEqual([1_000, 0])
    for (const one of close) { one(); one() }
    expect(open.of('203.0.113.7')).toBe(0)
  })
})
