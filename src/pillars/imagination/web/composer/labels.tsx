import { Checkbox } from '@mantine/core'
import type { Label } from '#kit/channel.ts'
import { useWords } from '#ui/words.ts'
import css from './composer.module.css'
import { words } from './words/words.ts'
import type { Words } from './writing.ts'

const labels = ['sponsored', 'ai-made'] as const satisfies readonly Label[]

/** What honesty says beside a text. */
export function Labels({ page, write }: { page: Words; write: (change: Partial<Words>) => void }) {
  const t = useWords(words)
  const set = (label: Label, isOn: boolean) => write({ labels: labels.filter((one) => (one === label ? isOn : page.labels.includes(one))) })
  return (
    <section aria-label={t('labels.title')}>
      <h2 className={css.sideTitle}>{t('labels.title')}</h2>
      <div className={css.fields} style={{ gap: 8 }}>
        {labels.map((label) => <Checkbox key={label} size="sm" checked={page.labels.includes(label)} label={t(`labels.${label}`)} onChange={(event) => set(label, event.currentTarget.checked)} />)}
      </div>
    </section>
  )
}
