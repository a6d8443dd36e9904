import { ActionIcon, TextInput } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import type { Face } from '#core/posts/rules.ts'
import type { Lang } from '#kit/lang.ts'
import { useLang } from '#ui/lang.tsx'
import { useWords } from '#ui/words.ts'
import { useAccountName } from '../account-name.ts'
import type { Account } from '../calls.ts'
import css from './sheet.module.css'
import { words } from './words/words.ts'

interface Given { readonly face: Face; readonly lang: Lang; readonly accounts: readonly Account[]; readonly isAsked: boolean; readonly onFace: (change: Partial<Face>) => void; readonly onDrop: () => void }

/** What is read first; where a network can, the rest stays folded until somebody opens it. */
export function ContentWarning({ face, lang, accounts, isAsked, onFace, onDrop }: Given) {
  const t = useWords(words)
  const { lang: own } = useLang()
  const name = useAccountName()
  const open = new Set(accounts.filter((account) => !account.limits.warning).map(name.channel))
  return (
    <div className={css.warned}>
      <TextInput
        size="sm" lang={lang} maxLength={300} autoFocus={isAsked} label={t('warned.label')} placeholder={t('warned.place')} inputWrapperOrder={['label', 'input', 'description']} value={face.warning ?? ''}
        description={open.size > 0 ? `${t('warned.about')} ${t('warned.open', { names: new Intl.ListFormat(own).format(open) })}` : t('warned.about')} onChange={(event) => onFace({ warning: event.currentTarget.value })}
      />
      <ActionIcon aria-label={t('warned.drop')} onClick={onDrop}><IconTrash size={16} stroke={1.5} aria-hidden /></ActionIcon>
    </div>
  )
}
