import { Checkbox } from '@mantine/core'
import type { Label } from '#kit/channel.ts'
import { useLang } from '#ui/lang.tsx'
import { useWords } from '#ui/words.ts'
import { useAccountName } from '../account-name.ts'
import type { Account } from '../calls.ts'
import css from './composer.module.css'
import { showsLabels } from './preview/shown.ts'
import { words } from './words/words.ts'
import type { Words } from './writing.ts'

const labels = ['sponsored', 'ai-made'] as const satisfies readonly Label[]

/** What honesty says beside a text. */
export function Labels({ page, write, accounts }: { page: Words; write: (change: Partial<Words>) => void; accounts: readonly Account[] }) {
  const t = useWords(words)
  const set = (label: Label, isOn: boolean) => write({ labels: labels.filter((one) => (one === label ? isOn : page.labels.includes(one))) })
  return (
    <section aria-label={t('labels.title')}>
      <h2 className={css.sideTitle}>{t('labels.title')}</h2>
      <div className={css.fields} style={{ gap: 8 }}>
        {labels.map((label) => <Checkbox key={label} size="sm" checked={page.labels.includes(label)} label={t(`labels.${label}`)} onChange={(event) => set(label, event.currentTarget.checked)} />)}
      </div>
      {page.labels.length > 0 ? <How going={accounts.filter((account) => page.accountIds.includes(account.id))} /> : null}
    </section>
  )
}

/** Where a label stands for itself, and where the text has to say it. */
function How({ going }: { going: readonly Account[] }) {
  const t = useWords(words)
  const { lang } = useLang()
  const name = useAccountName()
  const names = (those: readonly Account[]) => new Intl.ListFormat(lang).format(new Set(those.map(name.channel)))
  const [marked, bare] = [going.filter((account) => showsLabels(account.channel)), going.filter((account) => !showsLabels(account.channel))]
  return (
    <>
      {marked.length > 0 ? <p className={css.quiet} style={{ marginTop: 8 }}>{t('labels.line', { names: names(marked) })}</p> : null}
      {bare.length > 0 ? <p className={css.quiet} style={{ marginTop: 8 }}>{t('labels.none', { names: names(bare) })}</p> : null}
    </>
  )
}
