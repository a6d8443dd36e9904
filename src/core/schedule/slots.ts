import type { Intent } from '#kit/events.ts'
import { moveWall, settleWall, wallOf } from '../posts/wall-time.ts'

export interface Slot { readonly id: string; readonly accountId: string; readonly weekday: number; readonly time: string; readonly zone: string; readonly intent: Intent | null; readonly campaignId: string | null }
export interface Free { readonly slotId: string; readonly accountId: string; readonly wallTime: string; readonly zone: string; readonly at: Date; readonly clockChange: boolean }
/** What a slot is wanted for; a slot that is kept for something else is passed over. */
export interface Wish { readonly intent?: Intent | undefined; readonly campaignId?: string | null | undefined }

/** How far ahead a free slot is looked for. */
export const daysAhead = 90

const weekdayOf = (wall: string): number => new Date(`${wall}Z`).getUTCDay() || 7
const suits = (slot: Slot, { intent, campaignId }: Wish): boolean =>
  (slot.intent === null || intent === undefined || slot.intent === intent) && (slot.campaignId === null || slot.campaignId === campaignId)

/** The times at which one slot comes within the next days, by the clock of its zone. */
function timesOf(slot: Slot, now: Date): Free[] {
  const today = `${wallOf(now, slot.zone).slice(0, 10)}T${slot.time}`
  const first = moveWall(today, { days: (slot.weekday - weekdayOf(today) + 7) % 7 })
  return Array.from({ length: Math.ceil(daysAhead / 7) + 1 }, (_, week) => {
    const { wall, at, clockChange } = settleWall(moveWall(first, { days: 7 * week }), slot.zone)
    return { slotId: slot.id, accountId: slot.accountId, wallTime: wall, zone: slot.zone, at, clockChange }
  }).filter(({ at }) => at > now && at.getTime() - now.getTime() <= daysAhead * 24 * 3_600_000)
}

export interface Asked { readonly slots: readonly Slot[]; readonly taken: ReadonlySet<number>; readonly now: Date; readonly wish?: Wish; readonly count: number }
/** The next slots nothing stands in yet, soonest first. `taken` holds instants, in milliseconds: a slot is an instant, not a label. */
export function nextFree({ slots, taken, now, wish = {}, count }: Asked): Free[] {
  const held = new Set(taken)
  const free: Free[] = []
  for (const one of slots.filter((slot) => suits(slot, wish)).flatMap((slot) => timesOf(slot, now)).toSorted((a, b) => a.at.getTime() - b.at.getTime())) {
    if (held.has(one.at.getTime())) continue
    held.add(one.at.getTime())
    free.push(one)
    if (free.length >= count) break
  }
  return free
}
