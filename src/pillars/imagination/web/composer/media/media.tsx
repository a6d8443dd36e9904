import { ActionIcon, Button, FileButton, Textarea } from '@mantine/core'
import { IconArrowLeft, IconArrowRight, IconFocus2, IconPhotoPlus, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { isVideo, mediaTroubles, sayBytes } from '#core/media/rules.ts'
import type { PostMedia } from '#core/posts/rules.ts'
import { useLang } from '#ui/lang.tsx'
import { useWords } from '#ui/words.ts'
import { useAccountName } from '../../account-name.ts'
import { picturesQuery, type Account, type StoredMedia } from '../../calls.ts'
import { words } from '../words/words.ts'
import { Arriving } from './arriving.tsx'
import { cropTo, middle } from './focus.ts'
import { FocalPoint } from './focal.tsx'
import css from './media.module.css'
import type { Uploads } from './use-uploads.ts'

const taken = 'image/jpeg,image/png,image/webp,image/gif,image/avif,video/mp4,video/webm,video/quicktime'

interface Given {
  readonly media: readonly PostMedia[]; readonly lang: string
  /** Where it goes: what each network allows. */
  readonly accounts: readonly Account[]
  readonly onMedia: (change: (media: readonly PostMedia[]) => readonly PostMedia[]) => void
  readonly uploads: Uploads
  /** Which sheet and part new files belong to. */
  readonly place: string
  /** What stands in the same row as the button that adds files. */
  readonly children?: ReactNode
}

/** The pictures and the video of a part, each with what it shows. */
export function Media({ media, lang, accounts, onMedia, uploads, place, children }: Given) {
  const t = useWords(words)
  const { data } = useQuery({ ...picturesQuery, enabled: media.length > 0 })
  const coming = uploads.coming.filter((one) => one.place === place)
  const stored = (one: PostMedia) => data?.items.find((found) => found.id === one.mediaId)
  const missing = media.filter((one) => one.alt.trim() === '').length
  const change = (at: number, how: (one: PostMedia) => PostMedia) => onMedia((all) => all.map((one, here) => (here === at ? how(one) : one)))
  return (
    <div role="group" aria-label={t('composer.pictures')}>
      {media.length > 0 ? (
        <div className={css.list}>
          {media.map((one, at) => (
            <One
              key={one.mediaId} one={one} stored={stored(one)} lang={lang} altMax={altMaxOf(accounts)} isFirst={at === 0} isLast={at === media.length - 1}
              onAlt={(alt) => change(at, (kept) => ({ ...kept, alt }))} onMove={(by) => onMedia((all) => moved(all, at, by))} onDrop={() => onMedia((all) => all.filter((_, here) => here !== at))}
              onDropAt={(id) => onMedia((all) => movedTo(all, id, at))}
            />
          ))}
        </div>
      ) : null}
      <Arriving coming={coming} uploads={uploads} place={place} />
      <Troubles files={media.flatMap((one) => { const found = stored(one); return found ? [{ ...found, seconds: found.seconds ?? undefined, alt: one.alt || ' ?' }] : [] })} accounts={accounts} />
      <div className={css.add}>
        <FileButton accept={taken} multiple onChange={(files) => uploads.take(files, place)}>
          {(props) => <Button {...props} size="compact-sm" variant="subtle" leftSection={<IconPhotoPlus size={16} stroke={1.5} aria-hidden />}>{t('composer.addPicture')}</Button>}
        </FileButton>
        {missing > 0 ? <span role="status" className={css.missing}>{t('composer.altMissing', { count: missing })}</span> : null}
        {children}
      </div>
    </div>
  )
}

const altMaxOf = (accounts: readonly Account[]): number => Math.min(1500, ...accounts.map((account) => account.limits.media?.altMax ?? Infinity))
function moved(all: readonly PostMedia[], at: number, by: number): readonly PostMedia[] {
  const [one, other] = [all[at], all[at + by]]
  return one && other ? all.with(at, other).with(at + by, one) : all
}
function movedTo(all: readonly PostMedia[], id: string, at: number): readonly PostMedia[] {
  const one = all.find((each) => each.mediaId === id)
  return one ? all.filter((each) => each !== one).toSpliced(at, 0, one) : all
}

interface OneOf {
  readonly one: PostMedia; readonly stored: StoredMedia | undefined; readonly lang: string; readonly altMax: number; readonly isFirst: boolean; readonly isLast: boolean
  readonly onAlt: (alt: string) => void; readonly onMove: (by: number) => void; readonly onDrop: () => void; readonly onDropAt: (id: string) => void
}
const dragged = 'application/x-stoa-media'

function One({ one, stored, lang, altMax, isFirst, isLast, onAlt, onMove, onDrop, onDropAt }: OneOf) {
  const t = useWords(words)
  const [asked, setAsked] = useState(false)
  const left = altMax - Array.from(one.alt).length
  return (
    <figure
      className={css.one} draggable onDragStart={(event) => event.dataTransfer.setData(dragged, one.mediaId)}
      onDragOver={(event) => { if (event.dataTransfer.types.includes(dragged)) event.preventDefault() }}
      onDrop={(event) => { const id = event.dataTransfer.getData(dragged); if (id) { event.preventDefault(); event.stopPropagation(); onDropAt(id) } }}
    >
      <Look stored={stored} one={one} />
      <div className={css.about}>
        <Textarea
          size="xs" minRows={2} label={t(stored && isVideo(stored.type) ? 'composer.altVideo' : 'composer.alt')} placeholder={t('composer.altPlace')} maxLength={5000} value={one.alt} lang={lang} error={left < 0 ? t('media.altOver', { over: -left }) : undefined}
          inputWrapperOrder={['label', 'input', 'error', 'description']} description={one.alt === '' ? t('media.altWhy') : t('media.altLeft', { left, max: altMax })} onChange={(event) => onAlt(event.currentTarget.value)}
        />
        <div className={css.tools}>
          {stored && !isVideo(stored.type) ? <ActionIcon aria-label={t('media.focus')} title={t('media.focus')} onClick={() => setAsked(true)}><IconFocus2 size={16} stroke={1.5} aria-hidden /></ActionIcon> : null}
          <span />
          {isFirst ? null : <ActionIcon aria-label={t('composer.earlier')} onClick={() => onMove(-1)}><IconArrowLeft size={16} stroke={1.5} aria-hidden /></ActionIcon>}
          {isLast ? null : <ActionIcon aria-label={t('composer.later')} onClick={() => onMove(1)}><IconArrowRight size={16} stroke={1.5} aria-hidden /></ActionIcon>}
          <ActionIcon aria-label={t('composer.removePicture')} onClick={onDrop}><IconTrash size={16} stroke={1.5} aria-hidden /></ActionIcon>
        </div>
      </div>
      {asked && stored ? <FocalPoint media={stored} onClose={() => setAsked(false)} /> : null}
    </figure>
  )
}

function Look({ stored, one }: { stored: StoredMedia | undefined; one: PostMedia }) {
  if (stored && isVideo(stored.type)) {
    return (
      <div className={css.look}>
        <video src={stored.url} controls preload="metadata" aria-label={one.alt} />
        <small className={css.facts}>{stored.seconds === null ? '' : `${Math.floor(stored.seconds / 60)}:${String(Math.round(stored.seconds % 60)).padStart(2, '0')} · `}{sayBytes(stored.bytes)}</small>
      </div>
    )
  }
  return <div className={css.look}><img src={stored?.url ?? `/media/${one.mediaId}.webp`} alt={one.alt} style={stored ? { objectPosition: cropTo(stored.focus ?? middle, stored, { width: 16, height: 9 }) } : undefined} /></div>
}

/** What cannot be made to fit somewhere, said per network; what can is made to fit without a word. */
function Troubles({ files, accounts }: { files: Parameters<typeof mediaTroubles>[0]; accounts: readonly Account[] }) {
  const { pick } = useLang()
  const name = useAccountName()
  const found = accounts.flatMap((account) => mediaTroubles(files, account.limits.media).filter((one) => one.rule !== 'alt-missing' && one.rule !== 'alt-too-long').map((one) => ({ account, one })))
  if (found.length === 0) return null
  return <div role="status"><ul className={css.troubles}>{found.map(({ account, one }, place) => <li key={place}><b>{name.channel(account)}</b> {pick(one.says)}</li>)}</ul></div>
}
