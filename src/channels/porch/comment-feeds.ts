import { generateAtomFeed, generateRssFeed } from 'feedsmith'
import type { Utterance } from '#kit/host.ts'
import { sanitize } from '#text/html/sanitize.ts'
import { articleOf, type Article } from './article.ts'
import { plain, quoted } from './feeds.ts'
import type { Porch } from './place.ts'

/** A comment and the post it stands under. */
export interface Placed { readonly said: Utterance; readonly article: Article }
/** A feed of comments: of one post, or of all. */
export interface Listed { readonly title: string; readonly page: string; readonly self: string; readonly items: readonly Placed[] }

const most = 50

/** The newest comments of one post, newest first. */
export async function ofPost(porch: Porch, article: Article): Promise<readonly Placed[]> {
  if (article.postId === null || article.gone) return []
  const thread = await porch.host.thread(article.postId)
  return thread.filter((said) => !said.withdrawn).slice(-most).toReversed().map((said) => ({ said, article }))
}

/** The newest comments of all posts that stand here, newest first. */
export async function ofAll(porch: Porch): Promise<readonly Placed[]> {
  const words = await porch.host.recentTalk(most)
  const articles = new Map<string, Article | undefined>()
  for (const { postId } of words) {
    if (articles.has(postId)) continue
    const here = (await porch.host.elsewhere(postId)).find((standing) => standing.ref.channel === 'porch')
    articles.set(postId, here && articleOf(here))
  }
  return words.flatMap((said) => { const article = articles.get(said.postId); return article && !article.gone ? [{ said, article }] : [] })
}

const addressOf = ({ site }: Porch, { said, article }: Placed): string => `${site.origin}${article.path}#c-${said.id}`
const titleOf = (porch: Porch, { said, article }: Placed): string => plain(porch.words.saidUnder(said.author.name, article.headline))
const contentOf = ({ said }: Placed): string => plain(said.html === null ? said.text.split(/\n{2,}/).map((part) => `<p>${quoted(part).replaceAll('\n', '<br>')}</p>`).join('') : sanitize(said.html, 'message'))
const changed = ({ said }: Placed): Date => new Date(said.editedAt && said.editedAt > said.at ? said.editedAt : said.at)
export const lastWord = (items: readonly Placed[]): string | undefined => items.map((one) => changed(one).toISOString()).toSorted().at(-1)
const updated = (items: readonly Placed[]): Date => new Date(lastWord(items) ?? 0)

export function commentsAtom(porch: Porch, { title, page, self, items }: Listed): string {
  const { site } = porch
  return generateAtomFeed({
    id: site.origin + self, title: { value: plain(title) }, updated: updated(items), xml: { lang: site.lang },
    links: [{ href: site.origin + self, rel: 'self', type: 'application/atom+xml' }, { href: site.origin + page, rel: 'alternate', type: 'text/html' }],
    entries: items.map((one) => ({
      id: addressOf(porch, one), title: { value: titleOf(porch, one) }, published: new Date(one.said.at), updated: changed(one), authors: [{ name: plain(one.said.author.name) }],
      links: [{ href: addressOf(porch, one), rel: 'alternate', type: 'text/html' }], content: { type: 'html', value: contentOf(one) }, ...(one.said.lang ? { xml: { lang: one.said.lang } } : {}),
    })),
  })
}

export function commentsRss(porch: Porch, { title, page, self, items }: Listed): string {
  const { site } = porch
  return generateRssFeed({
    title: plain(title), link: site.origin + page, description: plain(title), language: site.lang, lastBuildDate: updated(items), ttl: 15,
    atom: { links: [{ href: site.origin + self, rel: 'self', type: 'application/rss+xml' }] },
    items: items.map((one) => ({
      title: titleOf(porch, one), link: addressOf(porch, one), guid: { value: addressOf(porch, one), isPermaLink: true }, pubDate: new Date(one.said.at),
      description: contentOf(one), dc: { creators: [plain(one.said.author.name)] },
    })),
  })
}
