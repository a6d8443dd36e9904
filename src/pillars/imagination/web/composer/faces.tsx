import { Button } from '@mantine/core'
import { IconPencil, IconUsers } from '@tabler/icons-react'
import { useRef, type KeyboardEvent } from 'react'
import { partsOf } from '#core/posts/rules.ts'
import { useWords } from '#ui/words.ts'
import { useAccountName } from '../account-name.ts'
import type { Account } from '../calls.ts'
import { roomOf } from '../room.ts'
import { Mini } from './count.tsx'
import css from './faces.module.css'
import { NetworkMark } from './network-mark.tsx'
import { attach, detach, sheetOf, variantOf } from './variants.ts'
import { words } from './words/words.ts'
import type { Words } from './writing.ts'

interface Given {
  readonly page: Words; readonly going: readonly Account[]; readonly at: string | undefined
  readonly onAt: (accountId: string | undefined) => void; readonly onPage: (change: Partial<Words>) => void
}

/** One tab for the words all share and one for each account, the strictest first. */
export function Faces({ page, going, at, onAt, onPage }: Given) {
  const t = useWords(words)
  const list = useRef<HTMLDivElement>(null)
  const places = [undefined, ...going.map((account) => account.id)]
  const onKeys = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (by === 0) return
    event.preventDefault()
    const next = (places.indexOf(at) + by + places.length) % places.length
    onAt(places[next])
    list.current?.querySelectorAll<HTMLElement>('[role=tab]')[next]?.focus()
  }
  return (
    <>
      <div ref={list} className={css.tabs} role="tablist" aria-label={t('faces.label')} onKeyDown={onKeys}>
        <button type="button" role="tab" id="face-all" className={css.tab} aria-selected={at === undefined} aria-controls="face-sheet" tabIndex={at === undefined ? 0 : -1} onClick={() => onAt(undefined)}>
          <IconUsers size={16} stroke={1.5} aria-hidden />{t('faces.all')}
        </button>
        {going.map((account) => <AccountTab key={account.id} account={account} page={page} isOn={at === account.id} onAt={onAt} />)}
      </div>
      <Detached page={page} account={going.find((one) => one.id === at)} onPage={onPage} />
    </>
  )
}

function AccountTab({ account, page, isOn, onAt }: { account: Account; page: Words; isOn: boolean; onAt: (id: string) => void }) {
  const t = useWords(words)
  const name = useAccountName()
  const isOwn = variantOf(page, account.id) !== undefined
  const parts = partsOf(sheetOf(page, account.id))
  const longest = parts.toSorted((a, b) => roomOf(account, a.text).left - roomOf(account, b.text).left)[0]
  return (
    <button type="button" role="tab" id={`face-${account.id}`} className={css.tab} aria-selected={isOn} aria-controls="face-sheet" tabIndex={isOn ? 0 : -1} onClick={() => onAt(account.id)} title={name.whole(account)}>
      <NetworkMark channel={account.channel} />
      {name.channel(account)}
      {isOwn ? <IconPencil className={css.own} size={14} stroke={1.75} aria-label={t('faces.own')} /> : null}
      <Mini account={account} text={longest?.text ?? ''} />
    </button>
  )
}

/** Says whether an account has words of its own, and lets it have them or give them up. */
function Detached({ page, account, onPage }: Pick<Given, 'page' | 'onPage'> & { account: Account | undefined }) {
  const t = useWords(words)
  const name = useAccountName()
  if (!account) return null
  const isOwn = variantOf(page, account.id) !== undefined
  return (
    <div className={css.standing} role="status">
      <span>{t(isOwn ? 'faces.isOwn' : 'faces.isShared', { name: name.channel(account) })}</span>
      {isOwn
        ? <Button size="compact-sm" variant="subtle" onClick={() => onPage(attach(page, account.id))}>{t('faces.attach')}</Button>
        : <Button size="compact-sm" variant="light" onClick={() => onPage(detach(page, account.id))}>{t('faces.detach', { name: name.channel(account) })}</Button>}
    </div>
  )
}
