import { Button } from '@mantine/core'
import { IconAlertCircle, IconPlus } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useLang } from '#ui/lang.tsx'
import { useSession } from '#ui/session.ts'
import { When } from '#ui/when.tsx'
import { useWords } from '#ui/words.ts'
import { dayAfter, hourIn, type Day } from './agenda.ts'
import css from './calendar.module.css'
import { isWrong } from '../composer/publications.tsx'
import type { PostRow } from '../calls.ts'
import { words } from './words/words.ts'

interface Given {
  readonly days: readonly Day<PostRow>[]; readonly today: string; readonly current: string | undefined
  readonly onOpen: (id: string) => void
  /** Offered on days with nothing on them. */
  readonly onWrite?: (day: string) => void
}

/** Posts by day. */
export function Days({ days, today, current, onOpen, onWrite }: Given) {
  const t = useWords(words)
  const name = useDayName(today)
  return (
    <div>
      {days.map(({ day, posts }) => (
        <div key={day} className={css.day}>
          <h3 className={`${css.dayName} ${day === today ? css.today : ''}`} style={{ margin: 0, fontWeight: 450 }}><b>{name(day).near}</b>{name(day).date}</h3>
          {posts.length === 0 ? (
            <div className={css.nothing}>
              {t('calendar.nothingThatDay')}
              {onWrite ? <Button size="compact-xs" variant="subtle" leftSection={<IconPlus size={14} stroke={1.5} aria-hidden />} aria-label={t('calendar.writeFor', { day: name(day).date })} onClick={() => onWrite(day)}>{t('calendar.write')}</Button> : null}
            </div>
          ) : <ul className={css.posts}>{posts.map((post) => <li key={post.id}><PostLine post={post} isCurrent={post.id === current} onOpen={onOpen} /></li>)}</ul>}
        </div>
      ))}
    </div>
  )
}

function useDayName(today: string): (day: string) => { near: string; date: string } {
  const t = useWords(words)
  const { lang } = useLang()
  const year = today.slice(0, 4)
  return (day) => {
    const at = new Date(`${day}T00:00:00Z`)
    const date = new Intl.DateTimeFormat(lang, { day: 'numeric', month: 'long', timeZone: 'UTC', ...(day.startsWith(year) ? {} : { year: 'numeric' }) }).format(at)
    const near = day === today ? t('calendar.today') : day === dayAfter(today, 1) ? t('calendar.tomorrow') : day === dayAfter(today, -1) ? t('calendar.yesterday') : new Intl.DateTimeFormat(lang, { weekday: 'long', timeZone: 'UTC' }).format(at)
    return { near, date }
  }
}

interface Line { readonly post: PostRow; readonly isCurrent: boolean; readonly onOpen: (id: string) => void }

function PostLine({ post, isCurrent, onOpen }: Line) {
  const t = useWords(words)
  const { workspace } = useSession()
  const at = post.publishedAt ?? post.dueAt
  const wrong = post.publications.filter(isWrong).length > 0
  const isLeaving = post.state === 'scheduled' && post.dueAt !== null && Date.parse(post.dueAt) < Date.now()
  return (
    <Link from="/calendar" to="/calendar" search={(before) => ({ ...before, post: post.id })} className={css.row} data-post={post.id} data-current={isCurrent || undefined} onClick={() => onOpen(post.id)}>
      <time className={css.hour} dateTime={at ?? undefined}>{at ? hourIn(workspace.zone, new Date(at)) : ''}</time>
      <div style={{ minWidth: 0 }}>
        <div className={css.title} lang={post.lang}>{post.title || post.text || t('calendar.untitled')}</div>
        <div className={css.under}>{t(`intents.${post.intent}`)} · {post.authorName}{post.title ? <> · <span lang={post.lang}>{post.text}</span></> : null}</div>
      </div>
      <div className={css.marks}>
        {wrong ? <span className={css.wrong}><IconAlertCircle size={15} stroke={1.5} aria-hidden />{t('publication.refused')}</span> : null}
        {isLeaving && !wrong ? <span>{t('calendar.late')}</span> : null}
        {post.state === 'withdrawn' ? <span>{t('calendar.states.withdrawn')}</span> : null}
      </div>
    </Link>
  )
}

export function DraftCard({ post, isCurrent, onOpen }: Line) {
  const t = useWords(words)
  return (
    <Link from="/calendar" to="/calendar" search={(before) => ({ ...before, post: post.id })} className={css.draft} data-post={post.id} data-current={isCurrent || undefined} onClick={() => onOpen(post.id)}>
      <div className={css.title} lang={post.lang}>{post.title || t('calendar.untitled')}</div>
      <div className={css.draftText} lang={post.lang}>{post.text}</div>
      <small>{post.authorName} · <When at={post.updatedAt} /></small>
    </Link>
  )
}
