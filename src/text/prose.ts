import { foldMap } from './fold.ts'
import { blankMarkup } from './markup.ts'
import { remembered } from './memo.ts'

/** A text made ready for looking: its prose only, folded, with the way back to the places in the original. */
export interface Prose {
  readonly text: string
  /** The text without markup, same length, same places. */
  readonly bare: string
  readonly folded: string
  readonly origin: Uint32Array
}

export const prose: (text: string) => Prose = remembered(64, (text) => {
  const bare = blankMarkup(text)
  return { text, bare, ...foldMap(bare) }
})

export interface Found {
  /** Where it stands in the original text, end exclusive. */
  readonly at: readonly [start: number, end: number]
  /** As it is written there. */
  readonly text: string
  readonly match: RegExpExecArray
}

/** Every place where a pattern, written for folded text, holds. The pattern carries the flag `g`. */
export function findAll(read: Prose, pattern: RegExp): readonly Found[] {
  return Array.from(read.folded.matchAll(pattern), (match) => {
    const start = read.origin[match.index]!
    const end = Math.max(start, read.origin[match.index + match[0].length]!)
    return { at: [start, end] as const, text: read.text.slice(start, end), match }
  })
}

const quotes = /«[^«»\n]{0,400}»|“[^“”\n]{0,400}”|„[^„“”\n]{0,400}[“”]|(?<![\p{L}\p{N}])"[^"\n]{1,400}"(?![\p{L}\p{N}])/gu

/** The places that stand inside quotation marks: what somebody else said, or a name. */
export const quoted = (read: Prose): readonly (readonly [number, number])[] =>
  Array.from(read.bare.matchAll(quotes), (match) => [match.index, match.index + match[0].length] as const)

export const inside = (places: readonly (readonly [number, number])[], at: readonly [number, number]): boolean =>
  places.some(([start, end]) => start <= at[0] && at[1] <= end)
