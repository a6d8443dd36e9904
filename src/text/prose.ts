import type { Lang } from '#kit/lang.ts'
import { foldMap } from './fold.ts'
import { blankMarkup } from './markup.ts'
import { remembered } from './memo.ts'
import { sentences } from './words.ts'
import type { Piece } from './words.ts'

export type Place = readonly [start: number, end: number]

/** A text made ready for looking: its prose only, folded, with the way back to the places in the original. */
export interface Prose {
  readonly text: string
  /** The text without markup, same length, same places. */
  readonly bare: string
  readonly folded: string
  readonly origin: Uint32Array
  readonly sentences: Readonly<Record<Lang, readonly Piece[]>>
}

export const prose: (text: string) => Prose = remembered(64, (text) => {
  const bare = blankMarkup(text)
  const { folded, origin } = foldMap(bare)
  return { text, bare, folded: folded.replaceAll('’', "'"), origin, sentences: { en: sentences(bare, 'en'), el: sentences(bare, 'el') } }
})

/**
 * A pattern for folded text that holds for whole words in Greek as in English: a space stands for any gap
 * (` ?` for none or any), and `~` for any letters that follow.
 */
export const phrase = (...sources: readonly string[]): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}])(?:${sources.join('|')})(?![\\p{L}\\p{N}])`.replace(/ [?*]/g, '\\s*').replaceAll(' ', '\\s+').replaceAll('~', '\\p{L}*'), 'gu')

export interface Found {
  /** Where it stands in the original text, end exclusive. */
  readonly at: Place
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
export const quoted = (read: Prose): readonly Place[] =>
  Array.from(read.bare.matchAll(quotes), (match) => [match.index, match.index + match[0].length] as const)

export const inside = (places: readonly Place[], at: Place): boolean => places.some(([start, end]) => start <= at[0] && at[1] <= end)

/** The sentence a place stands in, and those after it. */
export function sentenceAt(read: Prose, lang: Lang, at: Place): { readonly sentence: Piece; readonly next: readonly Piece[] } {
  const all = read.sentences[lang]
  const index = all.findIndex((sentence) => sentence.end > at[0])
  const sentence = all[index] ?? { text: read.text.slice(at[0], at[1]), start: at[0], end: at[1] }
  return { sentence, next: index < 0 ? [] : all.slice(index + 1) }
}

/** Does any of these patterns, written for folded text, hold? */
export const holds = (folded: string, pattern: RegExp): boolean => folded.search(pattern) >= 0

/** The last sentence of what was said; a name or a greeting on a line of its own below it is no sentence. */
export function lastSentence(read: Prose, lang: Lang): Piece | undefined {
  const all = read.sentences[lang]
  const signature = (piece: Piece): boolean => !/[.!?;…\u037e]$/.test(piece.text) && piece.text.split(/\s+/).length <= 4 && /\n\s*[—–-]?\s*$/.test(read.bare.slice(0, piece.start))
  return all.findLast((piece) => !signature(piece)) ?? all.at(-1)
}

/** The language a found phrase is in, by its script. */
export const scriptOf = (text: string): Lang => (/\p{Script=Greek}/u.test(text) ? 'el' : 'en')
