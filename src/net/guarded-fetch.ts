import dns from 'node:dns'
import type { LookupFunction } from 'node:net'
import { Agent, buildConnector, fetch as plainFetch, type Dispatcher } from 'undici'
import { isPublicAddress, objectionTo, type Reach } from './addresses.ts'
import { NetError, netErrorOf } from './net-error.ts'
import { large, sending, slowest } from './uploads.ts'

export interface FetchLimits {
  /** Of the whole exchange; while a large body goes out, of the time in which nothing moves (uploads.ts). */
  readonly timeoutMs?: number
  /** How many bytes of a large body go out in a second at least. */
  readonly leastPerSecond?: number
  /** Of the answer, after decompression. */
  readonly maxBytes?: number
  /** Accepted content types without parameters; others end the exchange before the body is read. */
  readonly types?: readonly string[]
}
export interface Net {
  readonly fetch: typeof globalThis.fetch
  /** The same door with other limits. */
  limited(limits: FetchLimits): typeof globalThis.fetch
  close(): Promise<void>
}
export interface NetOptions extends Reach {
  readonly userAgent?: string
  readonly limits?: FetchLimits
  /** The resolver; the system's unless a test brings its own. */
  readonly lookup?: LookupFunction
  /** The wire below the checks of addresses; undici's guarded agent unless a test brings its own. */
  readonly wire?: Dispatcher
}

const usual = { timeoutMs: 15_000, maxBytes: 4 * 1024 * 1024, leastPerSecond: slowest }
const maxHops = 3
const notAcrossHosts = ['authorization', 'cookie', 'proxy-authorization', 'signature', 'signature-input', 'dpop']
const withoutBody = new Set([101, 204, 205, 304])

/** The only door outward. Every name is resolved once, every answer checked, and the checked address is the one connected to. */
export function createNet(options: NetOptions): Net {
  const agent = options.wire ?? new Agent({ connect: guardedConnector(options), headersTimeout: 30_000, bodyTimeout: 30_000 })
  const limited = (limits: FetchLimits): typeof globalThis.fetch => async (input, init) => {
    const request = new Request(input, input instanceof Request || !init?.body ? init : { ...init, duplex: 'half' } as RequestInit)
    return follow(request, { agent, reach: options, limits: { ...usual, ...options.limits, ...limits }, userAgent: options.userAgent ?? 'Stoa' })
  }
  return { fetch: limited({}), limited, close: () => agent.destroy() }
}

function guardedConnector({ allowPrivate, lookup = dns.lookup as LookupFunction }: NetOptions): buildConnector.connector {
  const connect = buildConnector({ timeout: 5_000, lookup: allowPrivate ? lookup : checkedLookup(lookup) })
  return (given, done) => connect(given, (...result) => {
    const [error, socket] = result
    if (error || allowPrivate || isPublicAddress(socket.remoteAddress ?? '')) return done(...result)
    socket.destroy()
    done(new NetError('blocked', `${given.hostname} led to ${socket.remoteAddress}`, { left: false }), null)
  })
}

function checkedLookup(lookup: LookupFunction): LookupFunction {
  return (host, options, done) => lookup(host, { ...options, all: true }, (error, found) => {
    const answers = Array.isArray(found) ? found : []
    const bad = answers.find((answer) => !isPublicAddress(answer.address))
    if (error) return done(error, '', 0)
    if (bad || !answers[0]) return done(new NetError('blocked', `${host} resolves to ${bad?.address ?? 'nothing'}`, { left: false }), '', 0)
    if (options.all) done(null, answers)
    else done(null, answers[0].address, answers[0].family)
  })
}

interface Walk {
  readonly agent: Dispatcher; readonly reach: Reach; readonly userAgent: string
  readonly limits: FetchLimits & { readonly timeoutMs: number; readonly maxBytes: number; readonly leastPerSecond: number }
}
interface Hop { readonly url: URL; readonly method: string; readonly headers: Headers; readonly body: ArrayBuffer | null }

