import { memo, useLayoutEffect, useRef, type ReactNode } from 'react'
import css from './board.module.css'
import { inOrder, Thing, thingKey, type ChipSize } from './chip.tsx'
import type { Placed } from './item.ts'
import { fitting, type Cells, type FreePlace } from './layout.ts'
import { useLook } from './look.tsx'

export interface Line { readonly key: string; readonly head: ReactNode; readonly name: string; readonly quiet?: boolean }
interface Given {
  readonly label: string; readonly corner: string
  readonly columns: readonly Line[]; readonly rows: readonly Line[]
  /** What a cell holds, and the day or hour that something dropped there gets. */
  readonly cellOf: (row: Line, column: Line) => { readonly key: string; readonly drop: string; /** The lane something dropped there is put into. */ readonly lane?: string }
  readonly cells: Cells; readonly free: ReadonlyMap<string, readonly FreePlace[]>
  readonly size: ChipSize; readonly room: number
  /** Rows of lanes are as tall as the window lets them be. */
  readonly isTall?: boolean
  /** The row to begin with, and where the present is. */
  readonly first?: string; readonly today?: string; readonly now?: { readonly drop: string; readonly share: number }
}
const nothing: readonly never[] = []

/** Rows and columns of any kind (hours, days, lanes), a cell for each pair, and what stands in it. */
export function Board({ label, corner, columns, rows, cellOf, cells, free, size, room, isTall = false, first, today, now }: Given) {
  const box = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const row = first === undefined ? null : box.current?.querySelector<HTMLElement>(`[data-row="${first}"]`)
    if (row && box.current) box.current.scrollTop = row.offsetTop - 44
  }, [first])
  return (
    <div ref={box} role="grid" aria-label={label} className={css.board} data-scroll data-size={size} data-tall={isTall ? '' : undefined} style={{ gridTemplateColumns: `${size === 'mark' ? 132 : rows[0]?.key.length === 2 ? 54 : 148}px repeat(${columns.length}, minmax(${size === 'mark' ? 26 : 104}px, 1fr))` }}>
      <div role="row" className={css.row}>
        <div role="columnheader" className={`${css.head} ${css.corner}`}><span className={css.heard}>{corner}</span></div>
        {columns.map((column) => <div key={column.key} role="columnheader" className={css.head} data-today={column.key === today ? '' : undefined}>{column.head}</div>)}
      </div>
      {rows.map((row, y) => (
        <div key={row.key} role="row" className={css.row} data-row={row.key}>
          <div role="rowheader" className={css.side} data-quiet={row.quiet ? '' : undefined}>{row.head}</div>
          {columns.map((column, x) => {
            const { key, drop, lane } = cellOf(row, column)
            return (
              <Cell
                key={column.key} at={`${y},${x}`} drop={drop} lane={lane} label={`${column.name}, ${row.name}`} items={cells.get(key) ?? nothing} places={free.get(key) ?? nothing} size={size} room={room}
                isQuiet={row.quiet === true} now={now?.drop === drop ? now.share : undefined} isToday={column.key === today}
              />
            )
          })}
        </div>
      ))}
    </div>
  )
}

interface CellOf {
  readonly at: string; readonly drop: string; readonly lane: string | undefined; readonly label: string; readonly items: readonly Placed[]; readonly places: readonly FreePlace[]
  readonly size: ChipSize; readonly room: number; readonly isQuiet: boolean; readonly isToday: boolean; readonly now: number | undefined
}

const Cell = memo(function Cell({ at, drop, lane, label, items, places, size, room, isQuiet, isToday, now }: CellOf) {
  const { t, mayWrite } = useLook()
  const { shown, more } = fitting(items, room)
  const day = drop.slice(0, 10)
  return (
    <div role="gridcell" tabIndex={-1} className={css.cell} data-cell={drop} data-at={at} data-drop={drop} data-lane={lane} data-quiet={isQuiet ? '' : undefined} data-today={isToday ? '' : undefined}>
      <span className={css.heard}>{`${label}: ${t('calendar.count', { count: items.length })}`}</span>
      {now === undefined ? null : <i className={css.now} style={{ top: `${now * 100}%` }} aria-hidden />}
      {inOrder(shown, size === 'mark' ? nothing : places).map((thing) => <Thing key={thingKey(thing)} thing={thing} size={size} />)}
      {more > 0 ? <button type="button" tabIndex={-1} className={css.more} data-day={day} >{size === 'mark' ? <><span aria-hidden>+{more}</span><span className={css.heard}>{t('calendar.moreOf', { count: String(more), day: label })}</span></> : t('calendar.more', { count: String(more) })}</button> : null}
      {mayWrite && size === 'card' && !isQuiet ? <button type="button" tabIndex={-1} className={css.write} data-write={day} aria-label={t('calendar.writeFor', { day: label })}>+</button> : null}
    </div>
  )
})
