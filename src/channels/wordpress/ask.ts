import type { z } from 'zod'
import { ChannelError, type Ctx, type Trouble } from '#kit/channel.ts'
import { channelErrorOf } from '#net/net-error.ts'
import { retryAfter } from '#net/retry-after.ts'
import { plainText } from '#text/html/sanitize.ts'
import type { Settings } from './settings.ts'
import { Problem } from './wire.ts'

export interface Question {
  readonly method?: 'GET' | 'POST' | 'DELETE'; readonly path: string
  readonly query?: Readonly<Record<string, string | number>>
  readonly json?: unknown; readonly form?: FormData
}
export type Door = Pick<Settings, 'user' | 'password'> & { readonly api?: string | undefined }

/** What the site itself said when it refused; the cause of the ChannelError. */
export class SiteSays extends Error {
  override readonly name = 'SiteSays'
  readonly status: number
  readonly code: string
  readonly termId: number | undefined
  constructor(status: number, { code, message, data }: z.infer<typeof Problem>) {
    super(message)
    this.status = status
    this.code = code
    this.termId = data.term_id
  }
}
export const saysIn = (error: unknown): SiteSays | undefined => (error instanceof ChannelError && error.cause instanceof SiteSays ? error.cause : undefined)

/** An address of the REST interface, whether the site has pretty addresses or not. */
export function addressOf(api: string, { path, query = {} }: Pick<Question, 'path' | 'query'>): URL {
  const url = new URL(api)
  const route = url.searchParams.get('rest_route')
  if (route === null) url.pathname = `${url.pathname.replace(/\/+$/, '')}${path}`
  else url.searchParams.set('rest_route', `${route.replace(/\/+$/, '')}${path}`)
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value))
  return url
}

export const authorization = ({ user, password }: Pick<Door, 'user' | 'password'>): string => `Basic ${Buffer.from(`${user}:${password.replace(/\s/g, '')}`).toString('base64')}`

/** One question to the site. Throws a ChannelError; an answer that is not what was asked for leaves the outcome unknown. */
export async function ask<S extends z.ZodType>(door: Door, question: Question, { ctx, answer }: { readonly ctx: Ctx; readonly answer: S }): Promise<z.infer<S>> {
  const response = await put(door, question, ctx)
  if (!response.ok) throw await refusalIn(response, ctx.now())
  const read = answer.safeParse(await bodyOf(response))
  if (!read.success) throw new ChannelError({ kind: 'unknown' }, read.error)
  return read.data
}

async function put(door: Door, { method = 'GET', json, form, ...where }: Question, ctx: Ctx): Promise<Response> {
  if (!door.api) throw new ChannelError({ kind: 'expired' })
  const headers = { accept: 'application/json', authorization: authorization(door), ...(json === undefined ? {} : { 'content-type': 'application/json' }) }
  try {
    return await ctx.fetch(addressOf(door.api, where), {
      method, headers, signal: ctx.signal, ...(json === undefined ? {} : { body: JSON.stringify(json) }), ...(form ? { body: form } : {}),
      // A redirected POST would arrive as a GET, and its answer pass for ours.
      redirect: method === 'GET' ? 'follow' : 'manual',
    })
  } catch (error) { throw channelErrorOf(error) }
}

async function bodyOf(response: Response): Promise<unknown> {
  try { return JSON.parse(await response.text()) as unknown } catch (error) { throw new ChannelError({ kind: 'unknown' }, error) }
}

/** What a refusal means for what was asked, with the site's own words. */
export async function refusalIn(response: Response, now: Date): Promise<ChannelError> {
  const says = await problemIn(response)
  return new ChannelError(troubleOf(response, says, now), new SiteSays(response.status, says))
}

async function problemIn(response: Response): Promise<z.infer<typeof Problem>> {
  try {
    const read = Problem.parse(JSON.parse((await response.text()).slice(0, 20_000)))
    return { ...read, message: plainText(read.message).replace(/\s+/g, ' ').trim().slice(0, 300) }
  } catch { return { code: '', message: '', data: {} } }
}

// Nothing was written, whatever the words: the request itself is refused.
const refusing = new Set([400, 403, 404, 405, 406, 409, 410, 411, 413, 414, 415, 416, 422, 431, 451, 501])
function troubleOf({ status, headers }: Response, { code, message }: z.infer<typeof Problem>, now: Date): Trouble {
  if (status === 401) return { kind: 'expired' }
  if (status === 429 || code === 'comment_flood') return { kind: 'paced', retryAt: retryAfter(headers.get('retry-after') ?? (code === 'comment_flood' ? '20' : null), now) }
  if (status >= 300 && status < 400) return { kind: 'refused', because: 'moved-address' }
  // WordPress says 500 when a file is not to its liking; nothing is kept of it.
  if (refusing.has(status) || (status === 500 && code.startsWith('rest_upload_'))) return { kind: 'refused', because: message || usual[status] || `The site refuses this (${status}).` }
  return { kind: 'unknown' }
}
const usual: Readonly<Record<number, string>> = {
  403: 'The site, or a firewall before it, does not allow this.', 404: 'The site does not know this: it is gone, or its REST interface is closed.', 413: 'This is larger than the site takes.',
}

export const isGone = (error: unknown): boolean => { const says = saysIn(error); return says !== undefined && (says.status === 410 || (says.status === 404 && /_invalid(_post|_comment)?_id$|_trashed$/.test(says.code))) }
