import type { Keyring } from '#db/seal.ts'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { verifyRequest } from '@fedify/fedify'
import { EVERY } from '#db/database.ts'
import { ring } from './bell.ts'
import { fediverseDelivery, waitAfter } from './deliver.ts'
import { deskOf } from './house.ts'
import { post } from './store.ts'
import { testStoa, type TestStoa } from './test-host.ts'

let bakery: TestStoa
let server: Server
let origin = ''
let answers: (number | { status: number; headers: Record<string, string> })[] = []
const came: { path: string; type: string; signature: string; request: Request }[] = []

beforeAll(async () => {
  bakery = await testStoa({ name: 'Φούρνος της Ελένης', handle: 'fournos' })
  server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
      const body = Buffer.concat(chunks).toString()
      const headers = new Headers(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
      came.push({
        path: request.url ?? '', type: (JSON.parse(body) as { type: string }).type, signature: headers.has('signature-input') ? 'rfc9421' : 'cavage',
        request: new Request(`${origin}${request.url}`, { method: 'POST', headers, body }),
      })
      const answer = answers.shift() ?? 202
      response.writeHead(typeof answer === 'number' ? answer : answer.status, typeof answer === 'number' ? {} : answer.headers).end()
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterEach(async () => {
  came.length = 0
  answers = []
  await bakery.database.write(bakery.account.workspaceId, (tx) => tx.execute('delete from fediverse_deliveries'))
})
afterAll(async () => { server.close(); await bakery.close() })

const packet = async (activity: string, inbox = `${origin}/inbox`, type = 'Create') => {
  const { places } = await deskOf(bakery.host, bakery.account, { database: bakery.database, fetch: bakery.net.fetch, keys: bakery.host.lend('keys') as Keyring })
  await bakery.database.write(bakery.account.workspaceId, (tx) =>
    post(tx, bakery.account, { activity, keyId: places.keyId, body: { id: activity, type }, inboxes: [inbox], at: new Date() }))
}
const rows = () => bakery.database.read(EVERY, async (db) =>
  (await db.client.query<{ state: string; tries: number; last_word: string; due_at: Date }>('select state, tries, last_word, due_at from fediverse_deliveries order by id')).rows)
const later = (ms: number) => fediverseDelivery({ database: bakery.database, fetch: bakery.net.fetch, keys: bakery.host.lend('keys') as Keyring, now: () => new Date(Date.now() + ms) })

describe('delivery', () => {
  test('what is taken is settled, and carries a signature that holds', async () => {
    await packet('https://fournos.gr/1/activity')
    expect(await bakery.delivery.round()).toBe(1)
    expect(await rows()).toMatchObject([{ state: 'delivered', tries: 1 }])
    const verified = await verifyRequest(came[0]!.request, { documentLoader: async (url) => ({ contextUrl: null, documentUrl: url, document: await (await fetch(url, { headers: { accept: 'application/activity+json' } })).json() as unknown }) })
    expect(verified?.ownerId?.href).toBe(`${bakery.origin}/ap/actors/${bakery.account.id}`)
  })
  test('no secret travels or waits with it', async () => {
    await packet('https://fournos.gr/1/activity')
    const { rows: all } = await bakery.database.read(EVERY, (db) => db.client.query<{ all: string }>('select json_agg(d)::text as all from fediverse_deliveries d'))
    expect(all[0]!.all).not.toMatch(/"(d|p|q|dp|dq|qi)":|PRIVATE/)
  })
  test('the same activity for the same inbox waits once, and is not sent again after it was taken', async () => {
    for (let time = 0; time < 3; time++) await packet('https://fournos.gr/1/activity')
    await bakery.deliver()
    await packet('https://fournos.gr/1/activity')
    await bakery.deliver()
    expect(came).toHaveLength(1)
  })
  test('a server that wants the newer signature gets it in the same try', async () => {
    answers = [401, 202]
    await packet('https://fournos.gr/1/activity')
    await bakery.delivery.round()
    expect(came.map(({ signature }) => signature)).toEqual(['cavage', 'rfc9421'])
    expect(await rows()).toMatchObject([{ state: 'delivered', tries: 1 }])
  })
  test('a server in trouble is tried again later, and later still', async () => {
    answers = [503, { status: 429, headers: { 'retry-after': '7200' } }, 202]
    await packet('https://fournos.gr/1/activity')
    await bakery.delivery.round()
    expect(await bakery.delivery.round()).toBe(0)
    expect(await later(waitAfter(1) + 1_000).round()).toBe(1)
    expect(await later(waitAfter(1) + waitAfter(2) + 5_000).round()).toBe(0)
    expect(await later(2 * 3_600_000 + 60_000).round()).toBe(1)
    expect(await rows()).toMatchObject([{ state: 'delivered', tries: 3 }])
  })
  test('an inbox that is gone is not asked again, nor is its follower written to', async () => {
    answers = [410]
    await packet('https://fournos.gr/1/activity')
    await bakery.delivery.round()
    expect(await rows()).toMatchObject([{ state: 'given-up', last_word: '410' }])
  })
  test('after twelve tries it is given up', async () => {
    await packet('https://fournos.gr/1/activity', 'http://127.0.0.1:65534/inbox')
    for (let day = 0; day < 14; day++) await later(day * 86_400_000).round()
    expect(await rows()).toMatchObject([{ state: 'given-up', tries: 12, last_word: 'unreached' }])
  })
  test('a redirect is not followed with our signature', async () => {
    answers = [{ status: 307, headers: { location: `${origin}/elsewhere` } }]
    await packet('https://fournos.gr/1/activity')
    await bakery.delivery.round()
    expect(came.map(({ path }) => path)).toEqual(['/inbox'])
    expect(await rows()).toMatchObject([{ state: 'waiting', last_word: '307' }])
  })
  test('a withdrawal does not overtake its post, and other posts do not wait for it', async () => {
    answers = [503]
    await packet('https://fournos.gr/1/activity')
    await bakery.delivery.round()
    await packet('https://fournos.gr/1#updates/a', undefined, 'Update')
    await packet('https://fournos.gr/1#delete', undefined, 'Delete')
    await packet('https://fournos.gr/2/activity')
    await bakery.deliver()
    expect(came.map(({ type }) => type)).toEqual(['Create', 'Create'])
    const afterwards = later(waitAfter(1) + 1_000)
    while (await afterwards.round() > 0);
    expect(came.map(({ type }) => type)).toEqual(['Create', 'Create', 'Create', 'Update', 'Delete'])
  })
  test('two workers at once deliver each thing once', async () => {
    for (let n = 0; n < 30; n++) await packet(`https://fournos.gr/${n}/activity`)
    const other = later(0)
    await Promise.all([bakery.delivery.round(), other.round(), bakery.delivery.round(), other.round()])
    expect(came).toHaveLength(30)
  })
  test('started, it finds its work by itself, and stops when told', async () => {
    const courier = later(0)
    courier.start()
    await packet('https://fournos.gr/1/activity')
    for (let wait = 0; wait < 50 && came.length === 0; wait++) await new Promise((done) => setTimeout(done, 100))
    expect(came).toHaveLength(1)
    await packet('https://fournos.gr/3/activity')
    const begun = performance.now()
    ring(bakery.database)
    while (came.length < 2 && performance.now() - begun < 900) await new Promise((done) => setTimeout(done, 5))
    await courier.stop()
    expect(came).toHaveLength(2)
    await packet('https://fournos.gr/2/activity')
    ring(bakery.database)
    await new Promise((done) => setTimeout(done, 1_300))
    expect(came).toHaveLength(2)
  })
})
