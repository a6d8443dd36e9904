import { useEffect, useRef, type ClipboardEvent, type DragEvent } from 'react'
import { partsOf, placeIn, wholeText, type Face } from '#core/posts/rules.ts'
import type { Finding } from '#kit/pillar.ts'
import { useWords } from '#ui/words.ts'
import { takenUp } from '#ui/writing/places.ts'
import type { WritingHandle } from '#ui/writing/writing-area.tsx'
import type { Account, Post } from '../calls.ts'
import css from './composer.module.css'
import { Faces } from './faces.tsx'
import { LinkCard } from './links/link-card.tsx'
import { useUploads } from './media/use-uploads.ts'
import { Notices } from './notices.tsx'
import { changeAt, faceOfParts } from './parts.ts'
import { goToIn, Sheet } from './sheet.tsx'
import { Side } from './side.tsx'
import type { Said } from './use-said.ts'
import type { Saving } from './use-saving.ts'
import { sharing, sheetOf, variantOf, writeOn } from './variants.ts'
import { Warnings } from './warnings.tsx'
import { words } from './words/words.ts'
import type { Words } from './writing.ts'

interface Given {
  readonly saving: Saving; readonly said: Said; readonly accounts: readonly Account[]; readonly going: readonly Account[]
  readonly post: Post | undefined; readonly at: string | undefined; readonly onAt: (accountId: string | undefined) => void
}

/** The page and what stands beside it. */
export function Desk({ saving, said, accounts, going, post, at, onAt }: Given) {
  const page = saving.words
  const face = sheetOf(page, at)
  const areas = useRef<(WritingHandle | null)[]>([])
  const own = variantOf(page, at)
  const name = own?.accountId ?? ''
  const write = (change: Partial<Words>) => { said.changed(); saving.write(change) }
  const onFace = (change: Partial<Face> | ((face: Face) => Partial<Face>)) => {
    said.changed()
    saving.write((before) => writeOn(before, at, typeof change === 'function' ? change(sheetOf(before, at)) : change))
  }
  const uploads = useUploads(post?.id ?? 'new', (media, place) => saving.write((before) => withMedia(before, place, media.id)))
  const show = (finding: Finding) => goToIn(areas, placeIn(wholeText(face), finding.at))
  const use = (finding: Finding) => onFace(takenInto(face, finding, (part, place) => requestAnimationFrame(() => goToIn(areas, { part, at: place }))))
  const counted = at === undefined ? sharing(page, going) : going.filter((account) => account.id === at)
  return (
    <div className={css.main}>
      <div className={css.page} {...dropping((files) => uploads.take(files, `${name}/0`))}>
        <div className={css.column}>
          <Notices saving={saving} />
          {going.length > 0 ? <Faces page={page} going={going} at={at} onAt={onAt} onPage={write} /> : null}
          <TitleLine title={face.title} lang={page.lang} onTitle={(title) => onFace({ title })} onDown={() => areas.current[0]?.focus()} />
          <Sheet face={face} lang={page.lang} said={said} accounts={counted} uploads={uploads} name={name} at={at} areas={areas} onFace={onFace} />
          <LinkCard page={page} face={face} onPage={write} onFace={onFace} postId={post?.id} />
          <Warnings post={post} />
        </div>
      </div>
      <aside className={css.side}>
        <Side page={page} face={face} at={at} write={write} said={said} accounts={accounts} going={going} post={post} saving={saving} onUse={use} onGoTo={show} />
      </aside>
    </div>
  )
}

/** Puts a picture that has arrived on its sheet and part; on the first part of the shared one when its own is gone. */
export function withMedia(before: Words, place: string, mediaId: string): Partial<Words> {
  const [accountId = '', part = '0'] = place.split('/')
  const at = variantOf(before, accountId) ? accountId : undefined
  const parts = partsOf(sheetOf(before, at))
  const here = Math.min(Number(part), parts.length - 1)
  return writeOn(before, at, faceOfParts(changeAt(parts, here, { media: [...parts[here]!.media, { mediaId, alt: '' }].slice(0, 10) })))
}

/** A finding's better sentence in the place of the worse, in whichever part it stands. */
export function takenInto(face: Face, finding: Finding, onPlace: (part: number, place: readonly [number, number]) => void): Partial<Face> {
  const parts = partsOf(face)
  const isPlaced = finding.at[1] > finding.at[0]
  const { part, at } = isPlaced ? placeIn(wholeText(face), finding.at) : { part: parts.length - 1, at: finding.at }
  const next = takenUp(parts[part]?.text ?? face.firstComment, { ...finding, at })
  if (part >= parts.length) return { firstComment: next.text }
  onPlace(part, [next.from, next.to])
  return faceOfParts(changeAt(parts, part, { text: next.text }))
}

interface Line { readonly title: string; readonly lang: string; readonly onTitle: (title: string) => void; readonly onDown: () => void }

export function TitleLine({ title, lang, onTitle, onDown }: Line) {
  const t = useWords(words)
  const line = useRef<HTMLTextAreaElement>(null)
  useEffect(() => line.current?.focus(), [])
  return (
    <textarea
      ref={line} className={css.title} rows={1} value={title} maxLength={200} placeholder={t('composer.titlePlace')} aria-label={t('composer.title')} lang={lang}
      onChange={(event) => onTitle(event.currentTarget.value.replace(/\n/g, ' '))}
      onKeyDown={(event) => { if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) { event.preventDefault(); onDown() } }}
    />
  )
}

const files = (list: DataTransfer | null): readonly File[] => [...(list?.files ?? [])].filter((file) => /^(image|video)\//.test(file.type))

/** Pictures may be dropped on the page or pasted into it. */
const dropping = (take: (files: readonly File[]) => void) => ({
  onDragOver: (event: DragEvent) => { if (event.dataTransfer.types.includes('Files')) event.preventDefault() },
  onDrop: (event: DragEvent) => { if (files(event.dataTransfer).length > 0) { event.preventDefault(); take(files(event.dataTransfer)) } },
  onPaste: (event: ClipboardEvent) => { if (files(event.clipboardData).length > 0) { event.preventDefault(); take(files(event.clipboardData)) } },
})
