import { readFileSync, existsSync } from 'node:fs'
import type { Entry, IdempotencyClass } from './place.ts'

/** What the house says became of one publication. `asked`: how often a person was asked about it. */
export interface Told { readonly idempotency: IdempotencyClass; readonly text: string; readonly state: string; readonly asked: number; readonly dropped: boolean }
/** What its people saw on the network: how often each text was said. */
export type Seen = ReadonlyMap<string, number>

export interface Verdict {
  readonly publications: number
  /** Said more than once. */
  readonly duplicates: number
  /** Never said, although nobody dropped it and the network never refused it for good. */
  readonly lost: number
  /** The house's record and the network disagree. */
  readonly falseRecords: number
  /** Not ended: stuck, or a person was left without an answer to give. */
  readonly stuck: number
  /** Publications about which a person was asked. */
  readonly asked: number
}

export function seenIn(path: string): Seen {
  const entries = existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line) as Entry) : []
  return seenOf(entries)
}
export function seenOf(entries: readonly Entry[]): Seen {
  const seen = new Map<string, number>()
  for (const entry of entries) if (entry.did !== 'held') seen.set(entry.thing.text, (seen.get(entry.thing.text) ?? 0) + 1)
  return seen
}

const ends = new Set(['confirmed', 'refused', 'cancelled', 'gone'])

/** Holds the records of the house against what the networks keep. */
export function judge(records: readonly Told[], seen: Seen): Verdict {
  const times = (one: Told): number => seen.get(one.text) ?? 0
  const count = (test: (one: Told) => boolean): number => records.filter(test).length
  return {
    publications: records.length,
    duplicates: records.reduce((sum, one) => sum + Math.max(0, times(one) - 1), 0),
    lost: count((one) => times(one) === 0 && !one.dropped),
    falseRecords: count((one) => (one.state === 'confirmed' && times(one) === 0) || (one.state !== 'confirmed' && ends.has(one.state) && times(one) > 0)),
    stuck: count((one) => !ends.has(one.state)),
    asked: count((one) => one.asked > 0),
  }
}

export const sum = (verdicts: readonly Verdict[]): Verdict => verdicts.reduce((all, one) => ({
  publications: all.publications + one.publications, duplicates: all.duplicates + one.duplicates, lost: all.lost + one.lost,
  falseRecords: all.falseRecords + one.falseRecords, stuck: all.stuck + one.stuck, asked: all.asked + one.asked,
}), { publications: 0, duplicates: 0, lost: 0, falseRecords: 0, stuck: 0, asked: 0 })
