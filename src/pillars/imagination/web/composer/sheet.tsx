import { ActionIcon, Button, Menu, Textarea } from '@mantine/core'
import { IconArrowDown, IconArrowMerge, IconArrowUp, IconDots, IconEyeOff, IconListTree, IconMessagePlus, IconPlus, IconScissors, IconTrash } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { partsOf, type Face, type Part, type PostMedia } from '#core/posts/rules.ts'
import type { Finding } from '#kit/pillar.ts'
import type { Lang } from '#kit/lang.ts'
import { useWords } from '#ui/words.ts'
import { WritingArea, type WritingHandle } from '#ui/writing/writing-area.tsx'
import { useAccountName } from '../account-name.ts'
import type { Account } from '../calls.ts'
import { behind, tightestOf } from '../room.ts'
import { ContentWarning } from './content-warning.tsx'
import { Count } from './count.tsx'
import { Media } from './media/media.tsx'
import type { Uploads } from './media/use-uploads.ts'
import { addAfter, changeAt, drop, faceOfParts, foundIn, merge, mostParts, move, splitAt, splitToFit } from './parts.ts'
import css from './sheet.module.css'
import type { Said } from './use-said.ts'
import { words } from './words/words.ts'

interface Given {
  readonly face: Face; readonly lang: Lang; readonly said: Said; readonly accounts: readonly Account[]; readonly uploads: Uploads
  /** Names this sheet among all of a post, so that a file finds its part again. */
  readonly name: string
  /** The account whose tab is open. */
  readonly at: string | undefined
  readonly areas: { readonly current: (WritingHandle | null)[] }
  readonly onFace: (change: Partial<Face> | ((face: Face) => Partial<Face>)) => void
}

const icon = { size: 16, stroke: 1.5, 'aria-hidden': true } as const

/** The words on one sheet: its parts one under the other, and the comment that goes under them. */
export function Sheet(all: Given) {
  const t = useWords(words)
  // What is read first takes its room from the text, where a network counts it.
  const given = { ...all, accounts: all.accounts.map((account) => behind(account, all.face.warning)) }
  const { face, accounts, onFace } = given
  const [isWarned, setWarned] = useState(false)
  const hasWarning = isWarned || (face.warning ?? '') !== ''
  const [isAsked, setAsked] = useState(false)
  const parts = partsOf(face)
  const set = (next: readonly Part[]) => onFace(faceOfParts(next))
  const threaded = accounts.filter((account) => account.threads)
  const tight = parts.map((part) => tightestOf(threaded, part.text)).find((one) => one?.overAt !== undefined)
  const able = accounts.filter((account) => account.threads || account.kinds.includes('reply'))
  const hasComment = isAsked || face.firstComment !== ''
  return (
    <div id="face-sheet" role="tabpanel" aria-labelledby={given.at === undefined ? 'face-all' : `face-${given.at}`}>
      {hasWarning ? <ContentWarning face={face} lang={given.lang} accounts={accounts} onFace={onFace} isAsked={isWarned} onDrop={() => { setWarned(false); onFace({ warning: '' }) }} /> : null}
      <ol className={css.parts} data-thread={parts.length > 1 || undefined}>
        {parts.map((part, place) => <OnePart key={place} {...given} part={part} place={place} parts={parts} onParts={set} />)}
      </ol>
      <div className={css.more}>
        {tight ? <Button size="compact-sm" variant="light" leftSection={<IconListTree {...icon} />} onClick={() => set(splitToFit(parts, tight.account.limits.text))}>{t('thread.split')}</Button> : null}
        {parts.length < mostParts && parts.at(-1)?.text.trim() !== '' ? <Button size="compact-sm" variant="subtle" leftSection={<IconPlus {...icon} />} onClick={() => set(addAfter(parts, parts.length - 1))}>{t('thread.add')}</Button> : null}
        {able.length > 0 && !hasComment ? <Button size="compact-sm" variant="subtle" leftSection={<IconMessagePlus {...icon} />} onClick={() => setAsked(true)}>{t('thread.firstComment')}</Button> : null}
        {hasWarning ? null : <Button size="compact-sm" variant="subtle" leftSection={<IconEyeOff {...icon} />} onClick={() => setWarned(true)}>{t('warned.add')}</Button>}
      </div>
      {parts.length > 1 ? <ThreadNote accounts={accounts} /> : null}
      {able.length > 0 && hasComment ? <FirstComment face={face} lang={given.lang} accounts={able} onFace={onFace} isAsked={isAsked} onDrop={() => { setAsked(false); onFace({ firstComment: '' }) }} /> : null}
    </div>
  )
}

/** Where threads are unknown the parts stand as one text: said before anybody wonders. */
function ThreadNote({ accounts }: Pick<Given, 'accounts'>) {
  const t = useWords(words)
  const name = useAccountName()
  const whole = new Set(accounts.filter((account) => !account.threads).map(name.channel))
  return whole.size === 0 ? null : <p className={css.note}>{t('thread.joined', { names: [...whole].join(', ') })}</p>
}

