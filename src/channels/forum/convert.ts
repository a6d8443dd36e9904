import type { Draft, Incoming } from '#kit/channel.ts'
import type { Lang } from '#kit/lang.ts'
import { isBlank } from '#kit/text.ts'
import { markdownToHtml } from '#text/html/markdown.ts'
import { slug } from '#text/slug.ts'
import type { ForumWire } from './wire.ts'

/** A member's answer as it will stand; what nobody signs does not leave. */
export function wireOf(draft: Draft): ForumWire {
  if (isBlank(draft.author.name)) throw new Error('An answer in the forum needs the name of a person.')
  const { id, name, picture, signOff } = draft.author
  return {
    key: draft.key, writtenAt: draft.writtenAt, lang: draft.lang, markdown: draft.text, html: markdownToHtml(draft.text, { lang: draft.lang }), under: draft.inReplyTo?.id ?? '',
    author: { id, name, ...(picture === undefined ? {} : { picture }), ...(signOff === undefined ? {} : { signOff }) },
  }
}

export interface Spoken {
  readonly id: string; readonly personId: string; readonly authorName: string; readonly at: Date; readonly lang: Lang
  readonly markdown: string; readonly html: string; readonly heldBecause: string | null
  readonly topic: { readonly title: string; readonly openerId: string; readonly askerId: string | null }
}

/** What somebody says here, as the house hears it: a topic opens a conversation, and what others say in it is only overheard. */
export function heardOf(post: Spoken, does: 'says' | 'edits' | 'withdraws', origin: string): Incoming {
  const ref = { channel: 'forum', id: post.id, url: `${origin}/forum/p/${post.id}` }
  const common = { ref, at: post.at.toISOString(), author: { id: post.personId, name: post.authorName } }
  if (does === 'withdraws') return { ...common, does: 'withdraws' }
  const opens = post.id === post.topic.openerId
  const text = opens ? `${post.topic.title}\n\n${post.markdown}` : post.markdown
  if (does === 'edits') return { ...common, does: 'edits', text, html: post.html }
  return {
    ...common, does: 'says', visibility: 'public', hosted: true, text, html: opens ? `<p><strong>${escaped(post.topic.title)}</strong></p>${post.html}` : post.html, lang: post.lang,
    ...(opens ? {} : { inReplyTo: { channel: 'forum', id: post.topic.openerId } }), ...(opens || post.personId === post.topic.askerId ? {} : { overheard: true }),
    ...(post.heldBecause === null ? {} : { hold: post.heldBecause }),
  }
}
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

export interface TopicName { readonly slug: string; readonly code: string }
export const topicPath = ({ slug: words, code }: TopicName): string => `/forum/t/${words}-${code}`
/** The eight letters at the end of a topic's address are what it is found by; the words before them may be anything. */
export const codeIn = (address: string): string | undefined => /(?:^|-)([0-9a-z]{8})$/.exec(address)?.[1]
export const wordsOf = (title: string): string => slug(title).slice(0, 70).replace(/-+$/, '') || 'topic'
