import type { Limits } from '#kit/channel.ts'

export type TextLimit = Limits['text']

const graphemes = new Intl.Segmenter('el', { granularity: 'grapheme' })
const address = /https?:\/\/[^\s<>"«»]*[^\s<>"«».,;:!?)\]]/gi

const measures: Readonly<Record<TextLimit['unit'], (text: string) => number>> = {
  // Printable ASCII is one grapheme a sign; only the rest needs the slow road.
  grapheme: (text) => (/^[\x20-\x7e]*$/.test(text) ? text.length : Array.from(graphemes.segment(text)).length),
  codepoint: (text) => Array.from(text).length,
  utf16: (text) => text.length,
  byte: (text) => new TextEncoder().encode(text).length,
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
