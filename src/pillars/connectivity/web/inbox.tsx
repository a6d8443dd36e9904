import { Button, TextInput } from '@mantine/core'
import { IconSearch, IconX } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useEffect, useMemo, useRef, useState, type RefObject } from 'react'
import type { Check } from '#kit/pillar.ts'
import { Waiting } from '#ui/columns-mark.tsx'
import { Empty } from '#ui/empty.tsx'
import { ProblemNote } from '#ui/problem.tsx'
import { useSession } from '#ui/session.ts'
import { useWords } from '#ui/words.ts'
import { thread as read, type Row } from './calls.ts'
import { BulkBar } from './bulk-bar.tsx'
import { FiltersButton } from './filters.tsx'
import css from './inbox.module.css'
import { ConversationList } from './list.tsx'
import { without } from './pages.ts'
import { narrowed, viewOf, type Filter, type Place } from './place.ts'
import { ThreadPane, type ThreadHandle } from './thread.tsx'
import { useActs } from './use-acts.ts'
import { SearchHelp } from './search-help.tsx'
import { useBulk } from './use-bulk.ts'
import { isWide, useInboxKeys } from './use-inbox-keys.ts'
import { useList } from './use-list.ts'
import { ViewChoice, Views } from './views.tsx'
import { words } from './words/words.ts'

const asFilter = ({ c: _, ...filter }: Place): Filter => filter

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
  const bulk = useBulk(asFilter(place), rows)
  useInboxKeys({ rows, current, place, acts, pane, search, open, stand: setStood, choose: bulk.toggle })
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
          {list.data?.pages[0]?.cut ? <p className={css.cut} role="note">{t('inbox.cut')}</p> : null}
        </div>
        {bulk.chosen.size > 0 ? (
          <BulkBar count={bulk.chosen.size} isAll={bulk.isAll} hasMore={list.hasNextPage} onAll={bulk.takeAll} onNone={bulk.clear} onDo={(change) => void bulk.act(change)} onMacro={(macro) => void bulk.applyMacro(macro)} />
        ) : null}
        {list.error && (rows.length === 0 || list.isPlaceholderData || list.isError) ? <div style={{ padding: 12 }}><ProblemNote error={list.error} retry={() => void list.refetch()} /></div> : list.isPending ? <Waiting /> : (
          <ConversationList
            key={JSON.stringify(asFilter(place))} rows={rows} current={current} me={me.id} hasMore={list.hasNextPage} isLoadingMore={list.isFetchingNextPage}
            onMore={more} onOpen={setStood} chosen={bulk.chosen} onChoose={bulk.toggle} empty={<Nothing place={place} />}
          />
        )}
      </section>
      <div className={css.pane}>
        {place.c ? <ThreadPane id={place.c} checks={checks} acts={acts} onClose={() => open(undefined)} handle={pane} /> : <div className={css.pick}><p>{t('inbox.pick')}</p><small>{t('inbox.pickHint')}</small></div>}
      </div>
    </div>
  )
}

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
    <div className={css.searchBox}>
    <TextInput
      ref={box} size="sm" type="search" value={typed} placeholder={t('inbox.search')} aria-label={t('inbox.search')} title={t('inbox.searchHint')}
      leftSection={<IconSearch size={16} stroke={1.5} aria-hidden />} onChange={(event) => tell(event.currentTarget.value)}
      rightSection={typed ? <button type="button" className={css.clear} aria-label={t('inbox.clearSearch')} onClick={() => { tell(''); box.current?.focus() }}><IconX size={16} stroke={1.5} aria-hidden /></button> : <kbd className={css.key} aria-hidden>/</kbd>}
      onKeyDown={(event) => { if (event.key === 'Escape' || event.key === 'Enter' || event.key === 'ArrowDown') { event.preventDefault(); if (event.key === 'Escape' && typed) tell(''); event.currentTarget.blur() } }}
    />
    <SearchHelp onAdd={(piece) => { tell(`${typed.trim()}${typed.trim() ? ' ' : ''}${piece}`); box.current?.focus() }} />
    </div>
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
