import { html, raw } from 'hono/html'
import type { Refusal } from '#kit/refusal.ts'
import { time, dated } from '../../porch/pages/dates.ts'
import { face } from '../../porch/pages/face.ts'
import type { Markup } from '../../porch/pages/layout.ts'
import { topicPath } from '../convert.ts'
import { addressOf, federatedSince, topicName } from '../federate/places.ts'
import type { Room } from '../room.ts'
import { glimpse, mayEdit } from '../rules.ts'
import type { Category, Post, Topic } from '../topics.ts'
import { followBox } from './account.ts'
import { forumPage, nameIn } from './shell.ts'
import { topicTools } from './tools.ts'
import { answerForm } from './write.ts'

export interface TopicSpec {
  readonly topic: Topic; readonly category: Category; readonly posts: readonly Post[]; readonly accepted: Post | undefined; readonly thanked: ReadonlySet<string>
  /** Where it goes on, and whether this is the beginning. */
  readonly next: string | undefined; readonly later: boolean
  readonly token: string; readonly mail: boolean; readonly categories: readonly Category[]; readonly draft: string
  readonly refusal?: Refusal | undefined; readonly preview?: string | undefined
}

export function topicPage(room: Room, spec: TopicSpec): Markup {
  const { words, me } = room
  const { topic, category, posts } = spec
  const path = topicPath(topic)
  return forumPage(room, {
    title: topic.title, description: glimpse(posts[0]?.markdown ?? topic.title, 200), path: spec.later || topic.state === 'held' || topic.state === 'hidden' ? undefined : path, feed: `${path}/feed.xml`, ...(addressFor(room, topic) === undefined ? {} : { object: `/forum/p/${topic.openerId}` }),
    content: html`<article class="post"><header><p class="byline"><a href="/forum/c/${category.slug}">${nameIn(room, category)}</a></p><h1 lang="${topic.lang}">${topic.title}</h1>
<p class="byline">${topic.acceptedId ? html`<span class="mark-ok">${words.solved}</span>` : ''}${topic.lockedAt ? html`<span class="mark-quiet">${words.locked}</span>` : ''}<span>${words.answers(topic.answers)}</span>
${topic.tags.length > 0 ? html`<span>${words.tags} ${topic.tags.map((tag, at) => html`${at > 0 ? ', ' : ''}<a rel="tag" href="/forum/tag/${encodeURIComponent(tag)}">${tag}</a>`)}</span>` : ''}</p></header>
${spec.accepted && !spec.later ? solution(room, topic, spec.accepted) : ''}
${spec.later ? html`<p><a href="${path}">${words.first}</a></p>` : posts[0]?.id !== topic.openerId && topic.answers > 0 && !topic.mergedInto ? opener(room, spec) : ''}
<ol class="comments">${posts.map((post) => html`<li>${postItem(room, spec, post)}</li>`)}</ol>
${spec.next ? html`<nav class="pages" aria-label="${words.next}"><a rel="next" href="${spec.next}">${words.next}</a></nav>` : ''}
${topic.lockedAt ? html`<p class="closed">${words.answerLocked}</p>` : me ? answerForm(room, { topic, token: spec.token, text: spec.draft, refusal: spec.refusal, preview: spec.preview }) : html`<p class="write"><a class="button" href="/forum/sign-in?to=${encodeURIComponent(path)}">${words.signIn}</a> ${words.signInFirst}</p>`}
${followBox(room, { about: 'topic', id: topic.id, feed: `${path}/feed.xml`, mail: spec.mail, address: addressFor(room, topic) })}${topicTools(room, topic, spec.categories)}</article>`,
  })
}

/** How the topic is called elsewhere, when it can be followed from there. */
function addressFor({ settings, porch }: Room, topic: Topic): string | undefined {
  const since = federatedSince(settings)
  return since && topic.openedAt >= since && topic.state === 'shown' ? addressOf(topicName(topic), porch.site.origin) : undefined
}

/** Whoever asked has taken their words back; what was answered stays. */
const opener = ({ words }: Room, { posts, topic }: TopicSpec): Markup | '' => (posts.some((one) => one.id === topic.openerId) ? '' : html`<p class="note">${words.withdrawn}</p>`)

