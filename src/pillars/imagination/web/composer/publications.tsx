import { Anchor, Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useLang } from '#ui/lang.tsx'
import { ProblemNote } from '#ui/problem.tsx'
import { useSession } from '#ui/session.ts'
import { told } from '#ui/undo.tsx'
import { When } from '#ui/when.tsx'
import { useWords } from '#ui/words.ts'
import { useAccountName } from '../account-name.ts'
import { settle, type Settling, type Account, type Publication } from '../calls.ts'
import css from './composer.module.css'
import { words } from './words/words.ts'

const stuck = ['needs-person', 'auth-needed', 'unknown'] as const
export const isStuck = (one: Publication): boolean => stuck.some((state) => state === one.state)
export const isWrong = (one: Publication): boolean => isStuck(one) || one.state === 'refused'

/** Where a post stands, account by account; what did not go out says why and what to do. */
export function Publications({ publications, accounts }: { publications: readonly Publication[]; accounts: readonly Account[] }) {
  const t = useWords(words)
  return (
    <section aria-label={t('publication.title')}>
      <h2 className={css.sideTitle}>{t('publication.title')}</h2>
      <ul className={css.standing}>
        {publications.map((one) => <One key={one.id} one={one} account={accounts.find((account) => account.id === one.accountId)} />)}
      </ul>
    </section>
  )
}

function One({ one, account }: { one: Publication; account: Account | undefined }) {
  const name = useAccountName()
  const t = useWords(words)
  const { pick } = useLang()
  return (
    <li className={css.place} data-state={one.state}>
      <div className={css.placeHead}>
        <b>{account ? name.channel(account) : one.channel}</b>
        <span style={{ color: 'var(--soft)' }}>{account?.handle}</span>
        <span className={isWrong(one) ? css.bad : ''}>{one.pending ? t(`publication.${one.pending}`) : t(`publication.${one.state}`)}</span>
      </div>
      {isWrong(one) ? (
        <>
          <p><b>{t('publication.why')}</b> {one.why ? pick(one.why.says) : one.because}</p>
          {one.why ? <p style={{ color: 'var(--soft)' }}>{pick(one.why.next)}</p> : null}
          <Ways one={one} />
        </>
      ) : null}
      {one.state === 'retry-wait' ? <p style={{ color: 'var(--soft)' }}>{t('publication.retrying')}</p> : null}
      {one.state === 'confirmed' && one.url ? <p><Anchor href={one.url} target="_blank" rel="noreferrer" size="sm">{t('publication.look')}</Anchor>{one.confirmedAt ? <> · <When at={one.confirmedAt} /></> : null}</p> : null}
    </li>
  )
}

function Ways({ one }: { one: Publication }) {
  const t = useWords(words)
  const { may } = useSession()
  const queries = useQueryClient()
  const act = useMutation({
    mutationFn: (answer: Settling) => settle(one.id, answer),
    onSuccess: async (_, answer) => { told(t(`publication.settled.${answer}`)); await queries.invalidateQueries({ queryKey: ['posts'] }) },
  })
  if (!may('publish')) return null
  return (
    <>
      <div className={css.ways}>
        {one.state === 'auth-needed' ? <Button size="compact-sm" variant="light" renderRoot={(props) => <Link to="/settings" {...props} />}>{t('publication.connect')}</Button> : null}
        {isStuck(one) ? (
          <>
            <Button size="compact-sm" variant="light" loading={act.isPending} onClick={() => act.mutate('send')}>{t('publication.send')}</Button>
            {one.state === 'auth-needed' ? null : <Button size="compact-sm" variant="default" onClick={() => act.mutate('there')}>{t('publication.there')}</Button>}
            <Button size="compact-sm" variant="default" onClick={() => act.mutate('drop')}>{t('publication.drop')}</Button>
          </>
        ) : null}
      </div>
      <ProblemNote error={act.error} />
    </>
  )
}
