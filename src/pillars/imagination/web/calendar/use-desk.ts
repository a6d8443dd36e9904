import { useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { Problem } from '#ui/api.ts'
import { told, wrong } from '#ui/undo.tsx'
import { shelfKey, type Goal } from './calls.ts'
import type { Choice } from './choice.ts'
import { wallAfter, wallAt } from './clock.ts'
import { isOut, placeIn, type Item } from './item.ts'
import type { FreePlace } from './layout.ts'
import type { Look } from './look.tsx'
import type { MoveAsked } from './move-dialog.tsx'
import { byOf, firstTime, isStill, laneFor, type Target } from './moves.ts'
import type { LaneKind, Tool } from './place.ts'
import { isClock, refusalsOf } from './refusal.tsx'
import type { Acts } from './use-acts.ts'

/** What a dialog asks before something is done. */
export type Asked =
  | ({ readonly kind: 'time' } & MoveAsked)
  | { readonly kind: 'out'; readonly item: Item; readonly wall: string }
  | { readonly kind: 'scope'; readonly item: Item; readonly goal: Goal; readonly wall: string }
  | { readonly kind: 'repeat' | 'series'; readonly item: Item }
  | { readonly kind: 'slots' | 'rules' | 'feed' | 'import' }

interface Given { readonly acts: Acts; readonly look: Look; readonly choice: Choice; readonly byId: ReadonlyMap<string, Item>; readonly free: ReadonlyMap<string, readonly FreePlace[]>; readonly now: number; readonly lanes: LaneKind | undefined; /** What was asked for by whoever came. */ readonly asks: Tool | undefined }
export interface Desk {
  readonly asked: Asked | undefined
  ask(asked: Asked | undefined): void
  itemOf(id: string): Item | undefined
  /** The item alone, or all chosen ones when it is one of them. */
  together(id: string): readonly Item[]
  drop(id: string, target: Target): void
  move(items: readonly Item[], goal: Goal, otherwise?: (error: Problem) => boolean): Promise<boolean>
}

const wallOfGoal = (item: Item, goal: Goal, zone: string): string => {
  const wall = item.at === null ? '2000-01-01T10:00' : wallAt(zone, Date.parse(item.at))
  if ('by' in goal) return wallAfter(wall, goal.by.days, goal.by.minutes)
  return 'wall' in goal.to ? goal.to.wall : `${goal.to.day}T${wall.slice(11)}`
}

/** What follows from a drop or a move: done at once, or a question first. */
export function useDesk({ acts, look, choice, byId, free, now, lanes, asks }: Given): Desk {
  const queries = useQueryClient()
  const [asked, ask] = useState<Asked | undefined>(asks && { kind: asks })
  return useMemo(() => {
    const { t, zone } = look
    const itemOf = (id: string): Item | undefined => byId.get(id) ?? queries.getQueryData<{ items: readonly Item[] }>(shelfKey)?.items.find((item) => item.id === id)
    const together = (id: string): readonly Item[] => (choice.has(id) ? choice.ids() : [id]).flatMap((one) => itemOf(one) ?? [])
    const refused = (items: readonly Item[], wall: string) => (error: Problem): boolean => {
      const all = refusalsOf(error)
      if (all.some(isClock)) ask({ kind: 'time', does: 'move', items, wall, error })
      else if (all[0]) wrong(new Problem(error.status, { code: all[0].code, title: all[0].title, detail: all[0].detail }), t('acts.failed'))
      return true
    }
    const move: Desk['move'] = async (given, goal, otherwise) => {
      const items = given.filter((item) => !isOut(item))
      const [one] = given
      if (given.length === 1 && one && isOut(one)) { ask({ kind: 'out', item: one, wall: wallOfGoal(one, goal, zone) }); return false }
      const isInPlace = 'by' in goal && isStill(goal.by)
      if (given.length === 1 && one?.seriesId && one.at !== null && !isInPlace) { ask({ kind: 'scope', item: one, goal, wall: wallOfGoal(one, goal, zone) }); return false }
      if (items.length === 0) { told(t('acts.noneMoves')); return false }
      if (items.length < given.length) told(t('acts.outStays', { count: given.length - items.length }))
      return acts.move(items, goal, otherwise ?? refused(items, wallOfGoal(items[0]!, goal, zone)))
    }
    const drop = (id: string, target: Target): void => {
      const [held, items] = [itemOf(id), together(id)]
      if (!held) return
      if (target.kind === 'shelf') { const planned = items.filter((item) => item.at !== null && !isOut(item)); if (planned.length > 0) void acts.does('unschedule', planned); return }
      const lane = laneFor(held, lanes, target.lane)
      if (lane === 'account') { told(t('lanes.account')); return }
      const placed = placeIn(zone, held)
      if (!placed) {
        const wall = target.kind === 'time' ? target.wall : firstTime(target.day, { places: free.get(target.day) ?? [], now: wallAt(zone, now), item: held })
        void move(items, { to: { wall, zone }, lane })
        return
      }
      const by = byOf(placed.wall, target)
      if (isStill(by) && lane && isOut(held)) { told(t('lanes.out')); return }
      if (!isStill(by) || lane) void move(items.filter((item) => item.at !== null), { by, lane })
    }
    return { asked, ask, itemOf, together, drop, move }
  }, [acts, look, choice, byId, free, now, lanes, queries, asked])
}
