import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { newId } from '#kit/id.ts'
import type { Database, Tx } from '#db/database.ts'
import { testDatabase } from '#db/testing.ts'
import { bakery, NOON, type Bakery } from '../../../test/world/bakery.ts'
import { invariants } from './invariants.ts'
import { attempts, publications } from './tables.ts'

let database: Database
let world: Bakery
beforeAll(async () => { database = await testDatabase() })
afterAll(() => database.close())
beforeEach(async () => { world = await bakery(database) })

type Row = typeof publications.$inferInsert
const one = (over: Partial<Row> = {}): Row => ({
  id: newId(), accountId: world.accounts.memory, channel: 'memory', kind: 'post', state: 'confirmed', key: newId(), writtenAt: NOON, wire: {}, wireHash: 'h', preparedAt: NOON, lang: 'el', dueAt: NOON,
  deadline: new Date(NOON.getTime() + 3_600_000), remoteId: newId(), confirmedAt: NOON, ...over,
})
const tried = (row: Row, number: number, over: Partial<typeof attempts.$inferInsert> = {}) => ({ publicationId: row.id!, number, startedAt: NOON, key: row.key, hash: row.wireHash, ...over })
const broken = async (put: (tx: Tx) => Promise<unknown>, idempotency: 'blind' | 'keyed' = 'blind') => {
  await database.write(world.workspaceId, put)
  return (await database.read(world.workspaceId, (db) => invariants(db, { now: NOON, classOf: () => idempotency }))).filter((found) => found.broken > 0).map((found) => found.name)
}

test('a house in order breaks none, however often it had to try', async () => {
  const row = one({ attempts: 3 })
  const outcomes = ['unreached', 'paced', 'confirmed']
  expect(await broken(async (tx) => { await tx.insert(publications).values(row); await tx.insert(attempts).values(outcomes.map((outcome, n) => tried(row, n + 1, { outcome, endedAt: NOON }))) })).toEqual([])
})
test.each([
  ['a second try that may have arrived, unasked', 'blind', 0, ['I1']], ['the same by a person’s word', 'blind', 1, []], ['the same under a key of ours', 'keyed', 0, []],
] as const)('%s', async (_, idempotency, approvals, expected) => {
  const row = one({ attempts: 2, approvals })
  expect(await broken(async (tx) => { await tx.insert(publications).values(row); await tx.insert(attempts).values([tried(row, 1, { outcome: 'unknown' }), tried(row, 2, { outcome: 'confirmed' })]) }, idempotency)).toEqual(expected)
})
test('confirmed without the network’s id', async () => { expect(await broken((tx) => tx.insert(publications).values(one({ remoteId: null })))).toEqual(['I2']) })
test('beyond its deadline, and nobody was told', async () => {
  const late = { state: 'needs-person' as const, remoteId: null, confirmedAt: null, deadline: new Date(NOON.getTime() - 300_000) }
  expect(await broken((tx) => tx.insert(publications).values(one({ ...late, alertedAt: NOON })))).toEqual([])
  expect(await broken((tx) => tx.insert(publications).values(one(late)))).toEqual(['I3'])
})
test('other bytes than those that were frozen', async () => {
  const row = one({ state: 'sending', attempts: 1, remoteId: null, confirmedAt: null })
  expect(await broken(async (tx) => { await tx.insert(publications).values(row); await tx.insert(attempts).values(tried(row, 1, { hash: 'another' })) })).toEqual(['I4'])
})
test('the database itself lets no thing on a network be two publications', async () => {
  const row = one()
  await expect(database.write(world.workspaceId, (tx) => tx.insert(publications).values([row, one({ remoteId: row.remoteId! })]))).rejects.toThrow()
})
