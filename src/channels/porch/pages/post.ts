import { html, raw } from 'hono/html'
import type { Standing, Utterance } from '#kit/host.ts'
import { changedAt, type Article } from '../article.ts'
import type { Assets } from '../assets.ts'
import type { Porch } from '../place.ts'
import { shownCount } from '../thread.ts'
import { byline, tagLinks } from './byline.ts'
import { commentForm, type FormState } from './comment-form.ts'
import { commentList, type Mine, type TalkPlace } from './comments.ts'
import { time } from './dates.ts'
import { ownPicture } from './face.ts'
import { page, type Markup } from './layout.ts'

export interface PostSpec {
  readonly article: Article
  readonly utterances: readonly Utterance[]
  readonly elsewhere: readonly Standing[]
  /** The whole talk, however long. */
  readonly whole: boolean
  /** Undefined where comments are closed. */
  readonly form: FormState | undefined
  readonly mine?: Mine | undefined
  /** The post itself, as search engines may keep it; not a state of its form. */
  readonly plain: boolean
}

const talkOf = (article: Article): TalkPlace => ({
  channel: 'porch', all: `${article.path}?talk=all#comments`, taken: Buffer.byteLength(article.html), answer: (id) => `${article.path}?answer=${encodeURIComponent(id)}#write`,
})

export function postPage(porch: Porch, assets: Assets, spec: PostSpec): Markup {
  const { article, utterances } = spec
  const { site, words } = porch
  const copy = spec.elsewhere.find((standing) => standing.ref.channel === 'fediverse' && !standing.gone)
  const failed = spec.form?.refused ? `${words.couldNot}: ` : ''
  return page(porch, assets, {
    title: `${failed}${article.headline} · ${site.name}`, description: article.excerpt || article.headline,
    path: spec.plain ? article.path : undefined, here: undefined,
    head: head(porch, article, copy, shownCount(utterances)),
    content: html`<div class="wide">
<article class="post" lang="${article.lang}">
<header><h1>${article.headline}</h1><div lang="${site.lang}">${byline(porch, article)}</div></header>
${behind(article, html`${article.media.map((media, place) => figure(porch, media, place === 0))}
<div class="prose">${raw(article.html)}</div>`)}
${article.author.signOff ? html`<p class="signoff">${article.author.signOff}</p>` : ''}
<footer lang="${site.lang}">${edited(porch, article)}${tagLinks(porch, article)}${copy ? fediverseLine(porch, copy) : ''}</footer>
</article>
<section class="talk" id="comments" aria-labelledby="talk-title">
<h2 id="talk-title">${words.answers}${shownCount(utterances) > 0 ? html` <small>${words.comments(shownCount(utterances))}</small>` : ''}</h2>
${commentList(porch, talkOf(article), { utterances, whole: spec.whole, open: spec.form !== undefined, mine: spec.mine })}
${spec.form ? commentForm(porch, { endpoint: `${article.path}/comments`, plain: `${article.path}#write` }, spec.form) : html`<p class="closed">${words.closed}${site.email ? html` <a href="mailto:${site.email}">${site.email}</a>` : ''}</p>`}
</section></div>`,
  })
}

/** Folded, where something is to be read first; it opens without a script. */
const behind = ({ warning }: Article, all: Markup): Markup =>
  (warning === '' ? all : html`<details class="warned"><summary>${warning}</summary>
${all}</details>`)

function figure(porch: Porch, media: Article['media'][number], first: boolean): Markup | '' {
  const src = ownPicture(porch, media.url)
  if (!src || !media.type.startsWith('image/')) return ''
  const size = media.width && media.height ? html` width="${media.width}" height="${media.height}"` : ''
  return html`<figure class="media"><img src="${src}" alt="${media.alt}"${size} ${raw(first ? 'fetchpriority="high"' : 'loading="lazy" decoding="async"')}></figure>`
}

function edited(porch: Porch, article: Article): Markup | '' {
  if (!article.editedAt) return ''
  const when = raw(porch.words.edited(String(time(porch.site, article.editedAt))))
  return html`<p class="edited">${when}${article.editNote ? html`: ${article.editNote}` : '.'}</p>`
}

function fediverseLine(porch: Porch, copy: Standing): Markup {
  const { words, fediverse } = porch
  const there = /^https?:/.test(copy.ref.url ?? '') ? html` · <a href="${copy.ref.url}">${words.seeThere}</a>` : ''
  return html`<p class="fediverse">${words.fediverse} <span class="handle">${fediverse ?? ''}</span>${there}</p>`
}

function head(porch: Porch, article: Article, copy: Standing | undefined, comments: number): Markup {
  const { site } = porch
  const url = `${site.origin}${article.path}`
  const picture = article.warning ? undefined : article.media.find((media) => media.type.startsWith('image/') && ownPicture(porch, media.url))
  const image = picture ? `${site.origin}${ownPicture(porch, picture.url)}` : undefined
  return html`<meta property="og:type" content="article">
${article.postId === null ? '' : feedLinks(porch, article)}<meta property="og:title" content="${article.headline}">
<meta property="og:description" content="${article.excerpt}">
<meta property="og:site_name" content="${site.name}">
<meta property="og:url" content="${url}">
<meta property="og:locale" content="${article.lang === 'el' ? 'el_GR' : 'en_GB'}">
<meta property="article:published_time" content="${article.publishedAt}">
<meta property="article:modified_time" content="${changedAt(article)}">
<meta property="article:author" content="${article.author.name}">
${article.tags.map((tag) => html`<meta property="article:tag" content="${tag}">`)}
${image ? html`<meta property="og:image" content="${image}"><meta property="og:image:alt" content="${picture?.alt ?? ''}">` : ''}
<meta name="twitter:card" content="${image ? 'summary_large_image' : 'summary'}">
${copy && /^https?:/.test(copy.ref.url ?? '') ? html`<link rel="alternate" type="application/activity+json" href="${copy.ref.url}">` : ''}
<script type="application/ld+json">${raw(jsonLd({
    '@context': 'https://schema.org', '@type': 'BlogPosting', headline: article.headline, url, mainEntityOfPage: url,
    description: article.excerpt, inLanguage: article.lang, datePublished: article.publishedAt, dateModified: changedAt(article),
    author: { '@type': 'Person', name: article.author.name }, publisher: { '@type': 'Organization', name: site.name, url: site.origin },
    commentCount: comments, ...(image ? { image } : {}), ...(article.tags.length > 0 ? { keywords: article.tags.join(', ') } : {}),
  }))}</script>`
}

const feedLinks = ({ words }: Porch, article: Article): Markup => html`<link rel="alternate" type="application/atom+xml" title="${words.commentsOn(article.headline)}" href="${article.path}/comments.atom">
<link rel="alternate" type="application/rss+xml" title="${words.commentsOn(article.headline)} (RSS)" href="${article.path}/comments.xml">
`

/** JSON that cannot end the element it stands in. */
const jsonLd = (value: unknown): string =>
  JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)
