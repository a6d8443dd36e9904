import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react'
import type { Check } from '#kit/pillar.ts'
import { Empty } from '#ui/empty.tsx'
import { useLang } from '#ui/lang.tsx'
import { ProblemNote } from '#ui/problem.tsx'
import { useSession } from '#ui/session.ts'
import { useNow } from '#ui/when.tsx'
import { useWords } from '#ui/words.ts'
import { Pause, PauseSwitch } from '../composer/pause.tsx'
import { AgendaList } from './agenda-list.tsx'
import { weeksOf } from './agenda.ts'
import { Bar } from './bar.tsx'
import { HourBoard, LaneBoard, useCells } from './boards.tsx'
import css from './calendar.module.css'
import { shelfQuery } from './calls.ts'
import { ChoiceProvider, makeChoice } from './choice.ts'
import { wallAt } from './clock.ts'
import { Dialogs } from './dialogs.tsx'
import { FilterBar } from './filters.tsx'
import { Head } from './head.tsx'
import { Key } from './key.tsx'
import { LookProvider, placeName, type Look } from './look.tsx'
import { Shapes } from './marks.tsx'
import { MonthGrid } from './month.tsx'
import { Peek } from './peek.tsx'
import type { Filters, Place, View } from './place.ts'
import { Problems } from './problems.tsx'
import { Shelf } from './shelf.tsx'
import { useActs } from './use-acts.ts'
import { useDesk, type Desk } from './use-desk.ts'
import { useGrid } from './use-grid.ts'
import { turned, useStretch, type Stretch } from './use-month.ts'
import { useIsNarrow, useShelfOpen } from './use-screen.ts'
import { words } from './words/words.ts'

// The page for writing comes in its own chunk, once somebody writes.
const Composer = lazy(async () => ({ default: (await import('../composer/composer.tsx')).Composer }))

/** What goes out, what went out and what waits for a time; the composer lies over it. */
export function Calendar({ checks }: { checks: readonly Check[] }) {
  const place = useSearch({ from: '/inside/calendar' })
  const navigate = useNavigate({ from: '/calendar' })
  const go = (change: Partial<Place>, replace = false) => void navigate({ to: '/calendar', search: (before) => ({ ...before, ...change }), replace })
  const t = useWords(words)
  useEffect(() => { document.title = `${t('calendar.title')} · Stoa` }, [t])
  return (
    <>
      <Screen place={place} go={go} />
      {place.post ? <Suspense><Composer id={place.post} on={place.on} campaign={place.campaign} checks={checks} onClose={() => go({ post: undefined, on: undefined })} onId={(id, how) => go({ post: id }, how?.replace ?? false)} /></Suspense> : null}
    </>
  )
}

type Go = (change: Partial<Place>, replace?: boolean) => void
const wide = ['month', 'week', 'day', 'agenda'] as const
const narrow = ['agenda', 'day'] as const

function useLookOf(stretch: Pick<Stretch, 'data'>, { zone, today }: { readonly zone: string; readonly today: string }): Look {
  const t = useWords(words)
  const { lang } = useLang()
  const { may } = useSession()
  const mayWrite = may('write')
  const lanes = stretch.data?.lanes
  return useMemo(() => ({
    t, lang, zone, today, mayWrite, accounts: new Map(lanes?.accounts.map((account) => [account.id, account])), campaigns: new Map(lanes?.campaigns.map((one) => [one.id, one.name])),
  }), [t, lang, zone, today, mayWrite, lanes])
}

