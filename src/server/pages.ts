import { readFile, stat } from 'node:fs/promises'
import { join, normalize } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { Hono } from 'hono'
import type { HouseEnv } from '#kit/http.ts'
import { Refusal } from '#kit/refusal.ts'

const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8', js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8', svg: 'image/svg+xml', woff2: 'font/woff2',
  png: 'image/png', webp: 'image/webp', json: 'application/json', webmanifest: 'application/manifest+json', txt: 'text/plain; charset=utf-8',
}
const textual = ['html', 'js', 'css', 'svg', 'json', 'webmanifest', 'txt']
const policy = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
export const pageHeaders = {
  'content-security-policy': policy, 'x-content-type-options': 'nosniff', 'referrer-policy': 'same-origin', 'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin', 'permissions-policy': 'camera=(), microphone=(), geolocation=(), browsing-topics=()', 'x-frame-options': 'DENY',
} as const

interface Packed { readonly body: Uint8Array; readonly encoding?: 'br' | 'gzip'; readonly type: string; readonly fixed: boolean }
const squeeze = { br: (data: Buffer) => promisify(brotliCompress)(data, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }), gzip: promisify(gzip) }

function decoded(path: string): string {
  try { return decodeURIComponent(path) } catch (cause) { throw new Refusal('not_found', { cause }) }
}

/** The workspace's own pages: one page for every address under /app, and the files it is made of. */
export function appPages(folder: string): Hono<HouseEnv> {
  const packed = new Map<string, Promise<Packed>>()
  const load = async (path: string, encoding: 'br' | 'gzip' | undefined): Promise<Packed> => {
    const data = await readFile(join(folder, path))
    const ending = path.split('.').at(-1)!
    const shared = { type: types[ending] ?? 'application/octet-stream', fixed: path.startsWith('assets/') }
    return encoding && textual.includes(ending) ? { ...shared, encoding, body: await squeeze[encoding](data) } : { ...shared, body: data }
  }
  const answer = async (path: string, accepts: string): Promise<Response> => {
    const encoding = /\bbr\b/.test(accepts) ? 'br' as const : /\bgzip\b/.test(accepts) ? 'gzip' as const : undefined
    const key = `${encoding} ${path}`
    // Each file is packed once and then kept: there are few, and they change only with a new build.
    const file = await (packed.get(key) ?? packed.set(key, load(path, encoding)).get(key)!)
    return new Response(file.body as Uint8Array<ArrayBuffer>, { headers: {
      ...pageHeaders, 'content-type': file.type, vary: 'accept-encoding', 'cache-control': file.fixed ? 'public, max-age=31536000, immutable' : 'no-cache', ...(file.encoding ? { 'content-encoding': file.encoding } : {}),
    } })
  }
  const serve = async (path: string, accepts: string): Promise<Response> => {
    const asked = normalize(decoded(path)).replace(/^([/\\.])+/, '')
    if (asked.includes('..') || asked.includes('\0')) throw new Refusal('not_found')
    const there = asked !== '' && await stat(join(folder, asked)).then((found) => found.isFile(), () => false)
    if (!there && /\.[a-z0-9]{1,11}$/i.test(asked)) throw new Refusal('not_found')
    return await answer(there ? asked : 'index.html', accepts)
  }
  return new Hono<HouseEnv>()
    .get('/app', (c) => c.redirect('/app/', 308))
    .get('/app/*', (c) => serve(c.req.path.slice('/app/'.length), c.req.header('accept-encoding') ?? ''))
}
