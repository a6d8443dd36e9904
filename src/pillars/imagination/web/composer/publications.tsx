import { useWords } from '#ui/words.ts'
import { useAccountName } from '../account-name.ts'
import type { Account, Publication } from '../calls.ts'
import css from './composer.module.css'
import { NetworkMark } from './network-mark.tsx'
import { Outcome } from './outcome.tsx'
import { byAccount, isChangeOpen, isStuck, isUnseen, isWrong, type Placed } from './outcomes.ts'
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

/** How a publication stands, in a word or two. */
export const stateOf = (one: Pick<Publication, 'state' | 'because' | 'pending'>, t: ReturnType<typeof useWords<typeof words.en>>): string =>
  (isUnseen(one) ? t('publication.unseen') : one.pending ? t(`publication.${one.pending}`) : t(`publication.${one.state}`))

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
        <span className={isWrong(worst) || isChangeOpen(worst) ? css.bad : ''}>{isPartial ? t('publication.partial', { out, of: parts.length }) : stateOf(worst, t)}</span>
      </div>
      {isThread ? (
        <ol className={css.threadParts}>
          {parts.map((part) => <li key={part.id} data-state={part.state}><span>{t('publication.part', { n: part.part + 1 })}</span><Outcome one={part} /></li>)}
        </ol>
      ) : <Outcome one={worst} />}
      {isPartial && (isStuck(worst) || worst.state === 'refused') ? <p className={css.quiet}>{t('publication.resumes')}</p> : null}
    </li>
  )
}
