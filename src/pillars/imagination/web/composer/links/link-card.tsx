import { ActionIcon, Button, Group, Loader } from '@mantine/core'
import { IconLink, IconLinkOff, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useDeferredValue } from 'react'
import { joined, type Face } from '#core/posts/rules.ts'
import { useWords } from '#ui/words.ts'
import { cardQuery, type Card } from '../calls.ts'
import { firstLink, hostOf, shownLink } from '../preview/facets.ts'
import { words } from '../words/words.ts'
import type { Words } from '../writing.ts'
import css from './links.module.css'
import { LinkTools } from './link-tools.tsx'

interface Given {
  readonly page: Words; readonly face: Face; readonly postId: string | undefined
  readonly onPage: (change: Partial<Words>) => void; readonly onFace: (change: Partial<Face>) => void
}

/** What the address in the text will show, made by us; and what can be done with the address. */
export function LinkCard({ page, face, postId, onPage, onFace }: Given) {
  const t = useWords(words)
  const link = useDeferredValue(firstLink(joined(face).text))
  const url = page.card?.url
  if (link === undefined && url === undefined) return null
  return (
    <section className={css.links} aria-label={t('links.title')}>
      {url === undefined ? null : <Shown url={url} isStale={link !== undefined && link !== url} onTake={() => onPage({ card: { url: link! } })} onDrop={() => onPage({ card: null })} />}
      {link === undefined ? null : (
        <LinkTools link={link} page={page} face={face} postId={postId} onFace={onFace}>
          {url === undefined ? <Button size="compact-sm" variant="subtle" leftSection={<IconLink size={16} stroke={1.5} aria-hidden />} onClick={() => onPage({ card: { url: link } })}>{t('links.addCard', { host: hostOf(link) || shownLink(link) })}</Button> : null}
        </LinkTools>
      )}
    </section>
  )
}

function Shown({ url, isStale, onTake, onDrop }: { url: string; isStale: boolean; onTake: () => void; onDrop: () => void }) {
  const t = useWords(words)
  const { data, isPending, error } = useQuery(cardQuery(url))
  return (
    <div className={css.shown}>
      {isPending ? <p className={css.quiet}><Loader size={14} /> {t('links.reading', { host: hostOf(url) })}</p> : null}
      {error ? <p className={css.dead}>{t('links.failed')}</p> : null}
      {data ? <CardLook card={data.card} /> : null}
      {data?.card.dead ? <p className={css.dead} role="status"><IconLinkOff size={16} stroke={1.5} aria-hidden />{t('links.dead')}</p> : null}
      <Group gap={4} className={css.cardActs}>
        {isStale ? <Button size="compact-xs" variant="light" onClick={onTake}>{t('links.takeOther')}</Button> : null}
        <ActionIcon aria-label={t('links.dropCard')} title={t('links.dropCard')} onClick={onDrop}><IconX size={16} stroke={1.5} aria-hidden /></ActionIcon>
      </Group>
    </div>
  )
}

export function CardLook({ card }: { card: Card }) {
  return (
    <div className={css.card}>
      {card.picture ? <img src={card.picture.url} alt="" /> : null}
      <div>
        <small>{card.site || hostOf(card.url)}</small>
        <b>{card.title || shownLink(card.url)}</b>
        {card.description ? <p>{card.description}</p> : null}
      </div>
    </div>
  )
}
