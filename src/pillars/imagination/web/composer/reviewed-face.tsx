import { useChannelName } from '#ui/channel-name.ts'
import { useWords } from '#ui/words.ts'
import type { Reviewed } from './calls.ts'
import { NetworkMark } from './network-mark.tsx'
import { facetsOf, shownLink } from './preview/facets.ts'
import css from './preview/preview.module.css'
import { atHandle, lookOf, rulesOf } from './preview/shown.ts'
import page from './review-page.module.css'
import { Face } from '#ui/person.tsx'
import { words } from './words/words.ts'

type FaceOf = Reviewed['faces'][number]
type Part = FaceOf['parts'][number]

/** A post on one account, for somebody outside: everything it needs came with it. */
export function ReviewedFace({ face, given }: { face: FaceOf; given: Reviewed }) {
  const t = useWords(words)
  const style = lookOf(face.channel)
  const isPage = style === 'porch' || style === 'wordpress' || style === 'mediawiki'
  const name = useChannelName()(face.channel)
  return (
    <section aria-label={name}>
      <h3 className={css.where}><NetworkMark channel={face.channel} />{name}<small>{face.channel === 'porch' ? '' : atHandle(face.handle)}</small></h3>
      <div className={`${css.frame} ${css[style] ?? ''} ${page.face}`}>
        <article className={isPage ? css.blog : css.short} lang={given.lang}>
          {isPage ? null : <div className={css.who}><Face name={face.name || face.handle} size={42} /><div><b>{face.name || face.handle}</b> <span>{atHandle(face.handle)}</span></div></div>}
          <div className={css.said}>
            {face.title ? <h4>{face.title}</h4> : null}
            {given.labels.length > 0 ? <p className={css.labels}>{given.labels.map((label) => t(`labels.${label}`)).join(' · ')}</p> : null}
            {face.warning ? <p className={css.labels}><b>{t('warned.label')}:</b> {face.warning}</p> : null}
            {face.parts.map((part, place) => <PartOf key={place} part={part} isPage={isPage} channel={face.channel} of={face.parts.length} n={place + 1} />)}
            {face.firstComment ? <blockquote className={css.under}><b>{t('review.page.firstComment')}</b><br />{face.firstComment}</blockquote> : null}
          </div>
        </article>
      </div>
    </section>
  )
}

function PartOf({ part, isPage, channel, of, n }: { part: Part; isPage: boolean; channel: string; of: number; n: number }) {
  return (
    <div className={page.part}>
      {of > 1 && !isPage ? <small className={page.n}>{n}/{of}</small> : null}
      {isPage ? <div className={css.prose} dangerouslySetInnerHTML={{ __html: part.html }} /> : (
        <p className={css.text}>{facetsOf(part.text, { unit: 'grapheme' }, rulesOf(channel)).map((facet, place) => (facet.is === 'text' ? facet.text : <span key={place} className={css.facet}>{facet.is === 'link' ? shownLink(facet.text) : facet.text}</span>))}</p>
      )}
      {part.media.length > 0 ? <div className={css.whole}>{part.media.map((one) => (one.type.startsWith('video/') ? <video key={one.url} src={one.url} controls preload="metadata" aria-label={one.alt} /> : <img key={one.url} src={one.url} alt={one.alt} />))}</div> : null}
    </div>
  )
}
