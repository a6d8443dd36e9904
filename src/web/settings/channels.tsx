import { Anchor, Badge, Button, CopyButton, Group, Text, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { take } from '#ui/api.ts'
import { useLang } from '#ui/lang.tsx'
import { Card } from '#ui/page.tsx'
import { Person } from '#ui/person.tsx'
import { ProblemNote } from '#ui/problem.tsx'
import { useSession } from '#ui/session.ts'
import { wrong } from '#ui/undo.tsx'
import { When } from '#ui/when.tsx'
import { useWords } from '#ui/words.ts'
import { accountsQuery, channelsQuery, circleQuery, circles, type Account } from './calls.ts'
import css from './settings.module.css'
import { SettingsPage } from './settings.tsx'
import { words } from './words.ts'

export function Channels() {
  const t = useWords(words)
  const { workspace } = useSession()
  const { data } = useSuspenseQuery(accountsQuery)
  return (
    <SettingsPage title={t('channels.title')} lead={t('channels.lead')} needs="manage" acts={<Anchor href={`${workspace.origin}/`} target="_blank" rel="noreferrer" size="sm">{workspace.origin.replace(/^https?:\/\//, '')}</Anchor>}>
      {data.items.map((account) => <One key={account.id} account={account} />)}
    </SettingsPage>
  )
}

function One({ account }: { account: Account }) {
  const t = useWords(words)
  const { pick } = useLang()
  const { data } = useSuspenseQuery(channelsQuery)
  const about = data.items.find((one) => one.id === account.channel)?.about
  const { workspace } = useSession()
  // Where accounts follow one another, people look for them by name and server.
  const handle = account.circle ? `@${account.handle}@${new URL(workspace.origin).host}` : account.handle
  const { max, unit } = account.limits.text
  const name = account.channel === 'porch' ? t('channels.porch') : account.channelName
  return (
    <section aria-label={name} style={{ marginBottom: 24 }}>
      <Card>
        <Group justify="space-between" mb={4}>
          <Text fw={620} fz={18} component="h2" m={0}>{name}</Text>
          <Badge color={account.state === 'connected' ? 'leaf' : 'terracotta'}>{t(`channels.${account.state}`)}</Badge>
        </Group>
        {about ? <Text c="dimmed" mb={12} style={{ textWrap: 'pretty' }}>{pick(about)}</Text> : null}
        <Group gap={8} mb={12} wrap="nowrap">
          <Text fw={550} style={{ overflowWrap: 'anywhere' }}>{handle}</Text>
          <CopyButton value={handle}>{({ copied, copy }) => <Button size="compact-xs" variant="subtle" style={{ flex: 'none' }} onClick={copy}>{t(copied ? 'channels.copied' : 'channels.copy')}</Button>}</CopyButton>
        </Group>
        <Text size="sm">{t('channels.can')}: {account.kinds.map((kind) => t(`channels.kinds.${kind}`)).join(', ')}; {t('channels.limit', { max, unit: t(`channels.units.${unit}`) })}</Text>
        {account.hears.length > 0 ? <Text size="sm">{t('channels.hears')}: {account.hears.map((one) => t(`channels.hear.${one}`)).join(', ')}</Text> : null}
        <Text size="sm" c="dimmed">{account.heardAt ? <>{t('channels.heard')} <When at={account.heardAt} /></> : t('channels.never')}</Text>
        {account.circle ? <Circle account={account} /> : null}
      </Card>
    </section>
  )
}

function Circle({ account }: { account: Account }) {
  const t = useWords(words)
  const { may } = useSession()
  const { data, error, refetch } = useQuery(circleQuery(account.id))
  return (
    <div style={{ marginTop: 16, paddingTop: 16, borderTop: '1px solid var(--line)' }}>
      <ProblemNote error={error} retry={() => void refetch()} />
      {data ? <Text fw={550} mb={12}>{t('channels.followers', { count: data.followers })}</Text> : null}
      {may('manage') ? <Follow account={account} /> : null}
      {data ? <Following account={account} following={data.following} /> : null}
    </div>
  )
}

function Follow({ account }: { account: Account }) {
  const t = useWords(words)
  const queries = useQueryClient()
  const [target, setTarget] = useState('')
  const follow = useMutation({
    mutationFn: () => take(circles.accounts[':id'].circle.$post({ param: { id: account.id }, json: { target } })),
    onSuccess: () => { setTarget(''); return queries.invalidateQueries({ queryKey: circleQuery(account.id).queryKey }) },
  })
  const submit = (event: FormEvent) => { event.preventDefault(); follow.mutate() }
  return (
    <form onSubmit={submit}>
      <Group gap={8} align="flex-end">
        <TextInput required style={{ flex: '1 1 260px' }} label={t('channels.follow')} description={t('channels.followHint')} value={target} maxLength={500} autoComplete="off" onChange={(event) => setTarget(event.currentTarget.value)} />
        <Button type="submit" variant="light" loading={follow.isPending}>{t('channels.followAct')}</Button>
      </Group>
      <ProblemNote error={follow.error} />
    </form>
  )
}

interface Followed { readonly id: string; readonly name: string; readonly handle: string; readonly url: string | null; readonly state: 'pending' | 'accepted' | 'rejected' }

function Following({ account, following }: { account: Account; following: readonly Followed[] }) {
  const t = useWords(words)
  const { may } = useSession()
  const queries = useQueryClient()
  const leave = useMutation({
    mutationFn: (target: string) => take(circles.accounts[':id'].circle.leave.$post({ param: { id: account.id }, json: { target } })),
    onError: (error) => wrong(error, t('failed')),
    onSettled: () => queries.invalidateQueries({ queryKey: circleQuery(account.id).queryKey }),
  })
  if (following.length === 0) return <Text size="sm" c="dimmed" mt={12}>{t('channels.followsNobody')}</Text>
  return (
    <div style={{ marginTop: 12 }}>
      <Text size="sm" fw={550}>{t('channels.follows')}</Text>
      {following.map((one) => (
        <div key={one.id} className={css.line} style={{ paddingInline: 0 }}>
          <Person name={one.name} under={<>{one.url ? <Anchor href={one.url} target="_blank" rel="noreferrer" size="xs">{one.handle}</Anchor> : one.handle}{one.state === 'accepted' ? '' : ` · ${t(`channels.${one.state}`)}`}</>} />
          {may('manage') ? <Button size="xs" variant="default" loading={leave.isPending && leave.variables === one.id} onClick={() => leave.mutate(one.id)}>{t('channels.stop')}</Button> : null}
        </div>
      ))}
    </div>
  )
}
