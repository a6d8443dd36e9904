import { SegmentedControl, useComputedColorScheme } from '@mantine/core'
import { useState } from 'react'
import { useSession } from '#ui/session.ts'
import { useWords } from '#ui/words.ts'
import { useAccountName } from '../../account-name.ts'
import type { Account } from '../../calls.ts'
import { byStrictness } from '../../room.ts'
import { Count } from '../count.tsx'
import { NetworkMark } from '../network-mark.tsx'
import { words } from '../words/words.ts'
import { isBlankPage, type Words } from '../writing.ts'
import css from './preview.module.css'
import { NetworkPost } from './network-post.tsx'
import { shownOn, type Shown } from './shown.ts'

interface Given { readonly page: Words; readonly at?: string | undefined; readonly going: readonly Account[]; readonly voice?: Shown['voice'] }

/** The post as it will stand on each account, each in the look of its network. */
export function Previews({ page, at, going, voice }: Given) {
  const t = useWords(words)
  const { me } = useSession()
  const scheme = useComputedColorScheme('light')
  const [chosen, setLook] = useState<'light' | 'dark'>()
  const look = chosen ?? scheme
  const name = useAccountName()
  const accounts = at === undefined ? byStrictness(going) : going.filter((account) => account.id === at)
  if (isBlankPage(page)) return <p className={css.quiet}>{t('composer.previewEmpty')}</p>
  if (accounts.length === 0) return <p className={css.quiet}>{t('preview.nowhere')}</p>
  return (
    <div className={css.previews}>
      <SegmentedControl size="xs" aria-label={t('preview.look')} value={look} onChange={(value) => setLook(value as 'light' | 'dark')} data={[{ value: 'light', label: t('preview.light') }, { value: 'dark', label: t('preview.dark') }]} />
      {accounts.map((account) => {
        const shown = shownOn(account, page, voice ?? me.voice ?? undefined)
        return (
          <section key={account.id} aria-label={t('preview.on', { name: name.whole(account) })}>
            <h2 className={css.where}><NetworkMark channel={account.channel} />{name.channel(account)}{shown.parts.length > 1 ? <small>{t('preview.parts', { count: shown.parts.length })}</small> : <small><Count text={shown.parts[0]?.text ?? ''} accounts={[account]} /></small>}</h2>
            <NetworkPost shown={shown} look={look} />
          </section>
        )
      })}
    </div>
  )
}
