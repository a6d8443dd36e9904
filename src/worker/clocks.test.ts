import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Late } from '#core/publications/states.ts'
import type { Database } from '#db/database.ts'
import { testDatabase } from '#db/testing.ts'
import { stage, type Stage } from './test-stage.ts'

let database: Database
let set: Stage
beforeAll(async () => { database = await testDatabase() })
afterEach(() => set.close())
afterAll(() => database.close())

const words = 'Βγήκε το ψωμί των εννέα.'
const hour = 3_600_000
const half = hour / 2
const policies = { ask: { do: 'ask' }, publish: { do: 'publish' }, within: { do: 'publish-within', minutes: 120 } } as const satisfies Record<string, Late>
type Policy = keyof typeof policies
async function due(inMs: number): Promise<Record<Policy, string>> {
  const dueAt = new Date(set.network.now().getTime() + inMs)
  const ids: Partial<Record<Policy, string>> = {}
  for (const name of Object.keys(policies) as Policy[]) ids[name] = await set.plan(`${words} ${name}`, { dueAt, late: policies[name] })
  return ids as Record<Policy, string>
}
const statesOf = async (ids: Record<Policy, string>) => Object.fromEntries(await Promise.all((Object.keys(ids) as Policy[]).map(async (name) => [name, (await set.row(ids[name])).state] as const)))
const early = async () => (await set.rows()).filter((row) => row.confirmedAt !== null && row.confirmedAt < row.dueAt)
const twice = () => set.said().length - new Set(set.said().map((one) => one.text)).size

// A machine that sleeps stops the clock that only goes forward; a clock that is set leaves it alone.
describe.each([['forward an hour', 1, { ask: 'needs-person', publish: 'confirmed', within: 'confirmed' }], ['forward a day', 24, { ask: 'needs-person', publish: 'confirmed', within: 'needs-person' }], ['after eight hours of sleep', 8, { ask: 'needs-person', publish: 'confirmed', within: 'needs-person' }]] as const)('a clock that stands %s', (_, hours, after) => {
  test('makes late what was due meanwhile: each does what its post says of lateness, once', async () => {
    set = await stage(database, { idempotency: 'blind' })
    const ids = await due(half)
    const worker = set.worker({ monotonic: () => 0 })
    await worker.sweep()
    expect(set.said()).toEqual([])
    set.network.passHours(hours)
    await worker.sweep()
    expect(await statesOf(ids)).toEqual(after)
    await set.pass(30, worker)
    expect([await statesOf(ids), twice(), await early()]).toEqual([after, 0, []])
  })
})
describe.each([['an hour', 1], ['a day', 24]] as const)('a clock that goes back %s', (_, hours) => {
  test('lets nothing out early, and each out once when its time has come', async () => {
    set = await stage(database, { idempotency: 'blind' })
    const ids = await due(half)
    const worker = set.worker({ monotonic: () => 0 })
    set.network.passHours(0.4)
    await worker.sweep()
    set.network.passHours(-hours)
    await set.pass(10, worker)
    expect([set.said(), await early()]).toEqual([[], []])
    set.network.passHours(hours - 10 / 60)
    await set.pass(10, worker)
    expect([await statesOf(ids), set.said().length, twice(), await early()]).toEqual([{ ask: 'confirmed', publish: 'confirmed', within: 'confirmed' }, 3, 0, []])
  })
  test('sends nothing again of what is out', async () => {
    set = await stage(database, { idempotency: 'blind' })
    const ids = await due(0)
    const worker = set.worker({ monotonic: () => 0 })
    await worker.sweep()
    set.network.passHours(-hours)
    await set.pass(20, worker)
    set.network.passHours(hours)
    await set.pass(20, worker)
    expect([await statesOf(ids), set.said().length]).toEqual([{ ask: 'confirmed', publish: 'confirmed', within: 'confirmed' }, 3])
  })
})
test.each([-24, -1, 1, 8, 24])('of what was under way when the clock jumped by %i hours nothing goes out twice', async (hours) => {
  set = await stage(database, { idempotency: 'read-back' })
  const ids = await due(0)
  for (let n = 0; n < 3; n++) set.network.next(n === 1 ? 'late' : 'answer-lost')
  const worker = set.worker({ monotonic: () => 0 })
  await worker.sweep()
  set.network.passHours(hours)
  await set.pass(5, worker)
  set.network.arrive()
  set.network.passHours(Math.max(0, -hours))
  await set.pass(10, worker)
  expect([twice(), set.said().length, (await set.rows()).every((row) => row.attempts === 1)]).toEqual([0, 3, true])
  expect(Object.values(await statesOf(ids)).every((state) => state === 'confirmed' || state === 'needs-person')).toBe(true)
})
