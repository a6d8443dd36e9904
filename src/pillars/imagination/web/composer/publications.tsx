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
import { useAccountName } from '../account-name.ts'
import { settle, type Settling, type Account, type Publication } from '../calls.ts'
import css from './composer.module.css'
import { NetworkMark } from './network-mark.tsx'
import { byAccount, isWrong, mayAnswer, type Placed } from './outcomes.ts'
import { words } from './words/words.ts'

/** Where a post stands, account by account; what did not go out says why and what to do. */
export function Publications({ publications, accounts }: { publications: readonly Publication[]; accounts: readonly Account[] }) {
  const t = useWords(words)
  return (
    <section aria-label={t('publication.title')}>
      <h2 className={css.sideTitle}>{t('publication.title')}</h2>
      <ul className={css.standing}>
        {byAccount(publications).map((one) => <OnAccount key={one.accountId} one={one} account={accounts.find((account) => account.id === one.accountId)} />)}
      </ul>
    </section>
  )
}

/** One account: a single card, or the parts of its thread one by one. */
function OnAccount({ one, account }: { one: Placed; account: Account | undefined }) {
  const name = useAccountName()
  const t = useWords(words)
  const { parts, out, worst } = one
  const isThread = parts.length > 1
  const isPartial = isThread && out > 0 && out < parts.length
  return (
    <li className={css.place} data-state={worst.state}>
      <div className={css.placeHead}>
        <NetworkMark channel={one.channel} />
        <b>{account ? name.channel(account) : one.channel}</b>
        <span style={{ color: 'var(--soft)' }}>{account?.handle}</span>
        <span className={isWrong(worst) ? css.bad : ''}>{isPartial ? t('publication.partial', { out, of: parts.length }) : worst.pending ? t(`publication.${worst.pending}`) : t(`publication.${worst.state}`)}</span>
      </div>
      {isThread ? (
        <ol className={css.threadParts}>
          {parts.map((part) => <li key={part.id} data-state={part.state}><span>{t('publication.part', { n: part.part + 1 })}</span><Outcome one={part} /></li>)}
        </ol>
      ) : <Outcome one={worst} />}
      {isPartial && isWrong(worst) ? <p className={css.quiet}>{t('publication.resumes')}</p> : null}
    </li>
  )
}

/** What became of one publication: its address, or why it was not sent, the next step and the three answers. */
function Outcome({ one }: { one: Publication }) {
  const t = useWords(words)
  const { pick, lang, zone } = useLang()
  if (one.state === 'confirmed') {
    return one.url ? <p><Anchor href={one.url} target="_blank" rel="noreferrer" size="sm">{t('publication.look')}</Anchor>{one.confirmedAt ? <> · <When at={one.confirmedAt} /></> : null}</p> : null
  }
  if (one.why === null) return one.state === 'retry-wait' ? <p className={css.quiet}>{t('publication.retrying')}</p> : null
  return (
    <>
      <p><b>{t('publication.why')}</b> {pick(one.why.says)}</p>
      <p className={css.quiet}>{pick(one.why.next)}{one.retryAt ? <> {t('publication.retryAt', { time: short(new Date(one.retryAt), lang, zone) })}</> : null}{one.attempts > 0 ? <> · {t('publication.tries', { count: one.attempts })}</> : null}</p>
      <Answers one={one} />
    </>
  )
}

function Answers({ one }: { one: Publication }) {
  const t = useWords(words)
  const { may } = useSession()
  const queries = useQueryClient()
  const [isThere, setThere] = useState(false)
  const [url, setUrl] = useState('')
  const act = useMutation({
    mutationFn: (answer: Settling) => settle(one.id, answer, answer === 'there' ? url.trim() : ''),
    onSuccess: async (_, answer) => { told(t(`publication.settled.${answer}`)); setThere(false); await queries.invalidateQueries({ queryKey: ['posts'] }) },
  })
  if (!may('publish')) return null
  const can = (answer: Settling) => mayAnswer(one, answer)
  return (
    <>
      {isThere ? (
        <form className={css.there} onSubmit={(event) => { event.preventDefault(); act.mutate('there') }}>
          <TextInput data-autofocus autoFocus size="xs" type="url" label={t('publication.address')} description={t('publication.addressAbout')} placeholder="https://" value={url} onChange={(event) => setUrl(event.currentTarget.value)} />
          <Group gap={6} mt={6}><Button size="compact-sm" type="submit" loading={act.isPending}>{t('publication.thereYes')}</Button><Button size="compact-sm" variant="subtle" color="stone" onClick={() => setThere(false)}>{t('act.cancel')}</Button></Group>
        </form>
      ) : (
        <div className={css.ways}>
          {one.state === 'auth-needed' ? <Button size="compact-sm" variant="light" renderRoot={(props) => <Link to="/settings/channels" {...props} />}>{t('publication.connect')}</Button> : null}
          {can('there') ? <Button size="compact-sm" variant="default" onClick={() => setThere(true)}>{t('publication.there')}</Button> : null}
          {can('send') ? <Button size="compact-sm" variant="light" loading={act.isPending} onClick={() => act.mutate('send')}>{t('publication.send')}</Button> : null}
          {can('drop') ? <Button size="compact-sm" variant="default" onClick={() => act.mutate('drop')}>{t('publication.drop')}</Button> : null}
        </div>
      )}
      <ProblemNote error={act.error} />
    </>
  )
}
