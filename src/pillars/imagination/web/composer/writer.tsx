import { Button, SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef, useState, type ClipboardEvent, type DragEvent, type KeyboardEvent } from 'react'
import type { Check, Finding } from '#kit/pillar.ts'
import { Face } from '#ui/person.tsx'
import { useSession } from '#ui/session.ts'
import { useWords } from '#ui/words.ts'
import { nameOf, takenUp } from '#ui/writing/places.ts'
import { unreasoned } from '#ui/writing/review.ts'
import { WritingArea, type WritingHandle } from '#ui/writing/writing-area.tsx'
import { useAccountName } from '../account-name.ts'
import { groundQuery, type Account, type Post } from '../calls.ts'
import css from './composer.module.css'
import { Notices } from './notices.tsx'
import { Pictures, usePictures } from './pictures.tsx'
import { Preview } from './preview.tsx'
import { PublishDialog } from './publish.tsx'
import { roomOf } from '../room.ts'
import { SavedSentence } from './saved.tsx'
import { Side } from './side.tsx'
import { useReview } from './use-review.ts'
import { useSaving, type Saving } from './use-saving.ts'
import type { Words } from './writing.ts'
import { words } from './words/words.ts'

interface Given {
  readonly from: Post | undefined; readonly start: Words; readonly on: string | undefined
  readonly checks: readonly Check[]; readonly accounts: readonly Account[]
  readonly onCreated: (id: string) => void; readonly onOut: (post: Post) => void
}

/** The page being written: it saves itself, and the pillars speak beside it. */
export function Writer({ from, start, on, checks, accounts, onCreated, onOut }: Given) {
  const { workspace, may } = useSession()
  const saving = useSaving({ from, start, onCreated })
  const page = saving.words
  const said = useSaid(checks, page, from)
  const [asking, setAsking] = useState<'now' | 'later'>()
  const going = accounts.filter((account) => page.accountIds.includes(account.id))
  const missing = useMissing({ page, going })
  const ask = (when: 'now' | 'later') => { if (said.mayGo() && !missing) setAsking(when) }
  const onKeys = (event: KeyboardEvent) => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && may('publish')) { event.preventDefault(); ask('now') } }
  return (
    <div style={{ display: 'contents' }} onKeyDown={onKeys}>
      <Desk saving={saving} said={said} accounts={accounts} />
      <Bar saving={saving} said={said} missing={missing} onAsk={ask} />
      {asking ? <PublishDialog when={asking} accounts={going} zone={workspace.zone} on={on} reasons={said.reasons} settled={saving.settled} onHeld={(found) => { said.hold(found); setAsking(undefined) }} onOut={onOut} onClose={() => setAsking(undefined)} /> : null}
    </div>
  )
}

/** What the pillars say of the page, which of it is looked at, and the reasons given where one holds. */
function useSaid(checks: readonly Check[], page: Words, from: Post | undefined) {
  const { me } = useSession()
  const { data: ground } = useQuery(groundQuery)
  const [opened] = useState(() => new Date().toISOString())
  const here = useReview(checks, { words: page, ground, memberId: from?.authorId ?? me.id, postId: from?.id, goesOutAt: opened })
  const [held, setHeld] = useState<readonly Finding[]>([])
  const [chosen, setChosen] = useState<string>()
  const [reasons, setReasons] = useState<Readonly<Record<string, string>>>({})
  const [isAsked, setAsked] = useState(false)
  // What the server held counts as long as the page itself sees nothing that holds.
  const findings = held.length > 0 && !here.some((finding) => finding.weight === 'stop') ? held : here
  return {
    ground, findings, chosen, setChosen, reasons, isAsked, stops: unreasoned(findings, reasons).length > 0,
    hold: (found: readonly Finding[]) => { setHeld(found); setAsked(true) },
    changed: () => setHeld([]),
    give: (rule: string, reason: string) => setReasons((before) => ({ ...before, [rule]: reason })),
    mayGo: (): boolean => {
      const first = findings.find((finding) => unreasoned([finding], reasons).length > 0)
      setAsked(true)
      if (first) setChosen(nameOf(first, page.text))
      return first === undefined
    },
  }
}
type Said = ReturnType<typeof useSaid>

