import { readFileSync, existsSync } from 'node:fs'
import type { Entry, IdempotencyClass } from './place.ts'

/** What the house says became of one publication. `asked`: how often a person was asked about it. */
export interface Told { readonly idempotency: IdempotencyClass; readonly text: string; /** The text of the part it stands under. */ readonly under?: string | null; readonly state: string; readonly asked: number; readonly dropped: boolean }
/** What its people saw on the network: of each text, the text each saying of it stood under. */
export type Seen = ReadonlyMap<string, readonly (string | null)[]>

export interface Verdict {
  readonly publications: number
  /** Said more than once. */
  readonly duplicates: number
  /** Never said, although nobody dropped it and the network never refused it for good. */
  readonly lost: number
  /** The house's record and the network disagree, about whether it stands or under what. */
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
  const things = entries.flatMap((entry) => (entry.did === 'held' ? [] : [entry.thing]))
  const texts = new Map(things.map((thing) => [thing.id, thing.text]))
  const seen = new Map<string, (string | null)[]>()
  for (const { text, under } of things) seen.set(text, [...(seen.get(text) ?? []), under === null ? null : texts.get(under) ?? 'something else'])
  return seen
}

const ends = new Set(['confirmed', 'refused', 'cancelled', 'gone'])

/** Holds the records of the house against what the networks keep. */
export function judge(records: readonly Told[], seen: Seen): Verdict {
  const times = (one: Told): number => seen.get(one.text)?.length ?? 0
  const misplaced = (one: Told): boolean => one.under !== undefined && (seen.get(one.text) ?? []).some((under) => under !== one.under)
  const count = (test: (one: Told) => boolean): number => records.filter(test).length
  return {
    publications: records.length,
    duplicates: records.reduce((sum, one) => sum + Math.max(0, times(one) - 1), 0),
    lost: count((one) => times(one) === 0 && !one.dropped),
    falseRecords: count((one) => (one.state === 'confirmed' && times(one) === 0) || (one.state !== 'confirmed' && ends.has(one.state) && times(one) > 0) || misplaced(one)),
    stuck: count((one) => !ends.has(one.state)),
    asked: count((one) => one.asked > 0),
  }
}

export const sum = (verdicts: readonly Verdict[]): Verdict => verdicts.reduce((all, one) => ({
  publications: all.publications + one.publications, duplicates: all.duplicates + one.duplicates, lost: all.lost + one.lost,
  falseRecords: all.falseRecords + one.falseRecords, stuck: all.stuck + one.stuck, asked: all.asked + one.asked,
}), { publications: 0, duplicates: 0, lost: 0, falseRecords: 0, stuck: 0, asked: 0 })
