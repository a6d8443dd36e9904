import { daysBetween, minutesOf, wallAfter, wallOf } from './clock.ts'
import { lanesOf, nowhere, type Item } from './item.ts'
import { intents, type Intent, type LaneKind } from './place.ts'

/** Where something was dropped: a day, an hour of a day (to the quarter), a slot, or the shelf. */
export type Target =
  | { readonly kind: 'day'; readonly day: string; readonly lane?: string }
  | { readonly kind: 'time'; readonly wall: string; readonly lane?: string }
  | { readonly kind: 'shelf' }
export interface By { readonly days: number; readonly minutes: number }

const quarter = 15
/** The quarter of an hour under a point of an hour's cell. */
export const quarterAt = (hour: string, share: number): string =>
  wallOf(hour.slice(0, 10), Number(hour.slice(11, 13)) * 60 + Math.min(3, Math.max(0, Math.floor(share * 4))) * quarter)

/** How far the one that was held moves, on the wall of the zone shown; the others of a choice keep their distance from it. */
export function byOf(wall: string, target: Exclude<Target, { readonly kind: 'shelf' }>): By {
  const [day, minutes] = target.kind === 'day' ? [target.day, minutesOf(wall)] : [target.wall.slice(0, 10), minutesOf(target.wall)]
  return { days: daysBetween(wall.slice(0, 10), day), minutes: minutes - minutesOf(wall) }
}
export const isStill = ({ days, minutes }: By): boolean => days === 0 && minutes === 0

/** The time something that has none yet gets on a day: the first free place of its accounts, else ten o'clock, else the next full hour. */
export function firstTime(day: string, { places, now, item }: { readonly places: readonly { readonly wall: string; readonly slot: { readonly accountId: string } }[]; readonly now: string; readonly item: Pick<Item, 'accountIds'> }): string {
  const slot = places.find((place) => item.accountIds.includes(place.slot.accountId))
  if (slot) return slot.wall
  const ten = `${day}T10:00`
  return ten > now ? ten : `${wallAfter(now, 0, 60).slice(0, 13)}:00`
}

/** What a post is meant for: the team's own affair, which changes with the lane it is put into. */
export interface Lane { readonly intent?: Intent; readonly campaignId?: string | null }
/** What follows from dropping an item into a lane: nothing where it stands in it already; 'account' where a person has to choose in the composer. */
export function laneFor(item: Item, kind: LaneKind | undefined, lane: string | undefined): Lane | 'account' | undefined {
  if (kind === undefined || lane === undefined || lanesOf(item, kind).includes(lane)) return undefined
  if (kind === 'account') return 'account'
  if (kind === 'campaign') return { campaignId: lane === nowhere ? null : lane }
  const intent = intents.find((one) => one === lane)
  return intent && { intent }
}
