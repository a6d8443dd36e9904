import { linksBy, type Span } from '#text/links.ts'
import { hashtagsIn, mentionsIn } from '#text/tags.ts'
import type { Facet, Feature, HeardFacet } from './wire.ts'

interface Marked extends Span { readonly feature: Feature }
export interface Mention extends Span { readonly handle: string }

/** The accounts a text names, in order. */
export const mentionsOf = (text: string): Mention[] => mentionsIn(text, 'bluesky').map(({ start, end, text: handle }) => ({ start, end, handle: handle.toLowerCase() }))

/** What of a text can be pressed: addresses, #words, and the accounts of which `dids` knows who they are. Places count in bytes of UTF-8. */
export function facetsOf(text: string, dids: ReadonlyMap<string, string> = new Map()): Facet[] {
  const all: Marked[] = [
    ...linksOf(text),
    ...hashtagsIn(text, 'bluesky').map(({ start, end, text: tag }) => ({ start, end, feature: { $type: 'app.bsky.richtext.facet#tag' as const, tag } })),
    ...mentionsOf(text).flatMap(({ start, end, handle }) => {
      const did = dids.get(handle)
      return did === undefined ? [] : [{ start, end, feature: { $type: 'app.bsky.richtext.facet#mention' as const, did } }]
    }),
  ]
  let done = 0
  const free = all.toSorted((a, b) => a.start - b.start || b.end - a.end).filter(({ start, end }) => { const fits = start >= done; if (fits) done = end; return fits })
  return free.map(({ start, end, feature }) => ({ index: { byteStart: Buffer.byteLength(text.slice(0, start)), byteEnd: Buffer.byteLength(text.slice(0, end)) }, features: [feature] }))
}

/** Addresses with http(s), and bare names of hosts as people write them. */
function linksOf(text: string): Marked[] {
  const whole = linksBy('plain', text)
  const bare = linksBy('twitter', text).filter(({ start, end }) => !/^https?:/i.test(text.slice(start, end)) && !whole.some((one) => start < one.end && one.start < end))
  return [...whole, ...bare].flatMap(({ start, end }) => {
    const shown = text.slice(start, end)
    const address = /^https?:/i.test(shown) ? shown : `https://${shown}`
    return URL.canParse(address) ? [{ start, end, feature: { $type: 'app.bsky.richtext.facet#link' as const, uri: new URL(address).href } }] : []
  })
}

/** A text as it was meant: addresses that were cut short for show stand whole again. */
export function expanded(text: string, facets: readonly HeardFacet[]): string {
  const bytes = Buffer.from(text)
  let [out, at] = ['', 0]
  for (const { index: { byteStart, byteEnd }, features } of facets.toSorted((a, b) => a.index.byteStart - b.index.byteStart)) {
    const uri = features.find(({ $type }) => $type === 'app.bsky.richtext.facet#link')?.uri
    if (uri === undefined || !/^https?:\/\//i.test(uri) || uri.length > 2_000) continue
    if (!Number.isInteger(byteStart) || !Number.isInteger(byteEnd) || byteStart < at || byteEnd <= byteStart || byteEnd > bytes.length) continue
    out += bytes.toString('utf8', at, byteStart) + meant(bytes.toString('utf8', byteStart, byteEnd), uri)
    at = byteEnd
  }
  return out + bytes.toString('utf8', at)
}

const bare = (address: string): string => address.replace(/^https?:\/\//i, '').replace(/^www\./i, '').replace(/\/$/, '').toLowerCase()
function meant(shown: string, uri: string): string {
  const said = bare(shown.trim())
  if (said === bare(uri) || uri === shown) return shown
  const start = said.replace(/(?:…|\.\.\.)$/, '')
  if (start !== said && start !== '' && bare(uri).startsWith(start)) return uri
  return `${shown} (${uri})`
}
