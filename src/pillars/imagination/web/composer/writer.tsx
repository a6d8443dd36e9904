import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState, type KeyboardEvent } from 'react'
import { partsOf } from '#core/posts/rules.ts'
import type { Check } from '#kit/pillar.ts'
import { Face } from '#ui/person.tsx'
import { useSession } from '#ui/session.ts'
import { useWords } from '#ui/words.ts'
import { useAccountName } from '../account-name.ts'
import type { Account, Post } from '../calls.ts'
import { behind, byStrictness, roomOf } from '../room.ts'
import { policyQuery } from './calls.ts'
import css from './composer.module.css'
import { Desk } from './desk.tsx'
import { PublishDialog, type When } from './publish.tsx'
import { SavedSentence } from './saved.tsx'
import { useSaid, type Said } from './use-said.ts'
import { useSaving, type Saving } from './use-saving.ts'
import { sheetOf, variantOf } from './variants.ts'
import { words } from './words/words.ts'
import type { Words } from './writing.ts'

interface Given {
  readonly from: Post | undefined; readonly start: Words; readonly on: string | undefined
  /** The post as the server has it now, once it has it. */
  readonly post: Post | undefined
  readonly checks: readonly Check[]; readonly accounts: readonly Account[]
  readonly onCreated: (id: string) => void; readonly onOut: (post: Post) => void
}

/** The page being written: it saves itself, and the pillars speak beside it. */
export function Writer({ from, start, on, post, checks, accounts, onCreated, onOut }: Given) {
  const { workspace, may } = useSession()
  const saving = useSaving({ from, start, onCreated })
  const page = saving.words
  const [chosen, setAt] = useState<string>()
  const going = byStrictness(accounts.filter((account) => page.accountIds.includes(account.id)))
  const at = going.some((account) => account.id === chosen) ? chosen : undefined
  const said = useSaid(checks, { page, face: sheetOf(page, at), from })
  const [asking, setAsking] = useState<When>()
  const missing = useMissing({ page, going, post })
  const ask = (when: When) => { if (said.mayGo() && !missing) setAsking(when) }
  const onKeys = (event: KeyboardEvent) => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && may('publish') && !event.defaultPrevented) { event.preventDefault(); ask('now') } }
  return (
    <div style={{ display: 'contents' }} onKeyDown={onKeys}>
      <Desk saving={saving} said={said} accounts={accounts} going={going} post={post} at={at} onAt={setAt} />
      <Bar saving={saving} said={said} missing={missing} onAsk={ask} />
      {asking ? (
        <PublishDialog
          when={asking} accounts={going} zone={workspace.zone} on={on} reasons={said.reasons} settled={saving.settled} late={page.late} onLate={(late) => saving.write({ late })}
          onHeld={(found) => { said.hold(found); setAsking(undefined) }} onOut={onOut} onClose={() => setAsking(undefined)}
        />
      ) : null}
    </div>
  )
}

interface BarOf { readonly saving: Saving; readonly said: Said; readonly missing: string | undefined; readonly onAsk: (when: When) => void }

/** Under the page: whether it is safe, who speaks, and the two ways out. */
function Bar({ saving, said, missing, onAsk }: BarOf) {
  const t = useWords(words)
  const { may } = useSession()
  return (
    <div className={css.bar}>
      <SavedSentence state={saving.state} />
      <Voice />
      {may('publish') ? (
        <>
          <span className={css.missing} role="status">{said.stops && said.isAsked ? t('publish.held') : saving.words.text === '' ? '' : missing}</span>
          <Button variant="default" disabled={missing !== undefined} onClick={() => onAsk('later')}>{t('publish.atTime')}</Button>
          <Button disabled={missing !== undefined} onClick={() => onAsk('now')}>{t('publish.now')}</Button>
        </>
      ) : <span className={css.missing}>{t('publish.mayNot')}</span>}
    </div>
  )
}

function Voice() {
  const t = useWords(words)
  const { me } = useSession()
  return me.voice
    ? <span className={css.voice}><Face name={me.voice.name} size={22} />{t('composer.speaksAs', { name: me.voice.name })}</span>
    : <span className={css.voice}>{t('composer.noVoice')} <Link to="/settings">{t('composer.makeVoice')}</Link></span>
}

interface Missing { readonly page: Words; readonly going: readonly Account[]; readonly post: Post | undefined }

/** What still stands between the page and the world, said before anybody presses a button. */
function useMissing({ page, going, post }: Missing): string | undefined {
  const t = useWords(words)
  const name = useAccountName()
  const { me } = useSession()
  const { data: policy } = useQuery(policyQuery)
  const faces = going.length === 0 ? [sheetOf(page)] : going.map((account) => sheetOf(page, account.id))
  const parts = faces.flatMap(partsOf)
  if (faces.some((face) => face.text.trim() === '')) return t('publish.missing.text')
  if (parts.some((part) => part.text.trim() === '' && part.media.length === 0)) return t('publish.missing.part')
  if (!me.voice) return t('publish.missing.voice')
  if (going.length === 0) return t('publish.missing.account')
  const long = going.find((account) => isTooLong(account, page))
  if (long) return variantOf(page, long.id) ? t('publish.missing.longOwn', { name: name.channel(long) }) : t('publish.missing.long', { name: name.channel(long) })
  if (policy?.altText !== 'asked' && parts.some((part) => part.media.some((one) => one.alt.trim() === ''))) return t('publish.missing.alt')
  return post && !post.approval.mayGoOut && post.approval.state !== 'approved' ? t(`publish.missing.approval.${post.approval.state}`) : undefined
}

function isTooLong(account: Account, page: Words): boolean {
  const face = sheetOf(page, account.id)
  const texts = account.threads ? partsOf(face).map((part) => part.text) : [partsOf(face).map((part) => part.text).filter(Boolean).join('\n\n')]
  return texts.some((text) => roomOf(behind(account, face.warning), text).over > 0)
}
