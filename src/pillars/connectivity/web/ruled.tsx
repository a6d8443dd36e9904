import { Button } from '@mantine/core'
import { IconBolt } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { When } from '#ui/when.tsx'
import { useWords } from '#ui/words.ts'
import { useActSays } from './act-says.ts'
import { begun } from './openers.tsx'
import { ruledQuery } from './rules-calls.ts'
import { rulesWords } from './rules-words.ts'
import css from './thread.module.css'

const shown = 3

/** What rules did in a conversation, by their names. */
export function Ruled({ id }: { id: string }) {
  const t = useWords(rulesWords)
  const says = useActSays()
  const { data } = useQuery(ruledQuery(id))
  if (!data || data.runs.length === 0) return null
  const line = (run: (typeof data.runs)[number]) => (
    <li key={run.id}><span><IconBolt size={13} stroke={1.5} aria-hidden /> {t('ruled.did', { name: run.name, acts: run.did.map(says).join(', ') })} <When at={run.at} /></span></li>
  )
  const early = data.runs.slice(0, -shown)
  return (
    <ul className={css.moves} aria-label={t('ruled.label')}>
      {early.length > 0 ? <li><details><summary>{t('ruled.more', { count: early.length })}</summary><ul className={css.ruledEarly}>{early.map(line)}</ul></details></li> : null}
      {data.runs.slice(-shown).map(line)}
    </ul>
  )
}

/** The opener a rule suggests, for whoever has not begun to write. */
export function Suggested({ id, name, onTake }: { id: string; name: string; onTake: (text: string) => void }) {
  const t = useWords(rulesWords)
  const { data } = useQuery(ruledQuery(id))
  const suggestion = data?.suggestion
  if (!suggestion) return null
  return (
    <div className={css.suggested} role="note">
      <span>{t('ruled.suggests', { by: suggestion.by, name: suggestion.name })}</span>
      <Button size="compact-xs" variant="light" onClick={() => onTake(begun(suggestion.text, name))}>{t('ruled.take')}</Button>
    </div>
  )
}
