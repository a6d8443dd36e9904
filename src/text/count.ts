import type { Limits, Unit } from '#kit/channel.ts'
import { linksBy, type Span } from './links.ts'

/** `markup`: the network takes signs of formatting out before it counts. */
export type TextLimit = Limits['text'] & { readonly markup?: 'html' | 'markdown' }
type Way = Pick<TextLimit, 'unit' | 'linkCost' | 'shortHandles' | 'markup'>

const segmenter = new Intl.Segmenter('el', { granularity: 'grapheme' })
/** The signs of a text as people see them. */
export const graphemesOf = (text: string): string[] => Array.from(segmenter.segment(text), (one) => one.segment)
const bytesOf = (text: string): number => new TextEncoder().encode(text).length

const emoji = /\p{RGI_Emoji}/v
const emojis = /\p{RGI_Emoji}/gv
const light = [[0, 4351], [8192, 8205], [8208, 8223], [8242, 8247]] as const
const allLight = /^[\0-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037]*$/
const weightOf = (sign: string): number => (light.some(([from, to]) => sign.codePointAt(0)! >= from && sign.codePointAt(0)! <= to) ? 1 : 2)

// Latin, Greek with one accent, Cyrillic and the like weigh 1; all else 2, and an emoji 2 however many signs it is made of.
function weigh(text: string): number {
  const whole = text.normalize('NFC')
  if (allLight.test(whole)) return whole.length
  const signs = whole.replace(emojis, '')
  const found = signs.length === whole.length ? 0 : whole.match(emojis)!.length
  return Array.from(signs).reduce((sum, sign) => sum + weightOf(sign), found * 2)
}

const measures: Readonly<Record<Unit, (text: string) => number>> = {
  // Printable ASCII is one grapheme a sign; only the rest needs the slow road.
  grapheme: (text) => (/^[\x20-\x7e]*$/.test(text) ? text.length : graphemesOf(text).length),
  codepoint: (text) => Array.from(text).length,
  utf16: (text) => text.length,
  byte: bytesOf,
  weighted: weigh,
  'emoji-bytes': (text) => graphemesOf(text).reduce((sum, sign) => sum + (emoji.test(sign) ? bytesOf(sign) : 1), 0),
}

interface Priced extends Span { readonly cost: number }
const handle = /(?<![=/\p{L}\p{N}_])@([a-z0-9_]+(?:[.-]+[a-z0-9_]+)*)@[\p{L}\p{N}_]+(?:[.-]+[\p{L}\p{N}_]+)*/giu
const tags = /<\/?[a-z][^<>]{0,2000}>/gi
const entities = /&(?:[a-z]{2,8}|#\d{1,7}|#x[0-9a-f]{1,6});/gi
const signsOfMarkdown = /\*\*|__|~~|`+|\[(?=[^\]\n]{1,1000}\]\([^)\s]{1,2000}\))|(?<=\[[^\]\n]{1,1000})\]\([^)\s]{1,2000}\)/g

const priced = (text: string, pattern: RegExp, cost: (found: RegExpMatchArray) => number): Priced[] =>
  Array.from(text.matchAll(pattern), (found) => ({ start: found.index, end: found.index + found[0].length, cost: cost(found) }))

/** What counts otherwise than by its signs: links at a fixed cost, handles by their first half, markup not at all. */
function priceList(text: string, way: Way): Priced[] {
  const all: Priced[] = []
  if (way.markup === 'html') all.push(...priced(text, tags, () => 0), ...priced(text, entities, () => 1))
  if (way.markup === 'markdown') all.push(...priced(text, signsOfMarkdown, () => 0))
  if (way.linkCost !== undefined) all.push(...linksIn(text, way).map((one) => ({ ...one, cost: way.linkCost! })))
  if (way.shortHandles && text.includes('@')) all.push(...priced(text, handle, (found) => 1 + measures[way.unit](found[1]!)))
  if (all.length < 2) return all
  let end = 0
  return all.toSorted((a, b) => a.start - b.start || b.end - a.end).filter((one) => { const free = one.start >= end; if (free) end = one.end; return free })
}

/** What the network takes for an address in a text. */
export const linksIn = (text: string, way: Pick<TextLimit, 'unit'>): Span[] => linksBy(way.unit === 'weighted' ? 'twitter' : 'plain', text)

/** The length of a text as a network counts it, by its first measure; with `linkCost`, every address costs the same. */
export function countText(text: string, way: Way): number {
  const measure = measures[way.unit]
  let [sum, at] = [0, 0]
  for (const { start, end, cost } of priceList(text, way)) { sum += cost + (start > at ? measure(text.slice(at, start)) : 0); at = end }
  return sum + measure(at === 0 ? text : text.slice(at))
}

export interface Measured { readonly used: number; readonly max: number; readonly unit: Unit }
function measured(text: string, limit: TextLimit): Measured[] {
  const first = { used: countText(text, limit), max: limit.max, unit: limit.unit }
  return limit.also ? [first, { used: countText(text, { unit: limit.also.unit }), ...limit.also }] : [first]
}
/** Of the measures a network takes, the one that is nearest to being full: what a counter shows. */
export const tightest = (text: string, limit: TextLimit): Measured => measured(text, limit).reduce((a, b) => (b.used / b.max > a.used / a.max ? b : a))
/** What is left of a limit, by its tighter measure; under zero it is too long. */
export const roomLeft = (text: string, limit: TextLimit): number => measured(text, limit).reduce((left, { max, used }) => Math.min(left, max - used), Infinity)
/** Whether a network takes a text of this length, by each of its measures. */
export const fits = (text: string, limit: TextLimit): boolean => roomLeft(text, limit) >= 0

/** Where a text goes over its limit, in UTF-16 units, never within a sign or an address; undefined when it fits. */
export function overAt(text: string, limit: TextLimit): number | undefined {
  if (fits(text, limit)) return undefined
  const places = [overBy(text, limit, limit.max), limit.also ? overBy(text, { unit: limit.also.unit }, limit.also.max) : undefined]
  return Math.min(...places.filter((place) => place !== undefined))
}

function overBy(text: string, way: Way, max: number): number | undefined {
  const prices = priceList(text, way)
  let [sum, at] = [0, 0]
  const take = (until: number): number | undefined => {
    for (const sign of graphemesOf(text.slice(at, until))) {
      sum += measures[way.unit](sign)
      if (sum > max) return at
      at += sign.length
    }
    return undefined
  }
  for (const { start, end, cost } of prices) {
    const over = take(start)
    if (over !== undefined) return over
    sum += cost
    if (sum > max) return start
    at = end
  }
  return take(text.length)
}

/** The room a network leaves for a text, where what is read before it is counted with it. */
export function roomBehind({ text, warning }: Pick<Limits, 'text' | 'warning'>, before: string): Limits['text'] {
  if (before === '' || !warning?.counted) return text
  const less = (limit: TextLimit): number => Math.max(0, limit.max - countText(before, limit))
  return { ...text, max: less(text), ...(text.also ? { also: { ...text.also, max: less({ ...text, ...text.also }) } } : {}) }
}
