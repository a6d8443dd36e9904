import { eq, inArray } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#kit/id.ts'
import { openStoa, type Caller, type OpenStoa } from '../../../test/world/stoa.ts'
import { publications } from './tables.ts'

let stoa: OpenStoa
let owner: Caller
let responder: Caller
let workspaceId = ''
let accountId = ''
beforeAll(async () => {
  stoa = await openStoa()
  owner = await stoa.found()
  responder = await stoa.invite(owner, 'responder', 'Μαρία')
  accountId = ((await owner.ask('GET', 'accounts')).body as unknown as { items: { id: string }[] }).items[0]!.id
  workspaceId = (await stoa.house.database.pool.query<{ id: string }>('select id from workspaces')).rows[0]!.id
})
afterAll(() => stoa.stop())

interface Standing { readonly paused: { readonly reason: string; readonly by: { readonly name: string } } | null; readonly held: number; readonly unsettled: readonly { readonly id: string; readonly state: string; readonly why: { readonly says: { readonly el: string } } | null }[] }
const standing = async () => (await owner.ask('GET', 'publishing')).body as unknown as Standing
async function stuck(state: 'needs-person' | 'held'): Promise<string> {
  const at = new Date(Date.now() - 60_000)
  const id = newId()
  await stoa.house.database.write(workspaceId, (tx) => tx.insert(publications).values({
    id, accountId, channel: 'porch', kind: 'post', state, because: state === 'held' ? 'restored' : 'outcome-unknown', key: newId(), writtenAt: at, wire: {}, wireHash: 'h', lang: 'el', dueAt: at, deadline: new Date(Date.now() + 3_600_000), unsureSince: at, attempts: 1,
  }))
  return id
}

test('nobody settles what is not here, nor with an address that cannot be kept', async () => {
  expect((await owner.ask('POST', `publications/${newId()}/settle`, { answer: 'there' })).status).toBe(404)
  const id = await stuck('needs-person')
  for (const url of ['https://fournos.gr/\0', 'https://fournos.gr/\ud800', 'javascript:alert(1)', 'data:text/html,x']) expect([(await owner.ask('POST', `publications/${id}/settle`, { answer: 'there', url })).status, url]).toEqual([400, url])
  expect((await standing()).unsettled.map((one) => one.id)).toContain(id)
  expect((await owner.ask('POST', `publications/${id}/settle`, { answer: 'drop' })).status).toBe(200)
})

