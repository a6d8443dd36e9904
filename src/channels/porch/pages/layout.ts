import { html, raw } from 'hono/html'
import type { Assets } from '../assets.ts'
import type { Porch } from '../place.ts'
import { mark } from './mark.ts'

export type Markup = ReturnType<typeof html>
/** Where the reader is, for the navigation. */
export type Here = 'journal' | 'forum' | 'people' | 'about' | undefined

export interface PageSpec {
  readonly title: string; readonly description: string
  /** The page's own address; without one it stays out of search. */
  readonly path: string | undefined
  readonly here?: Here
  readonly head?: Markup | readonly Markup[]
  readonly content: Markup
}

/** The frame of every page. */
export function page(porch: Porch, assets: Assets, spec: PageSpec): Markup {
  const { site, words } = porch
  const preload = assets.fonts.filter((font) => font.name === 'latin' || (font.name === 'greek' && site.lang === 'el'))
  return html`<!doctype html>
<html lang="${site.lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${spec.title}</title>
<meta name="description" content="${spec.description}">
<meta name="color-scheme" content="light dark">
<meta name="theme-color" content="#fbf9f5" media="(prefers-color-scheme: light)">
<meta name="theme-color" content="#161513" media="(prefers-color-scheme: dark)">
${spec.path === undefined ? html`<meta name="robots" content="noindex">` : html`<link rel="canonical" href="${site.origin}${spec.path}">`}
${preload.map((font) => html`<link rel="preload" href="${font.path}" as="font" type="font/woff2" crossorigin>`)}
<link rel="webmention" href="/webmention">
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="alternate" type="application/rss+xml" title="${site.name} (RSS)" href="/feed.xml">
<link rel="alternate" type="application/atom+xml" title="${site.name} (Atom)" href="/atom.xml">
<link rel="alternate" type="application/feed+json" title="${site.name} (JSON)" href="/feed.json">
<link rel="alternate" type="application/atom+xml" title="${site.name}: ${words.allComments}" href="/comments.atom">
${spec.head ?? ''}
<style>${raw(assets.style)}</style>
</head>
<body>
<a class="skip" href="#text">${words.skip}</a>
${header(porch, spec.here)}
<main id="text" tabindex="-1">${spec.content}</main>
${footer(porch)}
</body>
</html>
`
}

function header({ site, words, forum }: Porch, here: Here): Markup {
  const link = (name: Exclude<Here, undefined>, href: string, label: string) =>
    html`<a href="${href}"${here === name ? raw(' aria-current="page"') : ''}>${label}</a>`
  return html`<header class="top"><div class="wide">
<a class="brand" href="/">${mark}<span>${site.name}</span></a>
<nav aria-label="${words.nav}">${link('journal', '/', words.journal)}${forum ? link('forum', '/forum', words.forum) : ''}${link('people', '/people', words.people)}${link('about', '/about', words.about)}</nav>
</div></header>`
}

function footer({ site, words, fediverse }: Porch): Markup {
  return html`<footer class="end"><div class="wide">
<p class="who">${site.name}${site.tagline ? html` · <span>${site.tagline}</span>` : ''}</p>
<p>${words.footerFeeds} <a href="/feed.xml">RSS</a> <a href="/atom.xml">Atom</a> <a href="/feed.json">JSON</a>
${fediverse ? html`<span class="handle">${fediverse}</span>` : ''}</p>
${site.email ? html`<p><a href="mailto:${site.email}">${site.email}</a></p>` : ''}
</div></footer>`
}
