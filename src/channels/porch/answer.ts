import { createHash } from 'node:crypto'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Context } from 'hono'
import type { HouseEnv } from '#kit/http.ts'
import type { Assets } from './assets.ts'
import type { Markup } from './pages/layout.ts'

export type PorchContext = Context<HouseEnv>

/** How long an answer may be kept, and by whom. */
export const keep = {
  /** Always asked again; an unchanged page costs no body. */
  ask: 'no-cache',
  /** Holds a form of one's own: only the reader's browser may keep it. */
  own: 'private, no-cache',
  never: 'no-store',
  feed: 'public, max-age=300',
  hour: 'public, max-age=3600',
  forever: 'public, max-age=31536000, immutable',
} as const

const everywhere = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()',
  'cross-origin-opener-policy': 'same-origin',
} as const

const policy = (assets: Assets, script: boolean, ancestors: string): string =>
  `default-src 'none'; connect-src 'self'; img-src 'self'; font-src 'self'; style-src ${assets.styleHash}; ${script ? "script-src 'self'; " : ''}`
  + `form-action 'self'; frame-ancestors ${ancestors}; base-uri 'none'`

export interface Kept {
  readonly cache: string; readonly status?: number; readonly type?: string
  /** When what is shown last changed. */
  readonly changed?: string | undefined
  /** What the tag is made from, when it is not the whole body. */
  readonly tagOf?: string
  readonly headers?: Readonly<Record<string, string>>
}

const etagOf = (text: string): string => `W/"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`

const bare = (tag: string): string => tag.trim().replace(/^W\//, '')
function unchanged(c: PorchContext, tag: string, changed: string | undefined): boolean {
  const tags = c.req.header('if-none-match')
  if (tags !== undefined) return tags.length < 4_096 && tags.split(',').some((one) => one.trim() === '*' || bare(one) === bare(tag))
  const since = Date.parse(c.req.header('if-modified-since') ?? '')
  return changed !== undefined && Number.isFinite(since) && Math.floor(Date.parse(changed) / 1_000) * 1_000 <= since
}

const worthPacking = 1_024
const window = { [constants.BROTLI_PARAM_QUALITY]: 2, [constants.BROTLI_PARAM_LGWIN]: 16 }

/** The body as small as the reader can take it. A page is packed in a tenth of a millisecond: handing it to another thread and back takes longer. */
function packed(c: PorchContext, body: string, headers: Headers): string | Uint8Array<ArrayBuffer> {
  const accepts = c.req.header('accept-encoding') ?? ''
  const encoding = /\bbr\b/.test(accepts) ? 'br' : /\bgzip\b/.test(accepts) ? 'gzip' : undefined
  if (!encoding || body.length < worthPacking) return body
  headers.set('content-encoding', encoding)
  return Uint8Array.from(encoding === 'br' ? brotliCompressSync(body, { params: window }) : gzipSync(body, { level: 3 }))
}

/** A body with what caches need to know; 304 without it when the reader has it already. */
export function kept(c: PorchContext, body: string, given: Kept): Response {
  const status = given.status ?? 200
  const headers = new Headers({ ...everywhere, 'cross-origin-resource-policy': 'same-origin', 'cache-control': given.cache, ...given.headers })
  headers.append('vary', 'Accept-Encoding')
  if (given.type) headers.set('content-type', given.type)
  if (status === 200 && given.cache !== keep.never) {
    const tag = etagOf(given.tagOf ?? body)
    headers.set('etag', tag)
    if (given.changed !== undefined) headers.set('last-modified', new Date(given.changed).toUTCString())
    if (unchanged(c, tag, given.changed)) {
      headers.delete('content-type')
      return new Response(null, { status: 304, headers })
    }
  }
  return new Response(packed(c, body, headers), { status, headers })
}

export interface PageKept extends Kept { readonly assets: Assets; readonly script?: boolean
  /** The sites that may frame it; nobody, when none is said. */
  readonly framedBy?: readonly string[]
  readonly fill?: (body: string) => string }

/** A page. `fill` puts in what differs from one request to the next and says nothing of the page's state. */
export async function shown(c: PorchContext, markup: Markup, given: PageKept): Promise<Response> {
  const body = String(await markup)
  return kept(c, given.fill ? given.fill(body) : body, {
    ...given, type: 'text/html; charset=utf-8', tagOf: `${given.tagOf ?? ''}${body}`,
    headers: { link: '</webmention>; rel="webmention"', 'content-security-policy': policy(given.assets, given.script ?? false, given.framedBy?.join(' ') || "'none'"), ...given.headers },
  })
}

export const wantsJson = (c: PorchContext): boolean => {
  const accept = c.req.header('accept') ?? ''
  return /\bapplication\/(?:problem\+)?json\b/.test(accept) && !accept.includes('text/html')
}
