import { html } from 'hono/html'
import type { Markup } from '../../porch/pages/layout.ts'
import { topicPath } from '../convert.ts'
import type { Found } from '../find.ts'
import type { Room } from '../room.ts'
import { glimpse } from '../rules.ts'
import type { Category, Topic } from '../topics.ts'
import { aboutIn, forumPage, nameIn, topicList } from './shell.ts'

export interface HomeSpec { readonly categories: readonly Category[]; readonly latest: readonly Topic[]; readonly waiting: readonly Topic[] }
export function homePage(room: Room, { categories, latest, waiting }: HomeSpec): Markup {
  const { words, porch } = room
  const lead = words.lead(porch.site.name)
  return forumPage(room, {
    title: words.forum, description: lead, path: '/forum', feed: '/forum/feed.xml',
    content: html`<div class="hello"><h1>${words.forum}</h1><p class="tagline">${lead}</p></div>
${categories.length === 0 ? html`<p class="empty">${words.noCategories}</p>` : html`<p><a class="button" href="/forum/new">${words.ask}</a></p>
<h2 class="sub">${words.categories}</h2><ul class="cats">${categories.map((one) => html`<li><a href="/forum/c/${one.slug}"><strong>${nameIn(room, one)}</strong>${aboutIn(room, one) ? html`<span>${aboutIn(room, one)}</span> ` : ''}<span>${words.topics(one.topics)}</span></a></li>`)}</ul>
${waiting.length > 0 ? html`<h2 class="sub">${words.unanswered}</h2>${topicList(room, waiting, categories)}` : ''}
<h2 class="sub">${words.latest}</h2>${latest.length === 0 ? html`<p class="empty">${words.none}</p>` : topicList(room, latest, categories)}`}`,
  })
}

export interface ListSpec {
  readonly title: string; readonly about?: string; readonly path: string; readonly topics: readonly Topic[]; readonly categories?: readonly Category[]; readonly older: string | undefined; readonly later: boolean
  readonly feed?: string; readonly ask?: string; readonly empty: string; readonly follow?: Markup | ''
}
export function listPage(room: Room, spec: ListSpec): Markup {
  const { words } = room
  return forumPage(room, {
    title: spec.title, path: spec.later ? undefined : spec.path, feed: spec.feed,
    content: html`<div class="hello"><h1>${spec.title}</h1>${spec.about ? html`<p class="tagline">${spec.about}</p>` : ''}</div>
${spec.ask ? html`<p><a class="button" href="${spec.ask}">${words.ask}</a></p>` : ''}
${spec.topics.length === 0 ? html`<p class="empty">${spec.empty}</p>` : topicList(room, spec.topics, spec.categories)}
${spec.older || spec.later ? html`<nav class="pages" aria-label="${words.older}">${spec.later ? html`<a href="${spec.path}">${words.newest}</a>` : ''}${spec.older ? html`<a rel="next" href="${spec.older}">${words.older}</a>` : ''}</nav>` : ''}${spec.follow ?? ''}`,
  })
}

export function foundPage(room: Room, { q, found }: { readonly q: string; readonly found: readonly Found[] }): Markup {
  const { words } = room
  return forumPage(room, {
    title: q ? words.found(q) : words.search, path: undefined, q,
    content: html`<div class="hello"><h1>${q ? words.found(q) : words.search}</h1>${q ? '' : html`<p class="tagline">${words.searchHint}</p>`}</div>
${q && found.length === 0 ? html`<p class="empty">${words.notFound}</p>` : html`<ol class="topics">${found.map((one) => html`<li><h3><a href="${topicPath(one)}">${one.title}</a></h3><p>${one.solved ? html`<span class="mark-ok">${words.solved}</span> ` : ''}${words.answers(one.answers)}</p><p>${glimpse(one.text, 180)}</p></li>`)}</ol>`}
<p><a class="button" href="/forum/new?title=${encodeURIComponent(q)}">${words.ask}</a></p>`,
  })
}
