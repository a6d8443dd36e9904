import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { EventName } from '#kit/events.ts'
import type { Database } from '#db/database.ts'
import { testDatabase } from '#db/testing.ts'
import { bakery, houseOf, NOON, type Bakery } from '../../../test/world/bakery.ts'
import { settled } from '../../../test/world/inbox.ts'
import { dispatcher, type Handler } from './dispatch.ts'
import { emit } from './store.ts'

let database: Database
let world: Bakery
let writes: number
beforeAll(async () => { database = await testDatabase() })
beforeEach(async () => { world = await bakery(database); writes = 0 })
afterAll(() => database.close())

const counted = (): Database => ({ ...database, write: (...given) => { writes++; return database.write(...given) } })
const hearing = (id: string, names?: readonly EventName[], stumbles = () => false) => {
  const heard: string[] = []
  const handler: Handler = { id, ...(names ? { names } : {}), take: async (events) => { if (stumbles()) throw new Error('not now'); heard.push(...events.map((one) => one.name)) } }
  return { handler, heard }
}
const happens = async (name: 'site.changed' | 'calendar.changed') => {
  await database.write(world.workspaceId, (tx) => (name === 'site.changed' ? emit(tx, name, { at: NOON, data: { change: 'name' } }) : emit(tx, name, { at: NOON, data: { act: 'move', count: 1 } })))
  await settled(database, world.workspaceId)
}

test('a handler hears what it asked for, each once, and nothing is written for those nothing happened to', async () => {
  const [site, calendar, all] = [hearing('site', ['site.changed']), hearing('calendar', ['calendar.changed']), hearing('all')]
  const dispatch = dispatcher(houseOf(counted()), [site.handler, calendar.handler, all.handler])
  await dispatch(world.workspaceId)
  const before = all.heard.length
  writes = 0
  await dispatch(world.workspaceId)
  expect(writes).toBe(0)
  await happens('site.changed')
  writes = 0
  await dispatch(world.workspaceId)
  expect([site.heard, calendar.heard, all.heard.slice(before)]).toEqual([['site.changed'], [], ['site.changed']])
  expect(writes).toBe(2)
  await happens('calendar.changed')
  await dispatch(world.workspaceId)
  expect([site.heard, calendar.heard, all.heard.slice(before)]).toEqual([['site.changed'], ['calendar.changed'], ['site.changed', 'calendar.changed']])
})
test('one that stumbled is asked again, though nothing new has happened', async () => {
  let down = true
  const site = hearing('site', ['site.changed'], () => down)
  const dispatch = dispatcher(houseOf(counted()), [site.handler])
  await happens('site.changed')
  await dispatch(world.workspaceId)
  expect(site.heard).toEqual([])
  down = false
  await dispatch(world.workspaceId)
  expect(site.heard).toEqual(['site.changed'])
})
test('what happened while no dispatcher ran is heard by the next', async () => {
  const site = hearing('site', ['site.changed'])
  await dispatcher(houseOf(database), [site.handler])(world.workspaceId)
  await happens('site.changed')
  await dispatcher(houseOf(database), [site.handler])(world.workspaceId)
  expect(site.heard).toEqual(['site.changed'])
})
