import { plainText } from '#text/html/sanitize.ts'

/** What a page says of itself for those who link to it. */
export interface PageFacts { readonly title: string; readonly description: string; readonly site: string; readonly picture: string | undefined; readonly pictureAlt: string }

const longestTag = 8_192
const mostTags = 3_000
/** Elements whose content is not markup, or not the page's own. */
const opaque = new Set(['script', 'style', 'template', 'noscript', 'svg', 'textarea', 'iframe'])

// Words come with entities and sometimes with markup in them; only the words are wanted, on one line.
const words = (raw: string, most: number): string => {
  const text = plainText(raw.slice(0, most * 8).replaceAll('<', '&lt;')).replace(/[\s\p{Cc}\u200b\u2060\ufeff]+/gu, ' ').toWellFormed().trim()
  return text.length <= most ? text : `${text.slice(0, most - 1).toWellFormed().replace(/\ufffd$/, '').replace(/\s+\S{0,20}$/, '')}…`
}

/** Where a tag that begins at `from` ends, quotes minded; -1 when it does not within reason. */
function tagEnd(html: string, from: number): number {
  let quote = ''
  for (let at = from; at < html.length && at < from + longestTag; at++) {
    const sign = html[at]!
    if (quote) { if (sign === quote) quote = '' } else if (sign === '>') return at
    else if ((sign === '"' || sign === "'") && html[at - 1] === '=') quote = sign
  }
  return -1
}

const attribute = /([^\s"'<>/=]{1,60})\s{0,20}=\s{0,20}(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+))/g
const attributesOf = (tag: string): Map<string, string> => new Map(Array.from(tag.matchAll(attribute), (found) => [found[1]!.toLowerCase(), found[2] ?? found[3] ?? found[4] ?? '']))

/** Reads titles and metas in one pass over the text; broken markup is passed over. */
export function readPage(html: string): PageFacts {
  const low = html.toLowerCase()
  const metas = new Map<string, string>()
  let title: string | undefined
  for (let at = low.indexOf('<'), tags = 0; at >= 0 && tags < mostTags; tags++) {
    let next = at + 1
    const name = /^[a-z][a-z0-9]*/.exec(low.slice(at + 1, at + 20))?.[0]
    if (low.startsWith('<!--', at)) next = after(low, '-->', at)
    else if (name !== undefined) {
      const end = tagEnd(html, at)
      if (end >= 0) next = end + 1
      if (name === 'meta' && end >= 0) keepMeta(metas, attributesOf(html.slice(at + 5, end)))
      if (name === 'title' && end >= 0 && title === undefined) title = html.slice(end + 1, low.indexOf('</title', end) < 0 ? end + 1 : low.indexOf('</title', end))
      if (opaque.has(name) && end >= 0) next = after(low, `</${name}`, end)
      if (name === 'body' && title !== undefined && metas.size > 0) break
    }
    at = next >= low.length ? -1 : low.indexOf('<', next)
  }
  return factsOf(metas, title ?? '')
}
const after = (text: string, mark: string, from: number): number => { const at = text.indexOf(mark, from); return at < 0 ? text.length : at + mark.length }

function keepMeta(metas: Map<string, string>, attributes: ReadonlyMap<string, string>): void {
  const name = (attributes.get('property') ?? attributes.get('name') ?? '').toLowerCase()
  const content = attributes.get('content')
  if (name && content?.trim() && !metas.has(name)) metas.set(name, content)
}

function factsOf(metas: ReadonlyMap<string, string>, title: string): PageFacts {
  const first = (...names: readonly string[]): string => names.map((name) => metas.get(name)).find((value) => value !== undefined) ?? ''
  const picture = plainText(first('og:image:secure_url', 'og:image', 'og:image:url', 'twitter:image', 'twitter:image:src')).trim()
  return {
    title: words(first('og:title', 'twitter:title') || title, 300), description: words(first('og:description', 'twitter:description', 'description'), 500),
    site: words(first('og:site_name', 'application-name'), 100), picture: picture || undefined, pictureAlt: words(first('og:image:alt', 'twitter:image:alt'), 500),
  }
}

const declared = /<meta[^>]{0,200}?charset\s*=\s*["']?\s*([a-z0-9_-]{2,40})/i
/** The text of a page in the letters it is written in: as its mark, its sender or itself say, else as its bytes look. */
export function decodePage(bytes: Uint8Array, contentType: string): string {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 4_096))
  const said = bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : /charset\s*=\s*["']?([^\s"';]{2,40})/i.exec(contentType)?.[1] ?? declared.exec(head)?.[1]
  return decoded(bytes, said) ?? decoded(bytes, 'utf-8') ?? decoded(bytes, looksGreek(bytes) ? 'windows-1253' : 'windows-1252') ?? ''
}
function decoded(bytes: Uint8Array, label: string | undefined): string | undefined {
  if (label === undefined) return undefined
  // The end may be cut within a sign: `stream` lets that be.
  try { return new TextDecoder(label, { fatal: true }).decode(bytes, { stream: true }) } catch { return undefined }
}
/** In the Greek code pages letters stand at 0xc1 to 0xfe and come in runs; elsewhere such bytes come one by one. */
function looksGreek(bytes: Uint8Array): boolean {
  let [runs, alone] = [0, 0]
  for (let at = 1; at < bytes.length - 1; at++) if (bytes[at]! >= 0xc1) { if (bytes[at - 1]! >= 0xc1 || bytes[at + 1]! >= 0xc1) runs++; else alone++ }
  return runs > alone * 2
}