function Desk({ saving, said, accounts }: { saving: Saving; said: Said; accounts: readonly Account[] }) {
  const t = useWords(words)
  const { me } = useSession()
  const page = saving.words
  const [look, setLook] = useState<'write' | 'preview'>('write')
  const area = useRef<WritingHandle>(null)
  const taking = usePictures((change) => saving.write((before) => ({ media: change(before.media) })))
  const write = (change: Partial<Words>) => { said.changed(); saving.write(change) }
  const show = (place: readonly [number, number]) => { setLook('write'); requestAnimationFrame(() => area.current?.goTo(place)) }
  const use = (finding: Finding) => {
    const next = takenUp(page.text, finding)
    write({ text: next.text })
    show([next.from, next.to])
  }
  return (
    <div className={css.main}>
      <div className={css.page} {...dropping(taking.take)}>
        <div className={css.column}>
          <Notices saving={saving} />
          <SegmentedControl size="xs" mb={20} aria-label={t('composer.view')} value={look} onChange={(value) => setLook(value as 'write' | 'preview')} data={[{ value: 'write', label: t('composer.write') }, { value: 'preview', label: t('composer.preview') }]} />
          {look === 'preview' ? <Preview post={page} name={me.voice?.name} /> : (
            <>
              <TitleLine page={page} write={write} onDown={() => area.current?.focus()} />
              <WritingArea
                handle={area} className={css.text} text={page.text} findings={said.findings} chosen={said.chosen} lang={page.lang} maxLength={60_000}
                placeholder={t('composer.textPlace')} aria-label={t('composer.text')} onText={(text) => write({ text })} onFinding={said.setChosen}
              />
              <Pictures media={page.media} taking={taking} onMedia={(change) => saving.write((before) => ({ media: change(before.media) }))} />
            </>
          )}
        </div>
      </div>
      <aside className={css.side}>
        <Side
          page={page} write={write} findings={said.findings} chosen={said.chosen} onUse={use} ground={said.ground} accounts={accounts} reasons={said.reasons}
          onGoTo={(finding) => { said.setChosen(nameOf(finding, page.text)); show(finding.at) }} onReason={said.isAsked ? said.give : undefined}
        />
      </aside>
    </div>
  )
}

function TitleLine({ page, write, onDown }: { page: Words; write: (change: Partial<Words>) => void; onDown: () => void }) {
  const t = useWords(words)
  const line = useRef<HTMLTextAreaElement>(null)
  useEffect(() => line.current?.focus(), [])
  return (
    <textarea
      ref={line} className={css.title} rows={1} value={page.title} maxLength={200} placeholder={t('composer.titlePlace')} aria-label={t('composer.title')} lang={page.lang}
      onChange={(event) => write({ title: event.currentTarget.value.replace(/\n/g, ' ') })}
      onKeyDown={(event) => { if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) { event.preventDefault(); onDown() } }}
    />
  )
}

interface BarOf { readonly saving: Saving; readonly said: Said; readonly missing: string | undefined; readonly onAsk: (when: 'now' | 'later') => void }

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

interface Missing { readonly page: Words; readonly going: readonly Account[] }

/** What still stands between the page and the world, said before anybody presses a button. */
function useMissing({ page, going }: Missing): string | undefined {
  const t = useWords(words)
  const name = useAccountName()
  const { me } = useSession()
  if (page.text.trim() === '') return t('publish.missing.text')
  if (!me.voice) return t('publish.missing.voice')
  if (going.length === 0) return t('publish.missing.account')
  const long = going.find((account) => roomOf(account, page.text).over > 0)
  if (long) return t('publish.missing.long', { name: name.channel(long) })
  return page.media.some((one) => one.alt.trim() === '') ? t('publish.missing.alt') : undefined
}

const files = (list: DataTransfer | null): readonly File[] => [...(list?.files ?? [])]

/** Pictures may be dropped on the page or pasted into it. */
const dropping = (take: (files: readonly File[]) => Promise<void>) => ({
  onDragOver: (event: DragEvent) => { if (event.dataTransfer.types.includes('Files')) event.preventDefault() },
  onDrop: (event: DragEvent) => { if (files(event.dataTransfer).length > 0) { event.preventDefault(); void take(files(event.dataTransfer)) } },
  onPaste: (event: ClipboardEvent) => { if (files(event.clipboardData).length > 0) { event.preventDefault(); void take(files(event.clipboardData)) } },
})