async function follow(request: Request, walk: Walk): Promise<Response> {
  let hop = await firstHop(request, walk.userAgent)
  const usualTime = AbortSignal.timeout(walk.limits.timeoutMs)
  for (let hops = 0; ; hops++) {
    const objection = objectionTo(hop.url, walk.reach)
    if (objection) throw new NetError('blocked', objection, { left: hops > 0 })
    const answer = await ask(hop, { walk, signals: [request.signal, usualTime], hops })
    const location = answer.status >= 300 && answer.status < 400 ? answer.headers.get('location') : null
    if (location === null || request.redirect === 'manual') return received(answer, hop.url, walk.limits)
    await answer.body?.cancel()
    if (request.redirect === 'error' || hops >= maxHops || !URL.canParse(location, hop.url)) {
      throw new NetError('too-many-redirects', `${hop.url.host} sends elsewhere`, { left: true })
    }
    hop = nextHop(hop, new URL(location, hop.url), answer.status)
  }
}

async function firstHop(request: Request, userAgent: string): Promise<Hop> {
  const headers = new Headers(request.headers)
  headers.delete('host')
  if (!headers.has('user-agent')) headers.set('user-agent', userAgent)
  const url = new URL(request.url)
  url.hash = ''
  return { url, method: request.method, headers, body: request.body ? await request.arrayBuffer() : null }
}

function nextHop(hop: Hop, url: URL, status: number): Hop {
  const headers = new Headers(hop.headers)
  if (url.host !== hop.url.host || url.protocol !== hop.url.protocol) for (const name of notAcrossHosts) headers.delete(name)
  const turnsToGet = status === 303 || ((status === 301 || status === 302) && hop.method === 'POST')
  if (!turnsToGet || hop.method === 'HEAD') return { ...hop, url, headers }
  for (const name of ['content-type', 'content-length', 'digest', 'content-digest']) headers.delete(name)
  return { url, method: 'GET', headers, body: null }
}

interface Asking { readonly walk: Walk; readonly signals: readonly [person: AbortSignal, usual: AbortSignal]; readonly hops: number }
async function ask(hop: Hop, { walk, signals: [person, usualTime], hops }: Asking) {
  const how = { method: hop.method, headers: [...hop.headers] as [string, string][], redirect: 'manual' as const }
  try {
    if (hop.body === null || hop.body.byteLength < large) return await plainFetch(hop.url, { ...how, body: hop.body, signal: AbortSignal.any([person, usualTime]), dispatcher: walk.agent })
    const { body, signal, agent, answered } = sending(hop.body, { stillMs: walk.limits.timeoutMs, least: walk.limits.leastPerSecond }, walk.agent)
    how.headers.push(['content-length', String(hop.body.byteLength)])
    const answer = await plainFetch(hop.url, { ...how, body, duplex: 'half', signal: AbortSignal.any([person, signal]), dispatcher: agent })
    answered()
    return answer
  } catch (error) {
    throw netErrorOf(error, hop.url, hops)
  }
}

type Answer = Awaited<ReturnType<typeof plainFetch>>

function received(answer: Answer, url: URL, { maxBytes, types }: Walk['limits']): Response {
  const type = (answer.headers.get('content-type') ?? '').split(';')[0]!.trim().toLowerCase()
  if (types && answer.ok && !types.includes(type)) {
    void answer.body?.cancel()
    throw new NetError('wrong-type', `${url.host} answered with ${type || 'no type'}`, { left: true })
  }
  const body = withoutBody.has(answer.status) || !answer.body ? null : (answer.body as ReadableStream<Uint8Array>).pipeThrough(capped(url, maxBytes))
  const response = new Response(body, { status: answer.status, statusText: answer.statusText, headers: [...answer.headers] })
  Object.defineProperty(response, 'url', { value: url.href })
  return response
}

function capped(url: URL, maxBytes: number): TransformStream<Uint8Array, Uint8Array> {
  let taken = 0
  return new TransformStream({
    transform(chunk, controller) {
      taken += chunk.byteLength
      if (taken > maxBytes) controller.error(new NetError('too-large', `${url.host} sent more than ${maxBytes} bytes`, { left: true }))
      else controller.enqueue(chunk)
    },
  })
}
