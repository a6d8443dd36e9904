import { Button, TextInput } from '@mantine/core'
import { IconSearch, IconX } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useEffect, useMemo, useRef, useState, type RefObject } from 'react'
import type { Check } from '#kit/pillar.ts'
import { Waiting } from '#ui/columns-mark.tsx'
import { Empty } from '#ui/empty.tsx'
import { useKeys } from '#ui/keys.ts'
import { useLang } from '#ui/lang.tsx'
import { ProblemNote } from '#ui/problem.tsx'
import { useSession } from '#ui/session.ts'
import { useWords } from '#ui/words.ts'
import { laters } from './later.ts'
import { thread as read, type Row } from './calls.ts'
import { FiltersButton } from './filters.tsx'
import css from './inbox.module.css'
import { ConversationList } from './list.tsx'
import { without } from './pages.ts'
import { narrowed, viewOf, type Filter, type Place } from './place.ts'
import { ThreadPane, type ThreadHandle } from './thread.tsx'
import { useActs, type Acts, type Subject } from './use-acts.ts'
import { useList } from './use-list.ts'
import { ViewChoice, Views } from './views.tsx'
import { words } from './words/words.ts'

const asFilter = ({ c: _, ...filter }: Place): Filter => filter
const subjectOf = (row: Row): Subject => ({ id: row.id, name: row.contact.name, state: row.state, assigneeId: row.assignee?.id ?? null, snoozedUntil: row.snoozedUntil })

/** The inbox: views and filters, the list, and the conversation. */
export function Inbox({ checks }: { checks: readonly Check[] }) {
  const t = useWords(words)
  const place = useSearch({ from: '/inside/inbox' })
  const navigate = useNavigate()
  const { me } = useSession()
  const list = useList(asFilter(place))
  const [stood, setStood] = useState<string>()
  const current = place.c ?? stood
  const pane = useRef<ThreadHandle>(null)
  const search = useRef<HTMLInputElement>(null)
  useEffect(() => { document.title = `${t('inbox.title')} · Stoa` }, [t])
  const open = useCallback((id: string | undefined) => { if (id) setStood(id); void navigate({ to: '/inbox', search: (before) => ({ ...before, c: id }) }) }, [navigate])
  const { rows, edit, refresh, fetchNextPage } = list
  const onGone = useCallback((id: string) => {
    const at = rows.findIndex((row) => row.id === id)
    const next = rows[at + 1] ?? rows[at - 1]
    edit((pages) => without(pages, id))
    if (at >= 0) setStood(next?.id)
    if (place.c === id) void navigate({ to: '/inbox', search: (before) => ({ ...before, c: isWide() ? next?.id : undefined }), replace: true })
  }, [rows, edit, place.c, navigate])
  // What comes back is stood on again, so that the next key means it.
  const onBack = useCallback((id: string) => { setStood(id); void refresh(new Set([id])) }, [refresh])
  const acts = useActs({ onGone, onBack })
  useInboxKeys({ rows, current, place, acts, pane, search, open, stand: setStood })
  usePrefetch(rows, current)
  const more = useCallback(() => void fetchNextPage(), [fetchNextPage])
  return (
    <div className={css.inbox} data-open={place.c !== undefined}>
      <h1 className={css.narrowTitle}>{t('inbox.title')}</h1>
      <Views place={place} />
      <section className={css.listPane} aria-label={t('inbox.list')}>
        <div className={css.listHead}>
          <div className={css.narrowBar}><ViewChoice place={place} /><FiltersButton place={place} /></div>
          <Search box={search} value={place.q ?? ''} />
        </div>
        {list.error && rows.length === 0 ? <div style={{ padding: 12 }}><ProblemNote error={list.error} retry={() => void list.refetch()} /></div> : list.isPending ? <Waiting /> : (
          <ConversationList
            key={JSON.stringify(asFilter(place))} rows={rows} current={current} me={me.id} hasMore={list.hasNextPage} isLoadingMore={list.isFetchingNextPage}
            onMore={more} onOpen={setStood} empty={<Nothing place={place} />}
          />
        )}
      </section>
      <div className={css.pane}>
        {place.c ? <ThreadPane id={place.c} checks={checks} acts={acts} onClose={() => open(undefined)} handle={pane} /> : <div className={css.pick}><p>{t('inbox.pick')}</p><small>{t('inbox.pickHint')}</small></div>}
      </div>
    </div>
  )
}

const isWide = (): boolean => matchMedia('(min-width: 761px)').matches
const typingMs = 140

