import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '#db/database.ts'
import { testDatabase } from '#db/testing.ts'
import type { Publisher } from './publishing.ts'
import { stage, type Stage } from './test-stage.ts'

let database: Database
let set: Stage
let worker: Publisher
beforeAll(async () => { database = await testDatabase() })
afterAll(() => database.close())
afterEach(() => set.close())
const open = async (options: Parameters<typeof stage>[1]): Promise<void> => { set = await stage(database, options); worker = set.worker() }
const recipe = { thread: ['Αλεύρι ζέας, 1 κιλό.', 'Νερό, 650 γραμμάρια.', 'Αλάτι, μισή κουταλιά.', 'Υπομονή, δώδεκα ώρες.'].map((text) => ({ text, media: [] })) }
const first = 'Η συνταγή μας για ψωμί ζέας:'
const states = async () => (await set.rows()).map((row) => row.state)
const chain = () => { const all = set.said(); return all.every((one, n) => one.under === (n === 0 ? null : all[n - 1]!.id)) }

describe('a thread, part by part', () => {
  test('goes out in order, each part under the one before', async () => {
    await open({ idempotency: 'read-back' })
    await set.plan(first, recipe)
    expect(await states()).toEqual(['scheduled', 'waiting', 'waiting', 'waiting', 'waiting'])
    for (let turn = 0; turn < 5; turn++) await worker.sweep()
    expect(await states()).toEqual(['confirmed', 'confirmed', 'confirmed', 'confirmed', 'confirmed'])
    expect(set.said().map((one) => one.text)).toEqual([first, ...recipe.thread.map((part) => part.text)])
    expect(chain()).toBe(true)
    const [root, , third] = await set.rows()
    expect(third!.draft!.inReplyTo).toMatchObject({ root: { id: root!.remoteId } })
  })
  for (const fault of ['answer-lost', 'never-reached', 'refused', 'broken'] as const) {
    for (const cut of [0, 1, 2, 3, 4]) {
      test(`cut at part ${cut + 1} by "${fault}" goes on there, with nothing twice and nothing under a wrong part`, async () => {
        await open({ idempotency: 'blind' })
        await set.plan(first, recipe)
        set.network.next(fault, cut)
        await set.pass(1, worker)
        await set.pass(5, worker)
        const stopped = (await set.rows()).find((row) => row.state === 'needs-person' || row.state === 'refused')
        if (stopped) {
          expect((await states()).slice(cut + 1).every((state) => state === 'waiting')).toBe(true)
          const there = set.said().find((one) => one.text === stopped.draft!.text)
          await set.settle(stopped.id, there ? 'there' : 'send', there ? { id: there.id } : {})
          await set.pass(5, worker)
        }
        expect(await states()).toEqual(['confirmed', 'confirmed', 'confirmed', 'confirmed', 'confirmed'])
        expect(set.said().map((one) => one.text)).toEqual([first, ...recipe.thread.map((part) => part.text)])
        expect(chain()).toBe(true)
        expect((await set.promises()).filter((one) => one.broken > 0)).toEqual([])
      })
    }
  }
  test('dropped in the middle takes along what was to stand under it', async () => {
    await open({ idempotency: 'blind' })
    await set.plan(first, recipe)
    set.network.next('answer-lost', 2)
    await set.pass(3, worker)
    await set.settle((await set.rows())[2]!.id, 'drop')
    expect(await states()).toEqual(['confirmed', 'confirmed', 'cancelled', 'cancelled', 'cancelled'])
  })
  test('carries the first comment under the first part', async () => {
    await open({ idempotency: 'keyed' })
    await set.plan(first, { firstComment: 'Ρωτήστε μας ό,τι θέλετε.' })
    await set.pass(1, worker)
    await worker.sweep()
    const [post, comment] = set.said()
    expect(comment).toMatchObject({ text: 'Ρωτήστε μας ό,τι θέλετε.', under: post!.id })
  })
})

describe('a thread sent whole', () => {
  test.each(['keyed', 'keyed-ttl', 'two-phase'] as const)('on a %s network is one publication that knows the ids of all its parts, however its answer got lost', async (idempotency) => {
    await open({ idempotency, threads: 'whole' })
    const id = await set.plan(first, recipe)
    expect(await set.rows()).toHaveLength(1)
    set.network.next('answer-lost', idempotency === 'two-phase' ? 1 : 0)
    await worker.sweep()
    await set.pass(5, worker)
    expect(set.said().map((one) => one.text)).toEqual([first, ...recipe.thread.map((part) => part.text)])
    const row = await set.row(id)
    expect(row.state).toBe('confirmed')
    if (idempotency !== 'two-phase') expect([row.remoteId, ...row.more!.map((part) => part.id)]).toEqual(set.said().map((one) => one.id))
  })
})
