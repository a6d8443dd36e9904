import { Textarea } from '@mantine/core'
import { useId } from 'react'
import { useWords } from '#ui/words.ts'
import type { Brief } from '../tables.ts'
import css from './campaigns.module.css'
import { words } from './words.ts'

const questions = ['product', 'audience', 'competition', 'environment', 'measures'] as const
const mix = ['mixProduct', 'mixPlace', 'mixPrice', 'mixPromotion', 'mixPr'] as const

interface Form { brief: Brief; gaps: readonly string[]; readOnly: boolean; change: (brief: Brief) => void }

/** The brief: five questions and the marketing mix. It saves itself. */
export function BriefForm({ brief, gaps, readOnly, change }: Form) {
  const t = useWords(words)
  const part = (name: keyof Brief) => (
    <Part key={name} name={name} text={brief[name]} isGap={gaps.includes(name)} readOnly={readOnly} change={(text) => change({ ...brief, [name]: text })} />
  )
  return (
    <div>
      <h2 className={css.h2}>{t('brief.title')}</h2>
      {readOnly ? <p className={css.lead}>{t('campaign.readOnly')}</p> : null}
      {questions.map(part)}
      <h2 className={css.h2}>{t('brief.mix')}</h2>
      <p className={css.lead}>{t('brief.mixLead')}</p>
      <div className={css.mix}>{mix.map(part)}</div>
    </div>
  )
}

interface One { name: keyof Brief; text: string; isGap: boolean; readOnly: boolean; change: (text: string) => void }

function Part({ name, text, isGap, readOnly, change }: One) {
  const t = useWords(words)
  const id = useId()
  return (
    <div>
      <label className={css.question} htmlFor={`brief-${name}`}>{t(`brief.${name}`)}</label>
      <span className={css.hint} id={id}>{t(`brief.${name}Hint`)}</span>
      <Textarea size="md" id={`brief-${name}`} aria-describedby={id} value={text} readOnly={readOnly} maxLength={10_000} minRows={3} maxRows={24} data-gap={isGap || undefined} onChange={(event) => change(event.currentTarget.value)} />
    </div>
  )
}
