import { IconFlag } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { memo } from 'react'
import { Face } from '#ui/person.tsx'
import { useWords } from '#ui/words.ts'
import { ChannelMark } from './channel-mark.tsx'
import css from './inbox.module.css'
import type { Row } from './calls.ts'
import { useSince } from './since.ts'
import { words } from './words/words.ts'

interface Given { readonly row: Row; readonly isCurrent: boolean; readonly me: string; readonly onOpen: (id: string) => void; readonly isChosen: boolean; readonly isChoosing: boolean; readonly onChoose: (id: string) => void }

/** One conversation in the list: who, what last, where, since when somebody waits, and who is on it. */
export const RowView = memo(function RowView({ row, isCurrent, me, onOpen, isChosen, isChoosing, onChoose }: Given) {
  const t = useWords(words)
  const since = useSince()
  const waits = row.waitingSince !== null
  return (
    <div className={css.rowBox} data-choosing={isChoosing || undefined} data-chosen={isChosen || undefined}>
    <input
      type="checkbox" className={css.choose} checked={isChosen} onChange={() => onChoose(row.id)} tabIndex={isCurrent || isChoosing ? 0 : -1}
      aria-label={t('row.choose', { name: row.contact.name || t('row.unnamed') })}
    />
    <Link
      to="/inbox" search={(before) => ({ ...before, c: row.id })} className={`${css.rowLink} ${row.unread ? css.unread : ''} ${waits || row.unread ? '' : css.quiet}`}
      aria-current={isCurrent ? 'true' : undefined} tabIndex={isCurrent ? 0 : -1} data-open={row.id} onClick={() => onOpen(row.id)} preload={false}
    >
      <Face name={row.contact.name || t('row.unnamed')} picture={row.contact.picture} size={36} />
      <div style={{ minWidth: 0 }}>
        <div className={css.rowTop}>
          {row.unread ? <i className={css.newDot} role="img" aria-label={t('row.unread')} /> : null}
          {row.priority === 'urgent' || row.priority === 'high' ? <IconFlag size={14} stroke={1.75} className={css.flag} data-urgent={row.priority === 'urgent' || undefined} role="img" aria-label={t(`priority.${row.priority}`)} /> : null}
          <span className={css.name}>{row.contact.name || t('row.unnamed')}</span>
          <ChannelMark channel={row.channel} />
          <time
            className={`${css.since} ${waits ? css.waits : ''}`} dateTime={row.waitingSince ?? row.lastAt}
            aria-label={waits ? t('row.waiting', { time: since(row.waitingSince ?? row.lastAt) }) : undefined}
          >
            {since(row.waitingSince ?? row.lastAt)}
          </time>
        </div>
        <Said row={row} hasUnder={hasUnder(row, me)} />
        <Under row={row} me={me} />
      </div>
    </Link>
    </div>
  )
})

const hasUnder = (row: Row, me: string): boolean =>
  (row.claimedBy !== null && row.claimedBy.id !== me) || row.held > 0 || row.assignee !== null || row.postTitle !== null || !row.asked || row.state === 'snoozed' || row.tags.length > 0

function Said({ row, hasUnder: isShort }: { row: Row; hasUnder: boolean }) {
  const t = useWords(words)
  const lang = row.lang ? { lang: row.lang } : {}
  const shape = `${css.said} ${isShort ? css.oneLine : ''}`
  if (row.snippet && row.snippet.length > 0) {
    return <div className={shape} {...lang}>{row.snippet.map((piece, place) => (piece.hit ? <mark key={place}>{piece.text}</mark> : <span key={place}>{piece.text}</span>))}</div>
  }
  return <div className={shape} {...lang}>{row.lastFrom === 'team' ? t('row.you', { text: row.lastText }) : row.lastText}</div>
}

function Under({ row, me }: { row: Row; me: string }) {
  const t = useWords(words)
  const claimed = row.claimedBy && row.claimedBy.id !== me ? row.claimedBy : null
  return (
    <div className={css.under}>
      {claimed ? <span className={css.claimed}><i className={css.dot} aria-hidden />{t('row.claimed', { name: claimed.name })}</span> : null}
      {row.held > 0 ? <span className={css.heldMark}>{t('row.held')}</span> : null}
      {row.state === 'snoozed' ? <span>{t('row.snoozed')}</span> : null}
      {!row.asked ? <span>{t('row.overheard')}</span> : null}
      {row.assignee && !claimed ? <span>{row.assignee.name}</span> : null}
      {row.tags.slice(0, 3).map((tag) => <span key={tag} className={css.tag}>{tag}</span>)}
      {row.postTitle ? <span>{row.postTitle}</span> : null}
    </div>
  )
}
