import type { z } from 'zod'
import { ChannelError, type Ctx, type Trouble } from '#kit/channel.ts'
import { channelErrorOf } from '#net/net-error.ts'
import { retryAfter } from '#net/retry-after.ts'
import { plainText } from '#text/html/sanitize.ts'

export interface Door { readonly server: string; readonly token?: string | undefined }
export interface Question {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE'; readonly path: string
  readonly query?: Readonly<Record<string, string | readonly string[]>>
  readonly json?: unknown; readonly form?: FormData | URLSearchParams; readonly headers?: Readonly<Record<string, string>>
}
export interface Answer<T> { readonly status: number; readonly url: string; readonly body: T }

const maxLength = 4 * 1024 * 1024
// Nothing was written, whatever the words: the request itself is refused.
const refusing = new Set([400, 405, 406, 410, 411, 413, 414, 415, 416, 422, 431, 451])

/** One question to a server. Throws a ChannelError; an answer that is not what was asked for leaves the outcome unknown. */
export async function ask<S extends z.ZodType>(door: Door, question: Question, { ctx, answer: schema }: { readonly ctx: Ctx; readonly answer: S }): Promise<Answer<z.infer<S>>> {
  const response = await put(door, question, ctx)
  if (!response.ok) throw new ChannelError(await troubleIn(response, ctx.now()))
  const read = schema.safeParse(await json(response))
  if (!read.success) throw new ChannelError({ kind: 'unknown' }, read.error)
  return { status: response.status, url: response.url, body: read.data }
}

async function put({ server, token }: Door, { method = 'GET', path, query = {}, json: body, form, headers }: Question, ctx: Ctx): Promise<Response> {
  const url = new URL(path, server)
  for (const [name, value] of Object.entries(query)) for (const each of [value].flat()) url.searchParams.append(name, each)
  const all = { accept: 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}), ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers }
  try {
    return await ctx.fetch(url, {
      method, headers: all, signal: ctx.signal, ...(body === undefined ? {} : { body: JSON.stringify(body) }), ...(form ? { body: form } : {}),
      // A redirected POST would arrive as a GET, and its answer pass for ours.
      redirect: method === 'GET' ? 'follow' : 'manual',
    })
  } catch (error) { throw channelErrorOf(error) }
}

async function json(response: Response): Promise<unknown> {
  try {
    const text = await response.text()
    if (text.length > maxLength) throw new TypeError('too long')
    return JSON.parse(text) as unknown
  } catch (error) { throw new ChannelError({ kind: 'unknown' }, error) }
}

/** What a refusal means for what was asked. */
export async function troubleIn(response: Response, now: Date): Promise<Trouble> {
  const { status, headers } = response
  const says = await wordsOf(response)
  if (status === 401) return { kind: 'expired' }
  if (status === 403) return /scope|disabled|suspend|confirm|not allowed to log|login/i.test(says) ? { kind: 'expired' } : { kind: 'refused', because: says || 'The server does not allow this.' }
  if (status === 404) return { kind: 'refused', because: says && says !== 'Record not found' ? says : 'What this answers or changes is no longer there.' }
  if (status === 429) return { kind: 'paced', retryAt: retryAfter(headers.get('retry-after') ?? headers.get('x-ratelimit-reset'), now) }
  if (status >= 300 && status < 400) return { kind: 'refused', because: 'The server has moved to another address: connect the account again.' }
  if (refusing.has(status)) return { kind: 'refused', because: says || `The server refuses this (${status}).` }
  return { kind: 'unknown' }
}

/** The server's own words, as text of one line. */
async function wordsOf(response: Response): Promise<string> {
  try {
    const text = (await response.text()).slice(0, 10_000)
    if (!/json/.test(response.headers.get('content-type') ?? '')) return ''
    const { error, error_description: more } = JSON.parse(text) as Record<string, unknown>
    const words = typeof error === 'string' ? error : typeof more === 'string' ? more : ''
    return plainText(words).replace(/\s+/g, ' ').trim().slice(0, 300)
  } catch { return '' }
}
