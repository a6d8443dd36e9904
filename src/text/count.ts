import type { Limits } from '#kit/channel.ts'

export type TextLimit = Limits['text']

const graphemes = new Intl.Segmenter('el', { granularity: 'grapheme' })
const address = /https?:\/\/[^\s<>"«»]*[^\s<>"«».,;:!?)\]]/gi

const light = [[0, 4351], [8192, 8205], [8208, 8223], [8242, 8247]] as const
const weightOf = (point: number): number => (light.some(([from, to]) => point >= from && point <= to) ? 1 : 2)

const measures: Readonly<Record<TextLimit['unit'], (text: string) => number>> = {
  // Printable ASCII is one grapheme a sign; only the rest needs the slow road.
  grapheme: (text) => (/^[\x20-\x7e]*$/.test(text) ? text.length : Array.from(graphemes.segment(text)).length),
  codepoint: (text) => Array.from(text).length,
  utf16: (text) => text.length,
  byte: (text) => new TextEncoder().encode(text).length,
  // Latin, Greek with one accent, Cyrillic and the like weigh 1; all else, an emoji as a whole among it, 2.
  weighted: (text) => Array.from(graphemes.segment(text.normalize('NFC'))).reduce((sum, { segment }) => sum + (/\p{Extended_Pictographic}/u.test(segment) ? 2 : Array.from(segment).reduce((all, sign) => all + weightOf(sign.codePointAt(0)!), 0)), 0),
  'emoji-bytes': (text) => Array.from(graphemes.segment(text)).reduce((sum, { segment }) => sum + (/\p{Extended_Pictographic}/u.test(segment) ? new TextEncoder().encode(segment).length : 1), 0),
}

/** The length of a text as a network counts it; with `linkCost`, every address costs the same. */
export function countText(text: string, limit: Pick<TextLimit, 'unit' | 'linkCost'>): number {
  const measure = measures[limit.unit]
  const cost = limit.linkCost
  if (cost === undefined) return measure(text)
  const around = text.split(address)
  return around.reduce((sum, piece) => sum + measure(piece), (around.length - 1) * cost)
}

/** What is left of a limit; under zero it is too long. */
export const roomLeft = (text: string, limit: TextLimit): number => limit.max - countText(text, limit)
