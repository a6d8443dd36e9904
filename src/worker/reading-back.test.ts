import { eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { events } from '#core/events/tables.ts'
import { shown } from '#core/publications/view.ts'
import type { Database } from '#db/database.ts'
import { testDatabase } from '#db/testing.ts'
import { today } from '#pillars/imagination/today.ts'
import { makeReader, type Reader } from './reading-back.ts'
import { stage, type Stage } from './test-stage.ts'
import { toolsFor } from './tools.ts'

let database: Database
let set: Stage
beforeAll(async () => { database = await testDatabase() })
afterEach(() => set.close())
afterAll(() => database.close())

const words = 'Βγήκε το πρώτο ψωμί από τον καινούργιο φούρνο.'
let asked = 0
async function open(...given: Parameters<typeof stage> extends [unknown, infer O] ? [O] : never): Promise<Reader> {
  set = await stage(database, given[0])
  asked = 0
  const fetch: typeof globalThis.fetch = (input, init) => { asked += 1; return set.network.fetch(input, init) }
  return makeReader({ ...toolsFor(set.house, { fetch, journal: set.journal }), database })
}
const minutes = (count: number) => { set.network.passHours(count / 60) }
const told = async (name: string) => (await database.read(set.world.workspaceId, (db) => db.select().from(events).where(eq(events.name, name as 'publication.not-seen')))).map((one) => one.data)
async function out(text: string): Promise<string> {
  const id = await set.plan(text)
  await set.worker().sweep()
  expect((await set.row(id)).state).toBe('confirmed')
  return id
}

describe.each([['by looking', { idempotency: 'read-back' }], ['by its id', { idempotency: 'keyed', stands: true }], ['by looking, after an invisible draft', { idempotency: 'two-phase' }]] as const)('what is out, %s', (_, options) => {
  test('is looked for once, half a minute to two minutes later, and found', async () => {
    const reader = await open(options)
    const id = await out(words)
    expect(await reader.round()).toBe(0)
    minutes(2.1)
    expect([await reader.round(), await reader.round()]).toEqual([1, 0])
    expect(await set.row(id)).toMatchObject({ state: 'confirmed', because: null, readBackDue: null, readBackAt: expect.any(Date) as Date })
    const before = asked
    minutes(600)
    await reader.round()
    expect(asked).toBe(before)
    expect((await set.promises()).find((one) => one.name === 'I2')).toMatchObject({ checked: 1, broken: 0 })
  })
  test('and twice not there is told, stays confirmed, and is never sent again', async () => {
    const reader = await open(options)
    const id = await out(words)
    set.network.lose((await set.row(id)).remoteId!)
    minutes(2.1)
    await reader.round()
    expect(await set.row(id)).toMatchObject({ because: null, readBackAt: null })
    minutes(6)
    await reader.round()
    const row = await set.row(id)
    expect(row).toMatchObject({ state: 'confirmed', because: 'not-seen', readBackDue: null })
    expect(shown(row).why?.says.en).toBe('The network said yes, but we cannot see it there.')
    expect(await told('publication.not-seen')).toEqual([{ publicationId: id, channel: 'memory' }])
    expect((await today(set.house, set.world.workspaceId))[0]).toMatchObject({ urgent: true, says: { el: expect.stringContaining('δεν τη βλέπουμε εκεί') as string } })
    await set.pass(60, set.worker())
    await reader.round()
    expect([set.said().length, (await told('publication.not-seen')).length]).toEqual([1, 1])
    expect((await set.promises()).find((one) => one.name === 'I2')).toMatchObject({ broken: 1, ids: [id] })
  })
})

describe('a person who has looked', () => {
  async function missing(): Promise<string> {
    const reader = await open({ idempotency: 'read-back' })
    const id = await out(words)
    set.network.lose((await set.row(id)).remoteId!)
    minutes(2.1)
    await reader.round()
    minutes(6)
    await reader.round()
    return id
  }
  test('may say that it is there', async () => {
    const id = await missing()
    expect(await set.settle(id, 'there')).toMatchObject({ state: 'confirmed', because: null })
    expect((await told('publication.settled'))[0]).toMatchObject({ answer: 'there', because: 'not-seen' })
  })
  test('may say that it is gone, but not send it again as the same thing', async () => {
    const id = await missing()
    expect(await set.settle(id, 'send')).toBeUndefined()
    expect(await set.settle(id, 'drop')).toMatchObject({ state: 'gone', because: null })
    expect((await set.promises()).find((one) => one.name === 'I2')!.broken).toBe(0)
  })
})

test('a network that asks for patience is left alone until it will have us, also for sending', async () => {
  const reader = await open({ idempotency: 'read-back' })
  const id = await out(words)
  minutes(2.1)
  set.network.next('paced')
  await reader.round()
  const next = await set.plan(`${words} Δεύτερο.`)
  await set.worker().sweep()
  expect(await set.row(next)).toMatchObject({ state: 'scheduled', because: 'paced' })
  expect((await set.row(id)).readBackDue!.getTime()).toBeGreaterThan(set.network.now().getTime() + 60_000)
  await set.pass(3, set.worker())
  expect((await set.row(next)).state).toBe('confirmed')
  minutes(20)
  await reader.round()
  expect((await set.row(id)).readBackAt).not.toBeNull()
})
test('the same words of another are not taken for ours, and an account that answers nothing is asked for a day', async () => {
  const reader = await open({ idempotency: 'read-back' })
  const [first, second] = [await out(words), await out(words)]
  minutes(2.1)
  await reader.round()
  expect([(await set.row(first)).readBackAt, (await set.row(second)).readBackAt]).toEqual([expect.any(Date), null])
  for (let hour = 0; hour < 26; hour++) { minutes(60); await reader.round() }
  expect(await set.row(second)).toMatchObject({ state: 'confirmed', because: null, readBackAt: null, readBackDue: null })
})
test('what cannot be looked for is not, and one that was found by looking needs no second look', async () => {
  await open({ idempotency: 'blind' })
  expect((await set.row(await out(words))).readBackDue).toBeNull()
  await set.close()
  await open({ idempotency: 'read-back' })
  const id = await set.plan(words)
  set.network.next('answer-lost')
  const worker = set.worker()
  await worker.sweep()
  await set.pass(5, worker)
  expect(await set.row(id)).toMatchObject({ state: 'confirmed', readBackDue: null, readBackAt: expect.any(Date) as Date })
})
