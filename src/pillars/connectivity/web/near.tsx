import type { Nearby } from '#ui/presence.ts'
import { useLang } from '#ui/lang.tsx'
import { useWords } from '#ui/words.ts'
import css from './thread.module.css'
import { words } from './words/words.ts'

/** Who else is at this conversation: writing outside, writing or looking in the team. */
export function Near({ near, contact }: { near: Nearby; contact: string }) {
  const t = useWords(words)
  const { lang } = useLang()
  const list = (names: readonly string[]): string => new Intl.ListFormat(lang).format(names)
  const lines = [
    ...(near.writing === null ? [] : [t('presence.writes', { names: near.writing || contact, count: 1 })]),
    ...(near.answering.length > 0 ? [t('presence.writes', { names: list(near.answering), count: near.answering.length })] : []),
    ...(near.looking.length > 0 ? [t('presence.looks', { names: list(near.looking), count: near.looking.length })] : []),
  ]
  return <div className={css.nearBox} role="status">{lines.map((line) => <p key={line} className={css.near}><i className={css.typingDot} aria-hidden />{line}</p>)}</div>
}
