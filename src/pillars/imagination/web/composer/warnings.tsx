import { IconAlertTriangle } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useLang } from '#ui/lang.tsx'
import { useWords } from '#ui/words.ts'
import type { Post } from '../calls.ts'
import css from './warnings.module.css'
import { words } from './words/words.ts'

type Warning = Post['warnings'][number]

/** What deserves a second look before it goes out, and does not stand in the way. */
export function Warnings({ post }: { post: Post | undefined }) {
  return post ? <WarningList items={post.warnings} /> : null
}

export function WarningList({ items }: { items: readonly Warning[] }) {
  const t = useWords(words)
  const { pick } = useLang()
  if (items.length === 0) return null
  return (
    <ul className={css.list} aria-label={t('warnings.label')}>
      {items.map((one, place) => (
        <li key={place} data-kind={one.kind}>
          <IconAlertTriangle size={16} stroke={1.5} aria-hidden />
          <span>{pick(one.says)} {'other' in one ? <Link from="/calendar" to="/calendar" search={(before) => ({ ...before, post: one.other.postId })}>{one.other.title || t('warnings.look')}</Link> : null}</span>
        </li>
      ))}
    </ul>
  )
}
