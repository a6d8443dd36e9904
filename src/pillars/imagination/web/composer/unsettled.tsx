import { Button, Group, Modal, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Section } from '#ui/page.tsx'
import { ProblemNote } from '#ui/problem.tsx'
import { useSession } from '#ui/session.ts'
import { told } from '#ui/undo.tsx'
import { useWords } from '#ui/words.ts'
import { useAccountName } from '../account-name.ts'
import { accountsQuery, answerHeld, type Account, type HeldAnswer, type Unsettled as One } from '../calls.ts'
import { publishingQuery } from './calls.ts'
import css from './composer.module.css'
import { NetworkMark } from './network-mark.tsx'
import { Outcome } from './outcome.tsx'
import { isHeld, isStuck } from './outcomes.ts'
import { stateOf } from './publications.tsx'
import { words } from './words/words.ts'

/** Everything that is held, of unknown outcome or otherwise waiting for a person, in one place. */
export function Unsettled() {
  const t = useWords(words)
  const { may } = useSession()
  const { data, error, refetch } = useQuery({ ...publishingQuery, staleTime: 0 })
  const accounts = useQuery(accountsQuery).data?.items ?? []
  if (!data) return <Section title={t('waits.title')} lead={t('waits.lead')}><ProblemNote error={error} retry={() => void refetch()} /></Section>
  const held = data.unsettled.filter(isHeld)
  const others = [...data.unsettled.filter((one) => isStuck(one) && !isHeld(one)), ...data.troubled]
  const lines = (all: readonly One[]) => <ul className={css.standing}>{all.map((one) => <Line key={one.id} one={one} account={accounts.find((account) => account.id === one.accountId)} />)}</ul>
  return (
    <Section title={t('waits.title')} lead={t('waits.lead')}>
      {held.length + others.length === 0 ? <Text size="sm" c="dimmed" role="status">{t('waits.none')}</Text> : null}
      {held.length > 0 ? (
        <>
          <div className={css.bulk}><h3>{t('waits.held', { count: data.held })}</h3>{may('publish') ? <Bulk count={data.held} /> : null}</div>
          {lines(held)}
        </>
      ) : null}
      {others.length > 0 ? <>{held.length > 0 ? <div className={css.bulk}><h3>{t('waits.others')}</h3></div> : null}{lines(others)}</> : null}
    </Section>
  )
}

function Line({ one, account }: { one: One; account: Account | undefined }) {
  const t = useWords(words)
  const name = useAccountName()
  const begins = one.begins || t('untitled')
  return (
    <li className={css.place} data-state={one.state}>
      <div className={css.placeHead}>
        <NetworkMark channel={one.channel} />
        <b>{account ? name.channel(account) : one.channel}</b>
        <span style={{ color: 'var(--soft)' }}>{account?.handle}</span>
        <span className={css.bad}>{stateOf(one, t)}</span>
      </div>
      <p lang={one.lang}>{one.postId ? <Link to="/calendar" search={{ post: one.postId }} aria-label={t('waits.open', { name: begins })}>{begins}</Link> : <>{t('waits.answer')}: {begins}</>}</p>
      <Outcome one={one} />
    </li>
  )
}

const answers = ['look', 'send', 'drop'] as const satisfies readonly HeldAnswer[]

/** One word for all that is held; asked once more before it counts. */
function Bulk({ count }: { count: number }) {
  const t = useWords(words)
  const queries = useQueryClient()
  const [asked, setAsked] = useState<HeldAnswer>()
  const act = useMutation({
    mutationFn: (answer: HeldAnswer) => answerHeld(answer),
    onSuccess: async ({ answered }, answer) => {
      told(t(`waits.${answer}.done`, { count: answered }))
      setAsked(undefined)
      await Promise.all([queries.invalidateQueries({ queryKey: ['publishing'] }), queries.invalidateQueries({ queryKey: ['posts'] })])
    },
  })
  return (
    <>
      <Group gap={6}>{answers.map((answer) => <Button key={answer} size="compact-sm" variant={answer === 'look' ? 'light' : 'default'} onClick={() => setAsked(answer)}>{t(`waits.${answer}.name`)}</Button>)}</Group>
      <Modal opened={asked !== undefined} onClose={() => setAsked(undefined)} title={asked ? t(`waits.${asked}.title`, { count }) : ''} closeButtonProps={{ 'aria-label': t('act.cancel') }}>
        <Text size="sm">{asked ? t(`waits.${asked}.says`) : ''}</Text>
        <ProblemNote error={act.error} />
        <Group justify="flex-end" gap={8} mt={16}>
          <Button variant="default" onClick={() => setAsked(undefined)}>{t('act.cancel')}</Button>
          <Button {...(asked === 'drop' ? { color: 'terracotta' } : {})} data-autofocus loading={act.isPending} onClick={() => { if (asked) act.mutate(asked) }}>{asked ? t(`waits.${asked}.name`) : ''}</Button>
        </Group>
      </Modal>
    </>
  )
}
