import { useInfiniteQuery, useQueryClient, type InfiniteData } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo } from 'react'
import { onLive, type LiveEvent } from '#ui/live.ts'
import { pageOf, type Row } from './calls.ts'
import { renewed, stale, type Page } from './pages.ts'
import type { Filter } from './place.ts'

type Kept = InfiniteData<Page<Row>, string | null>
const gatherMs = 100
/** More than this many pages are not asked again at once; the list starts anew instead. */
const few = 5
const touches = /^(message|answer|conversation|publication|note)\./

/** The list of a view: pages by cursor, and what changes elsewhere put in its place without asking for the rest again. */
export function useList(filter: Filter) {
  const queries = useQueryClient()
  const name = JSON.stringify(filter)
  const key = useMemo(() => ['inbox', name] as const, [name])
  const list = useInfiniteQuery({
    queryKey: key, initialPageParam: null as string | null,
    queryFn: ({ pageParam }) => pageOf(JSON.parse(name) as Filter, pageParam),
    getNextPageParam: (last) => last.next, staleTime: 5_000, refetchOnWindowFocus: false, placeholderData: (before) => before,
  })
  const refresh = useCallback(async (changed: ReadonlySet<string>) => {
    const kept = queries.getQueryData<Kept>(key)
    if (!kept) return
    const places = stale(kept.pages, changed)
    if (places.length > few) return startAnew(queries, key)
    const fresh = new Map(await Promise.all(places.map(async (place) => [place, await pageOf(JSON.parse(name) as Filter, kept.pages[place]!.from)] as const)))
    queries.setQueryData<Kept>(key, (now) => now && { ...now, pages: [...renewed(now.pages, fresh, changed)] })
  }, [queries, key, name])
  useLiveRows(refresh, useCallback(() => startAnew(queries, key), [queries, key]))
  useEffect(() => () => { trim(queries, key) }, [queries, key])
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data])
  const edit = useCallback((how: (pages: readonly Page<Row>[]) => readonly Page<Row>[]) => {
    queries.setQueryData<Kept>(key, (now) => now && { ...now, pages: [...how(now.pages)] })
  }, [queries, key])
  return { ...list, rows, edit, refresh }
}

type Queries = ReturnType<typeof useQueryClient>
const trim = (queries: Queries, key: readonly string[]) =>
  queries.setQueryData<Kept>(key, (now) => now && { pages: now.pages.slice(0, 2), pageParams: now.pageParams.slice(0, 2) })
async function startAnew(queries: Queries, key: readonly string[]): Promise<void> {
  trim(queries, key)
  await queries.invalidateQueries({ queryKey: key })
}

/** Gathers what the live stream tells for a moment, then asks once. */
function useLiveRows(refresh: (changed: ReadonlySet<string>) => Promise<void>, anew: () => Promise<void>): void {
  useEffect(() => {
    let changed = new Set<string>()
    let timer: ReturnType<typeof setTimeout> | undefined
    const ask = () => {
      timer = undefined
      const told = changed
      changed = new Set()
      // What cannot be read now is read again with the next change or by opening the view.
      refresh(told).catch(() => undefined)
    }
    const stop = onLive((event: LiveEvent) => {
      if (event.name === 'conversations.imported') return void anew().catch(() => undefined)
      if (!touches.test(event.name) || event.conversationId === undefined) return
      changed.add(event.conversationId)
      timer ??= setTimeout(ask, gatherMs)
    })
    return () => { stop(); clearTimeout(timer) }
  }, [refresh, anew])
}
