import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '#config.ts'
import type { Role } from '#kit/rights.ts'
import { testDatabase } from '#db/testing.ts'
import { startStoa, type Running } from '#server/start.ts'
import { scheduleHandlers } from '#core/schedule/handlers.ts'
import { strategyHandlers } from '#strategy/handlers.ts'
import { seedBakery } from '../../db/seeds/bakery.ts'

const freePort = (): Promise<number> => new Promise((done, fail) => {
  const server = createServer().once('error', fail).listen(0, '127.0.0.1', () => { const { port } = server.address() as AddressInfo; server.close(() => done(port)) })
})

export interface Said { readonly status: number; readonly body: Record<string, never>; readonly headers: Headers }
/** Somebody with a browser's cookies. */
export interface Caller { readonly cookie: string; ask(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Said> }

/** A server that refuses a body closes its connection, and the next request may still pick it up: that one is asked again. */
const patiently = (send: () => Promise<Response>): Promise<Response> => send().catch((error: unknown) => { if (String((error as Error).cause).includes('other side closed')) return send(); throw error })

async function ask(origin: string, cookie: string, [method, path, body, headers]: Parameters<Caller['ask']>): Promise<Said> {
  const response = await patiently(() => fetch(`${origin}${path.startsWith('/') ? path : `/api/v1/${path}`}`, {
    method, redirect: 'manual', headers: { ...(cookie ? { cookie } : {}), ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  }))
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: /json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) as Said['body'] : { text } as unknown as Said['body'] }
}
const callerWith = (origin: string, cookie: string): Caller => ({ cookie, ask: (...given) => ask(origin, cookie, given) })
const cookieOf = (said: Said): string => said.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ')

let joined = 0
export interface OpenStoa extends Running {
  readonly dataDir: string
  readonly stranger: Caller
  /** Makes the owner; once. */
  found(given?: Partial<Record<'name' | 'email' | 'password' | 'siteName' | 'zone' | 'lang', string>>): Promise<Caller>
  /** Invites and joins somebody with a role. */
  invite(owner: Caller, role: Role, name: string): Promise<Caller>
}
export const password = 'ψωμί-ελιές-λάδι'
export const eleni = { name: 'Ελένη Παπαδάτου', email: 'eleni@fournos.gr', password, siteName: 'Φούρνος της Ελένης', zone: 'Europe/Athens', lang: 'el' }

/** A whole Stoa on a port and database of its own, as `stoa start` runs it. */
export async function openStoa(given: { readonly allowPrivate?: boolean } = {}): Promise<OpenStoa> {
  const database = await testDatabase()
  await database.pool.end()
  const dataDir = mkdtempSync(join(tmpdir(), 'stoa-open-'))
  const config = readConfig({ STOA_PORT: String(await freePort()), STOA_DATA: dataDir, DATABASE_URL: database.url, STOA_ALLOW_PRIVATE_NETWORK: String(given.allowPrivate ?? false) })
  const running = await startStoa(config, { story: { seed: seedBakery }, handlers: [...strategyHandlers, ...scheduleHandlers], log: (message, facts) => { if (/fail|stumbled/.test(message)) process.stderr.write(`${message} ${JSON.stringify(facts)}\n`) } })
  const stranger = callerWith(running.origin, '')
  return {
    ...running, dataDir, stranger,
    found: async (person = {}) => {
      const said = await stranger.ask('POST', 'setup', { ...eleni, ...person, code: running.setupCode })
      if (said.status !== 201) throw new Error(JSON.stringify(said.body))
      return callerWith(running.origin, cookieOf(said))
    },
    invite: async (owner, role, name) => {
      const { body } = await owner.ask('POST', 'invitations', { role, name }) as { body: { link?: string } }
      const token = new URL(body.link!).searchParams.get('token')
      return callerWith(running.origin, cookieOf(await stranger.ask('POST', 'invitations/accept', { token, name, email: `${role}-${++joined}@fournos.gr`, password })))
    },
    stop: async () => { await running.stop(); rmSync(dataDir, { recursive: true, force: true }) },
  }
}
