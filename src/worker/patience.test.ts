import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Database } from '#db/database.ts'
import { testDatabase } from '#db/testing.ts'
import { stage, type Stage } from './test-stage.ts'

let database: Database
let set: Stage
beforeAll(async () => { database = await testDatabase() })
afterEach(() => set.close())
afterAll(() => database.close())

const second = 1000
const minute = 60 * second
const inMs = (ms: number) => () => new Date(set.network.now().getTime() + ms).toUTCString()

// What a network says with its 429, and how long it is then left alone.
test.each<[string, (() => string) | string | null, number]>([
  ['in seconds', '120', 120 * second],
  ['as a date', inMs(300 * second), 300 * second],
  ['a date that has passed', inMs(-3600 * second), second],
  ['nothing', null, minute],
  ['none at all', '0', second],
  ['less than none', '-5', second],
  ['words', 'soon', minute],
  ['a year', String(365 * 86_400), 6 * 60 * minute],
  ['more than any date holds', '9'.repeat(30), 6 * 60 * minute],
])('a network that asks for patience and says %s is left alone, then has it once', async (_, header, expected) => {
  set = await stage(database, { idempotency: 'blind' })
  const id = await set.plan('Βγήκαν τα κουλούρια.', { late: { do: 'publish' } })
  let calls = 0
  const value = typeof header === 'function' ? header() : header
  const worker = set.worker({ fetch: async (input, init) => {
    calls += 1
    return calls === 1 ? new Response('{}', { status: 429, headers: value === null ? {} : { 'retry-after': value } }) : await set.network.fetch(input, init)
  } })
  const began = set.network.now().getTime()
  await worker.sweep()
  const row = await set.row(id)
  expect(row).toMatchObject({ state: 'retry-wait', because: 'paced', unsureSince: null })
  const wait = row.wakeAt!.getTime() - began
  // A date knows no parts of a second.
  expect(Math.abs(wait - expected)).toBeLessThan(1_500)
  set.network.passHours((wait - 500) / 3_600_000)
  await worker.sweep()
  expect(calls).toBe(1)
  await set.pass(2, worker)
  expect([calls, (await set.row(id)).state, set.said().length]).toEqual([2, 'confirmed', 1])
})
