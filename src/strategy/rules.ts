import type { AnyEvent } from '#kit/events.ts'
import type { Both } from '#kit/lang.ts'
import type { Fold, Reading, Signal } from '#kit/pillar.ts'

const DAY = 86_400_000

/** What one event said to one signal, as the fold needs it. */
export interface Counted {
  readonly at: Date
  /** Place among all events: decides which of two at the same instant came first. */
  readonly eventSeq: number
  readonly num: number | null; readonly den: number | null; readonly value: number | null
  readonly once: string | null
}
export interface Weighed { readonly signal: string; readonly reading: Reading }

/** Everything the signals have to say about an event. */
export function weighed(signals: readonly Signal[], event: AnyEvent): Weighed[] {
  return signals.flatMap((signal) => {
    const reading = signal.on.includes(event.name) ? signal.weigh(event) : undefined
    return reading ? [{ signal: signal.id, reading }] : []
  })
}

const inOrder = (a: Counted, b: Counted): number => a.at.getTime() - b.at.getTime() || a.eventSeq - b.eventSeq

function firstOfEach<R extends Counted>(ordered: readonly R[]): R[] {
  const seen = new Set<string>()
  return ordered.filter(({ once }) => once === null || (!seen.has(once) && seen.add(once)))
}
/** The readings of a window that count: oldest first, of those with the same `once` only the first. */
export const distinct = <R extends Counted>(readings: readonly R[]): R[] => firstOfEach(readings.toSorted(inOrder))

/** The readings after `until` less the days, up to and with `until`. */
export function inWindow<R extends Counted>(readings: readonly R[], until: Date, days: number): R[] {
  const from = until.getTime() - days * DAY
  return readings.filter(({ at }) => at.getTime() > from && at.getTime() <= until.getTime())
}

const sum = (numbers: readonly (number | null)[]): number => numbers.reduce<number>((total, number) => total + (number ?? 0), 0)
const clamp = (value: number, from: number, to: number): number => Math.min(to, Math.max(from, value))

function middle(sorted: readonly number[]): number {
  const half = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2
}

export interface Folded { readonly value: number | null; readonly count: number }
const nothing: Folded = { value: null, count: 0 }

function ofValues(fold: 'median' | 'p90' | 'mean', values: readonly number[]): Folded {
  if (values.length === 0) return nothing
  const sorted = values.toSorted((a, b) => a - b)
  const value = fold === 'median' ? middle(sorted) : fold === 'p90' ? sorted[Math.ceil(sorted.length * 0.9) - 1]! : sum(sorted) / sorted.length
  return { value, count: sorted.length }
}

/** The figure of a window's readings, whatever order they come in. `count` is how many things it speaks of. */
export const fold = (how: Fold, readings: readonly Counted[]): Folded => folded(how, distinct(readings))

function folded(how: Fold, counted: readonly Counted[]): Folded {
  const num = sum(counted.map((one) => one.num))
  const den = sum(counted.map((one) => one.den))
  switch (how) {
    // What is counted can lie in the window without the thing it belongs to, at its edge: a share stays a share.
    case 'share': return den > 0 ? { value: clamp(num / den, 0, 1), count: den } : nothing
    case 'ratio': return counted.length > 0 ? { value: Math.max(0, num / Math.max(den, 1)), count: counted.length } : nothing
    case 'sum': return counted.length > 0 ? { value: num, count: counted.length } : nothing
    case 'median': case 'p90': case 'mean': return ofValues(how, counted.flatMap((one) => one.value ?? []))
  }
}

type Measure = Pick<Signal, 'fold' | 'windowDays' | 'good' | 'bad' | 'enough'>

/** 100 at `good` and beyond, 0 at `bad` and beyond, linear between. */
export const scoreOf = (value: number, { good, bad }: Pick<Measure, 'good' | 'bad'>): number => clamp(((value - bad) / (good - bad)) * 100, 0, 100)

export interface Figure { readonly value: number | null; readonly score: number | null; readonly count: number }

/** A signal's figure at an instant: no value and no score while there is not enough to speak of. */
export const figure = (signal: Measure, readings: readonly Counted[], until: Date): Figure =>
  figureOf(signal, fold(signal.fold, inWindow(readings, until, signal.windowDays)))

function figureOf(signal: Measure, { value, count }: Folded): Figure {
  if (value === null || count < signal.enough) return { value: null, score: null, count }
  return { value, score: scoreOf(value, signal), count }
}

export const windowBefore = (signal: Pick<Signal, 'windowDays'>, until: Date): Date => new Date(until.getTime() - signal.windowDays * DAY)

/** The figure as it stood at the same hour of each day, oldest first, today last. */
export function trend(signal: Measure, readings: readonly Counted[], last: { readonly until: Date; readonly days: number }): { readonly at: Date; readonly value: number | null }[] {
  const ordered = readings.toSorted(inOrder)
  const times = ordered.map(({ at }) => at.getTime())
  return Array.from({ length: last.days }, (_, day) => {
    const at = new Date(last.until.getTime() - (last.days - 1 - day) * DAY)
    const window = ordered.slice(countUpTo(times, at.getTime() - signal.windowDays * DAY), countUpTo(times, at.getTime()))
    return { at, value: figureOf(signal, folded(signal.fold, firstOfEach(window))).value }
  })
}

/** How many of the ascending times lie at or before a time. */
function countUpTo(times: readonly number[], time: number): number {
  let [low, high] = [0, times.length]
  while (low < high) {
    const half = (low + high) >>> 1
    if (times[half]! <= time) low = half + 1
    else high = half
  }
  return low
}

/** The mean of what can be scored, each by its share; null while nothing can. */
export function pillarScore(signals: readonly { readonly score: number | null; readonly share: number }[]): number | null {
  const scored = signals.filter((signal) => signal.score !== null)
  const shares = sum(scored.map(({ share }) => share))
  return shares > 0 ? sum(scored.map(({ score, share }) => score! * share)) / shares : null
}

/** How far an objective has come from its baseline to its target, 0…1; null while the signal says nothing. */
export function progress(objective: { readonly baseline: number; readonly target: number }, live: number | null): number | null {
  if (live === null) return null
  if (objective.target === objective.baseline) return live >= objective.target ? 1 : 0
  return clamp((live - objective.baseline) / (objective.target - objective.baseline), 0, 1)
}

export interface Gap { readonly id: string; readonly says: Both }
