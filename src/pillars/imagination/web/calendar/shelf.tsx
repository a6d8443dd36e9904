import { ActionIcon } from '@mantine/core'
import { IconLayoutSidebarRightCollapse } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { memo } from 'react'
import { shelfQuery } from './calls.ts'
import { accountName, addressOf, nameOf } from './chip.tsx'
import { useIsChosen } from './choice.ts'
import { passes, type Item } from './item.ts'
import { useLook } from './look.tsx'
import { ChannelMark, Shape, Sign } from './marks.tsx'
import type { Filters } from './place.ts'
import css from './shelf.module.css'

/** What has no time yet. It is dragged on to a day, and back. */
export function Shelf({ filters, onHide }: { filters: Filters; onHide: () => void }) {
  const { t } = useLook()
  const { data } = useQuery(shelfQuery)
  const items = (data?.items ?? []).filter((item) => passes(item, filters))
  return (
    <aside className={css.shelf} aria-label={t('shelf.title')} data-drop="shelf">
      <div className={css.head}>
        <h2>{t('shelf.title')}</h2><span className={css.count}>{items.length > 0 ? items.length : ''}</span>
        <ActionIcon aria-label={t('shelf.hide')} title={t('shelf.hide')} onClick={onHide}><IconLayoutSidebarRightCollapse size={18} stroke={1.5} /></ActionIcon>
      </div>
      <p className={css.about}>{items.length === 0 && data ? t('shelf.empty') : t('shelf.about')}</p>
      <div className={css.items}>{items.map((item) => <Card key={item.id} item={item} />)}</div>
    </aside>
  )
}

const Card = memo(function Card({ item }: { item: Item }) {
  const look = useLook()
  const isChosen = useIsChosen(item.id)
  const { t, lang } = look
  return (
    <a className={css.card} href={addressOf(item)} draggable={false} data-item={item.id} data-chosen={isChosen ? '' : undefined}>
      <span className={css.title} lang={item.lang}>{nameOf(item, t)}</span>
      {item.title && item.excerpt ? <span className={css.text} lang={item.lang}>{item.excerpt}</span> : null}
      <span className={css.under}>
        <Shape intent={item.intent} />{t(`intents.${item.intent}`)} · {item.authorName}
        <span className={css.marks}>{item.accountIds.slice(0, 3).map((id) => <span key={id} title={accountName(id, look)}><ChannelMark channel={look.accounts.get(id)?.channel ?? 'porch'} /></span>)}</span>
      </span>
      {item.problem ? <span className={css.why}><Sign name="wrong" />{item.problem.says[lang]}</span> : null}
      {isChosen ? <span className={css.heard}>{t('acts.chosen', { count: 1 })}</span> : null}
    </a>
  )
})
