import { escapeHtml } from '#text/html/escape.ts'
import { topicPath } from './convert.ts'
import type { Post, Topic } from './topics.ts'

export interface FeedSpec { readonly title: string; readonly origin: string; readonly path: string; readonly self: string; readonly lang: string; readonly now: Date; readonly items: readonly { readonly post: Post; readonly topic: Topic }[] }

/** What was said last, as Atom. Its names never change, whatever is renamed, moved or merged. */
export function atomOf({ title, origin, path, self, lang, now, items }: FeedSpec): string {
  const changed = items.map(({ post }) => (post.editedAt ?? post.at).toISOString()).toSorted().at(-1) ?? now.toISOString()
  const entries = items.map(({ post, topic }) => `<entry xml:lang="${post.lang}"><id>${origin}/forum/p/${post.id}</id><title>${escapeHtml(topic.title)}</title><link href="${origin}/forum/p/${post.id}"/><link rel="related" href="${origin}${topicPath(topic)}"/>
<published>${post.at.toISOString()}</published><updated>${(post.editedAt ?? post.at).toISOString()}</updated><author><name>${escapeHtml(post.authorName)}</name></author><content type="html">${escapeHtml(post.html)}</content></entry>`)
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${lang}"><id>${origin}${self}</id><title>${escapeHtml(title)}</title><link href="${origin}${path}"/><link rel="self" href="${origin}${self}" type="application/atom+xml"/><updated>${changed}</updated>
${entries.join('\n')}</feed>
`
}
