import { isUtf8 } from 'node:buffer'
import type { Context, Hono } from 'hono'
import { createMiddleware } from 'hono/factory'
import { bodyLimit } from 'hono/body-limit'
import { HTTPException } from 'hono/http-exception'
import type { HouseEnv } from '#kit/http.ts'
import { RULE } from '#kit/http.ts'
import { newId } from '#kit/id.ts'
import { readerLang } from '#kit/lang.ts'
import { problemBody } from '#kit/problem-json.ts'
import { Refusal } from '#kit/refusal.ts'
import { networkOf } from '#net/addresses.ts'
import type { Auth } from './auth.ts'

export type Ask = Context<HouseEnv>
interface NodeBindings { readonly incoming?: { readonly socket?: { readonly remoteAddress?: string } } }

/** The address a request comes from: the socket's own, or, behind `hops` trusted proxies, what the outermost of them saw. IPv6 by /64. */
export function addressOf(c: Ask, hops: number): string {
  const socket = (c.env as NodeBindings | undefined)?.incoming?.socket?.remoteAddress ?? '0.0.0.0'
  const said = (c.req.header('x-forwarded-for') ?? '').split(',').map((part) => part.trim()).filter(Boolean)
  return networkOf(hops > 0 ? said.at(-hops) ?? socket : socket)
}

export function answerRefusal(c: Ask, refusal: Refusal): Response {
  const body = problemBody(refusal, c.get('lang') ?? 'en', c.get('requestId') ?? '')
  const seconds = refusal.params['seconds']
  return c.newResponse(JSON.stringify(body), body.status as 400, { 'content-type': 'application/problem+json; charset=utf-8', 'cache-control': 'no-store', ...(seconds === undefined ? {} : { 'retry-after': String(seconds) }) })
}

// The database's driver writes what a statement was given under the statement: words of people, and secrets.
const withoutValues = (stack: string): string => stack.replace(/^params: [^]*?(?=^ {4}at |(?![^]))/m, 'params: left out\n')

// Node's word for a body whose sender hung up: nobody is left to be answered, and nothing of ours failed.
const brokenOff = (error: Error): boolean => error.message === 'aborted' && (error as { code?: unknown }).code === 'ECONNRESET'

/** Turns whatever was thrown into an answer: refusals as they are, unreadable bodies as 400, and bugs as 500 with a number to find them by. */
export function answerError(log: (message: string, facts?: Readonly<Record<string, unknown>>) => void) {
  return (error: Error, c: Ask): Response => {
    if (error instanceof Refusal) return answerRefusal(c, error)
    if (error instanceof HTTPException && error.status < 500) return answerRefusal(c, new Refusal(error.status === 413 ? 'body_too_large' : 'invalid_json', { params: { limit: '1 MB' }, cause: error }))
    if (brokenOff(error)) return answerRefusal(c, new Refusal('invalid_json', { cause: error }))
    log('a request failed', { requestId: c.get('requestId'), path: c.req.path, error: withoutValues(error.stack ?? String(error)) })
    return answerRefusal(c, new Refusal('internal', { cause: error }))
  }
}

export interface Door { readonly auth: Auth; readonly hops: number; readonly hosts: (host: string) => Promise<boolean> }

/** What every request gets before any route: a number, an address, a language; only for names this server answers to. */
export const greet = ({ hops, hosts }: Door) => createMiddleware<HouseEnv>(async (c, next) => {
  c.set('requestId', newId())
  c.set('ip', addressOf(c, hops))
  c.set('lang', readerLang(c.req.header('accept-language'), 'en'))
  c.header('x-request-id', c.get('requestId'))
  if (!await hosts((c.req.header('host') ?? '').toLowerCase())) throw new Refusal('wrong_host')
  await next()
})

/** For the API: who asks, and that it is asked from our own pages. */
export const recognise = ({ auth }: Door, origin: string) => createMiddleware<HouseEnv>(async (c, next) => {
  if (!['GET', 'HEAD', 'OPTIONS'].includes(c.req.method)) {
    const from = c.req.header('origin')
    const own = new Set([origin, new URL(c.req.url).origin])
    if ((from !== undefined && !own.has(from)) || !['same-origin', 'none', undefined].includes(c.req.header('sec-fetch-site'))) throw new Refusal('origin_not_allowed')
  }
  const found = await auth.memberOf(c.req.raw.headers)
  if (found) {
    c.set('member', found.member)
    // The language of the screen one looks at; whoever names none hears the one they chose for themselves.
    c.set('lang', readerLang(c.req.header('accept-language'), found.row.lang))
  }
  c.header('cache-control', 'no-store')
  await next()
})

// Whose body is a file, of whatever type: it is for the route to stream and to read.
const isFile = (path: string): boolean => path.endsWith('/imports') || path.endsWith('/api/v1/files') || /\/uploads\/[^/]+$/.test(path)
const limit = (bytes: number, said: string) => bodyLimit({ maxSize: bytes, onError: () => { throw new Refusal('body_too_large', { params: { limit: said } }) } })
const small = limit(1024 * 1024, '1 MB')
const picture = limit(21 * 1024 * 1024, '20 MB')
/** JSON bodies are small; a form is held in memory whole, so it may be no larger than a picture; an import's file or a part of an upload as the body itself is streamed and counted where it is stored. */
export const sized = createMiddleware<HouseEnv>(async (c, next) => {
  const form = /^multipart\/form-data\b/i.test(c.req.header('content-type') ?? '')
  if (isFile(c.req.path) && !form) return await next()
  return await (form ? picture : small)(c, next)
})

const json = /^application\/json\b/i
const forms = /^(application\/json|multipart\/form-data)\b/i
const files = /^(application\/json|multipart\/form-data|text\/csv|application\/x-ndjson|application\/octet-stream)\b/i
/** JSON is asked for as JSON, so that a form of another site cannot post here. */
export const typed = createMiddleware<HouseEnv>(async (c, next) => {
  const type = c.req.header('content-type') ?? ''
  const bodied = ['POST', 'PUT', 'PATCH'].includes(c.req.method) && Number(c.req.header('content-length') ?? (c.req.header('transfer-encoding') ? 1 : 0)) > 0
  const takes = isFile(c.req.path) ? files : c.req.path.endsWith('/media') ? forms : json
  if (bodied && !takes.test(type)) throw new Refusal('unsupported_type', { params: { expected: 'application/json' } })
  await next()
})

/** What is not UTF-8 is refused rather than read with holes in it. */
export const readable = createMiddleware<HouseEnv>(async (c, next) => {
  const said = json.test(c.req.header('content-type') ?? '') && !isFile(c.req.path)
  if (said && !isUtf8(new Uint8Array(await c.req.arrayBuffer()))) throw new Refusal('invalid_text')
  await next()
})

interface Ruled { readonly [RULE]?: unknown }
/** Every route under the API names its right first; one that does not is a mistake that stops the server. */
export function routesWithoutRule(api: Hono<HouseEnv>): string[] {
  const first = new Map<string, unknown>()
  for (const route of api.routes) {
    if (route.method === 'ALL') continue
    const name = `${route.method} ${route.path}`
    if (!first.has(name)) first.set(name, (route.handler as Ruled)[RULE])
  }
  return [...first].flatMap(([name, rule]) => (rule === undefined ? [name] : []))
}
