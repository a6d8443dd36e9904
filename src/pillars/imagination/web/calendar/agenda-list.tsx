import { memo } from 'react'
import { dayAfter } from './agenda.ts'
import { accountName, addressOf, elsewhere, inOrder, nameOf, thingKey } from './chip.tsx'
import css from './agenda.module.css'
import { useIsChosen } from './choice.ts'
import type { Item, Placed } from './item.ts'
import type { Cells, FreePlace } from './layout.ts'
import { monthShort, placeName, useLook, weekday, type Look } from './look.tsx'
import { ChannelMark, Shape, Sign } from './marks.tsx'

interface Given { readonly days: readonly string[]; readonly cells: Cells; readonly free: ReadonlyMap<string, readonly FreePlace[]> }
const nothing: readonly never[] = []

/** Day by day, one under the other: what fits on a phone. The week ahead is shown with its empty days, later ones only with something on them. */
export function AgendaList({ days, cells, free }: Given) {
  const { t, today } = useLook()
  const week = dayAfter(today, 7)
  const shown = days.filter((day) => cells.has(day) || (day >= today && day < week))
  return (
    <div className={css.agenda} role="region" aria-label={t('calendar.grid')}>
      {shown.map((day) => <Day key={day} day={day} items={cells.get(day) ?? nothing} places={free.get(day) ?? nothing} />)}
    </div>
  )
}

const Day = memo(function Day({ day, items, places }: { day: string; items: readonly Placed[]; places: readonly FreePlace[] }) {
  const look = useLook()
  const { t, lang, today, mayWrite } = look
  const near = day === today ? t('calendar.today') : day === dayAfter(today, 1) ? t('calendar.tomorrow') : day === dayAfter(today, -1) ? t('calendar.yesterday') : weekday(lang, day, 'long')
  return (
    <section className={css.day} data-drop={day} data-cell={day} aria-label={`${near} ${monthShort(lang, day)}`}>
      <div>
        <h3 className={css.name} data-today={day === today ? '' : undefined}><b>{near}</b> {monthShort(lang, day)}</h3>
        {mayWrite && day >= today ? <button type="button" className={css.write} data-write={day} aria-label={t('calendar.writeFor', { day: monthShort(lang, day) })}>+ {t('calendar.write')}</button> : null}
      </div>
      <div className={css.items}>
        {inOrder(items, places).map((thing) => ('item' in thing ? <Row key={thingKey(thing)} placed={thing} /> : (
          <div key={thingKey(thing)} className={css.free} data-slot={thing.wall}><time>{thing.wall.slice(11)}</time><span>{t('slots.free')} · {accountName(thing.slot.accountId, look)}</span></div>
        )))}
        {items.length === 0 && places.length === 0 ? <p className={css.nothing}>{t('calendar.nothingThatDay')}</p> : null}
      </div>
    </section>
  )
})

const Row = memo(function Row({ placed: { item, wall } }: { placed: Placed }) {
  const look = useLook()
  const isChosen = useIsChosen(item.id)
  const { t, lang } = look
  const far = elsewhere(item, look.zone)
  return (
    <a className={css.row} href={addressOf(item)} draggable={false} data-item={item.id} data-state={item.state} data-wrong={item.problem ? '' : undefined} data-chosen={isChosen ? '' : undefined}>
      <time className={css.time}>{wall.slice(11)}</time>
      <span className={css.body}>
        <span className={css.title} lang={item.lang}>{nameOf(item, t)}</span>
        <span className={css.under}>
          <Shape intent={item.intent} />{t(`intents.${item.intent}`)} · {t(`states.${item.state}`)} · {item.authorName}{far ? ` · ${t('clock.elsewhere', { time: item.wallTime!.slice(11, 16), place: placeName(far) })}` : ''}
          {item.seriesId === null ? null : <> · <Sign name="series" size={11} />{t(item.changed ? 'series.changedByHand' : 'series.inSeries')}</>}
        </span>
        {item.problem ? <span className={css.why}><Sign name="wrong" size={14} /><span>{item.problem.says[lang]} <em>{item.problem.next[lang]}</em></span></span> : null}
      </span>
      <Places item={item} look={look} />
      {isChosen ? <span className={css.heard}>{t('acts.chosen', { count: 1 })}</span> : null}
    </a>
  )
})

function Places({ item, look }: { item: Item; look: Look }) {
  return (
    <span className={css.places}>
      {item.accountIds.slice(0, 3).map((id) => <span key={id} className={css.place}><ChannelMark channel={look.accounts.get(id)?.channel ?? 'porch'} size={14} /><span>{accountName(id, look)}</span></span>)}
      {item.accountIds.length > 3 ? <span className={css.place}>+{item.accountIds.length - 3}</span> : null}
    </span>
  )
}
