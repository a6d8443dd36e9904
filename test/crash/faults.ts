/** Numbers that are the same for the same seed, evenly spread from 0 to 1 (mulberry32). */
export function dice(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/**
 * What can befall one exchange. `effect`: whether the network does what was asked. The answer is `whole`; or nothing, half of it,
 * or something that is none; or it never comes (`stalled`). `late`: done after the connection is long gone.
 */
export type Fault =
  | { readonly kind: 'none' }
  | { readonly kind: 'cut'; readonly effect: boolean; readonly how: 'reset' | 'half' | 'html' | 'stalled' }
  | { readonly kind: 'late'; readonly afterMs: number }
  | { readonly kind: 'status'; readonly status: 500 | 502 | 503; readonly effect: boolean }
  | { readonly kind: 'paced'; readonly retryAfter: string | null }

export interface Rates {
  /** Share of exchanges that go wrong, 0 to 1. */
  readonly faulty: number
  /** The longest a late request travels, in milliseconds. */
  readonly latestMs: number
  /** What `Retry-After` may say; null: nothing. */
  readonly retryAfters: readonly (string | null)[]
}

/** The fate of the next exchange. The shares within the faulty ones: 30 % cut after the effect, 15 % before, 10 % late, 10 % paced, 35 % 5xx. */
export function fate(random: () => number, rates: Rates): Fault {
  if (random() >= rates.faulty) return { kind: 'none' }
  const share = random()
  const one = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
  if (share < 0.3) return { kind: 'cut', effect: true, how: one(['reset', 'half', 'html', 'stalled']) }
  if (share < 0.45) return { kind: 'cut', effect: false, how: one(['reset', 'stalled']) }
  if (share < 0.55) return { kind: 'late', afterMs: Math.floor(random() * rates.latestMs) }
  if (share < 0.65) return { kind: 'paced', retryAfter: one(rates.retryAfters) }
  return { kind: 'status', status: one([500, 502, 503]), effect: random() < 0.5 }
}
