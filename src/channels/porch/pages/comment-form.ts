import { html, raw } from 'hono/html'
import type { Refusal } from '#kit/refusal.ts'
import { problemBody } from '#kit/problem-json.ts'
import type { FormField, Typed } from '../comment-form.ts'
import { commentLimits as limits } from '../limits.ts'
import type { Porch } from '../place.ts'
import type { Markup } from './layout.ts'

export interface FormState {
  readonly typed: Typed
  /** Whom the visitor answers, when it is not the post itself. */
  readonly answering: { readonly id: string; readonly name: string } | undefined
  readonly refused: Refusal | undefined
  /** Where what was refused as a repetition already stands. */
  readonly stands?: string
}

/** Stands in the page until it is sent, so that pages that differ in nothing else are equal. No text that is stored can hold it. */
export const tokenPlace = '\0form\0'

const inForm: readonly FormField[] = ['name', 'email', 'text']

/** `endpoint`: where it is sent. `plain`: the same form, answering nobody. */
export interface FormPlace { readonly endpoint: string; readonly plain: string }

export function commentForm(porch: Porch, place: FormPlace, state: FormState): Markup {
  const { words } = porch
  const problem = state.refused ? problemBody(state.refused, porch.site.lang, '') : undefined
  const at = inForm.find((field) => field === state.refused?.field)
  const wrong = (field: FormField): Markup | '' => (at === field && problem ? html`<p class="wrong" id="${field}-wrong">${problem.detail}</p>` : '')
  const aria = (field: FormField, hint: string): Markup => at === field
    ? html` aria-invalid="true" aria-describedby="${field}-wrong${hint}" autofocus` : hint ? html` aria-describedby="${hint.trim()}"` : html``
  return html`<form class="write" id="write" method="post" action="${place.endpoint}" accept-charset="utf-8">
<h2>${state.answering ? words.answering(state.answering.name) : words.write}</h2>
${state.answering ? html`<p><a href="${place.plain}">${words.answerPost}</a></p>` : ''}
${problem ? html`<div class="refused" role="alert"><p><strong>${words.couldNot}: ${problem.title}.</strong> ${at ? words.kept : problem.detail}
${state.stands ? html`<a href="${state.stands}">${words.seeIt}</a>` : ''}</p></div>` : ''}
<div class="two"><div><label for="name">${words.name}</label>
<input id="name" name="name" required maxlength="${limits.name}" autocomplete="name" value="${state.typed.name}"${aria('name', '')}>${wrong('name')}</div>
<div><label for="email">${words.email} <span>(${words.optional})</span></label>
<input id="email" name="email" type="email" maxlength="${limits.email}" autocomplete="email" value="${state.typed.email}"${aria('email', ' email-hint')}>${wrong('email')}
<p class="hint" id="email-hint">${words.emailHint}</p></div></div>
<div><label for="text-of-comment">${words.text}</label>
<textarea id="text-of-comment" name="text" rows="6" required maxlength="${limits.text}"${aria('text', ' text-hint')}>${raw('\n')}${state.typed.text}</textarea>${wrong('text')}
<p class="hint" id="text-hint">${words.textHint(limits.text.toLocaleString(porch.site.lang))}</p></div>
<div class="trap" aria-hidden="true"><label for="website">${words.leaveEmpty}</label>
<input id="website" name="website" tabindex="-1" autocomplete="off"></div>
<input type="hidden" name="form" value="${raw(tokenPlace)}">
${state.answering ? html`<input type="hidden" name="parent" value="${state.answering.id}">` : ''}
<p><button type="submit">${words.send}</button></p></form>`
}
