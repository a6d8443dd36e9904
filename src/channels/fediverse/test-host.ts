import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import type { AddressInfo } from 'node:net'
import type { Server } from 'node:http'
import type { Account, Ctx, Draft, Incoming, Person, Receipt } from '#kit/channel.ts'
import type { Host, Hosts, Site, Standing } from '#kit/host.ts'
import type { HouseEnv } from '#kit/http.ts'
import { newId } from '#kit/id.ts'
import { problemBody } from '#kit/problem-json.ts'
import { problems } from '#kit/problems.ts'
import { Refusal } from '#kit/refusal.ts'
import { EVERY, type Database } from '#db/database.ts'
import { keyring, sealKey } from '#db/seal.ts'
import { testDatabase } from '#db/testing.ts'
import { createNet, type Net } from '#net/guarded-fetch.ts'
import { fediverseDelivery, type DeliveryRound } from './deliver.ts'
import { fediverse } from './index.ts'
import type { Wire } from './wire.ts'

export const eleni: Person = { id: 'm-eleni', name: 'Ελένη Παππά', signOff: 'Ελένη, από τον φούρνο' }
export const maria: Person = { id: 'm-maria', name: 'Μαρία Δήμου' }
const publish = fediverse.publish!

export const draftOf = (text: string, over: Partial<Draft> = {}): Draft =>
  ({ key: newId(), writtenAt: new Date().toISOString(), kind: 'post', text, lang: 'el', media: [], tags: [], author: maria, ...over })

/** A house on loopback that keeps what its channel tells it; everything between houses goes over real HTTP. */
export interface TestStoa {
  readonly origin: string; readonly host: Host; readonly account: Account<Record<string, never>>; readonly ctx: Ctx
  readonly database: Database; readonly net: Net; readonly heard: Incoming[]; readonly standings: Map<string, Standing>; readonly delivery: DeliveryRound
  publish(draft: Draft): Promise<Receipt>
  revise(receipt: Receipt, draft: Draft): Promise<void>
  retract(receipt: Receipt, note: string): Promise<void>
  /** Every row that a request could change, as text. */
  rows(): Promise<string>
  /** Delivers until nothing is due. */
  deliver(): Promise<void>
  close(): Promise<void>
}

export async function testStoa(given: { readonly name: string; readonly handle: string; readonly allowPrivate?: boolean; readonly account?: Account<Record<string, never>> }): Promise<TestStoa> {
  const database = await testDatabase(process.env['STOA_TEST_DATABASE']!)
  const net = createNet({ allowPrivate: given.allowPrivate ?? true, limits: { timeoutMs: 5_000 } })
  const app = new Hono<HouseEnv>()
  const server = await new Promise<Server>((done) => { const made = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, () => done(made as Server)) })
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const workspaceId = given.account?.workspaceId ?? newId()
  const account: Account<Record<string, never>> = given.account ?? { id: newId(), workspaceId, channel: 'fediverse', handle: given.handle, name: given.name, settings: {} }
  const heard: Incoming[] = []
  const standings = new Map<string, Standing>()
  const keys = keyring({ keys: () => [testKey] })
  const lend = (name: 'database' | 'fetch' | 'keys') => ({ database, fetch: net.fetch, keys })[name]
  const site: Site = { workspaceId, name: given.name, tagline: 'Ψωμί με προζύμι', about: '', lang: 'el', zone: 'Europe/Athens', origin, email: null }
  const host = hostOf({ site, account, heard, standings, lend })
  const hosts: Hosts = { origin, at: async () => host, of: () => host, secret: () => 'kept for tests', lend }
  mount(app, hosts)
  const ctx: Ctx = { fetch: net.fetch, now: () => new Date(), signal: new AbortController().signal, log: () => undefined, host, renew: async (same) => same }
  const delivery = fediverseDelivery({ database, fetch: net.fetch, keys })
  return {
    origin, host, account, ctx, database, net, heard, standings, delivery,
    async publish(draft) {
      const wire = publish.prepare(draft, account)
      standings.set(draft.key, standingOf(wire, origin))
      return publish.send(wire, account, ctx)
    },
    async revise(receipt, draft) {
      const wire = publish.prepare(draft, account)
      const key = keyIn(receipt)
      standings.set(key, { ...standings.get(key)!, wire: { ...wire, key }, editedAt: new Date().toISOString() })
      await publish.revise!({ channel: 'fediverse', ...receipt }, wire, account, ctx)
    },
    async retract(receipt, note) {
      const key = keyIn(receipt)
      const standing = standings.get(key)!
      standings.set(key, { ...standing, gone: { at: new Date().toISOString(), note } })
      await publish.retract!({ channel: 'fediverse', ...receipt }, standing.wire as Wire, account, ctx)
    },
    rows: () => database.read(EVERY, async (db) => {
      const tables = ['fediverse_keys', 'fediverse_followers', 'fediverse_following', 'fediverse_seen', 'fediverse_deliveries']
      const one = (name: string) => `(select coalesce(json_agg(t order by t::text), '[]')::text from ${name} t)`
      return (await db.client.query<{ all: string }>(`select concat_ws(chr(10), ${tables.map(one).join(', ')}) as all`)).rows[0]!.all
    }),
    async deliver() { while (await delivery.round() > 0); },
    async close() {
      await delivery.stop()
      await net.close()
      await new Promise<void>((done) => { server.close(() => done()); server.closeAllConnections() })
      await database.close()
    },
  }
}

