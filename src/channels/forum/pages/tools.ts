import { html } from 'hono/html'
import type { Refusal } from '#kit/refusal.ts'
import { isSign, signWords } from '#text/spam/words.ts'
import { dated } from '../../porch/pages/dates.ts'
import type { Markup } from '../../porch/pages/layout.ts'
import { lines } from '../../porch/pages/lines.ts'
import { raw } from 'hono/html'
import type { Ruling, Waiting } from '../moderate.ts'
import type { Room } from '../room.ts'
import { limits } from '../rules.ts'
import type { Category, Post, Topic } from '../topics.ts'
import { forumPage, nameIn, refused } from './shell.ts'

/** What the team may do with a topic, below it. */
export function topicTools(room: Room, topic: Topic, categories: readonly Category[]): Markup | '' {
  const { words, member } = room
  if (!member) return ''
  const to = `/forum/manage/t/${topic.id}`
  return html`<details class="tools"><summary>${words.tools}</summary><p class="hint">${words.inInbox}</p>
<form method="post" action="${to}"><button class="quiet" name="do" value="${topic.lockedAt ? 'unlock' : 'lock'}">${topic.lockedAt ? words.unlock : words.lock}</button> <button class="quiet" name="do" value="${topic.pinnedAt ? 'unpin' : 'pin'}">${topic.pinnedAt ? words.unpin : words.pin}</button></form>
<form method="post" action="${to}" accept-charset="utf-8"><div class="row"><div><label for="rename">${words.rename}</label><input id="rename" name="title" value="${topic.title}" maxlength="${limits.title}" required></div><button name="do" value="rename">${words.renameDo}</button></div></form>
<form method="post" action="${to}"><div class="row"><div><label for="move">${words.move}</label><select id="move" name="category">${categories.map((one) => html`<option value="${one.id}"${one.id === topic.categoryId ? raw(' selected') : ''}>${nameIn(room, one)}</option>`)}</select></div><button name="do" value="move">${words.moveDo}</button></div></form>
<form method="post" action="${to}" accept-charset="utf-8"><div class="row"><div><label for="merge">${words.merge}</label><input id="merge" name="into" maxlength="400" required></div><button name="do" value="merge">${words.mergeDo}</button></div></form></details>`
}

function ruleForm({ words }: Room, post: Post, flagged: boolean): Markup {
  const shown = post.state === 'shown'
  return html`<form method="post" action="/forum/manage/p/${post.id}" accept-charset="utf-8"><div><label for="why-${post.id}">${words.reason}</label><textarea id="why-${post.id}" name="reason" rows="2" maxlength="500"></textarea></div>
<p>${shown ? '' : html`<button name="to" value="shown">${words.show}</button> `}${post.state === 'hidden' ? '' : html`<button class="quiet" name="to" value="hidden">${words.hide}</button> `}${post.state === 'spam' ? '' : html`<button class="quiet" name="to" value="spam">${words.spam}</button> `}${shown && flagged ? html`<button class="quiet" name="to" value="leave">${words.leave}</button>` : ''}</p></form>`
}

/** Why it is held: the reason, and what the filter found when it was the filter. */
function heldFor({ words, porch }: Room, because: string | null): string {
  const [reason = '', ...signs] = because?.split(' ') ?? []
  const found = signs.flatMap((sign) => (isSign(sign) ? [signWords[sign][porch.site.lang]] : []))
  return `${words.heldFor[reason] ?? reason}${found.length > 0 ? ` (${found.join(', ')})` : ''}`
}

function waitingCard(room: Room, { post, topic, flags, kinds, says }: Waiting): Markup {
  const { words, porch } = room
  const kindWords: Readonly<Record<string, string>> = words.flagKinds
  const why = [flags > 0 ? `${words.flags(flags)}: ${kinds.map((kind) => kindWords[kind] ?? kind).join(', ')}` : '', heldFor(room, post.heldBecause)].filter(Boolean)
  return html`<article class="card"><h3><a href="/forum/p/${post.id}">${topic.title}</a></h3><p class="hint"><bdi>${post.authorName}</bdi> · ${dated(porch.site, post.at.toISOString(), 'moment')} · ${why.join(' · ')}</p><div class="words">${raw(post.html)}</div>${says.map((one) => html`<blockquote>${one}</blockquote>`)}${ruleForm(room, post, flags > 0)}</article>`
}

