import { useLang } from '#ui/lang.tsx'
import { clock } from '#ui/when.tsx'
import { useWords } from '#ui/words.ts'
import css from './composer.module.css'
import type { SaveState } from './saver.ts'
import { words } from './words/words.ts'

/** Whether what was typed is safe, and since when. */
export function SavedSentence({ state }: { state: SaveState }) {
  const t = useWords(words)
  const { lang, zone } = useLang()
  const says = state.is === 'saved' ? t('saved.at', { time: clock(new Date(state.at), lang, zone) })
    : state.is === 'failed' ? t('saved.failed', { why: state.why }) : t(`saved.${state.is}`)
  return <span className={`${css.saved} ${state.is === 'failed' ? css.bad : ''}`} role="status">{says}</span>
}
