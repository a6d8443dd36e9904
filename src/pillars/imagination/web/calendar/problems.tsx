import { Button } from '@mantine/core'
import { useState } from 'react'
import css from './calendar.module.css'
import { nameOf } from './chip.tsx'
import type { Item } from './item.ts'
import { useLook } from './look.tsx'
import { Sign } from './marks.tsx'

const first = 2

/** What needs a person now: the post, the reason in one sentence, and the next step. */
export function Problems({ items, onOpen }: { items: readonly Item[]; onOpen: (id: string) => void }) {
  const { t, lang } = useLook()
  const [isWhole, setWhole] = useState(false)
  if (items.length === 0) return null
  const shown = isWhole ? items : items.slice(0, first)
  return (
    <section className={css.problems} aria-label={t('calendar.wants')}>
      {shown.map((item) => (
        <p key={item.id}>
          <Sign name="wrong" size={14} />
          <span><b lang={item.lang}>{nameOf(item, t)}</b> {item.problem!.says[lang]}</span>
          <Button size="compact-xs" variant="subtle" color="terracotta" aria-label={`${item.problem!.next[lang]}: ${nameOf(item, t)}`} onClick={() => onOpen(item.id)}>{item.problem!.next[lang]}</Button>
        </p>
      ))}
      {items.length > shown.length ? <Button size="compact-xs" variant="subtle" color="stone" onClick={() => setWhole(true)}>{t('calendar.andMore', { count: items.length - shown.length })}</Button> : null}
    </section>
  )
}
