import { html } from 'hono/html'
import type { Refusal } from '#kit/refusal.ts'
import { dated, time } from '../../porch/pages/dates.ts'
import type { Markup } from '../../porch/pages/layout.ts'
import { lines } from '../../porch/pages/lines.ts'
import type { Ruling } from '../moderate.ts'
import type { Room } from '../room.ts'
import { glimpse, limits } from '../rules.ts'
import type { Post, Topic } from '../topics.ts'
import { attention, forumPage, refused, typedText } from './shell.ts'

export interface SignInSpec { readonly to: string; readonly mail: boolean; readonly refusal?: Refusal | undefined; readonly name?: string; readonly at?: 'in' | 'join' | 'link' }
export function signInPage(room: Room, { to, mail, refusal, name = '', at = 'in' }: SignInSpec): Markup {
  const { words } = room
  const back = html`<input type="hidden" name="to" value="${to}">`
  const fields = (id: string, how: 'current-password' | 'new-password') => html`<div class="two"><div><label for="name-${id}">${words.name}</label><input id="name-${id}" name="name" required maxlength="${limits.name}" autocomplete="username" value="${at === id ? name : ''}"${at === id ? attention('name', refusal) : ''}></div>
<div><label for="pass-${id}">${words.passphrase}</label><input id="pass-${id}" name="passphrase" type="password" required maxlength="200" autocomplete="${how}"${at === id ? attention('passphrase', refusal) : ''}></div></div>`
  return forumPage(room, {
    title: words.signIn, path: undefined,
    content: html`<h1>${words.signIn}</h1><p class="lead">${words.signInFirst}</p>
${mail ? html`<form class="write" method="post" action="/forum/sign-in" accept-charset="utf-8"><h2>${words.linkDo}</h2>${at === 'link' ? refused(room, refusal) : ''}<p>${words.linkLead}</p><div><label for="email">${words.email}</label><input id="email" name="email" type="email" required maxlength="254" autocomplete="email"></div>${back}<p><button name="do" value="link">${words.linkDo}</button></p></form>` : ''}
<form class="write" method="post" action="/forum/sign-in" accept-charset="utf-8"><h2>${words.signIn}</h2>${at === 'in' ? refused(room, refusal) : ''}<p>${words.signInLead}</p>${fields('in', 'current-password')}${back}<p><button name="do" value="in">${words.signIn}</button></p></form>
<form class="write" method="post" action="/forum/sign-in" accept-charset="utf-8"><h2>${words.join}</h2>${at === 'join' ? refused(room, refusal) : ''}<p>${words.joinLead} ${words.passphraseHint}</p>${fields('join', 'new-password')}${back}<p><button name="do" value="join">${words.join}</button></p></form>`,
  })
}

export function enterPage(room: Room, { token, known, refusal }: { readonly token: string; readonly known: boolean; readonly refusal?: Refusal | undefined }): Markup {
  const { words } = room
  return forumPage(room, {
    title: words.enterTitle, path: undefined,
    content: html`<h1>${words.enterTitle}</h1><p class="lead">${words.enterLead}</p><form class="write" method="post" action="/forum/enter/${token}" accept-charset="utf-8">${refused(room, refusal)}
${known ? '' : html`<div><label for="name">${words.enterName}</label><input id="name" name="name" required maxlength="${limits.name}" autocomplete="nickname"></div>`}<p><button>${words.signIn}</button></p></form>`,
  })
}

export interface MeSpec { readonly wrote: readonly { readonly post: Post; readonly topic: Topic }[]; readonly decisions: readonly Ruling[] }
export function mePage(room: Room, { wrote, decisions }: MeSpec): Markup {
  const { words, me, porch } = room
  return forumPage(room, {
    title: words.me, path: undefined,
    content: html`<div class="hello"><h1><bdi>${me?.name}</bdi></h1><p class="tagline">${words.levels[me?.level ?? 0]}. ${words.levelWhy}</p></div>
${decisions.length > 0 ? html`<h2 class="sub" id="decisions">${words.decisions}</h2><ul class="topics">${decisions.map((one) => html`<li><a href="/forum/decisions/${one.id}">${words.decision}</a><p>${time(porch.site, one.at.toISOString())} · ${one.reason}</p></li>`)}</ul>` : ''}
<h2 class="sub">${words.mine}</h2><ol class="topics">${wrote.map(({ post, topic }) => html`<li><h3><a href="/forum/p/${post.id}">${topic.title}</a></h3><p>${post.state === 'held' ? html`<span class="mark-quiet">${words.waits}</span> ` : ''}${time(porch.site, post.at.toISOString())} · ${glimpse(post.markdown, 140)}</p></li>`)}</ol>
<form method="post" action="/forum/sign-out"><p><button class="quiet">${words.signOut}</button></p></form>`,
  })
}

