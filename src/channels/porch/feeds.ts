import { generateAtomFeed, generateJsonFeed, generateRssFeed } from 'feedsmith'
import { changedAt, type Article } from './article.ts'
import { ownPicture } from './pages/face.ts'
import type { Porch } from './place.ts'

// XML 1.0 has no place for these, not even escaped.
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g
export const plain = (text: string): string => text.replace(unwritable, '').toWellFormed()

/** A feed is read far from here: addresses of this house get their origin, pictures come along. */
function contentOf(porch: Porch, article: Article): string {
  const { origin } = porch.site
  const pictures = article.media.map((media) => {
    const src = ownPicture(porch, media.url)
    return src ? `<p><img src="${quoted(origin + src)}" alt="${quoted(media.alt)}"></p>` : ''
  }).join('')
  const signOff = article.author.signOff ? `<p><em>${quoted(article.author.signOff)}</em></p>` : ''
  const all = pictures + article.html.replace(/\b(href|src)="(\/(?!\/)[^"]*)"/g, (_, name: string, path: string) => `${name}="${origin}${path}"`)
  return plain((article.warning ? `<details><summary>${quoted(article.warning)}</summary>${all}</details>` : all) + signOff)
}

export const quoted = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
const idOf = (porch: Porch, article: Article): string => `${porch.site.origin}${article.path}`
const lastChange = (articles: readonly Article[]): string => articles.map(changedAt).sort().at(-1) ?? new Date(0).toISOString()

export function rss(porch: Porch, articles: readonly Article[]): string {
  const { site } = porch
  return generateRssFeed({
    title: plain(site.name), link: `${site.origin}/`, description: plain(site.tagline || site.name), language: site.lang,
    lastBuildDate: new Date(lastChange(articles)), ttl: 30,
    atom: { links: [{ href: `${site.origin}/feed.xml`, rel: 'self', type: 'application/rss+xml' }] },
    items: articles.map((article) => ({
      title: plain(article.headline), link: idOf(porch, article), guid: { value: idOf(porch, article), isPermaLink: true },
      pubDate: new Date(article.publishedAt), description: plain(article.excerpt), content: { encoded: contentOf(porch, article) },
      dc: { creators: [plain(article.author.name)], languages: [article.lang] },
      categories: article.tags.map((tag) => ({ name: plain(tag) })), comments: `${idOf(porch, article)}#comments`,
    })),
  })
}

export function atom(porch: Porch, articles: readonly Article[]): string {
  const { site } = porch
  return generateAtomFeed({
    id: `${site.origin}/`, title: { value: plain(site.name) }, subtitle: { value: plain(site.tagline) }, updated: new Date(lastChange(articles)),
    icon: `${site.origin}/favicon.svg`, xml: { lang: site.lang },
    links: [{ href: `${site.origin}/atom.xml`, rel: 'self', type: 'application/atom+xml' }, { href: `${site.origin}/`, rel: 'alternate', type: 'text/html' }],
    entries: articles.map((article) => ({
      id: idOf(porch, article), title: { value: plain(article.headline) }, xml: { lang: article.lang },
      published: new Date(article.publishedAt), updated: new Date(changedAt(article)),
      authors: [{ name: plain(article.author.name) }], categories: article.tags.map((tag) => ({ term: plain(tag) })),
      links: [{ href: idOf(porch, article), rel: 'alternate', type: 'text/html', hreflang: article.lang }],
      summary: { value: plain(article.excerpt) }, content: { type: 'html', value: contentOf(porch, article) },
    })),
  })
}

export function jsonFeed(porch: Porch, articles: readonly Article[]): string {
  const { site } = porch
  const written = generateJsonFeed({
    title: site.name, home_page_url: `${site.origin}/`, feed_url: `${site.origin}/feed.json`, description: site.tagline, language: site.lang,
    favicon: `${site.origin}/favicon.svg`,
    items: articles.map((article) => ({
      id: idOf(porch, article), url: idOf(porch, article), ...(article.title ? { title: article.title } : {}),
      content_html: contentOf(porch, article), summary: article.excerpt, language: article.lang, tags: [...article.tags],
      date_published: new Date(article.publishedAt), date_modified: new Date(changedAt(article)), authors: [{ name: article.author.name }],
    })),
  }) as object
  // The format wants the list even when it is empty.
  return JSON.stringify({ items: [], ...written })
}

const stamped = (at: string): string => new Date(at).toISOString()

/** Every page worth finding, written as it is read, a few hundred posts at a time. */
export async function* sitemap(porch: Porch, batches: AsyncIterable<readonly Article[]>): AsyncGenerator<string> {
  const { origin } = porch.site
  const entry = (path: string, changed?: string): string =>
    `<url><loc>${quoted(origin + path)}</loc>${changed ? `<lastmod>${stamped(changed)}</lastmod>` : ''}</url>\n`
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
  yield entry('/') + entry('/people') + entry('/about')
  for await (const articles of batches) yield articles.map((article) => entry(article.path, changedAt(article))).join('')
  yield '</urlset>\n'
}
