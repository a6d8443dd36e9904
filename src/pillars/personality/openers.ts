import { fold } from '#text/fold.ts'
import type { Place } from '#text/prose.ts'
import { words } from '#text/words.ts'

/** A text that is still a saved beginning: word for word, or with a gap that nobody filled. */
type StillSaved = { readonly is: 'unchanged'; readonly at: Place } | { readonly is: 'gap'; readonly words: string; readonly at: Place }

const folded = (text: string): string[] => words(text).map((one) => fold(one.text))
const gaps = /\{[^{}\n]{0,40}\}|\[[^[\]\n(]{1,40}\](?!\()|_{3,}|…{2,}/gu

// Fewer words of one's own than this are not a person speaking.
const own = 3

/** How many words of a text its opener does not have, each counted as often as it is said. */
export function ownWords(text: string, opener: string): number {
  const known = new Map<string, number>()
  for (const word of folded(opener)) known.set(word, (known.get(word) ?? 0) + 1)
  return folded(text).filter((word) => { const left = known.get(word) ?? 0; known.set(word, left - 1); return left <= 0 }).length
}

/** Whether a text began as an opener and nobody has made it their own since. */
export function stillSaved(text: string, openers: readonly { readonly text: string }[]): StillSaved | undefined {
  const said = folded(text)
  if (said.length === 0) return undefined
  for (const opener of openers) {
    const saved = folded(opener.text)
    if (saved.length === 0 || !takes(said, saved)) continue
    const gap = [...text.matchAll(gaps)].find(([piece]) => opener.text.includes(piece))
    if (gap) return { is: 'gap', words: gap[0], at: [gap.index, gap.index + gap[0].length] }
    if (ownWords(text, opener.text) < own) return { is: 'unchanged', at: [0, text.length] }
  }
  return undefined
}

/** Most of the opener's words stand in the text. */
function takes(said: readonly string[], saved: readonly string[]): boolean {
  const has = new Set(said)
  return saved.filter((word) => has.has(word)).length >= Math.ceil(saved.length * 0.8)
}
