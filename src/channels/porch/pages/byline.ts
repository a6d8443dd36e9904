import { html } from 'hono/html'
import type { Article } from '../article.ts'
import type { Porch } from '../place.ts'
import { time } from './dates.ts'
import { face } from './face.ts'

const dot = html` <span aria-hidden="true">·</span> `

/** Who wrote it and when: always a person, never the brand. */
export function byline(porch: Porch, article: Article, count = 0) {
  const comments = count > 0 ? html`${dot}<a href="${article.path}#comments">${porch.words.comments(count)}</a>` : ''
  return html`<p class="byline">${face(porch, article.author)}
<span><bdi class="name">${article.author.name}</bdi>${dot}${time(porch.site, article.publishedAt)}${comments}</span></p>`
}

export const tagLinks = (porch: Porch, article: Article) =>
  article.tags.length === 0 ? '' : html`<p class="tags">${porch.words.tags} ${article.tags.map((tag, place) =>
    html`${place > 0 ? ', ' : ''}<a href="/tag/${encodeURIComponent(tag)}" rel="tag">${tag}</a>`)}</p>`