interface PartOf extends Given { readonly part: Part; readonly place: number; readonly parts: readonly Part[]; readonly onParts: (parts: readonly Part[]) => void }

function OnePart({ part, place, parts, onParts, face, lang, said, accounts, uploads, name, areas, onFace }: PartOf) {
  const t = useWords(words)
  const caret = useRef(0)
  const isThread = parts.length > 1
  const counted = isThread ? accounts.filter((account) => account.threads) : accounts
  const findings = foundIn(said.findings, face, place)
  const onMedia = (change: (media: readonly PostMedia[]) => readonly PostMedia[]) => onFace((now) => {
    const all = partsOf(now)
    return faceOfParts(changeAt(all, place, { media: change(all[place]?.media ?? []) }))
  })
  return (
    <li className={css.part} aria-label={isThread ? t('thread.part', { n: place + 1, of: parts.length }) : undefined}>
      {isThread ? <span className={css.number} aria-hidden>{place + 1}</span> : null}
      <div className={css.body}>
        <WritingArea
          handle={(handle: WritingHandle | null) => { areas.current[place] = handle }} className={isThread ? css.short : css.text} text={part.text} findings={findings} chosen={said.chosen} lang={lang} maxLength={60_000}
          overAt={tightestOf(counted, part.text)?.overAt} placeholder={place === 0 ? t('composer.textPlace') : t('thread.place')} aria-label={place === 0 ? t('composer.text') : t('thread.part', { n: place + 1, of: parts.length })}
          onText={(text) => onParts(changeAt(parts, place, { text }))} onFinding={said.setChosen} onBlur={(event) => { caret.current = event.currentTarget.selectionStart }}
        />
        <Media media={part.media} lang={lang} accounts={counted} onMedia={onMedia} uploads={uploads} place={`${name}/${place}`}>
          <span className={css.push} />
          <Count text={part.text} accounts={counted} />
          {isThread || part.text.length > 80 ? <PartMenu place={place} parts={parts} onParts={onParts} caret={caret} /> : null}
        </Media>
      </div>
    </li>
  )
}

function PartMenu({ place, parts, onParts, caret }: Pick<PartOf, 'place' | 'parts' | 'onParts'> & { caret: { readonly current: number } }) {
  const t = useWords(words)
  const isThread = parts.length > 1
  const canSplit = caret.current > 0 && caret.current < (parts[place]?.text.length ?? 0)
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target><ActionIcon aria-label={isThread ? t('thread.actsOf', { n: place + 1 }) : t('thread.acts')}><IconDots {...icon} /></ActionIcon></Menu.Target>
      <Menu.Dropdown>
        {place > 0 ? <Menu.Item leftSection={<IconArrowUp {...icon} />} onClick={() => onParts(move(parts, place, -1))}>{t('thread.up')}</Menu.Item> : null}
        {place < parts.length - 1 ? <Menu.Item leftSection={<IconArrowDown {...icon} />} onClick={() => onParts(move(parts, place, 1))}>{t('thread.down')}</Menu.Item> : null}
        {place > 0 ? <Menu.Item leftSection={<IconArrowMerge {...icon} />} onClick={() => onParts(merge(parts, place))}>{t('thread.merge')}</Menu.Item> : null}
        {canSplit ? <Menu.Item leftSection={<IconScissors {...icon} />} onClick={() => onParts(splitAt(parts, place, caret.current))}>{t('thread.splitHere')}</Menu.Item> : null}
        <Menu.Item leftSection={<IconPlus {...icon} />} onClick={() => onParts(addAfter(parts, place))}>{t('thread.addHere')}</Menu.Item>
        {isThread ? <Menu.Item leftSection={<IconTrash {...icon} />} onClick={() => onParts(drop(parts, place))}>{t('thread.remove')}</Menu.Item> : null}
      </Menu.Dropdown>
    </Menu>
  )
}

type Comment = Pick<Given, 'face' | 'lang' | 'accounts' | 'onFace'> & { readonly isAsked: boolean; readonly onDrop: () => void }

function FirstComment({ face, lang, accounts, onFace, isAsked, onDrop }: Comment) {
  const t = useWords(words)
  return (
    <div className={css.comment}>
      <Textarea
        size="sm" minRows={2} lang={lang} maxLength={10_000} autoFocus={isAsked} label={t('thread.firstComment')} placeholder={t('thread.firstCommentPlace')} description={t('thread.firstCommentAbout')}
        inputWrapperOrder={['label', 'input', 'description']} value={face.firstComment} onChange={(event) => onFace({ firstComment: event.currentTarget.value })}
      />
      <div className={css.foot}><Count text={face.firstComment} accounts={accounts} /><ActionIcon aria-label={t('thread.dropComment')} onClick={onDrop}><IconTrash {...icon} /></ActionIcon></div>
    </div>
  )
}

/** Puts the caret on a place of a part. */
export const goToIn = (areas: Given['areas'], { part, at }: { readonly part: number; readonly at: Finding['at'] }): void => { areas.current[part]?.goTo(at) }
