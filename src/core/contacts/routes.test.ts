import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { Hono } from 'hono'
import type { HouseEnv, Member } from '#kit/http.ts'
import { Refusal } from '#kit/refusal.ts'
import type { Database } from '#db/database.ts'
import { testDatabase } from '#db/testing.ts'
import { asking } from '../../../test/world/asking.ts'
import { openBakery, saying, type Bakery } from '../../../test/world/inbox.ts'
import { hear } from '../conversations/hear.ts'
import type { House } from '../house.ts'
import { consentPages } from './consent-page.ts'
import { consents, withdrawalToken } from './consents.ts'
import { contactRoutes } from './routes.ts'

let database: Database
let bakery: Bakery
let house: House
let dir: string
beforeAll(async () => { database = await testDatabase(process.env['STOA_TEST_DATABASE']!); dir = mkdtempSync(join(tmpdir(), 'stoa-contacts-')) })
afterAll(async () => { await database.close(); rmSync(dir, { recursive: true }) })
beforeEach(async () => {
  bakery = await openBakery(database, { dataDir: dir })
  house = { ...bakery.house, hosts: { secret: (purpose: string) => `secret ${purpose}` } as never }
  await bakery.write((tx) => hear({ tx, account: bakery.account, now: bakery.clock }, [saying('Έχετε τσουρέκι;', { by: 'giorgos', email: 'g@example.gr' }), saying('Do you ship?', { by: 'anna' })]))
})
const ask = (member: Member = bakery.maria) => asking(contactRoutes(house), member)
interface Line { readonly id: string; readonly name: string }
const list = async (query = '') => (await ask()('GET', `/contacts${query}`)).body as unknown as { items: Line[]; next: string | null }
const giorgos = async () => (await list('?q=giorgos')).items[0]!

describe('the list of people', () => {
  test('is found by name, handle and address, and narrowed by channel, language and tag', async () => {
    const { id } = await giorgos()
    expect((await ask()('PATCH', `/contacts/${id}`, { tags: ['χονδρική'], lang: 'el' })).status).toBe(200)
    for (const query of ['?q=GIORG', '?q=@giorgos', '?q=g@example.gr', '?tag=χονδρική', '?lang=el&channel=square', '?lang=el&q=giorgos']) expect((await list(encodeURI(query))).items.map((one) => one.name), query).toEqual(['giorgos'])
    for (const query of ['?q=nobody', '?tag=press', '?channel=market']) expect((await list(query)).items, query).toEqual([])
    expect((await ask()('GET', '/contacts/filters')).body).toEqual({ channels: ['square'], tags: ['χονδρική'] })
  })
  test('comes a page at a time, each person once', async () => {
    const first = await list('?limit=1')
    const second = await list(`?limit=1&cursor=${encodeURIComponent(first.next!)}`)
    expect([first, second].flatMap((page) => page.items.map((one) => one.name)).sort()).toEqual(['anna', 'giorgos'])
    expect(second.next).toBeNull()
  })
})

describe('what a person agreed to', () => {
  const agreed = { purpose: 'letters', words: 'Να μου γράφετε για νέα ψωμιά', lang: 'el', source: 'στο μαγαζί' }
  test('stands on the card in its own words, and is taken back by a member', async () => {
    const { id } = await giorgos()
    const made = await ask()('POST', `/contacts/${id}/consents`, agreed)
    expect([made.status, (await ask()('POST', `/contacts/${id}/consents`, agreed)).body]).toEqual([201, made.body])
    expect((await ask()('GET', `/contacts/${id}`)).body).toMatchObject({ consents: [{ ...agreed, memberId: bakery.maria.id, withdrawnAt: null }] })
    expect((await ask()('POST', `/consents/${String(made.body['id'])}/withdraw`)).status).toBe(200)
    expect(await bakery.write((tx) => consents.given(tx, id, 'letters'))).toBe(false)
    expect((await ask()('GET', `/contacts/${id}`)).body).toMatchObject({ consents: [{ withdrawnBy: 'member' }] })
  })
  test('is taken back by one click of their own, not by a look at the page, and by nobody without the link', async () => {
    const { id } = await giorgos()
    const { body } = await ask()('POST', `/contacts/${id}/consents`, agreed)
    const pages = new Hono<HouseEnv>().route('/', consentPages(house)).onError((error, c) => c.text('', error instanceof Refusal ? 404 : 500))
    const address = `/consent/${withdrawalToken('secret consents', String(body['id']))}`
    const looked = await pages.request(address)
    expect([looked.status, await looked.text()]).toEqual([200, expect.stringContaining(agreed.words)])
    expect(await bakery.write((tx) => consents.given(tx, id, 'letters'))).toBe(true)
    for (const wrong of [`/consent/${String(body['id'])}.aaaaaaaaaaaaaaaaaaaaaaaa`, '/consent/x', `/consent/${withdrawalToken('another', String(body['id']))}`]) expect((await pages.request(wrong, { method: 'POST' })).status).toBe(404)
    expect(await (await pages.request(address, { method: 'POST' })).text()).toContain('Ανακλήθηκε')
    expect(await bakery.write((tx) => consents.given(tx, id, 'letters'))).toBe(false)
    expect((await pages.request(address, { method: 'POST' })).status).toBe(200)
  })
})

describe('what is theirs by right', () => {
  test('is handed over and erased only by those who run the workspace', async () => {
    const { id } = await giorgos()
    expect([(await ask()('GET', `/contacts/${id}/export`)).status, (await ask(bakery.nikos)('POST', `/contacts/${id}/erase`, { name: 'giorgos' })).status]).toEqual([403, 403])
  })
  test('is erased once the name is written out, and the receipt stands where the card stood', { timeout: 30_000 }, async () => {
    const { id } = await giorgos()
    const owner = ask(bakery.eleni)
    expect(await owner('POST', `/contacts/${id}/erase`, { name: 'george' })).toMatchObject({ status: 422, body: { code: 'erasure_name' } })
    expect(await owner('POST', `/contacts/${id}/erase`, { name: 'giorgos' })).toMatchObject({ status: 202, body: { state: 'running' } })
    await vi.waitFor(async () => expect((await owner('GET', `/contacts/${id}`)).body).toMatchObject({ name: '—', erasure: { state: 'done', receipt: { receipt: { by: 'Ελένη', left: [] } } } }), { timeout: 20_000, interval: 100 })
    expect((await list()).items.map((one) => one.name)).toEqual(['anna'])
    expect((await owner('PATCH', `/contacts/${id}`, { name: 'again' })).status).toBe(404)
  })
})
