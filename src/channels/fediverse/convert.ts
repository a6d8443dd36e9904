import type { Account, Draft } from '#kit/channel.ts'
import { isBlank } from '#kit/text.ts'
import { escapeHtml } from '#text/html/escape.ts'
import { markdownToHtml } from '#text/html/markdown.ts'
import { markWords } from '#text/marks.ts'
import { notePath } from './addresses.ts'
import type { Wire } from './wire.ts'

export const textLimit = { max: 20_000, unit: 'grapheme' } as const
export const mediaTypes = ['image/jpeg', 'image/png', 'image/webp', 'image/avif', 'image/gif'] as const

/** Everything a follower will read, fixed once: the same draft gives the same note. */
export function wireOf(draft: Draft, account: Account): Wire {
  if (isBlank(draft.author.name)) throw new Error('A public text needs a named human.')
  const answered = draft.inReplyTo?.channel === account.channel ? draft.inReplyTo : undefined
  // In a thread of our own the one before is by a member, who is nobody's actor.
  const actor = answered?.author && /^https?:\/\//.test(answered.author.id) ? answered.author.id : null
  const handle = actor === null ? null : answered?.author?.handle?.replace(/^@?/, '@') ?? null
  return {
    key: draft.key, notePath: notePath(draft.key), kind: draft.kind,
    html: htmlOf(draft, actor === null ? null : { actor, handle }), lang: draft.lang, title: draft.title ?? null, url: draft.link ?? null,
    media: draft.media.map(({ url, type, alt, width, height }) => ({ url, type, alt, width: width ?? null, height: height ?? null })),
    tags: draft.tags.map(tagName).filter((tag) => tag !== ''),
    author: { name: draft.author.name.trim(), url: draft.author.url ?? null },
    inReplyTo: answered ? { id: answered.id, actor, handle } : null,
    published: draft.writtenAt, ...(draft.warning?.trim() ? { warning: draft.warning.trim() } : {}),
  }
}

/** A tag as networks write it: no spaces, no marks, Greek kept. */
export const tagName = (tag: string): string => tag.normalize('NFC').replace(/[^\p{L}\p{N}_]/gu, '')

function htmlOf(draft: Draft, answered: { actor: string; handle: string | null } | null): string {
  const title = draft.title ? `<p><strong>${escapeHtml(draft.title)}</strong></p>\n` : ''
  const tags = draft.tags.map(tagName).filter((tag) => tag !== '').map((tag) => `#${escapeHtml(tag)}`).join(' ')
  // The first part of a thread signs for all.
  const signed = draft.kind === 'post' && draft.inReplyTo ? '' : escapeHtml(draft.author.signOff?.trim() || draft.author.name.trim())
  return [
    ...(draft.labels ?? []).map((label) => `<p><em>${markWords[label][draft.lang]}</em></p>`),
    title + withMention(markdownToHtml(draft.text, { lang: draft.lang }).trim(), answered),
    ...(tags ? [`<p>${tags}</p>`] : []), ...(signed ? [`<p>— ${signed}</p>`] : []),
  ].join('\n')
}

function withMention(html: string, answered: { actor: string; handle: string | null } | null): string {
  if (!answered?.handle || !/^https?:\/\//.test(answered.actor)) return html
  const mention = `<a href="${escapeHtml(answered.actor)}" class="u-url mention">${escapeHtml(answered.handle)}</a>`
  return html.startsWith('<p>') ? html.replace('<p>', `<p>${mention} `) : `<p>${mention}</p>\n${html}`
}
