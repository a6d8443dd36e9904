import { preloadedContexts, type DocumentLoader, type RemoteDocument } from '@fedify/fedify'
import type { Json } from '#kit/json.ts'
import type { PgCache } from './cache.ts'

export interface Loaders { readonly documents: DocumentLoader; readonly contexts: DocumentLoader }
export interface LoaderTools {
  /** The guarded fetch: what may be reached is decided there. */
  readonly fetch: typeof globalThis.fetch
  readonly cache: PgCache
  /** Signs a question as ours, for servers that answer only to names they know. */
  readonly sign?: (request: Request) => Promise<Request>
}

export class DocumentError extends Error {
  override readonly name = 'DocumentError'
  readonly status: number
  constructor(url: string, status: number, why: string) {
    super(`${url}: ${why}`)
    this.status = status
  }
}

const maxBytes = 1024 * 1024
const accept = 'application/activity+json, application/ld+json; profile="https://www.w3.org/ns/activitystreams"'
const week = 7 * 24 * 3600

/** An ActivityPub document says so in its type: a page or an uploaded file passes for none. */
export function isActivityType(contentType: string | null): boolean {
  const [type = '', ...parameters] = (contentType ?? '').toLowerCase().split(';').map((part) => part.trim())
  if (type === 'application/activity+json') return true
  return type === 'application/ld+json' && parameters.some((parameter) => /^profile=.*https:\/\/www\.w3\.org\/ns\/activitystreams/.test(parameter))
}

export function loadersOf(tools: LoaderTools): Loaders {
  const documents: DocumentLoader = async (url, options) => {
    const request = new Request(url, { headers: { accept }, signal: options?.signal ?? null })
    const response = await tools.fetch(tools.sign ? await tools.sign(request) : request)
    return read(response, url, isActivityType(response.headers.get('content-type')))
  }
  return { documents, contexts: contextsOf(tools) }
}

/** Contexts that Fedify carries are never fetched; others are kept for a week. */
function contextsOf({ fetch, cache }: LoaderTools): DocumentLoader {
  return async (url, options) => {
    const carried: unknown = preloadedContexts[url]
    if (carried !== undefined) return { contextUrl: null, document: carried, documentUrl: url }
    const key = ['context', url] as const
    const kept = await cache.get<Json>(key)
    if (kept !== undefined) return { contextUrl: null, document: kept, documentUrl: url }
    const response = await fetch(url, { headers: { accept: 'application/ld+json, application/json' }, signal: options?.signal ?? null })
    const found = await read(response, url, /^application\/(ld\+|activity\+)?json\b/i.test(response.headers.get('content-type') ?? ''))
    await cache.keep(key, found.document as Json, week)
    return found
  }
}

async function read(response: Response, url: string, typed: boolean): Promise<RemoteDocument> {
  if (!response.ok || !typed) {
    await response.body?.cancel()
    throw new DocumentError(url, response.status, response.ok ? 'not an ActivityPub document' : `answered ${response.status}`)
  }
  const text = await response.text()
  if (text.length > maxBytes) throw new DocumentError(url, response.status, 'too large')
  return { contextUrl: null, document: JSON.parse(text) as unknown, documentUrl: response.url || url }
}
