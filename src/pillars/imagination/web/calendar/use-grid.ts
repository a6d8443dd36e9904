import { useEffect, useLayoutEffect, useRef, type FocusEvent, type KeyboardEvent, type MouseEvent, type RefObject } from 'react'
import { useKeys, type Key } from '#ui/keys.ts'
import { dayAfter } from './agenda.ts'
import { between, type Choice } from './choice.ts'
import { placeIn, type Item } from './item.ts'
import { makeDraggable, type DragHost } from './drag.ts'
import { nameOf } from './chip.tsx'
import { wallWords, type Look } from './look.tsx'
import { laneFor, type Target } from './moves.ts'
import { intents, type LaneKind, type Place, type View } from './place.ts'
import { cellOf, chipOf, focusOn, isArrow, led, neighbour, stopAt } from './rove.ts'
import type { Acts } from './use-acts.ts'
import type { Desk } from './use-desk.ts'

interface Given {
  readonly root: RefObject<HTMLDivElement | null>; readonly choice: Choice; readonly desk: Desk; readonly look: Look; readonly acts: Acts
  readonly lanes: LaneKind | undefined; readonly view: View; readonly views: readonly View[]; readonly day: string
  readonly go: (change: Partial<Place>, replace?: boolean) => void; readonly turn: (by: 1 | -1) => void; readonly onShelf: () => void
}

/** Everything hands do in the grid, by pointer and by keyboard; the chips themselves hold no handlers. */
export function useGrid(given: Given) {
  const latest = useRef(given)
  useLayoutEffect(() => { latest.current = given })
  const anchor = useRef<string>(undefined)
  const { wanted, stood } = useWanted(given)
  useDrag(latest)
  useGridKeys(given, { anchor, wanted })
  const choose = (id: string, event: { readonly shiftKey: boolean }) => {
    const { choice, root } = given
    if (!event.shiftKey) { choice.toggle(id); anchor.current = id; return }
    const order = [...root.current!.querySelectorAll<HTMLElement>('[data-item]')].map((one) => one.dataset['item']!)
    choice.set([...new Set([...choice.ids(), ...between([...new Set(order)], anchor.current, id)])])
  }
  return {
    onClick: (event: MouseEvent<HTMLDivElement>) => {
      const target = event.target as HTMLElement
      const item = target.closest<HTMLElement>('[data-item]')?.dataset['item']
      const { desk, go } = given
      if (item) {
        if (event.ctrlKey || event.metaKey || event.shiftKey) { event.preventDefault(); choose(item, event); return }
        event.preventDefault()
        const found = desk.itemOf(item)
        if (found?.kind === 'series') desk.ask({ kind: 'series', item: found })
        else go({ post: item })
        return
      }
      const write = target.closest<HTMLElement>('[data-write]')?.dataset['write']
      if (write) { go({ post: 'new', on: write }); return }
      const opened = target.closest<HTMLElement>('button[data-day]')?.dataset['day']
      if (opened) go({ span: 'day', day: opened })
    },
    onKeyDown: (event: KeyboardEvent<HTMLDivElement>) => {
      const { root, turn, day, view, go } = given
      const at = document.activeElement
      if (!root.current || !(at instanceof HTMLElement) || !at.matches('[data-item], [data-cell]') || event.altKey || event.ctrlKey || event.metaKey) return
      if (event.key === 'Escape' && given.choice.ids().length > 0) { given.choice.set([]); return }
      if (event.key === ' ' && at.dataset['item']) { event.preventDefault(); choose(at.dataset['item'], { shiftKey: false }); return }
      if (event.key === 'Enter' && at.dataset['cell'] && at === event.target) { event.preventDefault(); if (view === 'month') go({ span: 'day', day: at.dataset['cell'].slice(0, 10) }); else go({ post: 'new', on: at.dataset['cell'].slice(0, 10) }); return }
      if (event.key === 'PageDown' || event.key === 'PageUp') { event.preventDefault(); wanted.current = { day: at.closest<HTMLElement>('[data-cell]')?.dataset['cell']?.slice(0, 10) ?? day }; turn(event.key === 'PageDown' ? 1 : -1); return }
      if (!isArrow(event.key)) return
      const to = led(root.current, at, event.key)
      if (to instanceof HTMLElement) {
        event.preventDefault()
        if (event.shiftKey && at.dataset['item'] && to.dataset['item']) { anchor.current ??= at.dataset['item']; choose(to.dataset['item'], { shiftKey: true }) }
        focusOn(to)
      } else if (to && view === 'month') {
        event.preventDefault()
        const here = at.closest<HTMLElement>('[data-cell]')?.dataset['cell'] ?? day
        wanted.current = { day: dayAfter(here, (to === 'after' ? 1 : -1) * (event.key === 'ArrowDown' || event.key === 'ArrowUp' ? 7 : 1)) }
        go({ day: wanted.current.day })
      }
    },
    onFocus: (event: FocusEvent<HTMLDivElement>) => {
      const target = event.target as HTMLElement
      if (given.root.current && target.matches('[data-item], [data-cell]')) stopAt(given.root.current, target)
      stood.current = target.dataset['item']
    },
    onPointerDown: () => { stood.current = undefined },
  }
}