export interface DeskSpec { readonly queue: readonly Waiting[]; readonly appeals: readonly { readonly ruling: Ruling; readonly post: Post; readonly topic: Topic }[]; readonly categories: readonly Category[]; readonly mayManage: boolean; readonly refusal?: Refusal | undefined }
/** The team's own page: what waits for a decision, the appeals, and the categories. */
export function deskPage(room: Room, { queue, appeals, categories, mayManage, refusal }: DeskSpec): Markup {
  const { words } = room
  return forumPage(room, {
    title: words.manage, path: undefined,
    content: html`<h1>${words.manage}</h1>${refused(room, refusal)}<h2 class="sub">${words.queue}</h2>${queue.length === 0 ? html`<p class="empty">${words.queueEmpty}</p>` : queue.map((one) => waitingCard(room, one))}
${appeals.length > 0 ? html`<h2 class="sub">${words.appeals}</h2>${appeals.map((one) => appealCard(room, one))}` : ''}
${mayManage ? html`<h2 class="sub">${words.categories}</h2>${categories.map((one) => categoryForm(room, one))}${categoryForm(room, undefined)}` : ''}`,
  })
}

function appealCard(room: Room, { ruling, post, topic }: DeskSpec['appeals'][number]): Markup {
  const { words, member } = room
  const own = ruling.memberId === member?.id
  return html`<article class="card"><h3><a href="/forum/p/${post.id}">${topic.title}</a></h3><p class="hint"><bdi>${post.authorName}</bdi> · ${ruling.memberName}: ${ruling.reason}</p><div class="words">${raw(post.html)}</div><blockquote>${lines(ruling.appeal ?? '')}</blockquote>
${own ? html`<p class="note">${words.notYours}</p>` : html`<form method="post" action="/forum/manage/appeals/${ruling.id}" accept-charset="utf-8"><div><label for="why-${ruling.id}">${words.reason}</label><textarea id="why-${ruling.id}" name="reason" rows="2" maxlength="500" required></textarea></div><p><button name="do" value="reverse">${words.appealReverse}</button> <button class="quiet" name="do" value="uphold">${words.appealUphold}</button></p></form>`}</article>`
}

function categoryForm(room: Room, one: Category | undefined): Markup {
  const { words } = room
  const id = one?.id ?? 'new'
  const field = (name: string, label: string, given: { readonly value: string; readonly max: number; readonly needed?: boolean }): Markup => html`<div><label for="${name}-${id}">${label}</label><input id="${name}-${id}" name="${name}" value="${given.value}" maxlength="${given.max}"${given.needed ? raw(' required') : ''}></div>`
  const form = html`<form class="card" method="post" action="/forum/manage/c/${id}" accept-charset="utf-8"><div class="two">${field('nameEl', words.nameEl, { value: one?.nameEl ?? '', max: 80, needed: true })}${field('nameEn', words.nameEn, { value: one?.nameEn ?? '', max: 80, needed: true })}</div>
<div class="two">${field('aboutEl', words.aboutEl, { value: one?.aboutEl ?? '', max: 200 })}${field('aboutEn', words.aboutEn, { value: one?.aboutEn ?? '', max: 200 })}</div>
<div class="row">${field('slug', words.address, { value: one?.slug ?? '', max: 80 })}${field('place', words.order, { value: String(one?.place ?? 0), max: 4 })}<button>${one ? words.save : words.addCategory}</button></div></form>`
  return one ? html`<details class="tools"><summary>${nameIn(room, one)} · /forum/c/${one.slug}</summary>${form}</details>` : form
}

export function rulePage(room: Room, { post, topic, refusal }: { readonly post: Post; readonly topic: Topic; readonly refusal?: Refusal | undefined }): Markup {
  const { words } = room
  return forumPage(room, {
    title: words.tools, path: undefined,
    content: html`<h1>${words.tools}</h1>${refused(room, refusal)}<article class="card"><h2><a href="/forum/p/${post.id}">${topic.title}</a></h2><p class="hint"><bdi>${post.authorName}</bdi></p><div class="words">${raw(post.html)}</div>${ruleForm(room, post, true)}</article>`,
  })
}
