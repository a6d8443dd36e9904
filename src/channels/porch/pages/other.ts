import { html, raw } from 'hono/html'
import type { Host } from '#kit/host.ts'
import type { Lang } from '#kit/lang.ts'
import { markdownToHtml } from '#text/html/markdown.ts'
import type { Article } from '../article.ts'
import type { Assets } from '../assets.ts'
import type { Porch } from '../place.ts'
import { dated } from './dates.ts'
import { face } from './face.ts'
import { page, type Markup } from './layout.ts'
import { lines } from './lines.ts'

/** The honest mark of a post that was taken down: when, and what we say about it. Its text is gone. */
export function tombstonePage(porch: Porch, assets: Assets, article: Article & { gone: NonNullable<Article['gone']> }): Markup {
  const { words, site } = porch
  return page(porch, assets, {
    title: `${words.gone} · ${site.name}`, description: words.gone, path: undefined,
    content: html`<div class="narrow"><h1>${words.gone}</h1><p class="lead">${words.goneOn(dated(site, article.gone.at))}</p>
${article.gone.note ? html`<p>${words.goneWhy}</p><blockquote lang="${article.lang}">${article.gone.note}</blockquote>` : html`<p>${words.goneNothing}</p>`}
<p><a href="/">${words.toJournal}</a></p></div>`,
  })
}

export function notFoundPage(porch: Porch, assets: Assets): Markup {
  const { words, site } = porch
  return page(porch, assets, {
    title: `${words.notFound} · ${site.name}`, description: words.notFoundWhy, path: undefined,
    content: html`<div class="narrow"><h1>${words.notFound}</h1><p class="lead">${words.notFoundWhy}</p><p><a href="/">${words.toJournal}</a></p></div>`,
  })
}

/** A refusal that belongs to no form: what was typed is shown, so that it can be copied. */
export function sorryPage(porch: Porch, assets: Assets, spec: { title: string; detail: string; typed: string }): Markup {
  const { words, site } = porch
  return page(porch, assets, {
    title: `${spec.title} · ${site.name}`, description: spec.detail, path: undefined,
    content: html`<div class="narrow"><h1>${spec.title}</h1><p class="lead">${spec.detail}</p>
${spec.typed ? html`<section class="kept" aria-label="${words.yourComment}">${lines(spec.typed)}</section>` : ''}
<p><a href="/">${words.toJournal}</a></p></div>`,
  })
}

type People = Awaited<ReturnType<Host['people']>>

export function peoplePage(porch: Porch, assets: Assets, people: People): Markup {
  const { words, site } = porch
  return page(porch, assets, {
    title: `${words.people} · ${site.name}`, description: words.peopleWhy, path: '/people', here: 'people',
    content: html`<div class="wide"><div class="hello"><h1>${words.people}</h1><p class="tagline">${words.peopleWhy}</p></div>
${people.length === 0 ? html`<p class="empty">${words.noPeople}</p>` : html`<ul class="people">${people.map((person) => personCard(porch, person))}</ul>`}</div>`,
  })
}

function personCard(porch: Porch, person: People[number]): Markup {
  const { words, site } = porch
  const tongues = new Intl.DisplayNames(site.lang, { type: 'language', fallback: 'code' })
  const named = person.langs.filter((lang) => /^[a-z]{2,3}$/i.test(lang)).map((lang) => inText(site.lang, tongues.of(lang) ?? lang))
  return html`<li>${face(porch, person, 'large')}<div><h2><bdi>${person.name}</bdi></h2>
${person.about ? html`<p>${person.about}</p>` : ''}
${person.topics.length > 0 ? html`<p class="facts">${words.talksOn} ${listed(porch, person.topics)}</p>` : ''}
${named.length > 0 ? html`<p class="facts">${words.speaks} ${listed(porch, named)}</p>` : ''}
${person.signOff ? html`<p class="signoff">${person.signOff}</p>` : ''}</div></li>`
}

// Greek writes the names of languages with a small letter.
const inText = (lang: Lang, tongue: string): string => (lang === 'el' ? tongue.toLocaleLowerCase('el') : tongue)
const listed = (porch: Porch, things: readonly string[]): string => new Intl.ListFormat(porch.site.lang).format(things)

export function aboutPage(porch: Porch, assets: Assets): Markup {
  const { words, site, fediverse } = porch
  const title = words.aboutUs(site.name)
  return page(porch, assets, {
    title: site.name === title ? `${words.about} · ${site.name}` : title, description: site.tagline || title, path: '/about', here: 'about',
    content: html`<div class="wide"><article class="post"><header><h1>${title}</h1></header>
<div class="prose">${raw(markdownToHtml(site.about, { lang: site.lang }))}
<h2>${words.reach}</h2><ul>
${site.email ? html`<li>${words.reachMail} <a href="mailto:${site.email}">${site.email}</a></li>` : ''}
<li>${words.reachComment}</li>
${fediverse ? html`<li>${words.reachFediverse} <span class="handle">${fediverse}</span></li>` : ''}</ul>
<h2>${words.feeds}</h2><p>${words.feedsWhy} <a href="/feed.xml">RSS</a>, <a href="/atom.xml">Atom</a>, <a href="/feed.json">JSON Feed</a>.</p></div></article></div>`,
  })
}