interface Wanted { readonly day?: string; readonly id?: string }
/** Where the keyboard should stand once what it asked for is drawn; something always is a stop of the Tab key. */
function useWanted({ root, look, day }: Given): { readonly wanted: RefObject<Wanted>; readonly stood: RefObject<string | undefined> } {
  const wanted = useRef<Wanted>({})
  const stood = useRef<string>(undefined)
  useLayoutEffect(() => {
    const grid = root.current
    if (!grid) return
    const { id, day: on } = wanted.current
    const at = document.activeElement
    // A post that moved is drawn anew in its new cell: the keyboard goes with it.
    const lost = at === document.body && stood.current ? chipOf(grid, stood.current) : null
    const element = (id ? chipOf(grid, id) : null) ?? (on ? cellOf(grid, on) : null) ?? lost
    if (element) { wanted.current = {}; focusOn(element); return }
    if (!grid.querySelector('[data-item][tabindex="0"], [data-cell][tabindex="0"]')) stopAt(grid, cellOf(grid, day.startsWith(look.today.slice(0, 7)) ? look.today : day) ?? grid.querySelector<HTMLElement>('[data-at]'))
  })
  return { wanted, stood }
}

/** The lane it would go into, said with its time. */
function laneWords(item: Item | undefined, target: Target, { look, lanes }: { readonly look: Look; readonly lanes: LaneKind | undefined }): string {
  const lane = item && target.kind !== 'shelf' ? laneFor(item, lanes, target.lane) : undefined
  if (lane === undefined || target.kind === 'shelf') return ''
  if (lane === 'account') return ` · ${look.t('lanes.toAccount')}`
  const intent = intents.find((one) => one === lane.intent)
  return ` · ${intent ? look.t(`intents.${intent}`) : lane.campaignId ? look.campaigns.get(lane.campaignId) ?? '' : look.t('calendar.noLane.campaign')}`
}

function useDrag(latest: RefObject<Given>): void {
  useEffect(() => {
    const { root } = latest.current
    if (!root.current) return undefined
    const host: DragHost = {
      lift: (id) => (latest.current.look.mayWrite ? latest.current.desk.together(id).length : 0),
      drop: (id, target) => latest.current.desk.drop(id, target),
      turn: (by) => latest.current.turn(by),
      held: (id) => latest.current.choice.toggle(id),
      says: (id, target) => {
        const { look, desk, lanes } = latest.current
        const lane = laneWords(desk.itemOf(id), target, { look, lanes })
        if (target.kind === 'shelf') return look.t('shelf.here')
        if (target.kind === 'time') return `${wallWords(look.lang, target.wall)}${lane}`
        const item = desk.itemOf(id)
        const placed = item ? placeIn(look.zone, item) : undefined
        return placed ? `${wallWords(look.lang, `${target.day}T${placed.wall.slice(11)}`)}${lane}` : item ? nameOf(item, look.t) : ''
      },
    }
    return makeDraggable(root.current, host)
  }, [latest])
}

interface Held { readonly anchor: RefObject<string | undefined>; readonly wanted: RefObject<Wanted> }
function useGridKeys({ root, choice, desk, look, acts, views, day, go, turn, onShelf }: Given, { anchor, wanted }: Held): void {
  const { t } = look
  const focused = () => (document.activeElement instanceof HTMLElement && root.current?.contains(document.activeElement) ? document.activeElement : null)
  const walk = (by: 1 | -1) => { const next = root.current ? neighbour(root.current, focused(), by) : undefined; if (next) focusOn(next) }
  const dayHere = () => focused()?.closest<HTMLElement>('[data-cell]')?.dataset['cell']?.slice(0, 10) ?? day
  const show = (next: View) => { if (views.includes(next)) { wanted.current = { day: dayHere() }; go({ span: next, day: dayHere() === look.today ? undefined : dayHere() }) } }
  // The chosen ones, or the one the keyboard stands on.
  const these = () => { const id = focused()?.dataset['item']; const ids = choice.ids().length > 0 ? choice.ids() : id ? [id] : []; return ids.flatMap((one) => desk.itemOf(one) ?? []) }
  const nudge = (days: number) => { const items = these().filter((item) => item.at !== null); if (items.length > 0) void desk.move(items, { by: { days, minutes: 0 } }) }
  const keys: readonly (Key | false)[] = [
    { keys: 'j', says: t('keys.next'), run: () => walk(1) }, { keys: 'k', says: t('keys.previous'), run: () => walk(-1) },
    { keys: 'n', says: t('keys.after'), run: () => turn(1) }, { keys: 'p', says: t('keys.before'), run: () => turn(-1) },
    { keys: 't', says: t('keys.today'), run: () => { wanted.current = { day: look.today }; go({ day: undefined }) } },
    ...views.map((name): Key => ({ keys: { month: 'm', week: 'w', day: 'd', agenda: 'a' }[name], says: t(`keys.${name}`), run: () => show(name) })),
    { keys: 'x', says: t('keys.choose'), run: () => { const id = focused()?.dataset['item']; if (id) { choice.toggle(id); anchor.current = id } } },
    look.mayWrite && { keys: 'shift+m', says: t('keys.move'), run: () => { const items = these(); if (items.length > 0) desk.ask({ kind: 'time', does: 'move', items }) } },
    look.mayWrite && { keys: 'c', says: t('keys.compose'), run: () => go({ post: 'new', on: dayHere() >= look.today && dayHere() !== look.today ? dayHere() : undefined }) },
    look.mayWrite && { keys: ']', says: t('keys.dayLater'), run: () => nudge(1) }, look.mayWrite && { keys: '[', says: t('keys.dayEarlier'), run: () => nudge(-1) },
    { keys: 'u', says: t('keys.shelf'), run: onShelf }, { keys: 'z', says: t('keys.undo'), run: () => acts.back() },
  ]
  useKeys(keys.filter((key) => key !== false))
}
