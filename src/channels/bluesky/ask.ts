import { z } from 'zod'
import { ChannelError, type Ctx, type Trouble } from '#kit/channel.ts'
import { channelErrorOf } from '#net/net-error.ts'
import { retryAfter } from '#net/retry-after.ts'
import { askProving } from './proof.ts'

export interface Question {
  /** The name of the method: `com.atproto.repo.putRecord`. What has `json` or `bytes` is a procedure, all else a query. */
  readonly method: string
  readonly query?: Readonly<Record<string, string | readonly string[]>>
  readonly json?: unknown
  readonly bytes?: { readonly type: string; readonly bytes: Uint8Array<ArrayBuffer> }
}
/** `key`: the access is of use only with it. */
export interface Door { readonly server: string; readonly token?: string | undefined; readonly key?: string | undefined }

/** What a server said when it refused: the cause of the ChannelError. */
export class Said extends Error {
  override readonly name = 'Said'
  readonly status: number
  readonly error: string
  constructor(status: number, error: string, message: string) {
    super(message)
    this.status = status
    this.error = error
  }
}
export const saidIn = (error: unknown): Said | undefined => (error instanceof ChannelError && error.cause instanceof Said ? error.cause : undefined)

const maxLength = 4 * 1024 * 1024
// No answer of the server itself, or one about time: it may have written all the same.
const open = new Set([408, 409, 425])

/** One question to a server. Throws a ChannelError; an answer that is not what was asked for leaves the outcome unknown. */
export async function ask<S extends z.ZodType>(door: Door, question: Question, { ctx, answer: schema }: { readonly ctx: Ctx; readonly answer: S }): Promise<z.infer<S>> {
  const response = await put(door, question, ctx)
  if (!response.ok) {
    const said = await wordsOf(response)
    throw new ChannelError(troubleIn(said, response.headers, ctx.now()), said)
  }
  const read = schema.safeParse(await json(response))
  if (!read.success) throw new ChannelError({ kind: 'unknown' }, read.error)
  return read.data
}

async function put({ server, token, key }: Door, { method, query = {}, json: body, bytes }: Question, ctx: Ctx): Promise<Response> {
  const url = new URL(`/xrpc/${method}`, server)
  for (const [name, value] of Object.entries(query)) for (const each of [value].flat()) url.searchParams.append(name, each)
  const writes = body !== undefined || bytes !== undefined
  const type = bytes?.type ?? (body === undefined ? undefined : 'application/json')
  const headers = { accept: 'application/json', ...(token && !key ? { authorization: `Bearer ${token}` } : {}), ...(type ? { 'content-type': type } : {}) }
  const asked = { method: writes ? 'POST' : 'GET', headers, ...(writes ? { body: bytes?.bytes ?? (body === null ? null : JSON.stringify(body)) } : {}) }
  try {
    if (token && key) return await askProving({ token, key }, { url, ...asked }, ctx)
    return await ctx.fetch(url, {
      ...asked, signal: ctx.signal,
      // A redirected POST would arrive as a GET, and its answer pass for ours.
      redirect: writes ? 'manual' : 'follow',
    })
  } catch (error) { throw channelErrorOf(error) }
}

async function json(response: Response): Promise<unknown> {
  try {
    const text = await response.text()
    if (text.length > maxLength) throw new TypeError('too long')
    return text === '' ? {} : JSON.parse(text) as unknown
  } catch (error) { throw new ChannelError({ kind: 'unknown' }, error) }
}

const Words = z.object({ error: z.string().catch(''), message: z.string().catch('') })
async function wordsOf(response: Response): Promise<Said> {
  const nothing = new Said(response.status, '', '')
  try {
    const text = (await response.text()).slice(0, 10_000)
    if (!/json/.test(response.headers.get('content-type') ?? '')) return nothing
    const { error, message } = Words.parse(JSON.parse(text))
    return new Said(response.status, error, message.replace(/[\s\p{Cc}]+/gu, ' ').trim().slice(0, 300))
  } catch { return nothing }
}

const closed: Readonly<Record<string, string>> = {
  AccountTakedown: 'The network has taken this account down. Its e-mail says why; appeal there, then connect it again.',
  RepoTakendown: 'The network has taken this account down. Its e-mail says why; appeal there, then connect it again.',
  AccountSuspended: 'The network has suspended this account. Its e-mail says why and for how long.',
  RepoSuspended: 'The network has suspended this account. Its e-mail says why and for how long.',
  AccountDeactivated: 'This account is deactivated. Sign in to it once to wake it, then send again.',
  RepoDeactivated: 'This account is deactivated. Sign in to it once to wake it, then send again.',
  BlobNotFound: 'The server no longer holds a picture of this post. Publish it as a new post.',
}

/** What a refusal means for what was asked. */
export function troubleIn({ status, error, message }: Pick<Said, 'status' | 'error' | 'message'>, headers: Headers, now: Date): Trouble {
  const words = closed[error]
  if (words && status < 500) return { kind: 'refused', because: words }
  if (isSpent({ status, error })) return { kind: 'expired' }
  if (status === 429) return { kind: 'paced', retryAt: resetIn(headers, now) }
  if (status === 413) return { kind: 'refused', because: message || 'The server takes no file as large as this.' }
  if (status >= 300 && status < 400) return { kind: 'refused', because: 'The server has moved to another address: connect the account again.' }
  if (status === 404 || status === 501) return { kind: 'refused', because: message || 'This server does not offer what was asked of it.' }
  if (status >= 400 && status < 500 && !open.has(status)) return { kind: 'refused', because: message || `The server refuses this (${error || status}).` }
  return { kind: 'unknown' }
}

/** Whether it is the token that was refused. */
export const isSpent = ({ status, error }: Pick<Said, 'status' | 'error'>): boolean =>
  status === 401 || (status < 500 && (error === 'ExpiredToken' || error === 'InvalidToken'))

/** The network tells the second at which it will listen again. */
function resetIn(headers: Headers, now: Date): Date {
  const reset = headers.get('ratelimit-reset')
  const seconds = reset && /^\d{9,12}$/.test(reset.trim()) ? Number(reset) - Math.floor(now.getTime() / 1000) : undefined
  return retryAfter(headers.get('retry-after') ?? (seconds === undefined ? null : String(seconds)), now)
}
