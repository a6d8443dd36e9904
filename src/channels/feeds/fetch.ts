import { ChannelError, type Ctx } from '#kit/channel.ts'
import type { Both } from '#kit/lang.ts'
import { channelErrorOf } from '#net/net-error.ts'
import { retryAfter } from '#net/retry-after.ts'
import { decode } from './decode.ts'

/** More than this is not read, whatever it is. */
export const mostBytes = 10 * 1024 * 1024

/** Why a site's own answer is no feed for us; the first language is what a channel's error carries. */
export const refusals = {
  large: { en: 'The feed is larger than 10 MB.', el: 'Η ροή είναι μεγαλύτερη από 10 MB.' },
  closed: { en: 'The site does not open this feed to us.', el: 'Ο ιστότοπος δεν μας ανοίγει αυτή τη ροή.' },
  gone: { en: 'The site says that there is nothing at this address any more.', el: 'Ο ιστότοπος λέει ότι σε αυτή τη διεύθυνση δεν υπάρχει πια τίποτα.' },
} as const
const forbidden: Both = { en: 'We do not go to this address: only to public ones, on the usual ports.', el: 'Σε αυτή τη διεύθυνση δεν πηγαίνουμε: μόνο σε δημόσιες, στις συνηθισμένες θύρες.' }
/** The same for a person who is connecting a feed. */
export const refusalIn = (because: string): Both => Object.values(refusals).find(({ en }) => en === because) ?? forbidden

export interface Fetched { readonly url: string; readonly text: string; readonly type: string; readonly etag: string | undefined; readonly modified: string | undefined }

async function bytesOf(answer: Response): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of (answer.body ?? []) as AsyncIterable<Uint8Array>) {
    size += part.byteLength
    if (size > mostBytes) throw new ChannelError({ kind: 'refused', because: refusals.large.en })
    parts.push(part)
  }
  return Buffer.concat(parts)
}

/** The document at an address, or undefined when it has not changed since. */
export async function fetchDocument(url: string, ctx: Ctx, since: { readonly etag?: string | undefined; readonly modified?: string | undefined } = {}): Promise<Fetched | undefined> {
  const answer = await ctx.fetch(url, { signal: ctx.signal, headers: {
    accept: 'application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, application/json;q=0.8, text/html;q=0.7, */*;q=0.1',
    ...(since.etag === undefined ? {} : { 'if-none-match': since.etag }), ...(since.modified === undefined ? {} : { 'if-modified-since': since.modified }),
  } }).catch((error: unknown) => { throw channelErrorOf(error) })
  if (answer.status === 304) return undefined
  if (answer.status === 429 || answer.status === 503) throw new ChannelError({ kind: 'paced', retryAt: retryAfter(answer.headers.get('retry-after'), ctx.now()) })
  if (answer.status === 401 || answer.status === 403) throw new ChannelError({ kind: 'refused', because: refusals.closed.en })
  if (answer.status === 404 || answer.status === 410) throw new ChannelError({ kind: 'refused', because: refusals.gone.en })
  if (!answer.ok) throw new ChannelError({ kind: 'unknown' })
  const bytes = await bytesOf(answer).catch((error: unknown) => { throw channelErrorOf(error) })
  const type = answer.headers.get('content-type') ?? ''
  return { url: answer.url || url, text: decode(bytes, type), type, etag: answer.headers.get('etag')?.slice(0, 500) ?? undefined, modified: answer.headers.get('last-modified')?.slice(0, 100) ?? undefined }
}
