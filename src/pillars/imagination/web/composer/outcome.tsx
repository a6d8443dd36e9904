import { Anchor, Button, Group, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useLang } from '#ui/lang.tsx'
import { ProblemNote } from '#ui/problem.tsx'
import { useSession } from '#ui/session.ts'
import { told } from '#ui/undo.tsx'
import { short, When } from '#ui/when.tsx'
import { useWords } from '#ui/words.ts'
import { answerChange, answerHeld, settle, type Publication, type Settling } from '../calls.ts'
import css from './composer.module.css'
import { isChangeOpen, isHeld, isUnseen, mayAnswer } from './outcomes.ts'
import { words } from './words/words.ts'

interface Given { readonly one: Publication }

/** What became of one publication: its address, or why it is not as it should be, the next step and the answers there are. */
export function Outcome({ one }: Given) {
  if (one.state !== 'confirmed') return <NotOut one={one} />
  return (
    <>
      <Address one={one} />
      {isUnseen(one) ? <NotOut one={one} /> : null}
      <Change one={one} />
    </>
  )
}

function Address({ one }: Given) {
  const t = useWords(words)
  return one.url ? <p><Anchor href={one.url} target="_blank" rel="noreferrer" size="sm">{t('publication.look')}</Anchor>{one.confirmedAt ? <> · <When at={one.confirmedAt} /></> : null}</p> : null
}

function NotOut({ one }: Given) {
  const t = useWords(words)
  const { pick, lang, zone } = useLang()
  if (one.why === null) return one.state === 'retry-wait' ? <p className={css.quiet}>{t('publication.retrying')}</p> : null
  return (
    <>
      <p>{isUnseen(one) || one.state === 'unknown' ? null : <><b>{t('publication.why')}</b> </>}{pick(one.why.says)}</p>
      <p className={css.quiet}>{pick(one.why.next)}{one.retryAt ? <> {t('publication.retryAt', { time: short(new Date(one.retryAt), lang, zone) })}</> : null}{one.attempts > 0 ? <> · {t('publication.tries', { count: one.attempts })}</> : null}</p>
      <Answers one={one} />
    </>
  )
}

/** An edit or a removal on its way: what keeps it, and what can be done about it. */
function Change({ one }: Given) {
  const t = useWords(words)
  const { pick, lang, zone } = useLang()
  const { may } = useSession()
  const refresh = useRefresh()
  const { change } = one
  const act = useMutation({
    mutationFn: (what: 'retry' | 'drop') => answerChange(one.id, what),
    onSuccess: async (_, what) => { told(t(what === 'retry' ? 'publication.change.retried' : 'publication.change.dropped')); await refresh() },
  })
  if (!change) return null
  const isOpen = isChangeOpen(one)
  return (
    <>
      <p>{isOpen ? <><b>{t('publication.change.why')}</b> </> : null}{pick(change.why.says)}</p>
      <p className={css.quiet}>{pick(change.why.next)}{isOpen && change.retryAt ? <> {t('publication.retryAt', { time: short(new Date(change.retryAt), lang, zone) })}</> : null}</p>
      {isOpen && may('publish') ? (
        <div className={css.ways}>
          {change.what ? <Button size="compact-sm" variant="light" loading={act.isPending} onClick={() => act.mutate('retry')}>{t('publication.change.retry')}</Button> : null}
          <Button size="compact-sm" variant="default" loading={act.isPending} onClick={() => act.mutate('drop')}>{t(`publication.change.${change.what ?? 'refused'}`)}</Button>
        </div>
      ) : null}
      <ProblemNote error={act.error} />
    </>
  )
}

function useRefresh() {
  const queries = useQueryClient()
  return async () => { await Promise.all([queries.invalidateQueries({ queryKey: ['posts'] }), queries.invalidateQueries({ queryKey: ['publishing'] })]) }
}

const lostAccess: readonly (string | null)[] = ['expired', 'account-removed', 'moved-address']

function Answers({ one }: Given) {
  const t = useWords(words)
  const { may } = useSession()
  const refresh = useRefresh()
  const [isThere, setThere] = useState(false)
  const act = useMutation({
    mutationFn: ({ answer, url }: { answer: Settling; url?: string }) => settle(one.id, answer, url),
    onSuccess: async (_, { answer }) => { told(t(answer === 'drop' && isUnseen(one) ? 'publication.notedGone' : `publication.settled.${answer}`)); setThere(false); await refresh() },
  })
  if (!may('publish')) return null
  const can = (answer: Settling) => mayAnswer(one, answer)
  // What fails under a part that is out leaves a thread half told: it goes on, or it ends there.
  const isFurther = one.part > 0
  return (
    <>
      {isThere ? <There isBusy={act.isPending} onYes={(url) => act.mutate({ answer: 'there', url })} onNo={() => setThere(false)} /> : (
        <div className={css.ways}>
          {lostAccess.includes(one.because) ? <Button size="compact-sm" variant="light" renderRoot={(props) => <Link to="/settings/channels" {...props} />}>{t('publication.connect')}</Button> : null}
          {can('there') ? <Button size="compact-sm" variant="default" onClick={() => (isUnseen(one) ? act.mutate({ answer: 'there' }) : setThere(true))}>{t('publication.there')}</Button> : null}
          {isHeld(one) ? <LookFor one={one} onDone={refresh} /> : null}
          {can('send') ? <Button size="compact-sm" variant="light" loading={act.isPending} onClick={() => act.mutate({ answer: 'send' })}>{t(isFurther ? 'publication.resume' : 'publication.send')}</Button> : null}
          {can('drop') ? <Button size="compact-sm" variant="default" onClick={() => act.mutate({ answer: 'drop' })}>{t(isUnseen(one) ? 'publication.notThere' : isFurther ? 'publication.stop' : 'publication.drop')}</Button> : null}
        </div>
      )}
      <ProblemNote error={act.error} />
    </>
  )
}

/** Has its network asked whether it is there already. */
function LookFor({ one, onDone }: Given & { onDone: () => Promise<void> }) {
  const t = useWords(words)
  const look = useMutation({ mutationFn: () => answerHeld('look', [one.id]), onSuccess: async ({ answered }) => { told(t(answered > 0 ? 'publication.lookedFor' : 'publication.cannotLook')); await onDone() } })
  return <><Button size="compact-sm" variant="default" loading={look.isPending} onClick={() => look.mutate()}>{t('publication.lookFor')}</Button><ProblemNote error={look.error} /></>
}

interface Yes { readonly isBusy: boolean; readonly onYes: (url: string) => void; readonly onNo: () => void }

/** It is there: and where, for whoever knows. */
function There({ isBusy, onYes, onNo }: Yes) {
  const t = useWords(words)
  const [url, setUrl] = useState('')
  return (
    <form className={css.there} onSubmit={(event) => { event.preventDefault(); onYes(url.trim()) }}>
      <TextInput data-autofocus autoFocus size="xs" type="url" label={t('publication.address')} description={t('publication.addressAbout')} placeholder="https://" value={url} onChange={(event) => setUrl(event.currentTarget.value)} />
      <Group gap={6} mt={6}><Button size="compact-sm" type="submit" loading={isBusy}>{t('publication.thereYes')}</Button><Button size="compact-sm" variant="subtle" color="stone" onClick={onNo}>{t('act.cancel')}</Button></Group>
    </form>
  )
}
