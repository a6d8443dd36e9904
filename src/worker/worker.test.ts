import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { emit } from '#core/events/store.ts'
import { testDatabase } from '#db/testing.ts'
import { bakery, houseOf } from '../../test/world/bakery.ts'
import { startWorker } from './worker.ts'

const wait = (ms: number) => new Promise<void>((next) => { setTimeout(next, ms) })

test('a worker that was stopped touches nothing any more, however often it was rung just before', async () => {
  const database = await testDatabase()
  const dataDir = mkdtempSync(join(tmpdir(), 'stoa-stop-'))
  const said: string[] = []
  const house = houseOf(database, { dataDir, log: (message, facts) => { said.push(`${message} ${String(facts?.['error'] ?? '')}`) } })
  const world = await bakery(database)
  let ring: (workspaceId: string) => void = () => undefined
  const rings = { on: (listener: typeof ring) => { ring = listener; return () => undefined }, due: () => () => undefined, presence: () => () => undefined, calls: () => () => undefined, close: async () => undefined }
  const handlers = [{ id: 'test.slow', names: ['site.changed' as const], take: () => wait(40) }]
  const worker = await startWorker(house, { fetch, handlers, rings })
  for (let n = 0; n < 3; n++) await database.write(world.workspaceId, (tx) => emit(tx, 'site.changed', { at: house.now(), data: { change: 'name' } }))
  for (let n = 0; n < 5; n++) ring(world.workspaceId)
  await wait(10)
  ring(world.workspaceId)
  await worker.stop()
  ring(world.workspaceId)
  await database.close()
  await wait(200)
  expect(said).toEqual([])
  rmSync(dataDir, { recursive: true, force: true })
})
