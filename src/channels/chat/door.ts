import type { Context, MiddlewareHandler } from 'hono'
import type { Account } from '#kit/channel.ts'
import type { Host, Hosts, Site } from '#kit/host.ts'
import type { HouseEnv } from '#kit/http.ts'
import { isId } from '#kit/id.ts'
import { isLang } from '#kit/lang.ts'
import { Refusal } from '#kit/refusal.ts'
import { readToken, type Gate } from './token.ts'
import { ChatSettings } from './wire.ts'

/** One chat of a workspace, as a request finds it. */
export interface Door { readonly host: Host; readonly account: Account<ChatSettings>; readonly site: Site }
export interface ChatEnv { Variables: HouseEnv['Variables'] & { door: Door } }
export type ChatContext = Context<ChatEnv>

const freshFor = 1_000
const most = 500

function doorFinder(hosts: Hosts): (request: Request, key: string) => Promise<Door | undefined> {
  const known = new Map<string, { readonly until: number; readonly door: Promise<Door | undefined> }>()
  const look = async (host: Host, key: string): Promise<Door | undefined> => {
    const [account, site] = await Promise.all([host.connected(key), host.site()])
    const settings = account?.channel === 'chat' ? ChatSettings.safeParse(account.settings) : undefined
    return account && settings?.success ? { host, site, account: { ...account, settings: settings.data } } : undefined
  }
  return async (request, key) => {
    const host = isId(key) ? await hosts.at(request) : undefined
    if (!host) return undefined
    const name = `${host.workspaceId} ${key}`
    const found = known.get(name)
    if (found && found.until > performance.now()) return await found.door
    if (known.size >= most) known.clear()
    const door = look(host, key)
    known.set(name, { until: performance.now() + freshFor, door })
    door.catch(() => known.delete(name))
    return await door
  }
}

const asked = { 'access-control-allow-methods': 'GET, POST', 'access-control-allow-headers': 'authorization, content-type', 'access-control-max-age': '7200' }

/** Finds the chat, and lets only its sites in: other origins are told so and nothing else. */
export function atTheDoor(hosts: Hosts): MiddlewareHandler<ChatEnv> {
  const doorAt = doorFinder(hosts)
  return async (c, next) => {
    const lang = c.req.query('lang')
    if (isLang(lang)) c.set('lang', lang)
    const door = await doorAt(c.req.raw, c.req.param('key') ?? '')
    if (!door) throw new Refusal('not_found')
    const origin = c.req.header('origin')
    const reads = c.req.method === 'GET' || c.req.method === 'HEAD'
    const allowed = origin === undefined ? reads : origin === door.site.origin || door.account.settings.sites.split(' ').includes(origin)
    if (!allowed) throw new Refusal('origin_not_allowed')
    if (origin !== undefined) for (const [name, value] of [['access-control-allow-origin', origin], ['access-control-expose-headers', 'retry-after'], ['cross-origin-resource-policy', 'cross-origin']] as const) c.header(name, value)
    c.header('vary', 'Origin', { append: true })
    c.header('x-content-type-options', 'nosniff')
    if (c.req.method === 'OPTIONS') return c.body(null, 204, asked)
    c.set('door', door)
    return await next()
  }
}

export const gateOf = (hosts: Hosts, { account }: Door, now: Date): Gate => ({ secret: hosts.secret('chat-visitor'), accountId: account.id, now })
const bearer = (c: ChatContext): string | undefined => /^Bearer ([\w.-]{1,200})$/.exec(c.req.header('authorization') ?? '')?.[1]

/** Whose token came along, if it is one of ours. */
export function visitorOf(c: ChatContext, gate: Gate): string | undefined {
  const token = bearer(c)
  return token === undefined ? undefined : readToken(gate, token)
}
