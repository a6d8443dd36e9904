import type { Attachment, Person } from '#kit/channel.ts'
import type { Standing } from '#kit/host.ts'
import type { Lang } from '#kit/lang.ts'
import { sanitize } from '#text/html/sanitize.ts'
import { remembered } from '#text/memo.ts'
import type { Porch } from './place.ts'
import type { Under } from './say.ts'
import { PorchWire, type PorchSettings } from './wire.ts'

/** A post as the pages need it. `headline` is never empty; `title` is, for a post that has none. */
export interface Article {
  readonly key: string; readonly slug: string; readonly path: string; readonly postId: string | null
  readonly title: string; readonly headline: string; readonly lang: Lang
  readonly html: string; readonly excerpt: string; readonly tags: readonly string[]; readonly media: readonly Attachment[]; readonly warning: string
  readonly author: Person
  readonly publishedAt: string; readonly editedAt: string | null; readonly editNote: string | null
  readonly gone: Standing['gone']; readonly replies: number
}

const cleanPost = remembered(200, (html) => sanitize(html, 'post'))

/** What stands there, if it is a post of ours; answers stand under their posts and have no page. */
export function articleOf(standing: Standing): Article | undefined {
  const read = PorchWire.safeParse(standing.wire)
  if (!read.success || read.data.kind !== 'post') return undefined
  const wire = read.data
  return {
    key: standing.key, slug: standing.ref.id, path: `/p/${encodeURIComponent(standing.ref.id)}`, postId: standing.postId,
    title: wire.title, headline: wire.headline || standing.ref.id, lang: wire.lang, html: cleanPost(wire.html), excerpt: wire.excerpt, tags: wire.tags,
    media: wire.media, warning: wire.warning ?? '', author: wire.author, publishedAt: standing.publishedAt, editedAt: standing.editedAt,
    editNote: standing.editNote, gone: standing.gone, replies: standing.replies,
  }
}

export const articlesOf = (standings: readonly Standing[]): Article[] =>
  standings.flatMap((standing) => articleOf(standing) ?? []).filter((article) => !article.gone)

/** Whether a post still takes comments. */
export function takesComments(article: Article, settings: PorchSettings, now: Date): boolean {
  if (article.gone || article.postId === null) return false
  const days = settings.closeCommentsAfterDays
  return days === undefined || now.getTime() - Date.parse(article.publishedAt) < days * 86_400_000
}

/** A post as something to say something under. */
export const underPost = (porch: Porch, article: Article, now: Date): Under => ({
  key: article.key, endpoint: `${article.path}/comments`, open: takesComments(article, porch.settings, now),
  thread: () => porch.host.thread(article.postId ?? ''), begins: { inReplyTo: { channel: 'porch', id: article.slug, url: porch.site.origin + article.path } },
  addressOf: (id) => `${porch.site.origin}${article.path}#c-${id}`,
})

export const changedAt = (article: Article): string =>
  article.editedAt && article.editedAt > article.publishedAt ? article.editedAt : article.publishedAt
