import { Anchor, Button, Text } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useChannelName } from '#ui/channel-name.ts'
import { useLang } from '#ui/lang.tsx'
import { Card, Section } from '#ui/page.tsx'
import { useSession } from '#ui/session.ts'
import { useWords } from '#ui/words.ts'
import { accountsQuery, channelsQuery, type ChannelKind } from './calls.ts'
import { AccountCard } from './channels-account.tsx'
import { ConnectForm } from './channels-form.tsx'
import { channelWords } from './channels-words.ts'
import css from './channels.module.css'
import { SettingsPage } from './settings.tsx'
import { words } from './words.ts'

/** Where the brand speaks and listens: its own places, its accounts elsewhere, and how to connect another. */
export function Channels() {
  const s = useWords(words)
  const t = useWords(channelWords)
  const { workspace, may } = useSession()
  const { data: { items: accounts } } = useSuspenseQuery(accountsQuery)
  const { data: { items: channels } } = useSuspenseQuery(channelsQuery)
  const kindOf = (id: string): ChannelKind | undefined => channels.find((one) => one.id === id)
  const [own, others] = [accounts.filter(({ native }) => native), accounts.filter(({ native }) => !native)]
  return (
    <SettingsPage title={s('channels.title')} lead={s('channels.lead')} needs="manage" acts={<Anchor href={`${workspace.origin}/`} target="_blank" rel="noreferrer" size="sm">{workspace.origin.replace(/^https?:\/\//, '')}</Anchor>}>
      <Section title={t('others')}>
        {others.length === 0 ? <Text c="dimmed" size="sm" style={{ textWrap: 'pretty' }}>{t('none')}</Text> : others.map((account) => <AccountCard key={account.id} account={account} channel={kindOf(account.channel)} />)}
      </Section>
      {may('manage') ? <Section title={t('add')}><Kinds channels={channels.filter(({ connects }) => connects)} /></Section> : null}
      <Section title={t('yours')} lead={t('yoursLead')}>
        {own.map((account) => <AccountCard key={account.id} account={account} channel={kindOf(account.channel)} />)}
      </Section>
    </SettingsPage>
  )
}

function Kinds({ channels }: { channels: readonly ChannelKind[] }) {
  const t = useWords(channelWords)
  const { pick } = useLang()
  const nameOf = useChannelName()
  const [open, setOpen] = useState<string>()
  return (
    <Card padded={false}>
      {channels.map((channel) => (open === channel.id ? (
        <div key={channel.id} className={css.opened}>
          <Text fw={580} mb={4}>{nameOf(channel.id)}</Text>
          <Text size="sm" c="dimmed" mb={14} style={{ textWrap: 'pretty' }}>{pick(channel.about)}</Text>
          <ConnectForm channel={channel} close={() => setOpen(undefined)} />
        </div>
      ) : (
        <div key={channel.id} className={css.kind}>
          <div><strong>{nameOf(channel.id)}</strong><p>{pick(channel.about)}</p></div>
          <Button variant="default" size="sm" aria-label={`${t('connect')}: ${nameOf(channel.id)}`} onClick={() => setOpen(channel.id)}>{t('connect')}</Button>
        </div>
      )))}
    </Card>
  )
}
