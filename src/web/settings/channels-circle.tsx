import { Anchor, Button, Group, Text, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { take } from '#ui/api.ts'
import { Person } from '#ui/person.tsx'
import { ProblemNote } from '#ui/problem.tsx'
import { useSession } from '#ui/session.ts'
import { wrong } from '#ui/undo.tsx'
import { useWords } from '#ui/words.ts'
import { circleQuery, circles, type Account } from './calls.ts'
import css from './settings.module.css'
import { words } from './words.ts'

/** Whom an account follows and how many follow it, on networks that know such a thing. */
export function Circle({ account }: { account: Account }) {
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
