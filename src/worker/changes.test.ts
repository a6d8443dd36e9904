import { eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#kit/id.ts'
import type { EventName } from '#kit/events.ts'
import { events } from '#core/events/tables.ts'
import { answerChange } from '#core/publications/changes.ts'
import { answerHeld } from '#core/publications/held.ts'
import { tellOverdue } from '#core/publications/pause.ts'
import { askRetraction, askRevision } from '#core/publications/store.ts'
import { publications } from '#core/publications/tables.ts'
import { shown } from '#core/publications/view.ts'
import type { Database, Tx } from '#db/database.ts'
import { testDatabase } from '#db/testing.ts'
import { NetError } from '#net/net-error.ts'
import { today } from '#pillars/imagination/today.ts'
import { stage, type Stage } from './test-stage.ts'

let database: Database
let set: Stage
beforeAll(async () => { database = await testDatabase() })
afterEach(() => set.close())
afterAll(() => database.close())

const words = 'Ανοίγουμε στις 8.'
const better = 'Ανοίγουμε στις 7.'
const inside = <T>(work: (tx: Tx) => Promise<T>) => database.write(set.world.workspaceId, work)
const told = async (name: EventName) => (await database.read(set.world.workspaceId, (db) => db.select().from(events).where(eq(events.name, name)))).map((one) => ({ ...(one.data as object), by: one.memberId }))
const answer = (id: string, what: 'retry' | 'drop') => inside((tx) => answerChange(tx, id, { do: what, by: set.world.eleni.id, at: set.network.now() }))
async function out(): Promise<string> {
  const id = await set.plan(words)
  await set.worker().sweep()
  return id
}
const revise = async (id: string) => { const { wire } = await set.row(id); await inside((tx) => askRevision(tx, id, { wire: { ...(wire as object), text: better }, note: 'Λάθος ώρα.', at: set.network.now() })) }
const standing = () => set.network.things().map((thing) => thing.text)
const unreachable = async (): Promise<Response> => { throw new NetError('unreached', 'nobody listens there', { left: false }) }
const failFor = (minutes: number) => set.pass(minutes, set.worker({ fetch: unreachable }))

describe('an edit that does not get through', () => {
  test('says so at once, is told after an hour, once, and goes through by itself when the network is back', async () => {
    set = await stage(database, { idempotency: 'keyed' })
    const id = await out()
    await revise(id)
    expect(shown(await set.row(id)).change).toMatchObject({ what: 'revise', overdue: false, why: { says: { en: expect.stringContaining('on their way') as string } } })
    await failFor(30)
    await inside((tx) => tellOverdue(tx, set.network.now()))
    expect(shown(await set.row(id)).change).toMatchObject({ what: 'revise', overdue: false, retryAt: expect.any(Date) as Date, why: { says: { en: expect.stringContaining('do not get through') as string } } })
    expect(await told('publication.overdue')).toEqual([])
    await failFor(35)
    for (let n = 0; n < 2; n++) await inside((tx) => tellOverdue(tx, set.network.now()))
    expect(await told('publication.overdue')).toEqual([{ publicationId: id, channel: 'memory', state: 'revise', because: 'unreached', by: null }])
    expect(shown(await set.row(id)).change).toMatchObject({ overdue: true })
    expect((await today(set.house, set.world.workspaceId))[0]).toMatchObject({ urgent: true, says: { en: 'An edit or removal does not get through to its network.' } })
    await set.pass(20, set.worker())
    expect([standing(), shown(await set.row(id)).change]).toEqual([[better], null])
  })
  test('can be tried now, whatever its turn is', async () => {
    set = await stage(database, { idempotency: 'keyed' })
    const id = await out()
    await revise(id)
    await failFor(30)
    expect(standing()).toEqual([words])
    await answer(id, 'retry')
    await set.worker().sweep()
    expect([standing(), (await set.row(id)).pending]).toEqual([[better], null])
    expect(await answer(id, 'retry')).toBeUndefined()
  })
  test('can be dropped: the old words stay, and who dropped it is kept', async () => {
    set = await stage(database, { idempotency: 'keyed' })
    const id = await out()
    await revise(id)
    await failFor(5)
    expect(await answer(id, 'drop')).toMatchObject({ pending: null, nextWire: null, wakeAt: null })
    await set.pass(30, set.worker())
    expect([standing(), shown(await set.row(id)).change]).toEqual([[words], null])
    expect(await told('publication.change-dropped')).toEqual([{ publicationId: id, channel: 'memory', change: 'revise', because: 'unreached', by: set.world.eleni.id }])
  })
  test('and is refused shows why until somebody has read it', async () => {
    set = await stage(database, { idempotency: 'keyed' })
    const id = await out()
    await revise(id)
    set.network.next('refused')
    await set.worker().sweep()
    expect(shown(await set.row(id)).change).toMatchObject({ what: null, retryAt: null, why: { says: { el: 'Το δίκτυο αρνήθηκε την αλλαγή: «this network does not take that»' } } })
    expect(await answer(id, 'retry')).toBeUndefined()
    await answer(id, 'drop')
    expect(shown(await set.row(id)).change).toBeNull()
  })
  test('is not dropped under the hands of the worker', async () => {
    set = await stage(database, { idempotency: 'keyed' })
    const id = await out()
    await revise(id)
    await inside((tx) => tx.update(publications).set({ leaseOwner: '7' }).where(eq(publications.id, id)))
    await expect(answer(id, 'drop')).rejects.toMatchObject({ code: 'wrong_state' })
  })
})
test('a removal that is dropped leaves it standing', async () => {
  set = await stage(database, { idempotency: 'keyed' })
  const id = await out()
  await inside((tx) => askRetraction(tx, id, { note: 'Δεν ισχύει.', at: set.network.now() }))
  await failFor(3)
  expect(shown(await set.row(id)).change).toMatchObject({ what: 'retract', why: { says: { en: 'It cannot be taken down: it still stands on the network.' } } })
  await answer(id, 'drop')
  await set.pass(20, set.worker())
  expect([(await set.row(id)).state, standing()]).toEqual(['confirmed', [words]])
})

describe('all that is held', () => {
  const classOf = (kind: 'read-back' | 'blind') => () => kind
  async function held(kind: 'read-back' | 'blind', count: number): Promise<string[]> {
    set = await stage(database, { idempotency: kind })
    const ids: string[] = []
    for (let n = 0; n < count; n++) ids.push(await set.plan(`${words} (${n})`))
    await inside((tx) => tx.update(publications).set({ state: 'held', because: 'restored', unsureSince: set.network.now(), wakeAt: null }))
    return ids
  }
  const release = (what: 'look' | 'send' | 'drop', kind: 'read-back' | 'blind', ids?: string[]) => inside((tx) => answerHeld(tx, { answer: what, ids, by: set.world.eleni.id, at: set.network.now() }, classOf(kind)))
  test('is looked for at one word: what is there is known, the rest stays held', async () => {
    const ids = await held('read-back', 5)
    set.network.speak(`${words} (0)`, { by: 'fournos' })
    set.network.speak(`${words} (3)`, { by: 'fournos' })
    expect(await release('look', 'read-back')).toEqual({ answered: 5, left: 0 })
    await set.pass(3, set.worker())
    expect(await Promise.all(ids.map(async (id) => (await set.row(id)).state))).toEqual(['confirmed', 'held', 'held', 'confirmed', 'held'])
    expect(set.said().length).toBe(2)
    expect(await told('publishing.held-answered')).toEqual([{ answer: 'look', answered: 5, left: 0, by: set.world.eleni.id }])
  })
  test('cannot be looked for where nothing can be read, and is left as it is', async () => {
    await held('blind', 2)
    expect(await release('look', 'blind')).toEqual({ answered: 0, left: 2 })
    expect(await told('publishing.held-answered')).toEqual([])
  })
  test('goes out at one word, in part or whole, each with the name of who said so; what is dropped does not', async () => {
    const [first, ...others] = await held('blind', 4)
    expect(await release('drop', 'blind', [first!, newId()])).toEqual({ answered: 1, left: 3 })
    expect(await release('send', 'blind')).toEqual({ answered: 3, left: 0 })
    expect(await release('send', 'blind')).toEqual({ answered: 0, left: 0 })
    const worker = set.worker()
    await worker.sweep()
    await worker.sweep()
    expect(set.said()).toHaveLength(3)
    expect(await Promise.all(others.map(async (id) => { const row = await set.row(id); return [row.state, row.approvedBy] }))).toEqual(others.map(() => ['confirmed', set.world.eleni.id]))
    expect((await told('publication.settled')).map((one) => one.by)).toEqual(Array(4).fill(set.world.eleni.id))
  })
})
