import { topLevelDomains } from './networks/top-level-domains.ts'

/** A stretch of a text, in UTF-16 units, end exclusive. */
export interface Span { readonly start: number; readonly end: number }

/** How a network finds the addresses in a text: X as twitter-text does, the others only what begins with http(s). */
export type LinkWay = 'twitter' | 'plain'

// Everything but punctuation and spaces may stand in a name of a host, as twitter-text has it.
const nameSign = String.raw`[^!'#%&()*+,\\\-./:;<=>?@[\]^_{|}~$\s\u180e\ufffe\ufeff\uffff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]`
const run = new RegExp(String.raw`(?:${nameSign}|[-_.])+`, 'giu')
const latin = String.raw`\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0253\u0254\u0256\u0257\u0259\u025b\u0263\u0268\u026f\u0272\u0289\u028b\u02bb\u0300-\u036f\u1e00-\u1eff`
const inPath = String.raw`a-z\u0400-\u04ff0-9!*';:=+,.$/%#[\]\-\u2013_~@|&${latin}`
const paths = {
  // Greek letters are no part of a path here, Latin and Cyrillic ones are: that is how X counts.
  twitter: {
    path: new RegExp(String.raw`/(?:[${inPath}]|\((?:[${inPath}]|\([${inPath}]+\))*\))*`, 'iy'),
    pathEnd: new RegExp(String.raw`[+\-a-z\u0400-\u04ff0-9=_#/)${latin}]`, 'i'),
    query: /\?[a-z0-9!?*'@();:&=+$/%#[\]\-_.,~|]*/iy, queryEnd: /[a-z0-9\-_&=#/]/i,
  },
  plain: {
    path: /\/(?:[^\s<>()?"«»“”]|\((?:[^\s<>()?"«»“”]|\([^\s<>()?"«»“”]+\))*\))*/iy, pathEnd: /[^\s(?!*"'「」<>;:=,.$%[\]~&|@·…]/,
    query: /\?[^\s<>"«»“”()]*/iy, queryEnd: /[^\s?!*"';:,.…·]/,
  },
} as const
const longestHost = 1_000
// X's own short addresses end with their code.
const ownShort = /^https?:\/\/t\.co\/[a-z0-9]+(?:\?[a-z0-9!?*'@();:&=+$/%#[\]\-_.,~|]*[a-z0-9\-_&=#/])?/i

/** The addresses in a text, in order. Never throws, and takes time in proportion to the text. */
export function linksBy(way: LinkWay, text: string): Span[] {
  if (!text.includes('.')) return []
  const found: Span[] = []
  let done = 0
  for (const match of text.matchAll(run)) {
    const at = match.index
    if (at < done || !match[0].includes('.') || match[0].length > longestHost) continue
    for (const link of linksInRun(way, text, { at, name: match[0] })) { found.push(link); done = link.end }
  }
  return found
}

interface Run { readonly at: number; readonly name: string }
function linksInRun(way: LinkWay, text: string, { at, name }: Run): Span[] {
  const scheme = schemeBefore(text, at)
  if (scheme > 0) {
    const end = hostEnd(name)
    if (end === undefined || !mayPrecede(text, at - scheme)) return []
    const link = { start: at - scheme, end: tailEnd(way, text, at + end) }
    return [way === 'twitter' ? { ...link, end: link.start + (ownShort.exec(text.slice(link.start, link.end))?.[0].length ?? link.end - link.start) } : link]
  }
  return way === 'plain' ? [] : bareLinks(text, { at, name })
}

function schemeBefore(text: string, at: number): number {
  const before = text.slice(Math.max(0, at - 8), at).toLowerCase()
  return before.endsWith('https://') ? 8 : before.endsWith('http://') ? 7 : 0
}
const mayPrecede = (text: string, at: number): boolean => at === 0 || !/[A-Za-z0-9@＠$#＃]/.test(text[at - 1]!)

/** Where the name of a host ends: at the last part that begins with a known ending, all before it being whole parts. */
function hostEnd(name: string): number | undefined {
  const parts = name.split('.')
  let end: number | undefined
  for (let place = 0, at = 0; place < parts.length; at += parts[place]!.length + 1, place++) {
    const part = parts[place]!
    const ending = place === 0 ? 0 : endingOf(part)
    if (ending > 0 && !parts[place - 1]!.includes('_')) end = at + ending
    if (part === '' || /^[-_]|[-_]$/.test(part)) break
  }
  return end
}
const longestEnding = Math.max(...Array.from(topLevelDomains, (one) => one.length))
/** How much of a part is a known ending: as much as can be, not followed by a Latin letter or a digit. */
function endingOf(part: string): number {
  const code = /^xn--[-0-9a-z]+/i.exec(part)
  if (code) return code[0].length
  for (let length = Math.min(part.length, longestEnding); length > 1; length--) {
    if (topLevelDomains.has(part.slice(0, length).toLowerCase()) && !/[0-9a-zA-Z@+-]/.test(part[length] ?? '')) return length
  }
  return 0
}

const asciiRun = new RegExp(String.raw`(?:[-a-z0-9${latin}]+\.)+[^.\s]+`, 'gi')
/** Names of hosts without http: only those in Latin letters, wherever they stand in the run. */
function bareLinks(text: string, { at, name }: Run): Span[] {
  const end = hostEnd(name)
  if (end === undefined || !mayPrecede(text, at) || /[-_./]/.test(text[at - 1] ?? '')) return []
  const found: Span[] = []
  for (const match of name.slice(0, end).matchAll(asciiRun)) {
    const length = hostEnd(match[0])
    if (length !== undefined) found.push({ start: at + match.index, end: at + match.index + length })
  }
  const last = found.at(-1)
  const tail = tailEnd('twitter', text, at + end)
  return last && tail > at + end && text[at + end] === '/' ? [...found.slice(0, -1), { start: last.start, end: tail }] : found
}

/** The end of port, path and query behind a host. */
function tailEnd(way: LinkWay, text: string, from: number): number {
  const { path, pathEnd, query, queryEnd } = paths[way]
  const port = /:[0-9]+/y
  port.lastIndex = from
  const at = from + (port.exec(text)?.[0].length ?? 0)
  const afterPath = trimmed(text, { from: at, sign: path, last: pathEnd, least: 1 })
  return trimmed(text, { from: afterPath, sign: query, last: queryEnd, least: 0 })
}
function trimmed(text: string, { from, sign, last, least }: { readonly from: number; readonly sign: RegExp; readonly last: RegExp; readonly least: number }): number {
  sign.lastIndex = from
  const length = sign.exec(text)?.[0].length ?? 0
  let end = from + length
  while (end > from + Math.min(least, length) && !last.test(text[end - 1]!)) end--
  return end === from + 1 && least === 0 ? from : end
}
