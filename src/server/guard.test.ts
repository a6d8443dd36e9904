import { Hono } from 'hono'
import { expect, test } from 'vitest'
import type { HouseEnv } from '#kit/http.ts'
import { addressOf, answerError, type Ask } from './guard.ts'

test('a fault is written down with its number and its place, without the values a statement was given', async () => {
  const lines: string[] = []
  const app = new Hono<HouseEnv>()
  app.onError((error, c) => answerError((message, facts) => { lines.push(JSON.stringify({ message, ...facts })) })(error, c as Ask))
  app.get('/', () => { throw new Error('Failed query: update "sessions" set "token" = $1\nparams: κρυφό-κλειδί,a second\nline of it') })
  const said = await app.request('/')
  expect([said.status, (await said.json() as { code: string }).code]).toEqual([500, 'internal'])
  expect(lines).toHaveLength(1)
  expect(lines[0]).toContain('Failed query: update')
  expect(lines[0]).toContain('guard.test.ts')
  expect(lines[0]).not.toMatch(/κρυφό|line of it/)
})
test('whoever hangs up in the middle of a body is no fault of ours', async () => {
  const lines: string[] = []
  const app = new Hono<HouseEnv>()
  app.onError((error, c) => answerError((message) => { lines.push(message) })(error, c as Ask))
  app.post('/', () => { throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' }) })
  app.post('/database', () => { throw Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }) })
  expect([(await app.request('/', { method: 'POST' })).status, lines]).toEqual([400, []])
  expect([(await app.request('/database', { method: 'POST' })).status, lines]).toEqual([500, ['a request failed']])
})

test.each([
  ['2001:db8::1', '2001:db8::ffff:2', true], ['2001:db8:1:2::1', '2001:0DB8:0001:0002:dead:beef:0:1', true], ['2001:db8:1:2::1', '2001:db8:1:3::1', false], ['2001:db8::1', '2001:db8:0:1::1', false],
  ['::ffff:203.0.113.7', '203.0.113.7', true], ['::ffff:cb00:7107', '203.0.113.7', true], ['203.0.113.7', '203.0.113.8', false], ['fe80::1%eth0', 'fe80::2%eth0', true],
])('%s and %s are counted together: %s', async (one, other, together) => {
  const app = new Hono<HouseEnv>()
  app.get('/', (c) => c.text(addressOf(c as Ask, 1)))
  const from = async (address: string): Promise<string> => (await app.request('/', { headers: { 'x-forwarded-for': `8.8.8.8, ${address}` } })).text()
  expect(await from(one) === await from(other)).toBe(together)
})
