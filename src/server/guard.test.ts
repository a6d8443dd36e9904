import { Hono } from 'hono'
import { expect, test } from 'vitest'
import type { HouseEnv } from '#kit/http.ts'
import { answerError, type Ask } from './guard.ts'

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
