import { eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { hashOf } from '#core/publications/plan.ts'
import { publications } from '#core/publications/tables.ts'
import type { Database } from '#db/database.ts'
import { testDatabase } from '#db/testing.ts'
import { stage, type Stage } from './test-stage.ts'

let database: Database
let set: Stage
beforeAll(async () => { database = await testDatabase() })
afterEach(() => set.close())
afterAll(() => database.close())

const many = 60
const minute = 60_000
const textOf = (nth: number) => `Βγήκε το ψωμί, φουρνιά ${nth}.`
/** As many as are worth reading beforehand, due in a minute. */
async function planned(): Promise<{ readonly ids: readonly string[]; readonly dueAt: Date }> {
  const dueAt = new Date(set.network.now().getTime() + minute)
  const ids: string[] = []
  for (let nth = 0; nth < many; nth++) ids.push(await set.plan(textOf(nth), { dueAt }))
  return { ids, dueAt }
}

test('what was read before its moment goes out at it, each once', async () => {
  set = await stage(database, { idempotency: 'keyed' })
  const { dueAt } = await planned()
  const worker = set.worker()
  await worker.foresee({ after: set.network.now(), until: dueAt })
  await worker.sweep()
  expect(set.said()).toEqual([])
  await set.pass(1, worker)
  expect(set.said().map((one) => one.text).toSorted()).toEqual(Array.from({ length: many }, (_, nth) => textOf(nth)).toSorted())
  expect((await set.promises()).filter((one) => one.broken > 0)).toEqual([])
})

test('what changed after it was read goes out as it stands, and what was called off stays', async () => {
  set = await stage(database, { idempotency: 'keyed' })
  const { ids, dueAt } = await planned()
  const worker = set.worker()
  await worker.foresee({ after: set.network.now(), until: dueAt })
  const [changed, off] = [ids[3]!, ids[5]!]
  await database.write(set.world.workspaceId, async (tx) => {
    // No version moves here: the row alone says that it is another.
    const wire = { ...(await set.row(changed)).wire as object, text: 'Σήμερα χωρίς αλάτι.' }
    await tx.update(publications).set({ wire, wireHash: hashOf(wire) }).where(eq(publications.id, changed))
    await tx.update(publications).set({ state: 'cancelled', wakeAt: null }).where(eq(publications.id, off))
  })
  await set.pass(1, worker)
  const said = set.said().map((one) => one.text)
  expect([said.length, said.includes('Σήμερα χωρίς αλάτι.'), said.includes(textOf(3)), said.includes(textOf(5))]).toEqual([many - 1, true, false, false])
})

test('of two workers that both foresaw it, one sends it', async () => {
  set = await stage(database, { idempotency: 'keyed' })
  const { dueAt } = await planned()
  const workers = [set.worker({ owner: 'one' }), set.worker({ owner: 'other' })]
  for (const worker of workers) await worker.foresee({ after: set.network.now(), until: dueAt })
  set.network.passHours(1 / 60)
  await Promise.all(workers.map((worker) => worker.sweep()))
  expect(set.said().length).toBe(many)
  expect(new Set(set.said().map((one) => one.text)).size).toBe(many)
})
