import { Button, Popover, Text } from '@mantine/core'
import { IconAlertCircle, IconCheck, IconClock } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useLang } from '#ui/lang.tsx'
import { ProblemNote } from '#ui/problem.tsx'
import { useSession } from '#ui/session.ts'
import { useWords } from '#ui/words.ts'
import { resend, type Publication } from './calls.ts'
import css from './thread.module.css'
import { words } from './words/words.ts'

const states = ['scheduled', 'sending', 'retry-wait', 'unknown', 'needs-person', 'auth-needed', 'confirmed', 'refused', 'cancelled', 'gone'] as const
const failed: ReadonlySet<string> = new Set(['needs-person', 'auth-needed', 'refused'])

/** What became of an answer; when it was not sent, why, and one click to send it again. */
export function SendingState({ messageId, publication, onAgain }: { messageId: string; publication: Publication; onAgain: () => void }) {
  const t = useWords(words)
  const state = states.find((known) => known === publication.state) ?? 'unknown'
  if (state === 'confirmed') return <span className={css.state}><IconCheck size={14} stroke={1.5} aria-hidden />{t('sending.confirmed')}</span>
  if (!failed.has(state)) return <span className={css.state}><IconClock size={14} stroke={1.5} aria-hidden />{t(`sending.${state}`)}</span>
  return (
    <Popover width={300} position="bottom-start" trapFocus withinPortal={false}>
      <Popover.Target>
        <Button size="compact-xs" variant="light" color="terracotta" leftSection={<IconAlertCircle size={14} stroke={1.5} aria-hidden />}>{t(`sending.${state}`)}</Button>
      </Popover.Target>
      <Popover.Dropdown><Why messageId={messageId} publication={publication} onAgain={onAgain} /></Popover.Dropdown>
    </Popover>
  )
}

function Why({ messageId, publication, onAgain }: { messageId: string; publication: Publication; onAgain: () => void }) {
  const t = useWords(words)
  const { pick } = useLang()
  const { may } = useSession()
  const queries = useQueryClient()
  const settle = useMutation({ mutationFn: (what: 'send' | 'there') => resend(messageId, what), onSuccess: () => queries.invalidateQueries({ queryKey: ['conversations'] }) })
  return (
    <>
      <Text size="sm" fw={600}>{t('sending.why')}</Text>
      {publication.why ? <><Text size="sm" mt={4}>{pick(publication.why.says)}</Text><Text size="sm" c="dimmed" mt={4}>{pick(publication.why.next)}</Text></> : null}
      <ProblemNote error={settle.error} />
      {may('answer') ? (
        <div className={css.choices}>
          {publication.state === 'auth-needed' ? <Button size="xs" variant="light" renderRoot={(props) => <Link to="/settings" {...props} />}>{t('sending.openAccounts')}</Button>
            : <Button size="xs" loading={settle.isPending} onClick={() => settle.mutate('send')}>{t('sending.resend')}</Button>}
          {publication.state === 'needs-person' ? <Button size="xs" variant="default" onClick={() => settle.mutate('there')}>{t('sending.there')}</Button> : null}
          {publication.state === 'refused' ? <Button size="xs" variant="default" onClick={onAgain}>{t('sending.again')}</Button> : null}
        </div>
      ) : null}
    </>
  )
}
