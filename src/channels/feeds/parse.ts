import { parseFeed } from 'feedsmith'
import type { Entry, Feed } from './wire.ts'

/** The document without its type declaration: entities defined there would only be there to blow up. */
export function withoutDoctype(text: string): string {
  const from = text.search(/<!DOCTYPE/i)
  if (from < 0) return text
  const subset = text.indexOf('[', from)
  const close = text.indexOf('>', from)
  const inner = subset >= 0 && subset < close ? /\]\s*>/g : undefined
  if (!inner) return close < 0 ? text.slice(0, from) : text.slice(0, from) + text.slice(close + 1)
  inner.lastIndex = subset
  const end = inner.exec(text)
  return text.slice(0, from) + (end ? text.slice(end.index + end[0].length) : '')
}
// Signs XML does not allow, and a bare & where an entity should be.
const mended = (text: string): string => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '').replace(/&(?!(?:#\d{1,7}|#x[\da-f]{1,6}|\w{1,32});)/gi, '&amp;')

interface Linked { readonly href?: string | undefined; readonly rel?: string | undefined }
const linkOf = (links: readonly Linked[] | undefined): string | undefined =>
  (links?.find(({ rel }) => rel === undefined || rel === 'alternate') ?? links?.[0])?.href
const first = (...given: readonly (string | undefined)[]): string | undefined => given.find((one) => one !== undefined && one.trim() !== '')?.trim()
const entry = (given: { readonly [K in keyof Entry]: Entry[K] | undefined }): Entry => ({ ...given, id: given.id ?? '', title: given.title ?? '', html: given.html ?? '' })

const parsed = (text: string) => parseFeed(text)
type Parsed = ReturnType<typeof parsed>
type Of<F extends Parsed['format']> = Extract<Parsed, { format: F }>['feed']

const rss = (feed: Of<'rss'>): Feed => ({
  title: first(feed.title) ?? '', home: first(feed.link),
  entries: (feed.items ?? []).map((item) => entry({
    id: first(item.guid?.value), url: first(item.link, linkOf(item.atom?.links), item.guid?.isPermaLink === false ? undefined : item.guid?.value), title: item.title, html: first(item.content?.encoded, item.description, item.itunes?.summary),
    author: first(item.authors?.[0]?.name, item.dc?.creators?.[0], item.itunes?.author), at: first(item.pubDate, item.dc?.dates?.[0]), lang: first(item.dc?.languages?.[0], feed.language),
  })),
})
const atom = (feed: Of<'atom'>): Feed => ({
  title: first(feed.title?.value) ?? '', home: linkOf(feed.links),
  entries: (feed.entries ?? []).map((item) => entry({
    id: first(item.id), url: first(linkOf(item.links)), title: item.title?.value, html: first(item.content?.value, item.summary?.value, item.media?.groups?.[0]?.description?.value),
    author: first(item.authors?.[0]?.name, item.source?.authors?.[0]?.name, feed.authors?.[0]?.name), at: first(item.published, item.updated), lang: first(item.xml?.lang, feed.xml?.lang),
  })),
})
const rdf = (feed: Of<'rdf'>): Feed => ({
  title: first(feed.title) ?? '', home: first(feed.link),
  entries: (feed.items ?? []).map((item) => entry({
    id: first(item.rdf?.about), url: first(item.link), title: item.title, html: first(item.content?.encoded, item.description), author: first(item.dc?.creators?.[0]), at: first(item.dc?.dates?.[0]), lang: first(item.dc?.languages?.[0], feed.dc?.languages?.[0]),
  })),
})
const json = (feed: Of<'json'>): Feed => ({
  title: first(feed.title) ?? '', home: first(feed.home_page_url),
  entries: (feed.items ?? []).map((item) => entry({
    id: first(item.id), url: first(item.url, item.external_url), title: item.title, html: first(item.content_html, item.content_text === undefined ? undefined : plain(item.content_text), item.summary === undefined ? undefined : plain(item.summary)),
    author: first(item.authors?.[0]?.name, feed.authors?.[0]?.name), at: first(item.date_published, item.date_modified), lang: first(item.language, feed.language),
  })),
})
const plain = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

function read(text: string): Feed {
  const found = parsed(text)
  switch (found.format) {
    case 'rss': return rss(found.feed)
    case 'atom': return atom(found.feed)
    case 'rdf': return rdf(found.feed)
    case 'json': return json(found.feed)
  }
}

/** A feed in any of its formats, broken ones as far as they can be read; undefined: this is none. */
export function feedIn(text: string): Feed | undefined {
  const bare = /^\s*\{/.test(text) ? text : withoutDoctype(text)
  for (const way of [bare, mended(bare)]) {
    try { return read(way) } catch { /* the mended text is tried next */ }
  }
  return undefined
}
