import { ActionIcon, Button, Menu, Textarea } from '@mantine/core'
import { IconArrowDown, IconArrowMerge, IconArrowUp, IconDots, IconListTree, IconMessagePlus, IconPlus, IconScissors, IconTrash } from '@tabler/icons-react'
import { useRef } from 'react'
import { partsOf, type Face, type Part, type PostMedia } from '#core/posts/rules.ts'
import type { Finding } from '#kit/pillar.ts'
import type { Lang } from '#kit/lang.ts'
import { useWords } from '#ui/words.ts'
import { WritingArea, type WritingHandle } from '#ui/writing/writing-area.tsx'
import type { Account } from '../calls.ts'
import { tightestOf } from '../room.ts'
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
  readonly areas: { readonly current: (WritingHandle | null)[] }
  readonly onFace: (change: Partial<Face> | ((face: Face) => Partial<Face>)) => void
}

/** The words on one sheet: its parts one under the other, and the comment that goes under them. */
export function Sheet(given: Given) {
  const t = useWords(words)
  const { face, accounts, onFace } = given
  const parts = partsOf(face)
  const set = (next: readonly Part[]) => onFace(faceOfParts(next))
  const isLong = accounts.some((account) => (account.threads || parts.length > 1) && tightestOf([account], parts[0]?.text ?? '')?.overAt !== undefined)
  const limited = tightestOf(accounts.filter((account) => account.threads), parts[0]?.text ?? '')
  return (
    <div id="face-sheet" role="tabpanel" aria-labelledby={given.name === '' ? 'face-all' : `face-${given.name}`}>
      <ol className={css.parts} data-thread={parts.length > 1 || undefined}>
        {parts.map((part, place) => <OnePart key={place} {...given} part={part} place={place} parts={parts} onParts={set} />)}
      </ol>
      <div className={css.more}>
        {limited?.overAt !== undefined && isLong ? (
          <Button size="compact-sm" variant="light" leftSection={<IconListTree size={16} stroke={1.5} aria-hidden />} onClick={() => set(splitToFit(parts, limited.account.limits.text))}>{t('thread.split')}</Button>
        ) : null}
        {parts.length < mostParts && parts.at(-1)?.text.trim() !== '' ? (
          <Button size="compact-sm" variant="subtle" leftSection={<IconPlus size={16} stroke={1.5} aria-hidden />} onClick={() => set(addAfter(parts, parts.length - 1))}>{t('thread.add')}</Button>
        ) : null}
      </div>
      {parts.length > 1 ? <ThreadNote accounts={accounts} /> : null}
      <FirstComment {...given} />
    </div>
  )
}

function ThreadNote({ accounts }: Pick<Given, 'accounts'>) {
  const t = useWords(words)
  const whole = accounts.filter((account) => !account.threads)
  if (whole.length === 0) return null
  return <p className={css.note}>{t('thread.joined', { names: [...new Set(whole.map((account) => account.channelName))].join(', ') })}</p>
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
        <Media media={part.media} lang={lang} accounts={counted} onMedia={onMedia} uploads={uploads} place={`${name}/${place}`} />
        <div className={css.foot}>
          <Count text={part.text} accounts={counted} />
          {isThread || part.text.length > 80 ? <PartMenu place={place} parts={parts} onParts={onParts} caret={caret} /> : null}
        </div>
      </div>
    </li>
  )
}

function PartMenu({ place, parts, onParts, caret }: Pick<PartOf, 'place' | 'parts' | 'onParts'> & { caret: { readonly current: number } }) {
  const t = useWords(words)
  const isThread = parts.length > 1
  const canSplit = caret.current > 0 && caret.current < (parts[place]?.text.length ?? 0)
  const icon = { size: 16, stroke: 1.5, 'aria-hidden': true } as const
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

function FirstComment({ face, lang, accounts, onFace }: Given) {
  const t = useWords(words)
  const box = useRef<HTMLTextAreaElement>(null)
  const able = accounts.filter((account) => account.threads || account.kinds.includes('reply'))
  if (able.length === 0) return null
  const isOpen = face.firstComment !== ''
  return (
    <details className={css.comment} open={isOpen || undefined} onToggle={(event) => { if (event.currentTarget.open && !isOpen) box.current?.focus() }}>
      <summary><IconMessagePlus size={16} stroke={1.5} aria-hidden />{t('thread.firstComment')}</summary>
      <Textarea ref={box} mt={8} size="sm" minRows={2} lang={lang} maxLength={10_000} aria-label={t('thread.firstComment')} placeholder={t('thread.firstCommentPlace')} description={t('thread.firstCommentAbout')} inputWrapperOrder={['label', 'input', 'description']} value={face.firstComment} onChange={(event) => onFace({ firstComment: event.currentTarget.value })} />
      {isOpen ? <div className={css.foot}><Count text={face.firstComment} accounts={able} /></div> : null}
    </details>
  )
}

/** Puts the caret on a place of a part. */
export const goToIn = (areas: Given['areas'], { part, at }: { readonly part: number; readonly at: Finding['at'] }): void => { areas.current[part]?.goTo(at) }
