import { html } from 'hono/html'
import type { Challenge } from 'altcha-lib/types'
import type { OwnWords } from '#kit/host.ts'
import type { Refusal } from '#kit/refusal.ts'
import { problemBody } from '#kit/problem-json.ts'
import type { Typed } from '../comment-form.ts'
import { commentLimits as limits } from '../limits.ts'
import type { Porch } from '../place.ts'
import { clock } from './dates.ts'
import type { Markup } from './layout.ts'
import { lines } from './lines.ts'

/** The content of a page of its own, for the porch's frame or another. `script`: what it needs to run. */
export interface Sent { readonly title: string; readonly description: string; readonly content: Markup }

/** While the browser works: what was typed is shown and kept in the form that will be sent. */
export function moment({ words }: Porch, spec: { readonly endpoint: string; readonly typed: Typed; readonly challenge: Challenge }): Sent {
  const { typed } = spec
  const kept = (['name', 'email', 'text', 'parent', 'website', 'form'] as const).filter((field) => typed[field] !== '' || field === 'website')
  return {
    title: words.moment, description: words.momentWhy,
    content: html`<div class="narrow moment"><h1>${words.moment}</h1>
<p id="status" role="status" data-done="${words.momentDone}" data-failed="${words.momentFailed}">${words.momentWhy}</p>
<progress id="progress" max="1" value="0" aria-label="${words.moment}"></progress>
<form id="proof-form" method="post" action="${spec.endpoint}" accept-charset="utf-8" data-challenge="${JSON.stringify(spec.challenge)}">
${kept.map((field) => html`<input type="hidden" name="${field}" value="${typed[field]}">`)}
<section class="kept" aria-label="${words.yourComment}"><h2><bdi>${typed.name}</bdi></h2>${lines(typed.text)}</section>
<p><button type="submit" name="by" value="hand" class="quiet">${words.byHand}</button></p><p class="hint">${words.byHandWhy}</p></form></div>`,
  }
}

/** `own`: the address at which whoever wrote it sees what becomes of it. */
export function held({ words }: Porch, to: { readonly back: string; readonly own: string }): Sent {
  return {
    title: words.held, description: words.heldWhy,
    content: html`<div class="narrow"><h1>${words.held}</h1><p class="lead">${words.heldWhy}</p>
<p><a href="${to.own}">${words.ownLink}</a><br><span class="hint">${words.ownLinkWhy}</span></p><p><a href="${to.back}">${words.backToPost}</a></p></div>`,
  }
}

export interface OwnSpec {
  readonly said: OwnWords | undefined
  /** Until when it may be changed; undefined: no more. */
  readonly until: Date | undefined
  readonly endpoint: string; readonly back: string
  readonly refused?: Refusal | undefined; readonly typed?: string | undefined
  /** Whether answers may be heard of by letter; `asked`: they just asked for it. */
  readonly letters?: 'offered' | 'asked' | undefined
}

/** One's own comment: how it stands and why, and for a while a way to change it or take it back. */
export function own(porch: Porch, spec: OwnSpec): Sent {
  const { words } = porch
  const { said, until } = spec
  const state = said?.state ?? 'held'
  const changes = said !== undefined && until !== undefined && (state === 'shown' || state === 'held')
  const told = { shown: words.ownShown, held: words.heldWhy, hidden: words.ownHidden, withdrawn: words.ownWithdrawn }[state]
  return {
    title: words.yourComment, description: told,
    content: html`<div class="narrow own"><h1>${words.yourComment}</h1><p class="lead" role="status">${told}</p>
${said?.because ? html`<p>${words.ownBecause}</p><blockquote>${said.because}</blockquote>` : ''}
${said && state !== 'withdrawn' && !changes ? html`<section class="kept" aria-label="${words.yourComment}">${lines(said.text)}</section>` : ''}
${changes ? changeForm(porch, { ...spec, said, until }) : said && (state === 'shown' || state === 'held') ? html`<p class="hint">${words.ownClosed}</p>` : ''}
${said && (state === 'shown' || state === 'held') ? letters(porch, spec) : ''}${appealed(porch, spec)}
<p><a href="${spec.back}">${words.backToPost}</a></p></div>`,
  }
}

/** What was hidden may be looked at again, once, when whoever wrote it asks. */
function appealed({ words }: Porch, { said, endpoint, typed }: OwnSpec): Markup | '' {
  if (said?.appeal === undefined) return ''
  if (said.appeal !== 'open') return html`<p role="status">${said.appeal === 'asked' ? words.appealAsked : words.appealAnswered}</p>`
  return html`<form class="write" method="post" action="${endpoint}" accept-charset="utf-8"><h2>${words.appeal}</h2>
<div><label for="own-appeal">${words.appealText}</label><textarea id="own-appeal" name="text" rows="4" required maxlength="${limits.appeal}" aria-describedby="own-appeal-hint">${'\n'}${typed ?? ''}</textarea>
<p class="hint" id="own-appeal-hint">${words.appealHint}</p></div><p><button name="do" value="appeal">${words.appealSend}</button></p></form>`
}

function letters({ words }: Porch, { letters: state, endpoint }: OwnSpec): Markup | '' {
  if (state === 'asked') return html`<p role="status">${words.followAsked}</p>`
  return state !== 'offered' ? '' : html`<form class="write" method="post" action="${endpoint}" accept-charset="utf-8"><h2>${words.follow}</h2>
<div><label for="own-email">${words.email}</label><input id="own-email" name="email" type="email" required maxlength="${limits.email}" autocomplete="email" aria-describedby="own-email-hint">
<p class="hint" id="own-email-hint">${words.followHint}</p></div><p><button type="submit" name="do" value="follow" class="quiet">${words.followSend}</button></p></form>`
}

/** Says yes to letters about answers: by a button, since programs open links too. */
export function following({ words }: Porch, spec: { readonly endpoint: string; readonly done: boolean }): Sent {
  const told = spec.done ? words.followDone : words.followConfirmWhy
  return {
    title: words.follow, description: told,
    content: html`<div class="narrow"><h1>${words.follow}</h1><p class="lead" role="status">${told}</p>
${spec.done ? '' : html`<form method="post" action="${spec.endpoint}"><p><button type="submit">${words.followConfirm}</button></p></form>`}</div>`,
  }
}

function changeForm({ words, site }: Porch, spec: OwnSpec & { readonly said: OwnWords; readonly until: Date }): Markup {
  const problem = spec.refused ? problemBody(spec.refused, site.lang, '') : undefined
  return html`<form class="write" method="post" action="${spec.endpoint}" accept-charset="utf-8">
${problem ? html`<div class="refused" role="alert"><p><strong>${words.couldNot}: ${problem.title}.</strong> ${problem.detail}</p></div>` : ''}
<div><label for="own-text">${words.text}</label>
<textarea id="own-text" name="text" rows="6" required maxlength="${limits.text}" aria-describedby="own-hint">${'\n'}${spec.typed ?? spec.said.text}</textarea>
<p class="hint" id="own-hint">${words.ownUntil(clock(site, spec.until))}</p></div>
<p><button type="submit" name="do" value="edit">${words.change}</button> <button type="submit" name="do" value="withdraw" class="quiet" formnovalidate>${words.withdraw}</button></p></form>`
}