const keyIn = (receipt: Receipt): string => decodeURIComponent(receipt.id.split('/').at(-1)!)

const standingOf = (wire: Wire, origin: string): Standing => ({
  key: wire.key, ref: { channel: 'fediverse', id: `${origin}${wire.notePath}` }, kind: wire.kind, wire, postId: newId(), publishedAt: wire.published,
  editedAt: null, editNote: null, gone: null, replies: 0,
})

const testKey = sealKey(Buffer.alloc(32, 7))
interface World { readonly site: Site; readonly account: Account; readonly heard: Incoming[]; readonly standings: Map<string, Standing>; readonly lend: Host['lend'] }

const unasked = (): never => { throw new Error('The fediverse never asks for this.') }
function hostOf({ site, account, heard, standings, lend }: World): Host {
  const standing = () => [...standings.values()].filter(({ gone }) => !gone).sort((one, other) => other.publishedAt.localeCompare(one.publishedAt))
  return {
    workspaceId: site.workspaceId, lend, connected: async () => undefined, readFile: async () => undefined, filesOf: async () => [], within: unasked, duty: unasked, keepFile: unasked,
    site: async () => site,
    account: async (channel) => (channel === 'fediverse' ? account : undefined),
    published: async (_id, page) => standing().filter(({ publishedAt }) => page.before === undefined || publishedAt < page.before).slice(0, page.limit),
    publishedCount: async () => standing().length,
    standing: async (_id, id) => standings.get(id) ?? [...standings.values()].find(({ ref }) => ref.id === id),
    elsewhere: async () => [], thread: async () => [], talkAt: async () => [], connectedOn: async () => [], talkedSince: async () => undefined, recentTalk: async () => [], hasSpoken: async () => false, followAnswers: async () => {}, confirmFollow: async () => false, ownWords: async () => undefined, appealOwn: async () => false, people: async () => [], picture: async () => undefined,
    hear: async (_account, items) => { heard.push(...items); return items.map(() => ({ state: 'new' as const })) },
    rule: async () => false, canWriteLetters: async () => false,
    useOnce: async () => true, secret: () => 'kept for tests',
  }
}

function mount(app: Hono<HouseEnv>, hosts: Hosts): void {
  let calls = 0
  app.use(async (c, next) => {
    c.set('member', undefined); c.set('lang', 'en'); c.set('requestId', 'r-1')
    // Each from a place of its own, unless a test says otherwise.
    c.set('ip', c.req.header('x-test-ip') ?? `198.51.${calls >> 8 & 255}.${calls++ & 255}`)
    await next()
  })
  app.route('/', fediverse.routes!(hosts))
  app.onError((error, c) => {
    if (error instanceof Refusal) return new Response(JSON.stringify(problemBody(error, c.get('lang'), c.get('requestId'))), { status: problems[error.code].status, headers: { 'content-type': 'application/problem+json' } })
    throw error
  })
}
