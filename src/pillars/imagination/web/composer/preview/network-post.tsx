import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, type ReactNode } from 'react'
import type { Part } from '#core/posts/rules.ts'
import { useLang } from '#ui/lang.tsx'
import { Face } from '#ui/person.tsx'
import { useWords } from '#ui/words.ts'
import { cardQuery } from '../calls.ts'
import { words } from '../words/words.ts'
import { facetsOf, hostOf, shownLink } from './facets.ts'
import css from './preview.module.css'
import { Pictures } from './pictures.tsx'
import { labelLines, shortText, tagName } from './short-text.ts'
import { atHandle, lookOf, rulesOf, showsLabels, signed, type Shown } from './shown.ts'
import { Icons } from './icons.tsx'

const Article = lazy(async () => ({ default: (await import('./article.tsx')).Article }))
interface Given { readonly shown: Shown; readonly look: 'light' | 'dark' }

/** A post in the look of its network. */
export function NetworkPost({ shown, look }: Given) {
  const style = lookOf(shown.account.channel)
  const frame = (children: ReactNode) => <div className={`${css.frame} ${css[style] ?? ''}`} data-look={look} data-network={style}>{children}</div>
  if (style === 'porch' || style === 'wordpress') return frame(<Blog shown={shown} />)
  if (style === 'mediawiki') return frame(<Wiki shown={shown} />)
  return frame(<Thread shown={shown} />)
}

/** Folded behind what is to be read first, where the network folds. */
function Behind({ shown, children }: { shown: Shown; children: ReactNode }) {
  return shown.warning !== '' && shown.account.limits.warning ? <details className={css.warned}><summary lang={shown.lang}>{shown.warning}</summary>{children}</details> : children
}

/** Short posts, one under the other. */
function Thread({ shown }: { shown: Shown }) {
  const parts: readonly Part[] = [...shown.parts, ...(shown.firstComment === '' ? [] : [{ text: shown.firstComment, media: [] }])]
  return <>{parts.map((part, place) => <Short key={place} shown={shown} part={part} place={place} isLast={place === parts.length - 1} />)}</>
}

function Short({ shown, part, place, isLast }: { shown: Shown; part: Part; place: number; isLast: boolean }) {
  const t = useWords(words)
  const { account } = shown
  return (
    <article className={css.short} data-follows={!isLast || undefined}>
      <div className={css.who}>
        <Face name={account.name || account.handle} size={42} />
        <div><b>{account.name || account.handle}</b> <span>{atHandle(account.handle)}</span></div>
        <time>{t('preview.now')}</time>
      </div>
      <div className={css.said}>
        <Behind shown={shown}>
          {account.channel === 'fediverse' ? <Formatted shown={shown} text={part.text} isFirst={place === 0} /> : <Rich shown={shown} text={place === 0 ? shortText({ ...shown, text: part.text, author: signed(shown.voice), limit: account.limits.text }) : part.text} />}
          <Pictures media={part.media} />
          {place === 0 && part.media.length === 0 ? <Card shown={shown} /> : null}
        </Behind>
        <Icons network={lookOf(account.channel)} />
      </div>
    </article>
  )
}

/** A text with its headings and emphasis, as other servers of the fediverse get it from ours. */
function Formatted({ shown, text, isFirst }: { shown: Shown; text: string; isFirst: boolean }) {
  const t = useWords(words)
  return (
    <div className={css.prose} lang={shown.lang}>
      {isFirst && shown.title ? <p><b>{shown.title}</b></p> : null}
      <Suspense fallback={<p>{t('composer.previewLoading')}</p>}><Article text={text} lang={shown.lang} /></Suspense>
      {isFirst && shown.tags.length > 0 ? <p className={css.facet}>{shown.tags.map((tag) => `#${tagName(tag)}`).join(' ')}</p> : null}
      {isFirst && shown.voice ? <p>— {signed(shown.voice)}</p> : null}
    </div>
  )
}

/** A text with what the network makes clickable. */
function Rich({ shown, text }: { shown: Shown; text: string }) {
  const { account, lang } = shown
  return (
    <p className={css.text} lang={lang}>
      {facetsOf(text, account.limits.text, rulesOf(account.channel)).map((facet, place) => (facet.is === 'text' ? facet.text : <span key={place} className={css.facet}>{facet.is === 'link' ? shownLink(facet.text) : facet.text}</span>))}
    </p>
  )
}

function Card({ shown: { cardUrl } }: { shown: Shown }) {
  const { data } = useQuery({ ...cardQuery(cardUrl ?? ''), enabled: cardUrl !== undefined })
  if (!data) return null
  const { card } = data
  return (
    <div className={css.card}>
      {card.picture ? <img src={card.picture.url} alt="" /> : null}
      <div><small>{card.site || hostOf(card.url)}</small><b>{card.title || shownLink(card.url)}</b>{card.description ? <span>{card.description}</span> : null}</div>
    </div>
  )
}

function Body({ shown }: { shown: Shown }) {
  const t = useWords(words)
  return (
    <>
      <Behind shown={shown}>
        {shown.labels.length > 0 && showsLabels(shown.account.channel) ? <p className={css.labels}><em>{labelLines(shown.labels, shown.lang)}</em></p> : null}
        {shown.parts.map((part, place) => (
          <div key={place} className={css.prose}>
            <Suspense fallback={<p>{t('composer.previewLoading')}</p>}><Article text={part.text} lang={shown.lang} /></Suspense>
            <Pictures media={part.media} isWhole />
          </div>
        ))}
      </Behind>
    </>
  )
}

/** A page of a blog: the porch or WordPress. */
function Blog({ shown }: { shown: Shown }) {
  const { lang } = useLang()
  const today = new Intl.DateTimeFormat(lang, { dateStyle: 'long' }).format(new Date())
  return (
    <article className={css.blog} lang={shown.lang}>
      <div className={css.siteName}>{shown.account.name || shown.account.handle}</div>
      {shown.title ? <h3>{shown.title}</h3> : null}
      <p className={css.byline} lang={lang}>{[shown.voice?.name, today].filter(Boolean).join(' · ')}</p>
      <Body shown={shown} />
      {shown.firstComment ? <blockquote className={css.under}><b>{shown.voice?.name}</b><br />{shown.firstComment}</blockquote> : null}
    </article>
  )
}

/** A page of a wiki. */
function Wiki({ shown }: { shown: Shown }) {
  const t = useWords(words)
  return (
    <article className={css.wiki} lang={shown.lang}>
      <div className={css.wikiTabs} aria-hidden><span>{t('preview.wikiPage')}</span><span>{t('preview.wikiTalk')}</span><i /><span>{t('preview.wikiRead')}</span><span>{t('preview.wikiEdit')}</span></div>
      <h3>{shown.title || t('untitled')}</h3>
      <Body shown={shown} />
    </article>
  )
}
