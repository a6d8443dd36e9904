import type { Recent } from '#kit/pillar.ts'
import { fold } from '#text/fold.ts'
import { prose } from '#text/prose.ts'
import type { Place } from '#text/prose.ts'
import { nearest } from '#text/similarity.ts'
import { words } from '#text/words.ts'

export interface Echo { readonly post: Recent; readonly similarity: number }

/** The recent post that says most nearly the same, if it is alike enough. */
export function echo(text: string, recent: readonly Recent[], least: number): Echo | undefined {
  const found = nearest(text, recent)
  return found !== undefined && found.similarity >= least ? { post: found.item, similarity: found.similarity } : undefined
}

const openingWords = 4
export interface Opening { readonly at: Place; readonly post: Recent }

const opening = (text: string): string | undefined => {
  const first = words(prose(text).bare.slice(0, 400)).slice(0, openingWords)
  return first.length < openingWords ? undefined : first.map((word) => fold(word.text)).join(' ')
}

/** Does it begin with the same four words as one of the last five? The place reaches as far as they go together. */
export function sameOpening(text: string, recent: readonly Recent[]): Opening | undefined {
  const own = opening(text)
  const post = own === undefined ? undefined : recent.slice(0, 5).find((one) => opening(one.text) === own)
  if (post === undefined) return undefined
  const [mine, theirs] = [words(prose(text).bare.slice(0, 400)), words(prose(post.text).bare.slice(0, 400))]
  const apart = mine.findIndex((word, place) => fold(word.text) !== fold(theirs[place]?.text ?? ''))
  const last = mine[(apart < 0 ? mine.length : apart) - 1]!
  return { at: [mine[0]!.start, last.end], post }
}

/** Is this the fifth in a row of one format? A post without a format counts for none. */
export const sameFormat = (format: string, recent: readonly Pick<Recent, 'format'>[]): boolean =>
  format !== '' && recent.length >= 4 && recent.slice(0, 4).every((post) => post.format === format)
