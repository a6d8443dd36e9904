import { memo } from 'react'
import css from './chip.module.css'
import { useIsChosen } from './choice.ts'
import { offsetAt } from './clock.ts'
import type { Item, Placed } from './item.ts'
import type { FreePlace } from './layout.ts'
import { placeName, useLook, type Look } from './look.tsx'
import { ChannelMark, Shape, Sign } from './marks.tsx'

/** In a full day a line, in a quiet one two; a card where there is room for reasons, and a mark where there is none. */
export type ChipSize = 'line' | 'tall' | 'card' | 'mark'
interface Given { readonly placed: Placed; readonly size: ChipSize }

export const addressOf = (item: Item): string => (item.kind === 'post' ? `/app/calendar?post=${item.id}` : '/app/calendar')
export const nameOf = (item: Item, t: Look['t']): string => item.title || item.excerpt || t('calendar.untitled')
export const accountName = (id: string, { accounts, t }: Pick<Look, 'accounts' | 't'>): string => {
  const account = accounts.get(id)
  return !account || account.channel === 'porch' ? t('porch') : account.handle || account.name
}
/** The wall it was planned on, where that is another than the one looked at and tells another time. */
export const elsewhere = (item: Item, zone: string): string | undefined =>
  item.at !== null && item.zone !== null && item.zone !== zone && item.wallTime !== null && offsetAt(item.zone, Date.parse(item.at)) !== offsetAt(zone, Date.parse(item.at)) ? item.zone : undefined

/** An item in a cell: time, intent by shape, name, where it goes, and what it lacks. */
const Chip = memo(function Chip({ placed: { item, wall }, size }: Given) {
  const look = useLook()
  const isChosen = useIsChosen(item.id)
  const { t } = look
  return (
    <a
      className={css.chip} href={addressOf(item)} tabIndex={-1} draggable={false} data-item={item.id} data-size={size} data-state={item.state}
      data-wrong={item.problem ? '' : undefined} data-chosen={isChosen ? '' : undefined}
    >
      <time className={css.time}>{wall.slice(11)}</time>
      <Shape intent={item.intent} />
      {size === 'card' ? <span className={css.word}>{t(`intents.${item.intent}`)}</span> : null}
      <span className={css.title} lang={item.lang}>{nameOf(item, t)}</span>
      {size === 'mark' ? null : <Marks item={item} look={look} isShort={size === 'line'} />}
      {size === 'card' ? <Under item={item} look={look} /> : null}
      <span className={css.heard}>{said(item, look, isChosen)}</span>
    </a>
  )
})

function Marks({ item, look, isShort }: { item: Item; look: Look; isShort: boolean }) {
  const channels = [...new Set(item.accountIds.map((id) => look.accounts.get(id)?.channel ?? 'porch'))]
  const sign = item.problem ? 'wrong' : item.state === 'paused' || item.state === 'sending' || (item.state === 'published' && !isShort) ? item.state : undefined
  return (
    <span className={css.marks}>
      {sign ? <Sign name={sign} /> : null}
      {item.seriesId === null ? null : <Sign name="series" size={11} />}
      <span className={css.channels}>{channels.slice(0, 2).map((channel) => <ChannelMark key={channel} channel={channel} />)}{channels.length > 2 ? <small>+{channels.length - 2}</small> : null}</span>
    </span>
  )
}

const plainStates: readonly Item['state'][] = ['scheduled', 'published']
function Under({ item, look }: { item: Item; look: Look }) {
  const { t, zone, lang } = look
  const far = elsewhere(item, zone)
  return (
    <>
      {plainStates.includes(item.state) ? null : <span className={css.far}>{t(`states.${item.state}`)}</span>}
      {far ? <span className={css.far}>{t('clock.elsewhere', { time: item.wallTime!.slice(11, 16), place: placeName(far) })}</span> : null}
      {item.problem ? <span className={css.why}>{item.problem.says[lang]}</span> : null}
    </>
  )
}

/** What an eye takes from shapes and places, for those who listen. */
function said(item: Item, look: Look, isChosen: boolean): string {
  const { t, lang } = look
  return [
    '', t(`intents.${item.intent}`), item.accountIds.map((id) => accountName(id, look)).join(', '), t(`states.${item.state}`), item.seriesId === null ? '' : t('series.inSeries'), item.problem?.says[lang] ?? '',
    isChosen ? t('acts.chosen', { count: 1 }) : '',
  ].filter((part, place) => place === 0 || part !== '').join(', ')
}

/** Items and free places together, as the day goes. */
export const inOrder = (items: readonly Placed[], places: readonly FreePlace[]): readonly (Placed | FreePlace)[] =>
  (places.length === 0 ? items : [...items, ...places].toSorted((a, b) => (a.wall < b.wall ? -1 : a.wall > b.wall ? 1 : 0)))
export const Thing = ({ thing, size }: { thing: Placed | FreePlace; size: ChipSize }) => ('item' in thing ? <Chip placed={thing} size={size} /> : <Free place={thing} />)
export const thingKey = (thing: Placed | FreePlace): string => ('item' in thing ? thing.item.id : `${thing.slot.id} ${thing.wall}`)

/** A time kept free for an account: something can be dropped on it. */
const Free = memo(function Free({ place }: { place: FreePlace }) {
  const { t, accounts } = useLook()
  const account = accounts.get(place.slot.accountId)
  return (
    <div className={css.free} data-slot={place.wall} role="note" aria-label={t('slots.freeAt', { time: place.wall.slice(11), account: accountName(place.slot.accountId, { accounts, t }) })}>
      <time className={css.time}>{place.wall.slice(11)}</time>
      <span>{t('slots.free')}</span>
      <ChannelMark channel={account?.channel ?? 'porch'} />
    </div>
  )
})
