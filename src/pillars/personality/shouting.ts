import { fold } from '#text/fold.ts'
import { prose } from '#text/prose.ts'
import type { Place } from '#text/prose.ts'
import { words } from '#text/words.ts'
import type { Piece } from '#text/words.ts'
import { accented, acronyms, spoken } from './shout-words.ts'

export interface Shout {
  readonly kind: 'run' | 'all' | 'marks'; readonly words: string; readonly at: Place
  readonly instead: string | undefined
}

const upper = (word: string): boolean => /\p{Lu}/u.test(word) && word === word.toUpperCase() && word !== word.toLowerCase()
const letters = (text: string): string => text.replace(/[^\p{L}]/gu, '')
const loud = (word: Piece): boolean => upper(word.text) && letters(word.text).length >= 2

function lowered(run: readonly Piece[], text: string, first: boolean): string | undefined {
  let said = ''
  let from = run[0]!.start
  for (const word of run) {
    const small = word.text.toLowerCase()
    const known = /\p{Script=Greek}/u.test(small) && !/[άέήίόύώΐΰ]/.test(small) ? accented.get(fold(small)) : small
    if (known === undefined) return undefined
    said += text.slice(from, word.start) + known
    from = word.end
  }
  return first ? said[0]!.toUpperCase() + said.slice(1) : said
}

function shouts(run: readonly Piece[], own: ReadonlySet<string>): boolean {
  const said = run.map((word) => fold(word.text)).filter((word) => !acronyms.has(word) && !own.has(word))
  const size = said.join('').length
  if (said.length < 2 || size < 6) return false
  return said.some((word) => spoken.has(word)) || (said.filter((word) => word.length >= 4).length >= 2 && said.some((word) => word.length >= 5))
}

function runs(all: readonly Piece[], text: string): readonly (readonly Piece[])[] {
  const found: Piece[][] = []
  let run: Piece[] = []
  for (const word of all) {
    const apart = run.length > 0 && /[.!?;\n]/.test(text.slice(run.at(-1)!.end, word.start))
    if ((apart || !loud(word)) && run.length > 0 && !(/^[\d.,%€]+$/.test(word.text) && !apart)) { found.push(run); run = [] }
    if (loud(word)) run.push(word)
  }
  return run.length > 0 ? [...found, run] : found
}

const begins = (text: string, at: number): boolean => /(?:^|[.!?;\n])[\s*_"'«“(#>-]*$/.test(text.slice(Math.max(0, at - 40), at))

function marks(text: string, bare: string): readonly Shout[] {
  return Array.from(bare.matchAll(/(?:[!?;\u037e] ?){3,}/g), ({ 0: found, index }) => {
    const said = found.trimEnd()
    const asks = /[?;\u037e]/.exec(said)?.[0]
    return { kind: 'marks' as const, words: text.slice(index, index + said.length), at: [index, index + said.length] as const,
      instead: asks ?? '!' }
  }).filter(({ words: said }) => !/^[;\u037e\s]+$/.test(said) || /\p{Script=Greek}/u.test(text))
}

/** Capitals in a row, a text mostly in capitals, and heaps of exclamation or question marks. Acronyms and our own name do not shout. */
export function shouting(text: string, siteName: string): readonly Shout[] {
  const { bare } = prose(text)
  const own = new Set(words(siteName).map((word) => fold(word.text)))
  const all = words(bare).filter((word) => !acronyms.has(fold(word.text)))
  const said = letters(all.map((word) => word.text).join(''))
  const capitals = letters(all.filter(loud).map((word) => word.text).join('')).length
  if (all.length >= 4 && said.length >= 20 && capitals / said.length >= 0.6 && shouts(all.filter(loud), own)) {
    const at = [all[0]!.start, all.at(-1)!.end] as const
    return [{ kind: 'all', words: '', at, instead: lowered(all, text, true) }, ...marks(text, bare)]
  }
  const raised = runs(words(bare), text).filter((run) => shouts(run, own)).map((run): Shout => {
    const at = [run[0]!.start, run.at(-1)!.end] as const
    return { kind: 'run', words: text.slice(...at), at, instead: lowered(run, text, begins(text, at[0])) }
  })
  return [...raised, ...marks(text, bare)]
}
