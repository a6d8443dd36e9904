import { createHmac } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Hono } from 'hono'
import type { Account } from '#kit/channel.ts'
import type { Hosts } from '#kit/host.ts'
import type { HouseEnv } from '#kit/http.ts'
import { newId } from '#kit/id.ts'
import { readerLang } from '#kit/lang.ts'
import { accounts } from '#core/accounts/tables.ts'
import { makeHosts } from '#core/hosts.ts'
import { workspaces } from '#core/workspaces/tables.ts'
import { eq } from 'drizzle-orm'
import type { Database } from '#db/database.ts'
import { answerError, type Ask } from '../../server/guard.ts'
import { bakery, type Bakery } from '../../../test/world/bakery.ts'
import { pace } from './pace.ts'
import { chatRoutes, type ChatOptions } from './routes.ts'
import type { ChatSettings } from './wire.ts'

export const site = 'https://fournos.gr'
export const secret = 'a-secret-the-shop-keeps-on-its-server'
export const settings: ChatSettings = { name: 'Φούρνος της Ελένης', sites: `${site} https://www.fournos.gr`, identitySecret: secret }

export interface Answer { readonly status: number; readonly headers: Headers; readonly body: Record<string, never> & { readonly code?: string } }
export interface Asking { readonly body?: unknown; readonly token?: string; readonly origin?: string | null; readonly headers?: Record<string, string>; readonly raw?: BodyInit }
export interface ChatWorld extends Bakery {
  readonly account: Account<ChatSettings>; readonly hosts: Hosts; readonly app: Hono<HouseEnv>; readonly chatPath: string
  ask(method: string, path: string, asking?: Asking): Promise<Answer>
  visitor(): Promise<string>
  says(token: string, text: string, clientId?: string): Promise<Answer>
}

/** The site's own word for somebody, as its server signs it. */
export function vouch(claims: Record<string, unknown>, { key = secret, alg = 'HS256' }: { readonly key?: string; readonly alg?: string } = {}): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const signed = `${part({ alg, typ: 'JWT' })}.${part(claims)}`
  return `${signed}.${alg === 'none' ? '' : createHmac('sha256', key).update(signed).digest('base64url')}`
}

/** A bakery with a chat on its site, and the public routes as the server mounts them. */
export async function chatWorld(database: Database, { now = () => new Date(), ...options }: ChatOptions = {}): Promise<ChatWorld> {
  const world = await bakery(database)
  const host = `${world.workspaceId}.example`
  await database.write('*', (tx) => tx.update(workspaces).set({ host }).where(eq(workspaces.id, world.workspaceId)))
  const account: Account<ChatSettings> = { id: newId(), workspaceId: world.workspaceId, channel: 'chat', handle: settings.name, name: settings.name, settings }
  await database.write(world.workspaceId, (tx) => tx.insert(accounts).values({ id: account.id, channel: 'chat', handle: settings.name, name: settings.name, settings }))
  const hosts = makeHosts({ database, origin: 'https://stoa.example', secret: 'secret', fetch: () => { throw new Error('Nothing is fetched here.') }, dataDir: mkdtempSync(join(tmpdir(), 'stoa-chat-')), now })
  const app = new Hono<HouseEnv>()
  app.use(async (c, next) => { c.set('ip', c.req.header('x-test-ip') ?? '203.0.113.7'); c.set('lang', readerLang(c.req.header('accept-language'), 'en')); c.set('requestId', 'r1'); await next() })
  app.onError((error, c) => answerError((message, facts) => { throw new Error(`${message} ${JSON.stringify(facts)}`) })(error, c as Ask))
  app.route('/', chatRoutes(hosts, { now, pace: pace(100), ...options }) as unknown as Hono<HouseEnv>)
  const chatPath = `https://${host}/chat/${account.id}`
  const ask: ChatWorld['ask'] = async (method, path, { body, token, origin = site, headers, raw } = {}) => {
    const response = await app.request(path.startsWith('https://') ? path : `${chatPath}/${path}`, {
      method, ...(raw === undefined && body === undefined ? {} : { body: raw ?? JSON.stringify(body) }),
      headers: { ...(origin === null ? {} : { origin }), ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...(token ? { authorization: `Bearer ${token}` } : {}), ...headers },
    })
    const text = await response.text()
    return { status: response.status, headers: response.headers, body: (/json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : { text }) as Answer['body'] }
  }
  return {
    ...world, account, hosts, app, chatPath, ask,
    visitor: async () => ((await ask('POST', 'visitors', { body: {} })).body as { token?: string }).token!,
    says: (token, text, clientId = newId()) => ask('POST', 'messages', { token, body: { clientId, text } }),
  }
}

/** The words of the stream, as they come, until enough came. */
export async function overheard(app: Hono<HouseEnv>, url: string, { token, until, doing }: { readonly token: string; readonly until: (seen: readonly Told[]) => boolean; readonly doing?: () => Promise<unknown> }): Promise<Told[]> {
  const gone = new AbortController()
  const response = await app.request(url, { headers: { authorization: `Bearer ${token}`, origin: site }, signal: gone.signal })
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  const seen: Told[] = []
  let rest = ''
  let begun = false
  while (!until(seen)) {
    const { value, done } = await reader.read()
    if (done) break
    const parts = (rest + value).split('\n\n')
    rest = parts.pop()!
    for (const part of parts) {
      const field = (name: string) => part.split('\n').find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2)
      if (field('event')) seen.push({ event: field('event')!, id: field('id'), data: JSON.parse(field('data')!) as Record<string, unknown> })
    }
    if (!begun && seen.length > 0) { begun = true; await doing?.() }
  }
  gone.abort()
  await reader.cancel().catch(() => undefined)
  return seen
}
export interface Told { readonly event: string; readonly id: string | undefined; readonly data: Record<string, unknown> }
