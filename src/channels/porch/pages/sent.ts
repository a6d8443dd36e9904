import { html } from 'hono/html'
import type { Challenge } from 'altcha-lib/types'
import type { Article } from '../article.ts'
import type { Assets } from '../assets.ts'
import type { Typed } from '../comment-form.ts'
import type { Porch } from '../place.ts'
import { page, type Markup } from './layout.ts'
import { lines } from './lines.ts'

/** While the browser works: what was typed is shown and kept in the form that will be sent. */
export function momentPage(porch: Porch, assets: Assets, spec: { article: Article; typed: Typed; challenge: Challenge }): Markup {
  const { words, site } = porch
  const { article, typed } = spec
  const kept = (['name', 'email', 'text', 'parent', 'form'] as const).filter((field) => typed[field] !== '')
  return page(porch, assets, {
    title: `${words.moment} · ${site.name}`, description: words.momentWhy, path: undefined,
    head: html`<script type="module" src="${assets.script.path}"></script>`,
    content: html`<div class="narrow moment"><h1>${words.moment}</h1>
<p id="status" role="status" data-done="${words.momentDone}" data-failed="${words.momentFailed}">${words.momentWhy}</p>
<progress id="progress" max="1" value="0" aria-label="${words.moment}"></progress>
<form id="proof-form" method="post" action="${article.path}/comments" accept-charset="utf-8" data-challenge="${JSON.stringify(spec.challenge)}">
${kept.map((field) => html`<input type="hidden" name="${field}" value="${typed[field]}">`)}
<section class="kept" aria-label="${words.yourComment}"><h2><bdi>${typed.name}</bdi></h2>${lines(typed.text)}</section>
<p><button type="submit" name="by" value="hand" class="quiet">${words.byHand}</button></p><p class="hint">${words.byHandWhy}</p></form></div>`,
  })
}

export function heldPage(porch: Porch, assets: Assets, article: Article): Markup {
  const { words, site } = porch
  return page(porch, assets, {
    title: `${words.held} · ${site.name}`, description: words.heldWhy, path: undefined,
    content: html`<div class="narrow"><h1>${words.held}</h1><p class="lead">${words.heldWhy}</p><p><a href="${article.path}">${words.backToPost}</a></p></div>`,
  })
}
