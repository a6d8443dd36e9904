import { dayAfter, weekdayOf } from './agenda.ts'
import { instantOf, wallAt } from './clock.ts'
import type { Placed } from './item.ts'

/** What stands in each cell of a grid, in the order of the day. */
export type Cells = ReadonlyMap<string, readonly Placed[]>

const inOrder = (a: Placed, b: Placed): number => (a.wall < b.wall ? -1 : a.wall > b.wall ? 1 : a.item.id < b.item.id ? -1 : 1)

/** Lays items into the cells their keys name; an item with two keys stands in two lanes. */
export function layOut(items: readonly Placed[], keysOf: (placed: Placed) => readonly string[]): Cells {
  const cells = new Map<string, Placed[]>()
  for (const placed of items) {
    for (const key of keysOf(placed)) {
      const cell = cells.get(key)
      if (cell) cell.push(placed)
      else cells.set(key, [placed])
    }
  }
  for (const cell of cells.values()) cell.sort(inOrder)
  return cells
}

/** The new cells, with those that hold what they held before left as they were: only what changed is drawn again. */
export function keeping(before: Cells, next: Cells): Cells {
  return new Map([...next].map(([key, cell]) => {
    const old = before.get(key)
    return [key, old && old.length === cell.length && old.every((placed, at) => placed === cell[at]) ? old : cell]
  }))
}

/** What fits into a cell, and how many more there are; one alone is never hidden behind a "1 more" that takes its place. */
export function fitting<T>(all: readonly T[], room: number): { readonly shown: readonly T[]; readonly more: number } {
  if (all.length <= room) return { shown: all, more: 0 }
  const shown = all.slice(0, Math.max(0, room - 1))
  return { shown, more: all.length - shown.length }
}

export interface Slot { readonly id: string; readonly accountId: string; readonly weekday: number; readonly time: string; readonly zone: string }
/** A slot on one day: a time kept free for one account. */
export interface FreePlace { readonly slot: Slot; readonly wall: string; readonly at: number }
interface Around { readonly zone: string; readonly now: number; readonly taken: ReadonlySet<string> }

export const takenKey = (accountId: string, at: number): string => `${accountId} ${Math.floor(at / 60_000)}`
/** Which moments are taken, account by account. */
export const takenBy = (items: readonly Placed[]): ReadonlySet<string> =>
  new Set(items.flatMap(({ item }) => (item.at === null ? [] : item.accountIds.map((account) => takenKey(account, Date.parse(item.at!))))))

/** The free places on the days shown, by day: each slot of the week that lies ahead and that nothing stands on. */
export function freePlaces(slots: readonly Slot[], days: readonly string[], { zone, now, taken }: Around): ReadonlyMap<string, readonly FreePlace[]> {
  const shown = new Set(days)
  const found = new Map<string, FreePlace[]>()
  if (slots.length === 0) return found
  // A slot in another zone may fall on the day before or after the one it is named for.
  const named = new Set(days.flatMap((day) => [dayAfter(day, -1), day, dayAfter(day, 1)]))
  for (const day of named) {
    for (const slot of slots) {
      if (slot.weekday !== weekdayOf(day)) continue
      const at = instantOf(`${day}T${slot.time}`, slot.zone)
      const wall = wallAt(zone, at)
      if (at <= now || !shown.has(wall.slice(0, 10)) || taken.has(takenKey(slot.accountId, at))) continue
      const of = found.get(wall.slice(0, 10)) ?? []
      found.set(wall.slice(0, 10), [...of, { slot, wall, at }])
    }
  }
  return new Map([...found].map(([day, places]) => [day, places.toSorted((a, b) => a.at - b.at)]))
}
