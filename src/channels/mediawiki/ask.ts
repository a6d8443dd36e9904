import type { z } from 'zod'
import { ChannelError, type Ctx, type Trouble } from '#kit/channel.ts'
import { channelErrorOf } from '#net/net-error.ts'
import { retryAfter } from '#net/retry-after.ts'
import { plainText } from '#text/html/sanitize.ts'
import { jarFor, type Jar } from './jar.ts'
import type { Settings } from './settings.ts'
import { Answer, LoggedIn, LoginToken } from './wire.ts'

export type Parameters = Readonly<Record<string, string | number>>
export type Door = Pick<Settings, 'user' | 'password'> & { readonly api?: string | undefined }
interface Asking<S> { readonly ctx: Ctx; readonly answer: S }

/** What the wiki itself said when it refused; the cause of the ChannelError. */
export class WikiSays extends Error {
  override readonly name = 'WikiSays'
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}
export const codeIn = (error: unknown): string | undefined => (error instanceof ChannelError && error.cause instanceof WikiSays ? error.cause.code : undefined)

const always = { format: 'json', formatversion: 2, errorformat: 'plaintext', errorsuselocal: 1 } as const

/** One question as the account. A session that has ended is begun anew, once. */
export async function ask<S extends z.ZodType>(door: Door, parameters: Parameters, asking: Asking<S>): Promise<z.infer<S>> {
  const jar = jarFor(door)
  if (jar.empty) await login(door, jar, asking.ctx)
  try { return await exchange(door, jar, { parameters: { ...parameters, assert: 'user' }, ...asking }) } catch (error) {
    const code = codeIn(error)
    if (code !== 'assertuserfailed' && code !== 'assertbotfailed') throw error
    jar.clear()
    await login(door, jar, asking.ctx)
    return await exchange(door, jar, { parameters: { ...parameters, assert: 'user' }, ...asking })
  }
}

/** Begins a session; the wiki says in words of its own why not. */
export async function login(door: Door, jar: Jar, ctx: Ctx): Promise<void> {
  jar.clear()
  const { query } = await exchange(door, jar, { parameters: { action: 'query', meta: 'tokens', type: 'login' }, ctx, answer: LoginToken })
  const { login: said } = await exchange(door, jar, { parameters: { action: 'login', lgname: door.user, lgpassword: door.password, lgtoken: query.tokens.logintoken }, ctx, answer: LoggedIn })
  if (said.result === 'Success') return
  jar.clear()
  if (said.result === 'Throttled') throw new ChannelError({ kind: 'paced', retryAt: retryAfter('300', ctx.now()) })
  throw new ChannelError({ kind: 'expired' }, new WikiSays(`login-${said.result}`, typeof said.reason === 'string' ? said.reason : ''))
}

const readings = new Set(['query', 'parse', 'compare'])
async function exchange<S extends z.ZodType>(door: Door, jar: Jar, { parameters, ctx, answer: schema }: Asking<S> & { readonly parameters: Parameters }): Promise<z.infer<S>> {
  if (!door.api) throw new ChannelError({ kind: 'expired' })
  const reads = readings.has(String(parameters['action']))
  const url = new URL(door.api)
  const body = new URLSearchParams(Object.entries({ ...always, ...parameters }).map(([name, value]) => [name, String(value)]))
  if (reads) for (const [name, value] of body) url.searchParams.set(name, value)
  let response: Response
  try {
    response = await ctx.fetch(url, { method: reads ? 'GET' : 'POST', signal: ctx.signal, redirect: reads ? 'follow' : 'manual', headers: { accept: 'application/json', ...jar.header }, ...(reads ? {} : { body }) })
  } catch (error) { throw channelErrorOf(error) }
  jar.keep(response.headers.getSetCookie())
  const said = await jsonIn(response)
  const trouble = troubleIn(response, said, ctx.now())
  if (trouble) throw trouble
  const read = schema.safeParse(said)
  if (!read.success) throw new ChannelError({ kind: 'unknown' }, read.error)
  return read.data
}

async function jsonIn(response: Response): Promise<unknown> {
  try { return JSON.parse(await response.text()) as unknown } catch (error) {
    if (response.ok) throw new ChannelError({ kind: 'unknown' }, error)
    return undefined
  }
}

const refusing = new Set([400, 403, 404, 405, 410, 413, 414, 415, 431, 451])
/** What an answer that is none means. The wiki says what is wrong in the body, with status 200. */
export function troubleIn({ status, headers }: Pick<Response, 'status' | 'headers'>, said: unknown, now: Date): ChannelError | undefined {
  const read = Answer.safeParse(said)
  const first = read.success ? read.data.errors?.[0] ?? read.data.error : undefined
  if (first) {
    const words = plainText(first.text ?? first.info ?? first.html ?? '').replace(/\s+/g, ' ').trim().slice(0, 300)
    return new ChannelError(troubleOf(first.code, words, { headers, now }), new WikiSays(first.code, words))
  }
  if (status >= 200 && status < 300) return undefined
  if (status === 401) return new ChannelError({ kind: 'expired' })
  if (status === 429) return new ChannelError({ kind: 'paced', retryAt: retryAfter(headers.get('retry-after'), now) })
  if (status >= 300 && status < 400) return new ChannelError({ kind: 'refused', because: 'moved-address' })
  return new ChannelError(refusing.has(status) ? { kind: 'refused', because: `The wiki refuses this (${status}).` } : { kind: 'unknown' })
}

const ended = new Set(['assertuserfailed', 'assertbotfailed', 'assertnameduserfailed', 'notloggedin', 'login-Failed', 'mustbeloggedin'])
const later: Readonly<Record<string, string>> = { maxlag: '5', ratelimited: '60', actionthrottledtext: '60', readonly: '120' }
const moved = new Set(['editconflict', 'articleexists', 'pagedeleted', 'missingtitle', 'nosuchrevid', 'nosuchsection'])
function troubleOf(code: string, words: string, { headers, now }: { readonly headers: Headers; readonly now: Date }): Trouble {
  if (ended.has(code)) return { kind: 'expired' }
  if (later[code] !== undefined) return { kind: 'paced', retryAt: retryAfter(headers.get('retry-after') ?? later[code], now) }
  if (moved.has(code) || code === 'badtoken') return { kind: 'stale' }
  if (/^internal_api_error|^unknownerror|^hookaborted$|timeout/i.test(code)) return { kind: 'unknown' }
  return { kind: 'refused', because: words || `The wiki refuses this (${code}).` }
}
