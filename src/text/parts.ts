import { fits, graphemesOf, overAt, type TextLimit } from './count.ts'

const abbreviation = /(?:^|[\s(«"])(?:κ|κα|κκ|Δρ|π\.χ|μ\.μ|π\.μ|δηλ|κ\.λπ|κλπ|αρ|τηλ|σελ|Dr|Mr|Mrs|Ms|St|vs|e\.g|i\.e|etc|No|p|pp|[A-ZΑ-Ω])\.$/u
const afterSentence = /[.!?;\u037e…][»"”’)\]]*\s+|\n+/gu

/** A long text as the parts of a thread, cut after sentences or else words; with `counters` each ends in its place, as in 1/3. */
export function partsOf(text: string, limit: TextLimit, options: { readonly counters?: boolean } = {}): string[] {
  const whole = text.trim()
  if (whole === '') return []
  if (fits(whole, limit)) return [whole]
  if (!options.counters) return cut(whole, limit, '')
  // How much room a counter takes depends on how many parts there are: tried with one more digit until it holds.
  for (let digits = 1; digits <= 4; digits++) {
    const parts = cut(whole, limit, ` ${'9'.repeat(digits)}/${'9'.repeat(digits)}`)
    if (String(parts.length).length <= digits) return parts.map((part, place) => `${part} ${place + 1}/${parts.length}`)
  }
  return cut(whole, limit, '')
}

function cut(whole: string, limit: TextLimit, tail: string): string[] {
  const parts: string[] = []
  let rest = whole
  for (let ahead = beginning(rest, limit); !fits(ahead + tail, limit); ahead = beginning(rest, limit)) {
    const end = placeToCut(ahead, limit, tail)
    parts.push(rest.slice(0, end).trimEnd())
    rest = rest.slice(end).trimStart()
  }
  return rest === '' ? parts : [...parts, rest]
}

/** As much of a text as is more than one part, however dear its signs: what lies behind need not be counted again for each part. */
function beginning(rest: string, limit: TextLimit): string {
  const most = 4 * limit.max + 500
  const ahead = rest.length > most ? rest.slice(0, most) : rest
  return ahead === rest || (overAt(ahead, limit) ?? most) > most / 2 ? rest : ahead
}

/** The best place at or before which all fits: after a paragraph, a sentence, a word, a sign. */
function placeToCut(rest: string, limit: TextLimit, tail: string): number {
  const good = (end: number): boolean => end > 0 && fits(rest.slice(0, end).trimEnd() + tail, limit)
  const most = Math.min(overAt(rest, limit) ?? rest.length, rest.length)
  const head = rest.slice(0, most)
  const words = borders(head, /\s+/gu).filter((end) => end < rest.length)
  if (/^\s/.test(rest.slice(most))) words.push(most)
  const fromEnd = words.toReversed()
  const last = fromEnd.find(good) ?? 0
  const sentences = borders(head, afterSentence).filter((end) => end <= last && end >= last * 0.4 && !abbreviation.test(head.slice(0, end).trimEnd()))
  const paragraph = borders(head, /\n\s*\n/gu).findLast((end) => end <= last && end >= last * 0.5)
  return paragraph ?? sentences.at(-1) ?? (last > 0 ? last : withinWord(head, good))
}
const borders = (text: string, pattern: RegExp): number[] => Array.from(text.matchAll(pattern), (found) => found.index + found[0].length)

function withinWord(head: string, good: (end: number) => boolean): number {
  let end = head.length
  for (const sign of graphemesOf(head).toReversed()) {
    if (good(end)) return end
    end -= sign.length
  }
  // One sign that is too much by itself is cut between its code points.
  const points = Array.from(head || ' ')
  for (let many = points.length; many > 1; many--) if (good(points.slice(0, many).join('').length)) return points.slice(0, many).join('').length
  return points[0]!.length
}