function Screen({ place, go }: { place: Place; go: Go }) {
  const { me, workspace, may } = useSession()
  const now = useNow(60_000).getTime()
  const isNarrow = useIsNarrow()
  const offered: readonly View[] = isNarrow ? narrow : wide
  const view = offered.find((one) => one === place.span) ?? offered[0]!
  const zone = place.clock === 'mine' ? me.zone : workspace.zone
  const nowWall = wallAt(zone, now)
  const today = nowWall.slice(0, 10)
  const day = place.day ?? today
  const { campaign, account, intent, state, author } = place
  const filters = useMemo(() => Object.fromEntries(Object.entries({ campaign, account, intent, state, author }).filter(([, value]) => value !== undefined)) as Filters, [campaign, account, intent, state, author])
  const stretch = useStretch({ view, day, zone, filters, now })
  const look = useLookOf(stretch, { zone, today })
  const [choice] = useState(makeChoice)
  const [hasShelf, showShelf] = useShelfOpen()
  const acts = useActs(zone)
  const desk = useDesk({ asks: place.ask, acts, look, choice, byId: stretch.byId, free: stretch.free, now, lanes: isNarrow || view === 'agenda' ? undefined : place.lanes })
  const root = useRef<HTMLDivElement>(null)
  const turn = (by: 1 | -1) => go({ day: turned(view, day, by) })
  const grid = useGrid({ root, choice, desk, look, acts, lanes: isNarrow ? undefined : place.lanes, view, views: offered, day, go, turn, onShelf: () => showShelf(!hasShelf) })
  return (
    <LookProvider value={look}>
      <ChoiceProvider value={choice}>
        <Shapes />
        <div ref={root} className={css.screen} data-view={view} {...grid}>
          <Head view={view} views={offered} day={day} lanes={place.lanes} exportTo={stretch.range} mayPlan={may('plan')} go={go} turn={turn} onWrite={() => go({ post: 'new', on: place.day })} onTool={(kind) => desk.ask({ kind })} />
          <div className={css.under}>
            <FilterBar filters={filters} authors={authorsOf(stretch)} go={go} />
            <ZoneNote place={place} zone={zone} now={now} go={go} />
            <span className={css.right}><PauseSwitch />{hasShelf ? null : <ShelfButton onShow={() => showShelf(true)} />}</span>
            <ChosenBar desk={desk} acts={acts} />
          </div>
          <Pause />
          <ProblemNote error={stretch.error} />
          <Problems items={stretch.problems} onOpen={(id) => go({ post: id })} />
          <div className={css.body}>
            <Shown view={view} day={day} lanes={isNarrow ? undefined : place.lanes} stretch={stretch} nowWall={nowWall} filtered={Object.keys(filters).length > 0} go={go} />
            {hasShelf ? <Shelf filters={filters} onHide={() => showShelf(false)} /> : null}
          </div>
          <Key items={stretch.items} intent={intent} go={go} />
          <Peek root={root} itemOf={desk.itemOf} />
        </div>
        <Dialogs desk={place.ask ? { ...desk, ask: (next) => { go({ ask: undefined }, true); desk.ask(next) } } : desk} acts={acts} zone={workspace.zone} onOpen={(id) => go({ post: id })} />
      </ChoiceProvider>
    </LookProvider>
  )
}

const authorsOf = (stretch: Stretch): ReadonlyMap<string, string> => new Map((stretch.data?.items ?? []).map((item) => [item.authorId, item.authorName]))

interface ShownOf { readonly view: View; readonly day: string; readonly lanes: Place['lanes']; readonly stretch: Stretch; readonly nowWall: string; readonly filtered: boolean; readonly go: Go }
function Shown({ view, day, lanes, stretch, nowWall, filtered, go }: ShownOf) {
  const t = useWords(words)
  const { items, free, days } = stretch
  const cells = useCells(items, (placed) => [placed.day])
  const isEmpty = stretch.data !== undefined && items.length === 0
  const note = isEmpty && filtered ? <p className={css.note} role="status">{t('calendar.nothingMatches')} <Button size="compact-sm" variant="subtle" onClick={() => go({ campaign: undefined, account: undefined, intent: undefined, state: undefined, author: undefined }, true)}>{t('calendar.showAll')}</Button></p>
    : stretch.data?.more ? <p className={css.note} role="status">{t('calendar.tooMany')}</p> : null
  return (
    <div className={css.shown} aria-busy={stretch.isPending || undefined}>
      {note}
      {view === 'agenda' && isEmpty && !filtered ? <Empty title={t('empty.title')} says={t('empty.upcoming')} act={<Button onClick={() => go({ post: 'new' })}>{t('empty.act')}</Button>} />
        : view === 'agenda' ? <AgendaList days={days} cells={cells} free={free} />
          : lanes ? <LaneBoard key={`${view} ${lanes}`} view={view} day={day} lanes={lanes} items={items} free={free} nowWall={nowWall} />
            : view === 'month' ? <MonthGrid weeks={weeksOf(day)} month={day} cells={cells} free={free} />
              : <HourBoard key={view} view={view} day={day} items={items} free={free} nowWall={nowWall} />}
    </div>
  )
}

/** On whose clock the times are, wherever that could be doubted. */
function ZoneNote({ place, zone, now, go }: { place: Place; zone: string; now: number; go: Go }) {
  const t = useWords(words)
  const { me, workspace } = useSession()
  if (me.zone === workspace.zone || wallAt(me.zone, now) === wallAt(workspace.zone, now)) return null
  return (
    <span className={css.zone}>
      {t('clock.here', { place: placeName(zone) })}
      <Button size="compact-xs" variant="subtle" onClick={() => go({ clock: place.clock ? undefined : 'mine' }, true)}>{place.clock ? t('clock.theirs', { place: placeName(workspace.zone) }) : t('clock.mine', { place: placeName(me.zone) })}</Button>
    </span>
  )
}

function ShelfButton({ onShow }: { onShow: () => void }) {
  const t = useWords(words)
  const { data } = useQuery(shelfQuery)
  return <Button variant="default" size="compact-sm" data-drop="shelf" onClick={onShow}>{t('shelf.count', { count: data?.items.length ?? 0 })}</Button>
}

function ChosenBar({ desk, acts }: { desk: Desk; acts: ReturnType<typeof useActs> }) {
  return (
    <Bar
      itemOf={desk.itemOf} onMove={(items) => desk.ask({ kind: 'time', does: 'move', items })} onCopy={(items) => desk.ask({ kind: 'time', does: 'copy', items })}
      onRepeat={(item) => desk.ask({ kind: item.seriesId ? 'series' : 'repeat', item })} onAct={(name, items) => void acts.does(name, items)}
    />
  )
}
