import { readFileSync, existsSync } from 'node:fs'
import { thingOf, type Entry, type IdempotencyClass } from './place.ts'

/** What stands: its words and its pictures, by the names their owner gives them. */
export interface Words { readonly text: string; readonly media: readonly string[] }
/** What the house says became of one publication. `asked`: how often a person was asked about it. */
export interface Told {
  readonly idempotency: IdempotencyClass; readonly text: string; /** The text of the part it stands under. */ readonly under?: string | null
  readonly state: string; readonly asked: number; readonly dropped: boolean
  /** The pictures it went out with. */
  readonly media?: readonly string[]
  /** The words the house believes to stand there now. */
  readonly now?: Words
  /** What a person asked for and was told was taken: it must be so in the end. */
  readonly wanted?: Words | 'gone'
  /** At some moment it lay under a lease with nobody at it. */
  readonly unattended?: boolean
  /** An edit or removal is still on its way. */
  readonly changing?: boolean
}
/** One saying of a text on a network, as it was said and as it stands now. */
export interface Sighting { readonly id: string; readonly under: string | null; readonly nth: number; readonly underNth: number | null; readonly media: readonly string[]; readonly now: Words | 'gone' }
/** What its people saw on the network, by the text that was said. */
export type Seen = ReadonlyMap<string, readonly Sighting[]>

export interface Verdict {
  readonly publications: number
  /** Said more than once. */
  readonly duplicates: number
  /** Never said, although nobody dropped it and the network never refused it for good; or an edit or removal that was taken and is not there. */
  readonly lost: number
  /** The house's record and the network disagree about what stands. */
  readonly falseRecords: number
  /** Stands under something else than it should, or before it. */
  readonly misplaced: number
  /** Went out without one of its pictures, or with them in another order. */
  readonly mediaLost: number
  /** Shows a picture twice, or one that is not its own. */
  readonly mediaTwice: number
  /** Not ended: stuck, or a person was left without an answer to give. */
  readonly stuck: number
  /** For a while nobody was at it, and nobody would have been until a lease ran out. */
  readonly unattended: number
  /** Publications about which a person was asked. */
  readonly asked: number
}
export const failures = ['lost', 'duplicates', 'falseRecords', 'misplaced', 'mediaLost', 'mediaTwice', 'stuck', 'unattended'] as const satisfies readonly (keyof Verdict)[]

export const entriesIn = (path: string): Entry[] =>
  (existsSync(path) ? readFileSync(path, 'utf8').split('\n').slice(0, -1).filter(Boolean).map((line) => JSON.parse(line) as Entry) : [])
export const seenIn = (path: string): Seen => seenOf(entriesIn(path))

export function seenOf(entries: readonly Entry[]): Seen {
  const files = new Map(entries.flatMap((entry) => (entry.did === 'filed' ? [[entry.file, entry.name] as const] : [])))
  const named = (media: readonly string[]): string[] => media.map((file) => files.get(file) ?? `no file ${file}`)
  const now = new Map<string, Words | 'gone'>()
  const born = new Map<string, { readonly text: string; readonly nth: number }>()
  for (const [nth, entry] of entries.entries()) {
    const thing = thingOf(entry)
    if (thing) { born.set(thing.id, { text: thing.text, nth }); now.set(thing.id, { text: thing.text, media: named(thing.media) }) }
    if (entry.did === 'revised') now.set(entry.id, { text: entry.text, media: named(entry.media) })
    if (entry.did === 'removed') now.set(entry.id, 'gone')
  }
  const seen = new Map<string, Sighting[]>()
  for (const entry of entries) {
    const thing = thingOf(entry)
    if (!thing) continue
    const above = thing.under === null ? undefined : born.get(thing.under)
    const sighting: Sighting = {
      id: thing.id, under: thing.under === null ? null : above?.text ?? 'something else', nth: born.get(thing.id)!.nth, underNth: above?.nth ?? null, media: named(thing.media), now: now.get(thing.id)!,
    }
    seen.set(thing.text, [...(seen.get(thing.text) ?? []), sighting])
  }
  return seen
}

const ends = new Set(['confirmed', 'refused', 'cancelled', 'gone'])
const same = (one: Words | 'gone', other: Words | 'gone'): boolean => JSON.stringify(one === 'gone' ? one : [one.text, one.media]) === JSON.stringify(other === 'gone' ? other : [other.text, other.media])

/** Whether the record is false: of each end, what the network must show for it. */
function isFalse(one: Told, sightings: readonly Sighting[]): boolean {
  const stands = sightings.filter(({ now }) => now !== 'gone')
  if (one.state === 'confirmed') return stands.length === 0 || (one.now !== undefined && !one.changing && !stands.some(({ now }) => same(now, one.now!)))
  return ends.has(one.state) && stands.length > 0
}
const isLost = (one: Told, sightings: readonly Sighting[]): boolean =>
  (sightings.length === 0 ? !one.dropped : one.wanted !== undefined && !sightings.some(({ now }) => same(now, one.wanted!)))
const isMisplaced = (one: Told, sightings: readonly Sighting[]): boolean => one.under !== undefined
  && sightings.some(({ under, nth, underNth }) => under !== one.under || (one.under !== null && (underNth === null || underNth >= nth)))
const hasLost = (one: Told, { media }: Sighting): boolean => {
  const own = media.filter((name, place) => one.media!.includes(name) && media.indexOf(name) === place)
  return JSON.stringify(own) !== JSON.stringify(one.media)
}
const hasTwice = (one: Told, { media }: Sighting): boolean => new Set(media).size < media.length || media.some((name) => !one.media!.includes(name))

/** Holds the records of the house against what the networks keep. */
export function judge(records: readonly Told[], seen: Seen): Verdict {
  const of = (one: Told): readonly Sighting[] => seen.get(one.text) ?? []
  const count = (test: (one: Told, sightings: readonly Sighting[]) => boolean): number => records.filter((one) => test(one, of(one))).length
  return {
    publications: records.length,
    duplicates: records.reduce((sum, one) => sum + Math.max(0, of(one).length - 1), 0),
    lost: count(isLost), falseRecords: count(isFalse), misplaced: count(isMisplaced),
    mediaLost: count((one, sightings) => one.media !== undefined && sightings.some((sighting) => hasLost(one, sighting))),
    mediaTwice: count((one, sightings) => one.media !== undefined && sightings.some((sighting) => hasTwice(one, sighting))),
    stuck: count((one) => !ends.has(one.state) || one.changing === true),
    unattended: count((one) => one.unattended === true), asked: count((one) => one.asked > 0),
  }
}

const nothing: Verdict = { publications: 0, duplicates: 0, lost: 0, falseRecords: 0, misplaced: 0, mediaLost: 0, mediaTwice: 0, stuck: 0, unattended: 0, asked: 0 }
const names = Object.keys(nothing) as (keyof Verdict)[]
export const sum = (verdicts: readonly Verdict[]): Verdict => verdicts.reduce((all, one) => Object.fromEntries(names.map((name) => [name, all[name] + one[name]])) as unknown as Verdict, nothing)
export const isClean = (verdict: Verdict): boolean => failures.every((name) => verdict[name] === 0)
