import { html, raw } from 'hono/html'
import { problemBody } from '#kit/problem-json.ts'
import type { Refusal } from '#kit/refusal.ts'
import { page, type Markup } from '../../porch/pages/layout.ts'
import { topicPath } from '../convert.ts'
import { scriptPath } from '../script.ts'
import type { Room } from '../room.ts'
import type { Category, Topic } from '../topics.ts'
import { time } from '../../porch/pages/dates.ts'

export interface ForumPage { readonly title: string; readonly description?: string; readonly path: string | undefined; readonly content: Markup; readonly feed?: string | undefined; readonly q?: string; readonly object?: string | undefined }

/** The frame of every page of the forum: the porch's, with who is here and the search above. */
export function forumPage(room: Room, { title, description, path, content, feed, q = '', object }: ForumPage): Markup {
  const { porch, assets } = room
  return page(porch, assets, {
    title: `${title} · ${porch.site.name}`, description: description ?? title, path, here: 'forum',
    head: [html`<script type="module" src="${scriptPath()}"></script>`, ...(feed ? [html`<link rel="alternate" type="application/atom+xml" title="${title}" href="${feed}">`] : []), ...(object ? [html`<link rel="alternate" type="application/activity+json" href="${porch.site.origin}${object}">`] : [])],
    content: html`<div class="wide">${bar(room, q)}${content}</div>`,
  })
}

function bar({ words, me, member }: Room, q: string): Markup {
  return html`<div class="bar"><form action="/forum/search" role="search"><input type="search" name="q" value="${q}" maxlength="200" aria-label="${words.search}" placeholder="${words.search}" autocomplete="off" data-suggest="hits"><ul class="hits" id="hits"></ul></form>
<nav aria-label="${words.forum}"><a href="/forum">${words.forum}</a>${member ? html`<a href="/forum/manage">${words.manage}</a>` : ''}${me ? html`<a href="/forum/me"><bdi>${me.name}</bdi></a>` : html`<a href="/forum/sign-in">${words.signIn}</a>`}</nav></div>`
}

export const nameIn = ({ porch }: Room, category: Pick<Category, 'nameEn' | 'nameEl'>): string => (porch.site.lang === 'el' ? category.nameEl : category.nameEn)
export const aboutIn = ({ porch }: Room, category: Category): string => (porch.site.lang === 'el' ? category.aboutEl : category.aboutEn)

export function topicList(room: Room, topics: readonly Topic[], categories: readonly Category[] = []): Markup {
  const { words, porch } = room
  return html`<ol class="topics">${topics.map((topic) => {
    const category = categories.find((one) => one.id === topic.categoryId)
    return html`<li><h3 lang="${topic.lang}"><a href="${topicPath(topic)}">${topic.title}</a></h3>
<p>${topic.pinnedAt ? html`<span class="mark-quiet">${words.pinned}</span> ` : ''}${topic.acceptedId ? html`<span class="mark-ok">${words.solved}</span> ` : ''}${topic.lockedAt ? html`<span class="mark-quiet">${words.locked}</span> ` : ''}${category ? html`${nameIn(room, category)} · ` : ''}${words.by('')}<bdi>${topic.authorName}</bdi> · ${words.answers(topic.answers)} · ${time(porch.site, topic.movedAt.toISOString())}</p></li>`
  })}</ol>`
}

export const hidden = (token: string): Markup => html`<input type="hidden" name="form" value="${token}">`
export const trap = ({ words }: Room): Markup => html`<div class="trap" aria-hidden="true"><label for="website">${words.leaveEmpty}</label><input id="website" name="website" tabindex="-1" autocomplete="off"></div>`

/** A refusal above the form it belongs to, with everything typed kept below. */
export function refused(room: Room, refusal: Refusal | undefined): Markup | '' {
  if (!refusal) return ''
  const { title, detail } = problemBody(refusal, room.porch.site.lang, '')
  const at = refusal.extra?.['standsAt']
  return html`<div class="refused" role="alert"><p><strong>${room.words.couldNot}: ${title}.</strong> ${detail}${typeof at === 'string' ? html` <a href="/forum/p/${at}">${room.words.seeIt}</a>` : ''}</p></div>`
}
export const attention = (id: string, refusal: Refusal | undefined): Markup => (refusal?.field === id ? html` aria-invalid="true" autofocus` : html``)
export const typedText = (text: string): Markup => html`${raw('\n')}${text}`

/** One sentence and the way back. */
export function plainPage(room: Room, { title, lead, back = '/forum', more }: { readonly title: string; readonly lead: string; readonly back?: string; readonly more?: Markup }): Markup {
  return forumPage(room, { title, path: undefined, content: html`<h1>${title}</h1><p class="lead">${lead}</p>${more ?? ''}<p><a href="${back}">${room.words.back}</a></p>` })
}
