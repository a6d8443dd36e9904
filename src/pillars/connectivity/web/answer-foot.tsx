import type { ReactNode } from 'react'
import { useLang } from '#ui/lang.tsx'
import { clock, exact, useNow } from '#ui/when.tsx'
import { useWords } from '#ui/words.ts'
import { countText, type TextLimit } from '#text/count.ts'
import type { Thread } from './calls.ts'
import css from './thread.module.css'
import type { Kept } from './use-draft.ts'
import { words } from './words/words.ts'

interface Given { readonly kept: Kept; readonly text: string; readonly limit: Thread['canAnswer']['limit']; /** When the network stops taking an answer. */ readonly until: string | null; readonly children: ReactNode }
const tellFrom = 0.8

/** Under the answer: whether it is kept, and how much room is left once that begins to matter. */
export function AnswerFoot({ kept, text, limit, until, children }: Given) {
  const t = useWords(words)
  const used = limit ? countText(text, limit as TextLimit) : 0
  const left = limit ? limit.max - used : 0
  const matters = limit !== null && used > limit.max * tellFrom
  return (
    <div className={css.below}>
      <span role="status">{useKeptSentence(kept)}</span>
      <span className={`${css.push} ${left < 0 ? css.bad : ''}`}>{matters ? left < 0 ? t('answer.over', { count: String(-left) }) : t('answer.left', { count: String(left) }) : ''}</span>
      {until ? <Window until={until} /> : null}
      {children}
    </div>
  )
}

const hourMs = 3_600_000
/** How long the network still takes an answer; pressing once little is left. */
function Window({ until }: { until: string }) {
  const t = useWords(words)
  const { lang, zone } = useLang()
  const left = Date.parse(until) - useNow().getTime()
  const time = left <= 0 ? t('time.now') : left < hourMs ? t('time.minutes', { n: String(Math.max(1, Math.floor(left / 60_000))) }) : left < 48 * hourMs ? t('time.hours', { n: String(Math.floor(left / hourMs)) }) : t('time.days', { n: String(Math.floor(left / (24 * hourMs))) })
  return <span className={`${css.window} ${left < 4 * hourMs ? css.bad : ''}`} title={exact(new Date(until), lang, zone)}>{t('answer.window', { time })}</span>
}

function useKeptSentence(kept: Kept): string {
  const t = useWords(words)
  const { lang, zone } = useLang()
  switch (kept.state) {
    case 'none': return t('answer.markdown')
    case 'saving': return t('answer.saving')
    case 'here': return t('answer.savedHere')
    case 'saved': return t('answer.saved', { time: clock(new Date(kept.at), lang, zone) })
  }
}