function solution({ words, porch }: Room, topic: Topic, post: Post): Markup {
  return html`<section class="solution" aria-labelledby="solution"><h2 id="solution">${words.acceptedAnswer}</h2><p lang="${post.lang}">${glimpse(post.markdown, 320)}</p>
<p class="byline">${face(porch, { id: '', name: post.authorName, ...(post.picture ? { picture: post.picture } : {}) })}<span><bdi class="name">${post.authorName}</bdi>${topic.acceptedBy ? html` · ${words.acceptedBy(topic.acceptedBy)}` : ''} · <a href="/forum/p/${post.id}">${words.seeIt}</a></span></p></section>`
}

function postItem(room: Room, spec: TopicSpec, post: Post): Markup {
  const { words, porch } = room
  const team = post.memberId !== null
  const person = { id: '', name: post.authorName, ...(post.picture ? { picture: post.picture } : {}) }
  return html`<article class="comment${team ? ' team' : ''}" id="p-${post.id}"><header>${face(porch, person)}<p><bdi class="name">${post.authorName}</bdi>${team ? html` <span class="badge">${words.of(porch.site.name)}</span>` : ''}${post.outside ? html` <a class="handle" href="${post.outside.page}" rel="ugc nofollow noopener">${post.outside.handle}</a> <span class="badge">${words.fromFediverse}</span>` : ''}
<span class="when"><a href="/forum/p/${post.id}" title="${words.permalink}">${time(porch.site, post.at.toISOString(), 'moment')}</a>${post.id === spec.topic.openerId ? html` · ${words.asker}` : ''}${post.editedAt ? html` · ${words.edited(dated(porch.site, post.editedAt.toISOString()))}` : ''}${post.id === spec.topic.acceptedId ? html` · ${words.acceptedAnswer}` : ''}</span></p></header>
${standingNote(room, post)}<div class="words prose" lang="${post.lang}" dir="auto">${raw(post.html)}</div>${team && post.signOff ? html`<p class="signoff">${post.signOff}</p>` : ''}${acts(room, spec, post)}</article>`
}

/** The honest are told what became of their words; whoever spams is not. */
function standingNote({ words, me, member }: Room, post: Post): Markup | '' {
  if (post.state === 'held') return html`<p class="note wait">${words.waits}</p>`
  if (post.state === 'hidden') return html`<p class="note">${words.hidden}${me?.id === post.personId ? html`<a href="/forum/me#decisions">${words.whyHidden}</a>` : ''}</p>`
  return post.state === 'spam' && member ? html`<p class="note">${words.spam}</p>` : ''
}

const act = (post: Post, does: string, label: string): Markup => html`<form method="post" action="/forum/p/${post.id}/act"><button class="link" name="do" value="${does}">${label}</button></form>`
function acts({ me, member, words, now }: Room, { topic, thanked }: TopicSpec, post: Post): Markup | '' {
  const own = me !== undefined && me.id === post.personId
  const shown = post.state === 'shown' || (post.state === 'spam' && own)
  const judges = (me && topic.personId === me.id) || member
  const parts = [
    post.thanks > 0 ? html`<span>${words.thanks(post.thanks)}</span>` : '',
    me && !own && shown ? (thanked.has(post.id) ? act(post, 'unthank', words.unthank) : act(post, 'thank', words.thank)) : '',
    judges && shown && post.id !== topic.openerId ? (topic.acceptedId === post.id ? act(post, 'unaccept', words.unaccept) : act(post, 'accept', words.accept)) : '',
    own && (mayEdit(post, me.level, now) || (post.state === 'spam' && mayEdit({ ...post, state: 'shown' }, me.level, now))) ? html`<a href="/forum/p/${post.id}/edit">${words.edit}</a>` : '',
    own && post.state !== 'hidden' ? act(post, 'withdraw', words.withdraw) : '',
    me && !own && shown && (post.personId ?? post.outside) ? html`<a href="/forum/p/${post.id}/flag" rel="nofollow">${words.report}</a>` : '',
    post.outside ? html`<a href="${post.outside.url}" rel="ugc nofollow noopener">${words.atHome}</a>` : '',
    member && (post.personId ?? post.outside) ? html`<a href="/forum/manage/p/${post.id}">${words.tools}</a>` : '',
  ].filter((part) => part !== '')
  return parts.length === 0 ? '' : html`<div class="do">${parts}</div>`
}