test('the switch is for those who publish; everybody sees who pulled it and why', async () => {
  expect((await responder.ask('POST', 'publishing/pause', { reason: 'Όχι τώρα.' })).status).toBe(403)
  expect((await owner.ask('POST', 'publishing/pause', { reason: '   ' })).status).toBe(400)
  expect((await owner.ask('POST', 'publishing/pause', { reason: 'Πένθος στη γειτονιά.' })).status).toBe(200)
  expect((await owner.ask('POST', 'publishing/pause', { reason: 'Ξανά.' })).body).toMatchObject({ code: 'already_paused' })
  expect((await responder.ask('GET', 'publishing')).body).toMatchObject({ paused: { reason: 'Πένθος στη γειτονιά.', by: { name: 'Ελένη Παπαδάτου' } } })
  expect((await owner.ask('POST', 'publishing/resume')).body).toMatchObject({ paused: null })
  expect((await owner.ask('POST', 'publishing/resume')).status).toBe(200)
})
test('what waits for a person is listed with its sentence, and takes one answer', async () => {
  const [asked, held] = [await stuck('needs-person'), await stuck('held')]
  const before = await standing()
  expect(before.held).toBe(1)
  expect(before.unsettled.map((one) => [one.id, one.state, one.why?.says.el !== undefined])).toEqual([[asked, 'needs-person', true], [held, 'held', true]])
  expect((await responder.ask('POST', `publications/${asked}/settle`, { answer: 'drop' })).status).toBe(403)
  expect((await owner.ask('POST', `publications/${asked}/settle`, { answer: 'there', url: 'javascript:alert(1)' })).status).toBe(400)
  expect((await owner.ask('POST', `publications/${asked}/settle`, { answer: 'there', url: 'https://fournos.gr/p/1', remoteId: 'p-1' })).body).toMatchObject({ state: 'confirmed', url: 'https://fournos.gr/p/1' })
  expect((await owner.ask('POST', `publications/${asked}/settle`, { answer: 'send' })).body).toMatchObject({ code: 'wrong_state' })
  expect((await owner.ask('POST', `publications/${held}/settle`, { answer: 'drop' })).body).toMatchObject({ state: 'cancelled' })
  expect((await standing()).unsettled).toEqual([])
  const [row] = await stoa.house.database.read(workspaceId, (db) => db.select().from(publications).where(eq(publications.id, asked)))
  expect(row!.remoteId).toBe('p-1')
})
test('all that is held takes one answer, of those who publish', async () => {
  const [one, other] = [await stuck('held'), await stuck('held')]
  expect((await responder.ask('POST', 'publishing/held', { answer: 'drop' })).status).toBe(403)
  expect((await owner.ask('POST', 'publishing/held', { answer: 'drop', ids: ['x'] })).status).toBe(400)
  expect((await owner.ask('POST', 'publishing/held', { answer: 'drop', ids: [one] })).body).toMatchObject({ answered: 1, left: 1, held: 1 })
  expect((await owner.ask('POST', 'publishing/held', { answer: 'drop' })).body).toMatchObject({ answered: 1, left: 0, held: 0 })
  const rows = await stoa.house.database.read(workspaceId, (db) => db.select().from(publications).where(inArray(publications.id, [one, other])))
  expect(rows.map((row) => [row.state, row.because])).toEqual([['cancelled', 'dropped'], ['cancelled', 'dropped']])
})
test('an address that another publication of the account has is not given to a second one', async () => {
  const [one, other] = [await stuck('needs-person'), await stuck('needs-person')]
  const there = { answer: 'there', url: 'https://fournos.gr/p/twice' }
  expect((await owner.ask('POST', `publications/${one}/settle`, there)).body).toMatchObject({ state: 'confirmed' })
  expect((await owner.ask('POST', `publications/${other}/settle`, there)).body).toMatchObject({ code: 'stands_for_another', field: 'url' })
  expect((await owner.ask('POST', `publications/${other}/settle`, { answer: 'there' })).body).toMatchObject({ state: 'confirmed' })
})
test('what was held before its time waits for it when it is let go', async () => {
  const id = await stuck('held')
  const due = new Date(Date.now() + 30 * 24 * 3_600_000)
  await stoa.house.database.write(workspaceId, (tx) => tx.update(publications).set({ dueAt: due }).where(eq(publications.id, id)))
  expect((await standing()).unsettled.map((one) => one.id)).toContain(id)
  expect((await owner.ask('POST', 'publishing/held', { answer: 'send' })).body).toMatchObject({ answered: 1, held: 0 })
  const [row] = await stoa.house.database.read(workspaceId, (db) => db.select().from(publications).where(eq(publications.id, id)))
  expect([row!.state, row!.wakeAt]).toEqual(['scheduled', due])
  await stoa.house.database.write(workspaceId, (tx) => tx.delete(publications).where(eq(publications.id, id)))
})
test('a change that keeps failing is listed with its sentence, and tried or dropped at a word', async () => {
  const id = await stuck('needs-person')
  await owner.ask('POST', `publications/${id}/settle`, { answer: 'there', remoteId: 'p-2' })
  expect((await owner.ask('POST', `publications/${id}/change`, { do: 'retry' })).body).toMatchObject({ code: 'wrong_state' })
  await stoa.house.database.write(workspaceId, (tx) => tx.update(publications).set({ pending: 'revise', nextWire: {}, changeAskedAt: new Date(), changeBecause: 'unreached', changeAlertedAt: new Date() }).where(eq(publications.id, id)))
  expect((await responder.ask('GET', 'publishing')).body).toMatchObject({ troubled: [{ id, change: { what: 'revise', overdue: true, why: { next: { el: expect.stringContaining('Δοκιμάστε τώρα') as string } } } }] })
  expect((await responder.ask('POST', `publications/${id}/change`, { do: 'drop' })).status).toBe(403)
  expect((await owner.ask('POST', `publications/${id}/change`, { do: 'drop' })).body).toMatchObject({ pending: null, change: null })
  expect((await owner.ask('GET', 'publishing')).body).toMatchObject({ troubled: [] })
})
