import type { Both } from '#kit/lang.ts'
import { instantOf, wallAt } from './clock.ts'
import type { Filters, Intent, LaneKind, StateName } from './place.ts'

/** A post as the calendar shows it, or a day on which a series will make one. */
export interface Item {
  readonly id: string; readonly version: number; readonly kind: 'post' | 'series'
  readonly title: string; readonly excerpt: string; readonly lang: 'en' | 'el'; readonly intent: Intent
  readonly state: 'draft' | 'paused' | 'scheduled' | 'sending' | 'published' | 'withdrawn' | 'ahead'
  readonly campaignId: string | null; readonly authorId: string; readonly authorName: string; readonly accountIds: readonly string[]
  /** When it went out, else when it is due; null on the shelf. */
  readonly at: string | null
  /** The wall time it was planned at, and the zone that wall stands in. */
  readonly wallTime: string | null; readonly zone: string | null
  readonly seriesId: string | null; readonly occurrence: string | null; readonly changed: boolean
  readonly problem: Problem | null
}
/** What went wrong, or will unless somebody acts: one sentence and the next step. */
export interface Problem { readonly code: string; readonly says: Both; readonly next: Both }

/** An item with a place on the wall of the zone that is looked at. */
export interface Placed { readonly item: Item; readonly wall: string; readonly day: string; readonly hour: number }

const placedBefore = new Map<string, WeakMap<Item, Placed>>()
/** Where an item stands on a zone's wall; the same item gives the same place, so that what did not change is not drawn again. */
export function placeIn(zone: string, item: Item): Placed | undefined {
  if (item.at === null) return undefined
  const known = placedBefore.get(zone) ?? new WeakMap<Item, Placed>()
  placedBefore.set(zone, known)
  const before = known.get(item)
  if (before) return before
  const wall = wallAt(zone, Date.parse(item.at))
  const placed = { item, wall, day: wall.slice(0, 10), hour: Number(wall.slice(11, 13)) }
  known.set(item, placed)
  return placed
}

/** The item at another time. */
export const movedTo = (item: Item, wall: string, zone: string): Item => ({ ...item, wallTime: wall, zone, at: new Date(instantOf(wall, zone)).toISOString() })

const standsAs = (item: Item): StateName => (item.state === 'ahead' || item.state === 'sending' ? 'scheduled' : item.state)
export const passes = (item: Item, { campaign, account, intent, state, author }: Filters): boolean =>
  (!campaign || item.campaignId === campaign) && (!account || item.accountIds.includes(account)) && (!intent || item.intent === intent)
  && (!author || item.authorId === author) && (!state || (state === 'problem' ? item.problem !== null : standsAs(item) === state))

export const nowhere = 'none'
/** The lanes an item stands in: one for each account it goes to, or its campaign, or its intent. */
export const lanesOf = (item: Item, kind: LaneKind): readonly string[] =>
  kind === 'intent' ? [item.intent] : kind === 'campaign' ? [item.campaignId ?? nowhere] : item.accountIds.length > 0 ? item.accountIds : [nowhere]

/** What is out belongs to those who read it: its record may be corrected, or it is said again. */
export const isOut = (item: Item): boolean => item.state === 'published' || item.state === 'withdrawn' || item.state === 'sending'
