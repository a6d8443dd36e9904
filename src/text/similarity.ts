import { remembered } from './memo.ts'
import { stems } from './stem.ts'

interface Shape { readonly single: ReadonlySet<string>; readonly pairs: ReadonlySet<string>; readonly bag: readonly string[] }

const shape: (text: string) => Shape = remembered(1_000, (text) => {
  const bag = stems(text)
  return { bag, single: new Set(bag), pairs: new Set(bag.slice(1).map((stem, place) => `${bag[place]} ${stem}`)) }
})

function shared(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a]
  let both = 0
  for (const item of small) if (large.has(item)) both++
  return both
}

const jaccard = (a: ReadonlySet<string>, b: ReadonlySet<string>): number => {
  const both = shared(a, b)
  return both === 0 ? 0 : both / (a.size + b.size - both)
}

/** How alike two texts are, 0…1, by the stems they share and the pairs in which they stand. From 0.6 on they say the same. */
export function similarity(a: string, b: string): number {
  const [first, second] = [shape(a), shape(b)]
  if (first.single.size === 0 || second.single.size === 0) return 0
  if (first.bag.length === second.bag.length && first.bag.every((stem, place) => stem === second.bag[place])) return 1
  const alike = 0.65 * jaccard(first.single, second.single) + 0.35 * jaccard(first.pairs, second.pairs)
  return Math.min(1, Math.max(alike, 0.9 * contained(first, second)))
}

// A text repeated whole inside a longer one is the same thing said again, however much stands around it.
function contained(a: Shape, b: Shape): number {
  const fewer = Math.min(a.pairs.size, b.pairs.size)
  const more = Math.max(a.pairs.size, b.pairs.size)
  return fewer < 8 || fewer * 4 < more ? 0 : shared(a.pairs, b.pairs) / fewer
}

const rows = 64
const seeds = Array.from({ length: rows }, (_, row) => Math.imul(row + 1, 0x9e3779b1) | 1)

function hash(text: string): number {
  let value = 0x811c9dc5
  for (let place = 0; place < text.length; place++) value = Math.imul(value ^ text.charCodeAt(place), 0x01000193)
  return value ^ (value >>> 15)
}

/** MinHash of the stems: a short stand-in for a text, from which likeness can be estimated without reading it again. */
export const signature: (text: string) => Uint32Array = remembered(5_000, (text) => {
  const least = new Uint32Array(rows).fill(0xffffffff)
  for (const stem of shape(text).single) {
    const base = hash(stem)
    for (let row = 0; row < rows; row++) {
      let value = Math.imul(base ^ (base >>> 16), seeds[row]!)
      value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35) >>> 0
      if (value < least[row]!) least[row] = value
    }
  }
  return least
})

/** The share of stems two texts have in common, estimated from their signatures. */
export function likeness(a: Uint32Array, b: Uint32Array): number {
  let same = 0
  for (let row = 0; row < rows; row++) if (a[row] === b[row] && a[row] !== 0xffffffff) same++
  return same / rows
}

export interface Nearest<T> { readonly item: T; readonly similarity: number }

/** What was said lately that is most like this. Long lists are first sifted by signature. */
export function nearest<T extends { readonly text: string }>(text: string, recent: readonly T[]): Nearest<T> | undefined {
  let best: Nearest<T> | undefined
  for (const item of sifted(text, recent)) {
    const alike = similarity(text, item.text)
    if (best === undefined || alike > best.similarity) best = { item, similarity: alike }
  }
  return best === undefined || best.similarity === 0 ? undefined : best
}

function sifted<T extends { readonly text: string }>(text: string, recent: readonly T[]): readonly T[] {
  if (recent.length <= 200) return recent
  const own = signature(text)
  return recent.map((item) => ({ item, alike: likeness(own, signature(item.text)) }))
    .sort((a, b) => b.alike - a.alike).slice(0, 50).map(({ item }) => item)
}