/** Search as one types: the address follows a moment later. */
function Search({ box, value }: { box: RefObject<HTMLInputElement | null>; value: string }) {
  const t = useWords(words)
  const navigate = useNavigate()
  const [typed, setTyped] = useState(value)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const told = useRef(value)
  useEffect(() => { if (value !== told.current) { told.current = value; setTyped(value) } }, [value])
  useEffect(() => () => clearTimeout(timer.current), [])
  const tell = (next: string) => {
    setTyped(next)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      told.current = next.trim()
      void navigate({ to: '/inbox', search: (before) => ({ ...before, q: next.trim() || undefined }), replace: true })
    }, next === '' ? 0 : typingMs)
  }
  return (
    <TextInput
      ref={box} size="sm" type="search" value={typed} placeholder={t('inbox.search')} aria-label={t('inbox.search')} title={t('inbox.searchHint')}
      leftSection={<IconSearch size={16} stroke={1.5} aria-hidden />} onChange={(event) => tell(event.currentTarget.value)}
      rightSection={typed ? <button type="button" className={css.clear} aria-label={t('inbox.clearSearch')} onClick={() => { tell(''); box.current?.focus() }}><IconX size={16} stroke={1.5} aria-hidden /></button> : <kbd className={css.key} aria-hidden>/</kbd>}
      onKeyDown={(event) => { if (event.key === 'Escape' || event.key === 'Enter' || event.key === 'ArrowDown') { event.preventDefault(); if (event.key === 'Escape' && typed) tell(''); event.currentTarget.blur() } }}
    />
  )
}

function Nothing({ place }: { place: Place }) {
  const t = useWords(words)
  const view = viewOf(place)
  const isSearch = place.q !== undefined || narrowed(place) > 0
  return (
    <Empty
      title={t(`inbox.views.${view}`)} says={isSearch ? t('empty.found') : t(`empty.${view}`)}
      act={view === 'all' && !isSearch
        ? <Button variant="light" renderRoot={(props) => <Link to="/calendar" search={{ post: 'new' }} {...props} />}>{t('empty.writePost')}</Button>
        : <Button variant="light" renderRoot={(props) => <Link to="/inbox" search={{ view: 'all' }} {...props} />}>{t('empty.showAll')}</Button>}
    />
  )
}

// Escape closes what is open above the conversation first.
const isInMenu = (target: EventTarget | null): boolean => target instanceof HTMLElement && target.closest('[role=dialog], [role=menu], [role=listbox]') !== null

interface Keyed {
  readonly rows: readonly Row[]; readonly current: string | undefined; readonly place: Place; readonly acts: Acts
  readonly pane: RefObject<ThreadHandle | null>; readonly search: RefObject<HTMLInputElement | null>
  readonly open: (id: string | undefined) => void; readonly stand: (id: string) => void
}

function useInboxKeys({ rows, current, place, acts, pane, search, open, stand }: Keyed): void {
  const t = useWords(words)
  const { me, may } = useSession()
  const { zone } = useLang()
  const at = rows.findIndex((row) => row.id === current)
  const here = rows[at]
  const move = (by: number) => {
    const next = rows[Math.min(rows.length - 1, Math.max(0, at === -1 ? 0 : at + by))]
    if (!next) return
    if (place.c && isWide()) open(next.id)
    else stand(next.id)
  }
  const within = (what: 'reply' | 'note' | 'later') => {
    if (place.c) pane.current?.[what]()
    else if (here) { open(here.id); setTimeout(() => pane.current?.[what](), 350) }
  }
  const reading = [
    { keys: 'j', says: t('keys.next'), run: () => move(1) },
    { keys: 'k', says: t('keys.previous'), run: () => move(-1) },
    { keys: 'Enter', says: t('keys.open'), run: () => { if (here) open(here.id) } },
    { keys: '/', says: t('keys.search'), run: () => { search.current?.focus(); search.current?.select() } },
    { keys: 'Escape', says: t('keys.close'), run: (event: KeyboardEvent) => { if (!isInMenu(event.target)) open(undefined) } },
  ]
  useKeys(!may('answer') ? reading : [
    ...reading,
    { keys: 'e', says: t('keys.done'), run: () => { if (here) acts.finish(subjectOf(here)) } },
    { keys: 'a', says: t('keys.assign'), run: () => { if (here) acts.give(subjectOf(here), { id: me.id, name: me.name }) } },
    { keys: 's', says: t('keys.snooze'), run: () => { if (place.c) within('later'); else if (here) acts.later(subjectOf(here), laters(new Date(), zone).find((one) => one.name === 'tomorrow')!.at) } },
    { keys: 'r', says: t('keys.reply'), run: () => within('reply') },
    { keys: 'n', says: t('keys.note'), run: () => within('note') },
  ])
}

/** The next conversation is read ahead, so that moving on is instant. */
function usePrefetch(rows: readonly Row[], current: string | undefined): void {
  const queries = useQueryClient()
  const next = useMemo(() => rows[rows.findIndex((row) => row.id === current) + 1]?.id, [rows, current])
  useEffect(() => {
    if (!next || current === undefined) return
    const timer = setTimeout(() => void queries.prefetchQuery({ queryKey: ['conversations', next], queryFn: () => read(next), staleTime: 10_000 }), 250)
    return () => clearTimeout(timer)
  }, [queries, next, current])
}
