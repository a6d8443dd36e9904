import { html, raw } from 'hono/html'
import type { Refusal } from '#kit/refusal.ts'
import { markdownToHtml } from '#text/html/markdown.ts'
import type { Markup } from '../../porch/pages/layout.ts'
import { topicPath } from '../convert.ts'
import { isFederated } from '../federate/places.ts'
import type { Room } from '../room.ts'
import { limits } from '../rules.ts'
import type { Category, Topic } from '../topics.ts'
import { attention, forumPage, hidden, nameIn, refused, trap, typedText } from './shell.ts'

const preview = ({ words, porch }: Room, text: string | undefined): Markup | '' =>
  (text ? html`<section class="kept" aria-label="${words.previewTitle}"><h2>${words.previewTitle}</h2><div class="words prose">${raw(markdownToHtml(text, { lang: porch.site.lang }))}</div></section>` : '')

function textField({ words }: Room, { label, text, refusal, rows = 8 }: { readonly label: string; readonly text: string; readonly refusal: Refusal | undefined; readonly rows?: number }): Markup {
  return html`<div><label for="text-of-post">${label}</label><textarea id="text-of-post" name="text" rows="${rows}" required maxlength="${limits.text}" aria-describedby="text-hint"${attention('text', refusal)}>${typedText(text)}</textarea><p class="hint" id="text-hint">${words.textHint}</p></div>`
}
/** Whoever writes is told where it goes, before it goes. */
const goesFurther = ({ words, settings }: Room): Markup | '' => (isFederated(settings) ? html`<p class="hint further">${words.federatedHint}</p>` : '')
const kept = ({ words }: Room): Markup => html`<p class="hint" role="status" data-kept data-here="${words.draftKept}" data-there="${words.draftSaved}"></p>`

export interface Answering { readonly topic: Topic; readonly token: string; readonly text: string; readonly refusal: Refusal | undefined; readonly preview: string | undefined }
export function answerForm(room: Room, { topic, token, text, refusal, preview: shown }: Answering): Markup {
  const { words } = room
  return html`<form class="write" id="write" method="post" action="${topicPath(topic)}/answer" accept-charset="utf-8" data-draft="${topic.id}" data-account="yes">${refused(room, refusal)}${preview(room, shown)}
${textField(room, { label: words.answerTitle, text, refusal })}${goesFurther(room)}${trap(room)}${hidden(token)}${kept(room)}<p><button name="do" value="send">${words.send}</button> <button class="quiet" name="do" value="preview">${words.preview}</button></p></form>`
}

export interface Asking {
  readonly categories: readonly Category[]; readonly token: string; readonly typed: { readonly title: string; readonly text: string; readonly category: string; readonly tags: string }
  readonly refusal?: Refusal | undefined; readonly preview?: string | undefined; readonly similar: Markup | ''
}
/** Whoever asks is shown what was answered already, while typing or after the preview. */
export function askPage(room: Room, { categories, token, typed, refusal, preview: shown, similar }: Asking): Markup {
  const { words, me } = room
  return forumPage(room, {
    title: words.newTitle, path: undefined,
    content: html`<h1>${words.newTitle}</h1>${me ? '' : html`<p class="lead">${words.signInFirst} <a href="/forum/sign-in?to=%2Fforum%2Fnew">${words.signIn}</a></p>`}
<form class="write" method="post" action="/forum/new" accept-charset="utf-8" data-draft="new" data-account="${me ? 'yes' : 'no'}">${refused(room, refusal)}${preview(room, shown)}
<div><label for="title">${words.title}</label><input id="title" name="title" required maxlength="${limits.title}" value="${typed.title}" autocomplete="off" data-suggest="similar" data-any="yes"${attention('title', refusal)}></div>
<div class="similar"${similar === '' ? raw(' hidden') : ''}><p class="hint">${words.similar}</p><ul class="hits" id="similar">${similar}</ul></div>
<div><label for="category">${words.category}</label><select id="category" name="category" required>${categories.map((one) => html`<option value="${one.id}"${one.id === typed.category || one.slug === typed.category ? raw(' selected') : ''}>${nameIn(room, one)}</option>`)}</select></div>
${textField(room, { label: words.text, text: typed.text, refusal, rows: 10 })}
<div><label for="tags">${words.tagsField} <span>(${words.optional})</span></label><input id="tags" name="tags" maxlength="240" value="${typed.tags}" aria-describedby="tags-hint"><p class="hint" id="tags-hint">${words.tagsHint}</p></div>
${goesFurther(room)}${trap(room)}${hidden(token)}${kept(room)}<p>${me ? html`<button name="do" value="send">${words.send}</button> ` : ''}<button class="quiet" name="do" value="preview">${words.preview}</button></p></form>`,
  })
}

export function editPage(room: Room, { postId, text, refusal }: { readonly postId: string; readonly text: string; readonly refusal?: Refusal | undefined }): Markup {
  const { words } = room
  return forumPage(room, {
    title: words.editTitle, path: undefined,
    content: html`<h1>${words.editTitle}</h1><form class="write" method="post" action="/forum/p/${postId}/edit" accept-charset="utf-8">${refused(room, refusal)}${textField(room, { label: words.text, text, refusal, rows: 10 })}<p><button>${words.save}</button> <a href="/forum/p/${postId}">${words.back}</a></p></form>`,
  })
}

export function flagPage(room: Room, { postId, refusal }: { readonly postId: string; readonly refusal?: Refusal | undefined }): Markup {
  const { words } = room
  const kinds = Object.entries(words.flagKinds)
  return forumPage(room, {
    title: words.flagTitle, path: undefined,
    content: html`<h1>${words.flagTitle}</h1><form class="write" method="post" action="/forum/p/${postId}/flag" accept-charset="utf-8">${refused(room, refusal)}<fieldset><legend>${words.flagWhy}</legend>${kinds.map(([kind, label], at) => html`<label class="pick"><input type="radio" name="kind" value="${kind}" required${at === 0 ? raw(' checked') : ''}> ${label}</label>`)}</fieldset>
<div><label for="says">${words.flagSays} <span>(${words.optional})</span></label><textarea id="says" name="says" rows="4" maxlength="${limits.reason}"></textarea></div><p><button>${words.report}</button> <a href="/forum/p/${postId}">${words.back}</a></p></form>`,
  })
}
