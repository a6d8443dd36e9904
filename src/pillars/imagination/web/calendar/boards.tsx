import { daysFrom, mondayOf, monthDays } from './agenda.ts'
import { Board, type Line } from './board.tsx'
import css from './board.module.css'
import { accountName } from './chip.tsx'
import { lanesOf, nowhere, type Placed } from './item.ts'
import { keeping, layOut, type Cells, type FreePlace } from './layout.ts'
import { dayWords, useLook, weekday, type Look } from './look.tsx'
import { ChannelMark, Shape } from './marks.tsx'
import { intents, type LaneKind, type View } from './place.ts'
import { useRef } from 'react'

interface Given {
  readonly view: Exclude<View, 'agenda'>; readonly day: string; readonly lanes: LaneKind | undefined; readonly items: readonly Placed[]
  readonly free: ReadonlyMap<string, readonly FreePlace[]>; readonly nowWall: string
}

/** Cells from render to render, each kept as it was where nothing changed in it. */
export function useCells(items: readonly Placed[], keysOf: (placed: Placed) => readonly string[]): Cells {
  const before = useRef<Cells>(new Map())
  const next = keeping(before.current, layOut(items, keysOf))
  before.current = next
  return next
}

export const daysOf = (view: View, day: string): readonly string[] => (view === 'day' ? [day] : view === 'week' ? daysFrom(mondayOf(day), 7) : monthDays(day))
const hours = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'))
const hourOf = (placed: Placed): string => `${placed.day}T${placed.wall.slice(11, 13)}`

/** A week or a day by the hour; the hours of a night in which nothing happens are drawn small. */
export function HourBoard({ view, day, items, free, nowWall }: Omit<Given, 'lanes'>) {
  const { t, lang, today } = useLook()
  const days = daysOf(view, day)
  const shown = new Set(days)
  const cells = useCells(items, (placed) => (shown.has(placed.day) ? [hourOf(placed)] : []))
  const places = new Map<string, FreePlace[]>()
  for (const one of days.flatMap((name) => free.get(name) ?? [])) places.set(one.wall.slice(0, 13), [...places.get(one.wall.slice(0, 13)) ?? [], one])
  const rows = hours.map((hour): Line => ({ key: hour, name: `${hour}:00`, head: `${hour}:00`, quiet: (hour < '06' || hour === '23') && days.every((name) => !cells.has(`${name}T${hour}`) && !places.has(`${name}T${hour}`)) }))
  return (
    <Board
      label={t('calendar.grid')} corner={t('calendar.hours')} columns={dayLines(days, lang, view)} rows={rows} cells={cells} free={places} size="card" room={view === 'day' ? 60 : 8} first="06" today={today}
      cellOf={(row, column) => ({ key: `${column.key}T${row.key}`, drop: `${column.key}T${row.key}` })} now={{ drop: nowWall.slice(0, 13), share: Number(nowWall.slice(14, 16)) / 60 }}
    />
  )
}

const dayLines = (days: readonly string[], lang: Look['lang'], view: View): readonly Line[] => days.map((day) => ({
  key: day, name: dayWords(lang, day),
  head: <button type="button" data-day={day} tabIndex={-1}><span aria-hidden>{weekday(lang, day, view === 'month' ? 'narrow' : view === 'day' ? 'long' : 'short')}</span><b aria-hidden>{Number(day.slice(8))}</b><span className={css.heard}>{dayWords(lang, day)}</span></button>,
}))

/** The lanes that are shown: all that hold something, in the order of the workspace, and those without at the end. */
function useLanes(kind: LaneKind, items: readonly Placed[]): readonly Line[] {
  const look = useLook()
  const used = new Set(items.flatMap(({ item }) => lanesOf(item, kind)))
  const line = (key: string, name: string, mark?: Line['head']): Line => ({ key, name, head: <>{mark}<strong>{name}</strong></> })
  const known = kind === 'intent' ? intents.map((intent) => line(intent, look.t(`intents.${intent}`), <Shape intent={intent} />))
    : kind === 'campaign' ? [...look.campaigns].map(([id, name]) => line(id, name))
      : [...look.accounts].map(([id, account]) => line(id, accountName(id, look), <ChannelMark channel={account.channel} size={16} />))
  return [...known, ...(used.has(nowhere) || known.length === 0 ? [line(nowhere, look.t(`calendar.noLane.${kind}`))] : [])]
}

/** Lanes across the days of a month or a week, or across the hours of a day. */
export function LaneBoard({ view, day, lanes: kind, items, free, nowWall }: Given & { readonly lanes: LaneKind }) {
  const { t, lang, today } = useLook()
  const days = daysOf(view, day)
  const shown = new Set(days)
  const lanes = useLanes(kind, items)
  const cells = useCells(items, (placed) => (shown.has(placed.day) ? lanesOf(placed.item, kind).map((lane) => `${lane} ${view === 'day' ? hourOf(placed) : placed.day}`) : []))
  const label = t('calendar.grid')
  if (view === 'day') {
    const rows = hours.map((hour): Line => ({ key: hour, name: `${hour}:00`, head: `${hour}:00`, quiet: (hour < '06' || hour === '23') && lanes.every((lane) => !cells.has(`${lane.key} ${day}T${hour}`)) }))
    return (
      <Board
        label={label} corner={t('calendar.hours')} columns={lanes} rows={rows} cells={cells} free={kind === 'account' ? laneFree(free, (one) => `${one.slot.accountId} ${one.wall.slice(0, 13)}`) : none} size="card" room={60} first="06"
        cellOf={(row, column) => ({ key: `${column.key} ${day}T${row.key}`, drop: `${day}T${row.key}`, lane: column.key })} now={{ drop: nowWall.slice(0, 13), share: Number(nowWall.slice(14, 16)) / 60 }}
      />
    )
  }
  return (
    <Board
      label={label} corner={t(`calendar.laneOf.${kind}`)} columns={dayLines(days, lang, view)} rows={lanes} cells={cells} free={kind === 'account' ? laneFree(free, (one) => `${one.slot.accountId} ${one.wall.slice(0, 10)}`) : none} today={today}
      isTall size={view === 'month' ? 'mark' : 'card'} room={view === 'month' ? 8 : 6} cellOf={(row, column) => ({ key: `${row.key} ${column.key}`, drop: column.key, lane: row.key })}
    />
  )
}
const none: ReadonlyMap<string, readonly FreePlace[]> = new Map()
const laneFree = (free: ReadonlyMap<string, readonly FreePlace[]>, keyOf: (place: FreePlace) => string): ReadonlyMap<string, readonly FreePlace[]> => Map.groupBy([...free.values()].flat(), keyOf)
