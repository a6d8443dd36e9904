import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { dayAfter, mondayOf, monthAfter, weeksOf } from './agenda.ts'
import { calendarKey, calendarQuery, slotsQuery, type Month, type Range } from './calls.ts'
import { instantOf } from './clock.ts'
import { agendaDays } from './head.tsx'
import { passes, placeIn, type Item, type Placed } from './item.ts'
import { freePlaces, takenBy, type FreePlace } from './layout.ts'
import type { Filters, View } from './place.ts'

/** The first day of what is shown, and the first one no more. */
export function spanOf(view: View, day: string): readonly [from: string, to: string] {
  if (view === 'day') return [day, dayAfter(day, 1)]
  if (view === 'week') return [mondayOf(day), dayAfter(mondayOf(day), 7)]
  if (view === 'agenda') return [day, dayAfter(day, agendaDays)]
  const weeks = weeksOf(day)
  return [weeks[0]![0]!, dayAfter(weeks.at(-1)![6]!, 1)]
}
const rangeOf = (view: View, day: string, zone: string): Range => {
  const [from, to] = spanOf(view, day)
  return { from: new Date(instantOf(`${from}T00:00`, zone)).toISOString(), to: new Date(instantOf(`${to}T00:00`, zone)).toISOString() }
}
/** The same day one screen on or back. */
export const turned = (view: View, day: string, by: 1 | -1): string => (view === 'month' ? monthAfter(`${day.slice(0, 8)}01`, by) : dayAfter(day, by * (view === 'day' ? 1 : view === 'week' ? 7 : agendaDays)))

interface Shown { readonly view: View; readonly day: string; readonly zone: string; readonly filters: Filters; readonly now: number }
export interface Stretch {
  readonly range: Range; readonly data: Month | undefined; readonly error: Error | null; readonly isPending: boolean
  readonly items: readonly Placed[]; readonly problems: readonly Item[]; readonly days: readonly string[]; readonly free: ReadonlyMap<string, readonly FreePlace[]>
  readonly byId: ReadonlyMap<string, Item>
}

/** What is shown of the calendar; a week out of a month that is there already needs no waiting, and the months around it come by themselves. */
export function useStretch({ view, day, zone, filters, now }: Shown): Stretch {
  const queries = useQueryClient()
  const range = rangeOf(view, day, zone)
  const { data, error, isPending } = useQuery({
    ...calendarQuery(range),
    placeholderData: () => queries.getQueriesData<Month>({ queryKey: calendarKey }).find(([key, month]) => month && String(key[2]) <= range.from && String(key[3]) >= range.to)?.[1],
  })
  const slots = useQuery(slotsQuery)
  const isThere = data !== undefined
  useEffect(() => {
    if (!isThere || view === 'agenda') return undefined
    const timer = setTimeout(() => { for (const by of [1, -1] as const) void queries.prefetchQuery(calendarQuery(rangeOf(view, turned(view, day, by), zone))) }, 400)
    return () => clearTimeout(timer)
  }, [queries, isThere, view, day, zone])
  const all = useMemo(() => (data?.items ?? []).flatMap((item) => placeIn(zone, item) ?? []), [data, zone])
  const items = useMemo(() => all.filter(({ item }) => passes(item, filters)), [all, filters])
  const [from, to] = spanOf(view, day)
  const days = useMemo(() => { const list: string[] = []; for (let one = from; one < to; one = dayAfter(one, 1)) list.push(one); return list }, [from, to])
  const free = useMemo(() => freePlaces((slots.data?.items ?? []).filter((slot) => !filters.account || slot.accountId === filters.account), days, { zone, now, taken: takenBy(all) }), [slots.data, days, zone, now, all, filters.account])
  const byId = useMemo(() => new Map((data?.items ?? []).map((item) => [item.id, item])), [data])
  const problems = useMemo(() => items.flatMap(({ item }) => (item.problem ? [item] : [])), [items])
  return { range, data, error, isPending, items, problems, days, free, byId }
}
