import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useMemo, useRef } from 'react'
import { Problem } from '#ui/api.ts'
import { told, undoable, wrong } from '#ui/undo.tsx'
import { useWords } from '#ui/words.ts'
import { act, calendarKey, copy, move, shelfKey, undo, type Act, type Done, type Goal, type Month, type Ref } from './calls.ts'
import { wallAfter, wallAt } from './clock.ts'
import { movedTo, type Item } from './item.ts'
import { ensurePosts } from './series-days.ts'
import { words } from './words/words.ts'

type Shelf = { readonly items: readonly Item[] }
/** Puts items as they are now into every month that is kept, and on the shelf where they have no time. */
export function put(queries: QueryClient, changed: readonly Item[], gone: readonly string[] = []): void {
  const out = new Set([...gone, ...changed.map((item) => item.id)])
  for (const [key, month] of queries.getQueriesData<Month>({ queryKey: calendarKey })) {
    const [from, to] = key.slice(2) as [string, string]
    const within = changed.filter((item) => item.at !== null && item.at >= from && item.at < to)
    if (month) queries.setQueryData<Month>(key, { ...month, items: [...month.items.filter((item) => !out.has(item.id)), ...within] })
  }
  queries.setQueryData<Shelf>(shelfKey, (shelf) => shelf && { items: [...changed.filter((item) => item.at === null), ...shelf.items.filter((item) => !out.has(item.id))] })
}

const afterwards = (items: readonly Item[], changed: Done['items']): readonly Item[] => items.flatMap((item) => {
  const now = changed.find((one) => one.id === item.id)
  return now ? [{ ...item, version: now.version, state: now.state, wallTime: now.wallTime, zone: now.zone, ...(now.wallTime === null ? { at: null } : now.dueAt ? { at: now.dueAt } : {}) }] : []
})

/** Where items would stand after a move, as well as a browser can tell before the server has. */
export function guess(items: readonly Item[], goal: Goal, zone: string): readonly Item[] {
  return items.map((one) => {
    const item = { ...one, ...goal.lane }
    if ('by' in goal) return movedTo(item, wallAfter(item.wallTime ?? wallAt(zone, Date.parse(item.at!)), goal.by.days, goal.by.minutes), item.zone ?? zone)
    if ('wall' in goal.to) return movedTo(item, goal.to.wall, goal.to.zone)
    return movedTo(item, `${goal.to.day}T${(item.wallTime ?? '2000-01-01T10:00').slice(11, 16)}`, item.zone ?? zone)
  })
}
/** The items in the version this browser last heard of: an act may wait for the one before it. */
function refs(queries: QueryClient, items: readonly Item[]): readonly Ref[] {
  const kept = [...queries.getQueriesData<Month>({ queryKey: calendarKey }).map(([, month]) => month), queries.getQueryData<Shelf>(shelfKey)].flatMap((list) => list?.items ?? [])
  return items.map(({ id, version }) => ({ id, version: kept.reduce((newest, item) => (item.id === id ? Math.max(newest, item.version) : newest), version) }))
}

interface Doing { readonly items: readonly Item[]; readonly guessed?: readonly Item[]; readonly gone?: readonly string[]; readonly call: (refs: readonly Ref[]) => Promise<Done>; readonly says: string; readonly otherwise?: (error: Problem) => boolean }
export interface Acts {
  move(items: readonly Item[], goal: Goal, otherwise?: (error: Problem) => boolean): Promise<boolean>
  copy(items: readonly Item[], goal: Goal, otherwise?: (error: Problem) => boolean): Promise<boolean>
  does(name: Act, items: readonly Item[]): Promise<boolean>
  /** Takes the last act back. */
  back(): void
}

/** What can be done to items: seen at once, done by the server, and taken back for a while. */
export function useActs(zone: string): Acts {
  const queries = useQueryClient()
  const t = useWords(words)
  // What can be taken back, the newest last; only the newest says so, the others answer to the key.
  const done = useRef<readonly { readonly takeBack: () => void; readonly hide: () => void }[]>([])
  // One act after the other: each is told in the version the one before it made.
  const line = useRef<Promise<unknown>>(Promise.resolve())
  return useMemo(() => {
    const fresh = () => queries.invalidateQueries({ queryKey: ['posts'] })
    const inLine = <T,>(act: () => Promise<T>): Promise<T> => {
      const turn = line.current.then(act, act)
      line.current = turn.catch(() => undefined)
      return turn
    }
    const offer = (said: Done, before: readonly Item[], { says, made }: { readonly says: string; readonly made: readonly string[] }) => {
      const takeBack = () => {
        done.current = done.current.filter((one) => one !== act)
        put(queries, before, made)
        inLine(() => undo(said.undo.token)).then(({ items }) => { put(queries, afterwards(before, items), made); told(t('acts.undone')) }, (error: unknown) => wrong(error, t('acts.failed'))).finally(fresh)
      }
      done.current.at(-1)?.hide()
      const act = { takeBack, hide: undoable({ says, undoLabel: t('acts.undo'), undo: takeBack }) }
      done.current = [...done.current, act]
    }
    const run = async ({ items: given, guessed, gone, call, says, otherwise }: Doing): Promise<boolean> => {
      await queries.cancelQueries({ queryKey: calendarKey })
      if (guessed || gone) put(queries, guessed ?? [], gone)
      try {
        const answer = await inLine(async () => {
          const said = await call(refs(queries, await ensurePosts(given)))
          put(queries, gone ? [] : afterwards(guessed ?? given, said.items), gone)
          return said
        })
        offer(answer, given, { says, made: answer.items.map((one) => one.id).filter((id) => !given.some((item) => item.id === id)) })
        return true
      } catch (error) {
        put(queries, given)
        if (!(error instanceof Problem && otherwise?.(error))) wrong(error, t('acts.failed'))
        return false
      } finally { void fresh() }
    }
    const doing = { pause: 'acts.paused', resume: 'acts.resumed', delete: 'acts.deleted', unschedule: 'acts.shelved', slot: 'acts.slotted' } as const
    return {
      move: (items, goal, otherwise) => run({ items, guessed: guess(items, goal, zone), call: (list) => move(list, goal), says: t('acts.moved', { count: items.length, title: titleOf(items) }), ...(otherwise ? { otherwise } : {}) }),
      copy: (items, goal, otherwise) => run({ items, call: (list) => copy(list, goal), says: t('acts.copied', { count: items.length, title: titleOf(items) }), ...(otherwise ? { otherwise } : {}) }),
      does: (name, items) => run({
        items, call: (list) => act(name, list), says: t(doing[name], { count: items.length, title: titleOf(items) }),
        ...(name === 'delete' ? { gone: items.map((item) => item.id) } : name === 'unschedule' ? { guessed: items.map((item) => ({ ...item, at: null, wallTime: null, state: 'draft' as const })) }
          : name === 'pause' ? { guessed: items.map((item) => ({ ...item, state: 'paused' as const })) } : {}),
      }),
      back: () => { const newest = done.current.at(-1); newest?.hide(); newest?.takeBack() },
    }
  }, [queries, t, zone])
}

const titleOf = (items: readonly Item[]): string => { const [first] = items; return first ? (first.title || first.excerpt).slice(0, 60) : '' }
