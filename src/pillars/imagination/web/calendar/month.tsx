import { memo, useLayoutEffect, useRef, useState } from 'react'
import { inOrder, Thing, thingKey } from './chip.tsx'
import type { Placed } from './item.ts'
import { fitting, type Cells, type FreePlace } from './layout.ts'
import { dayWords, monthShort, useLook, weekday } from './look.tsx'
import css from './month.module.css'

interface Given { readonly weeks: readonly (readonly string[])[]; readonly month: string; readonly cells: Cells; readonly free: ReadonlyMap<string, readonly FreePlace[]> }
const nothing: readonly never[] = []
const linePx = 24
const tallPx = 42
const headPx = 30

/** How much room a day has for its posts: the grid fills the window, and a day is never taller than its row. */
function useRoom(weeks: number) {
  const grid = useRef<HTMLDivElement>(null)
  const [room, setRoom] = useState(4 * linePx)
  useLayoutEffect(() => {
    const measure = () => { if (grid.current) setRoom(Math.max(2 * linePx, Math.floor(grid.current.clientHeight / weeks - headPx))) }
    measure()
    const watch = new ResizeObserver(measure)
    if (grid.current) watch.observe(grid.current)
    return () => watch.disconnect()
  }, [weeks])
  return { grid, room }
}

/** A month: a week a row, a day a cell, a few posts in each. */
export function MonthGrid({ weeks, month, cells, free }: Given) {
  const { t, lang, today } = useLook()
  const { grid, room } = useRoom(weeks.length)
  return (
    <div role="grid" aria-label={t('calendar.grid')} className={css.month} data-scroll>
      <div role="row" className={css.heads}>{weeks[0]!.map((day) => <div key={day} role="columnheader" className={css.head} aria-label={weekday(lang, day, 'long')}>{weekday(lang, day)}</div>)}</div>
      <div role="rowgroup" ref={grid} className={css.weeks} style={{ gridTemplateRows: `repeat(${weeks.length}, minmax(98px, 1fr))` }}>
        {weeks.map((days, row) => (
          <div key={days[0]} role="row" className={css.week}>
            {days.map((day, column) => (
              <Day key={day} day={day} at={`${row},${column}`} items={cells.get(day) ?? nothing} places={free.get(day) ?? nothing} room={room} isToday={day === today} isOther={!day.startsWith(month.slice(0, 7))} />
            ))}
          </div>
        ))}
      </div>
    </div>
  )
}

interface DayOf { readonly day: string; readonly at: string; readonly items: readonly Placed[]; readonly places: readonly FreePlace[]; readonly room: number; readonly isToday: boolean; readonly isOther: boolean }

const Day = memo(function Day({ day, at, items, places, room, isToday, isOther }: DayOf) {
  const { t, lang, mayWrite, today } = useLook()
  const size = items.length * tallPx <= room ? 'tall' as const : 'line' as const
  const { shown, more } = fitting(items, Math.floor(room / linePx))
  const name = dayWords(lang, day)
  const left = more > 0 ? [] : places.slice(0, Math.floor((room - shown.length * (size === 'tall' ? tallPx : linePx)) / linePx))
  return (
    <div
      role="gridcell" tabIndex={-1} className={css.day} data-cell={day} data-at={at} data-drop={day} data-other={isOther ? '' : undefined} data-past={day < today ? '' : undefined}
      aria-current={isToday ? 'date' : undefined}
    >
      <div className={css.date}>
        <span className={css.heard}>{`${name}: ${t('calendar.count', { count: items.length })}`}</span>
        <span className={css.number} data-today={isToday ? '' : undefined} aria-hidden>{day.endsWith('-01') ? monthShort(lang, day) : Number(day.slice(8))}</span>
        {mayWrite && day >= today ? <button type="button" tabIndex={-1} className={css.write} data-write={day} aria-label={t('calendar.writeFor', { day: name })}>+</button> : null}
      </div>
      {inOrder(shown, left).map((thing) => <Thing key={thingKey(thing)} thing={thing} size={size} />)}
      {more > 0 ? <button type="button" tabIndex={-1} className={css.more} data-day={day} aria-label={t('calendar.moreOf', { count: String(more), day: name })}>{t('calendar.more', { count: String(more) })}</button> : null}
    </div>
  )
})
