import { Hono } from 'hono'
import type { Account } from '#kit/channel.ts'
import type { Hosts } from '#kit/host.ts'
import type { HouseEnv, Member } from '#kit/http.ts'
import { newId } from '#kit/id.ts'
import { accounts } from '#core/accounts/tables.ts'
import { makeHosts } from '#core/hosts.ts'
import type { Database } from '#db/database.ts'
import { testDatabase } from '#db/testing.ts'
import { answerError, type Ask } from '../../server/guard.ts'
import { bakery, type Bakery } from '../../../test/world/bakery.ts'
import { forum } from './index.ts'
import { keepCategory } from './manage.ts'
import { forumRoutes } from './routes.ts'
import type { Category } from './topics.ts'
import type { ForumSettings } from './wire.ts'

export const origin = 'http://bakery.test'
export interface Page { readonly status: number; readonly html: string; readonly location: string; readonly headers: Headers }
/** Somebody with a browser, signed in or not. */
export interface Visitor {
  get(path: string, headers?: Record<string, string>): Promise<Page>
  post(path: string, form: Record<string, string> | string, headers?: Record<string, string>): Promise<Page>
}
export interface TestForum {
  readonly database: Database; readonly world: Bakery; readonly hosts: Hosts; readonly account: Account<ForumSettings>; readonly category: Category
  clock: Date
  later(minutes: number): void
  visitor(member?: Member): Visitor
  /** Another server asks. */
  request(request: Request): Promise<Response>
  join(name: string): Promise<Visitor>
  ask(who: Visitor, title: string, text: string, more?: Record<string, string>): Promise<Page>
  answer(who: Visitor, topic: string, text: string, more?: Record<string, string>): Promise<Page>
  close(): Promise<void>
}
export const passphrase = 'ψωμί-ελιές-λάδι'

const nowhere: typeof globalThis.fetch = async () => { throw new Error('The forum fetches nothing.') }
/** A forum as the house runs it, on a database of its own. */
export async function testForum(settings: ForumSettings = { firstPosts: 'shown' }, outward: typeof globalThis.fetch = nowhere): Promise<TestForum> {
  const database = await testDatabase()
  const world = await bakery(database)
  const id = newId()
  await database.write(world.workspaceId, (tx) => tx.insert(accounts).values({ id, channel: 'forum', handle: '/forum', name: 'Φόρουμ', settings: { ...settings }, connectedAt: new Date('2026-01-10T08:00:00Z') }))
  const category = await database.write(world.workspaceId, (tx) => keepCategory(tx, undefined, { nameEn: 'Sourdough', nameEl: 'Προζύμι', aboutEn: '', aboutEl: 'Όλα για το προζύμι', place: 1, slug: '' }))
  const open = { clock: new Date() }
  const hosts = makeHosts({ database, origin, secret: 'secret', fetch: outward, channels: [forum as never], now: () => open.clock })
  let seats = 0
  const app = new Hono<HouseEnv>()
  app.use(async (c, next) => {
    c.set('requestId', 'r1'); c.set('lang', 'el'); c.set('ip', c.req.header('x-test-ip') ?? '203.0.113.7')
    const member = c.req.header('x-test-member')
    c.set('member', member ? JSON.parse(decodeURIComponent(member)) as Member : undefined)
    await next()
  })
  app.onError((error, c) => answerError((message, facts) => { throw new Error(`${message} ${JSON.stringify(facts)}`) })(error, c as Ask))
  app.route('/', forumRoutes(hosts, { now: () => open.clock, freshFor: 0 }) as unknown as Hono<HouseEnv>)
  const visitor = (member?: Member): Visitor => {
    const seat = `198.51.100.${++seats}`
    let cookie = ''
    const send = async (path: string, init: RequestInit): Promise<Page> => {
      const response = await app.request(`${origin}${path}`, { redirect: 'manual', ...init, headers: { 'x-test-ip': seat, ...(cookie ? { cookie } : {}), ...(member ? { 'x-test-member': encodeURIComponent(JSON.stringify(member)) } : {}), ...init.headers as Record<string, string> } })
      for (const line of response.headers.getSetCookie()) cookie = line.split(';')[0]!
      return { status: response.status, html: await response.text(), location: response.headers.get('location') ?? '', headers: response.headers }
    }
    return {
      get: (path, headers = {}) => send(path.split('#')[0]!, { headers }),
      post: (path, form, headers = {}) => send(path, { method: 'POST', body: typeof form === 'string' ? form : new URLSearchParams(form).toString(), headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers } }),
    }
  }
  const formOn = async (who: Visitor, path: string): Promise<string> => {
    const { html } = await who.get(path)
    open.clock = new Date(open.clock.getTime() + 3_000)
    return /name="form" value="([^"]+)"/.exec(html)?.[1] ?? ''
  }
  return {
    database, world, hosts, category, visitor, request: async (request) => await app.request(request), account: { id, workspaceId: world.workspaceId, channel: 'forum', handle: '/forum', name: 'Φόρουμ', settings },
    get clock() { return open.clock }, set clock(at: Date) { open.clock = at },
    later: (minutes) => { open.clock = new Date(open.clock.getTime() + minutes * 60_000) },
    join: async (name) => {
      const who = visitor()
      const joined = await who.post('/forum/sign-in', { do: 'join', name, passphrase, to: '/forum' })
      if (joined.status !== 303) throw new Error(joined.html)
      return who
    },
    ask: async (who, title, text, more = {}) => who.post('/forum/new', { title, text, category: category.id, form: await formOn(who, '/forum/new'), do: 'send', ...more }),
    answer: async (who, topic, text, more = {}) => who.post(`${topic}/answer`, { text, form: await formOn(who, topic), do: 'send', ...more }),
    close: () => database.close(),
  }
}
