import { html } from 'hono/html'
import type { Article } from '../article.ts'
import type { Assets } from '../assets.ts'
import type { Porch } from '../place.ts'
import { byline } from './byline.ts'
import { ownPicture } from './face.ts'
import { page, type Markup } from './layout.ts'

export interface ListSpec {
  readonly articles: readonly Article[]
  readonly tag?: string
  /** Where this list goes on, if there is more. */
  readonly older: string | undefined
  /** True when this is not the beginning of the list. */
  readonly later: boolean
}

/** The journal: the newest posts, or those that carry a word. */
export function listPage(porch: Porch, assets: Assets, spec: ListSpec): Markup {
  const { site, words } = porch
  const base = spec.tag === undefined ? '/' : `/tag/${encodeURIComponent(spec.tag)}`
  const title = spec.tag === undefined ? site.name : words.tagged(spec.tag)
  return page(porch, assets, {
    title: spec.tag === undefined ? (site.tagline ? `${site.name} · ${site.tagline}` : site.name) : `${title} · ${site.name}`,
    description: spec.tag === undefined ? site.tagline || site.name : title,
    path: spec.later ? undefined : base, here: 'journal',
    head: openGraph(porch, base, title),
    content: html`<div class="wide">
<div class="hello"><h1>${title}</h1>${spec.tag === undefined && site.tagline ? html`<p class="tagline">${site.tagline}</p>` : ''}</div>
${spec.articles.length === 0
    ? html`<p class="empty">${spec.tag === undefined ? words.noPosts : words.noneTagged}</p>`
    : html`<div class="posts">${spec.articles.map((article) => entry(porch, article))}</div>`}
${spec.older || spec.later ? html`<nav class="pages" aria-label="${words.older}">
${spec.later ? html`<a href="${base}">${words.newest}</a>` : ''}${spec.older ? html`<a rel="next" href="${spec.older}">${words.older}</a>` : ''}
</nav>` : ''}</div>`,
  })
}

function entry(porch: Porch, article: Article): Markup {
  const picture = article.warning ? undefined : article.media.find((media) => media.type.startsWith('image/'))
  const src = ownPicture(porch, picture?.url)
  return html`<article lang="${article.lang}">
${picture && src ? html`<a class="thumb" href="${article.path}" tabindex="-1" aria-hidden="true">
<img src="${src}" alt="" loading="lazy" decoding="async"></a>` : ''}
<div><h2><a href="${article.path}">${article.headline}</a></h2>
${article.title && article.excerpt ? html`<p class="excerpt">${article.excerpt}</p>` : ''}
<div lang="${porch.site.lang}">${byline(porch, article, article.replies)}</div></div>
</article>`
}

const openGraph = (porch: Porch, path: string, title: string): Markup => html`<meta property="og:type" content="website">
<meta property="og:title" content="${title}">
<meta property="og:site_name" content="${porch.site.name}">
<meta property="og:url" content="${porch.site.origin}${path}">
<meta property="og:locale" content="${porch.site.lang === 'el' ? 'el_GR' : 'en_GB'}">`
