import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useLang } from '#ui/lang.tsx'
import { useWords } from '#ui/words.ts'
import { shortLinksQuery } from '../calls.ts'
import side from '../composer.module.css'
import { shownLink } from '../preview/facets.ts'
import { words } from '../words/words.ts'
import css from './links.module.css'

/** How often our own short addresses of a post were followed. */
export function Clicks({ postId }: { postId: string }) {
  const t = useWords(words)
  const { lang } = useLang()
  const { data } = useQuery(shortLinksQuery(postId))
  if (!data || data.items.length === 0) return null
  return (
    <section aria-label={t('links.clicks')}>
      <h2 className={side.sideTitle}>{t('links.clicks')}</h2>
      <ul className={css.clicks}>
        {data.items.map((one) => (
          <li key={one.id}>
            <span><a href={one.url} target="_blank" rel="noreferrer">{shownLink(one.url, 40)}</a><small>{shownLink(one.target, 48)}</small></span>
            <b>{t('links.count', { count: one.clicks, shown: one.clicks.toLocaleString(lang) })}</b>
          </li>
        ))}
      </ul>
      <Text size="xs" c="dimmed" mt={6}>{t('links.clicksAbout')}</Text>
    </section>
  )
}
