import type { Lang } from '#kit/lang.ts'
import { fold } from './fold.ts'

export interface Piece { readonly text: string; readonly start: number; readonly end: number }

const segmenter = new Intl.Segmenter('el', { granularity: 'word' })

/** The words of a text with their places; marks and spaces are left out. */
export function words(text: string): readonly Piece[] {
  const found: Piece[] = []
  for (const { segment, index, isWordLike } of segmenter.segment(text)) {
    if (isWordLike) found.push({ text: segment, start: index, end: index + segment.length })
  }
  return found
}

// After these a full stop never ends a sentence; after the second list it does when a capital follows.
const titles = new Set('dr mr mrs ms prof st no vs fig e.g i.e cf approx tel κ κα κκ δρ καθ αγ στρ τηλ αρ οδ λεωφ π.χ βλ σελ δηλ πρβλ'.split(' '))
const endings = new Set('etc a.m p.m am pm jr sr inc ltd co π.μ μ.μ κ.λπ κλπ κ.ά κ.α κ.ο.κ π.χ χλμ χιλ ευρ εκ δισ μ.χ'.split(' '))
// No word that decides is longer; a text of nothing but stops would else be read from its beginning at each.
const nearby = 200
const stops = /[.!?…;\u037e]+[)\]»”’"'*_]*/g

/** The sentences of a text with their places. A Greek `;` asks; a stop inside a number, an address or an abbreviation does not end. */
export function sentences(text: string, lang: Lang): readonly Piece[] {
  const ends: number[] = []
  for (const line of lines(text)) {
    for (const stop of line.text.matchAll(stops)) {
      const after = line.text.slice(stop.index + stop[0].length)
      if (ending({ before: line.text.slice(Math.max(0, stop.index - nearby), stop.index), stop: stop[0], after }, lang)) ends.push(line.start + stop.index + stop[0].length)
    }
    ends.push(line.end)
  }
  return pieces(text, ends)
}

interface Around { readonly before: string; readonly stop: string; readonly after: string }

function ending({ before, stop, after }: Around, lang: Lang): boolean {
  if (after !== '' && !/^\s/.test(after)) return false
  if (/^;/.test(stop)) return lang === 'el' || /\p{Script=Greek}\S*$/u.test(before)
  if (!stop.startsWith('.') || /^\.{2,}/.test(stop)) return !/^…|^\.{2,}/.test(stop) || !/^\s+\p{Ll}/u.test(after)
  const word = fold(/[\p{L}\p{M}.]*$/u.exec(before.slice(-12))?.[0] ?? '')
  const capital = /^\s+["'«“(*_]*[\p{Lu}\p{N}]/u.test(after)
  if (titles.has(word) || /^\p{L}$/u.test(word)) return /^\s*$/.test(after)
  return endings.has(word) ? capital || /^\s*$/.test(after) : true
}

// A blank line ends what was said; a single new line only when no small letter goes on after it.
function* lines(text: string): Generator<Piece> {
  let start = 0
  for (const gap of text.matchAll(/\n+/g)) {
    const next = /^[^\S\n]*(\S)?/u.exec(text.slice(gap.index + gap[0].length, gap.index + gap[0].length + 40))?.[1]
    if (gap[0].length === 1 && next !== undefined && /\p{Ll}/u.test(next)) continue
    yield { text: text.slice(start, gap.index), start, end: gap.index }
    start = gap.index + gap[0].length
  }
  yield { text: text.slice(start), start, end: text.length }
}

function pieces(text: string, ends: readonly number[]): readonly Piece[] {
  const found: Piece[] = []
  let from = 0
  for (const to of ends) {
    const raw = text.slice(from, to)
    const said = raw.trim()
    const start = from + (raw.length - raw.trimStart().length)
    if (/[\p{L}\p{N}?!;]/u.test(said)) found.push({ text: said, start, end: start + said.length })
    from = to
  }
  return found
}