/** The statement of reasons: what, why, by whom, on what ground, and how to object. */
export function decisionPage(room: Room, { ruling, post, topic, refusal }: { readonly ruling: Ruling; readonly post: Post; readonly topic: Topic; readonly refusal?: Refusal | undefined }): Markup {
  const { words, porch } = room
  const when = (at: Date): string => dated(porch.site, at.toISOString())
  return forumPage(room, {
    title: words.decision, path: undefined,
    content: html`<h1>${words.decision}</h1><section class="card"><h2>${words.decisionWhat}</h2><p><a href="/forum/p/${post.id}">${topic.title}</a></p><div class="words">${lines(post.markdown)}</div></section>
<section class="card"><h2>${words.decisionReason}</h2><p>${lines(ruling.reason)}</p><p>${words.decisionWho(ruling.memberName, when(ruling.at))}${ruling.flagged > 0 ? ` ${words.decisionFlagged}` : ''}</p><p>${words.decisionGround}</p></section>
${ruling.answeredAt ? html`<section class="card"><h2>${words.appeal}</h2><p>${ruling.answer === 'reversed' ? words.reversed(ruling.answeredName ?? '') : words.upheld(ruling.answeredName ?? '')}</p>${ruling.answerReason ? html`<p>${lines(ruling.answerReason)}</p>` : ''}</section>`
    : ruling.appealedAt ? html`<section class="card"><h2>${words.appeal}</h2><p>${words.appealed(when(ruling.appealedAt))}</p><p>${lines(ruling.appeal ?? '')}</p></section>`
      : html`<form class="write" method="post" action="/forum/decisions/${ruling.id}" accept-charset="utf-8"><h2>${words.appeal}</h2>${refused(room, refusal)}<div><label for="text">${words.appealHint}</label><textarea id="text" name="text" rows="5" required maxlength="${limits.reason}">${typedText('')}</textarea></div><p><button>${words.appealDo}</button></p></form>`}`,
  })
}

export interface FollowSpec { readonly about: 'topic' | 'category'; readonly id: string; readonly feed: string; readonly mail: boolean; readonly address: string | undefined }
export function followBox({ words, me }: Room, { about, id, feed, mail, address }: FollowSpec): Markup {
  return html`<section class="talk"><h2 class="sub">${words.follow}</h2><p><a href="${feed}">Atom</a></p>
${address ? html`<p class="elsewhere">${words.fediverse}: <span class="handle" id="address">${address}</span> <button class="quiet" type="button" hidden data-copy="address" data-done="${words.copied}">${words.copy}</button></p><p class="hint">${words.fediverseHint}</p>` : ''}
${mail ? html`<form method="post" action="/forum/follow" accept-charset="utf-8"><input type="hidden" name="about" value="${about}"><input type="hidden" name="id" value="${id}"><div class="row"><div><label for="follow-email">${words.mail}</label><input id="follow-email" name="email" type="email" required maxlength="254" autocomplete="email" value="${me?.email ?? ''}" aria-describedby="follow-hint"></div><button>${words.followDo}</button></div><p class="hint" id="follow-hint">${words.followHint}</p></form>` : ''}</section>`
}
export function confirmPage(room: Room, { token, title }: { readonly token: string; readonly title: string }): Markup {
  const { words } = room
  return forumPage(room, { title: words.confirmIt, path: undefined, content: html`<h1>${words.confirmSubject(title)}</h1><p class="lead">${words.followedWhy}</p><form method="post" action="/forum/follow/${token}"><p><button>${words.confirmIt}</button></p></form>` })
}
