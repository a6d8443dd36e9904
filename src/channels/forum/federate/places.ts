import type { Account } from '#kit/channel.ts'
import { isUuid } from '../fields.ts'
import type { ForumSettings } from '../wire.ts'

/** Who can be followed: the whole forum, one of its categories, one topic. */
export type Group = { readonly kind: 'forum' } | { readonly kind: 'category'; readonly id: string } | { readonly kind: 'topic'; readonly code: string }

const root = '/ap/forum'
const ends: Readonly<Record<Group['kind'], (group: Group) => string>> = {
  forum: () => '',
  category: (group) => (group.kind === 'category' ? `/c/${group.id}` : ''),
  topic: (group) => (group.kind === 'topic' ? `/t/${group.code}` : ''),
}
/** A group is named by what never changes: a category's id, the eight letters of a topic. */
export const groupUri = (origin: string, group: Group): string => `${origin}${root}${ends[group.kind](group)}`
export const keyIdOf = (actor: string): string => `${actor}#main-key`
export const sharedInbox = (origin: string): string => `${origin}${root}/inbox`

export function groupAt(origin: string, uri: string): Group | undefined {
  if (uri === `${origin}${root}`) return { kind: 'forum' }
  const [, id] = /^\/ap\/forum\/c\/([0-9a-f-]{36})$/.exec(uri.startsWith(origin) ? uri.slice(origin.length) : '') ?? []
  if (isUuid(id)) return { kind: 'category', id }
  const [, code] = /^\/ap\/forum\/t\/([0-9a-z]{8})$/.exec(uri.startsWith(origin) ? uri.slice(origin.length) : '') ?? []
  return code === undefined ? undefined : { kind: 'topic', code }
}

/** The name of a group, as it is typed after the @. */
export const forumName = 'forum'
export const categoryName = ({ slug }: { readonly slug: string }): string => `forum_${slug.replaceAll('-', '_')}`
export const topicName = ({ code }: { readonly code: string }): string => `topic_${code}`
export type Called = { readonly kind: 'forum' } | { readonly kind: 'category'; readonly slug: string } | { readonly kind: 'topic'; readonly code: string }
export function calledBy(name: string): Called | undefined {
  const low = name.toLowerCase()
  if (low === forumName) return { kind: 'forum' }
  const [, code] = /^topic_([0-9a-z]{8})$/.exec(low) ?? []
  if (code !== undefined) return { kind: 'topic', code }
  const [, slug] = /^forum_([0-9a-z_]{1,100})$/.exec(low) ?? []
  return slug === undefined ? undefined : { kind: 'category', slug: slug.replaceAll('_', '-') }
}
export const addressOf = (name: string, origin: string): string => `@${name}@${new URL(origin).host}`

/** A post of ours is its own lasting address. */
export const noteUri = (origin: string, postId: string): string => `${origin}/forum/p/${postId}`
export function postAt(origin: string, uri: string): string | undefined {
  const id = uri.startsWith(`${origin}/forum/p/`) ? uri.slice(`${origin}/forum/p/`.length) : undefined
  return isUuid(id) ? id : undefined
}

/** Since when this forum is read elsewhere too; what was written before was written to this place alone. */
export function federatedSince({ federated, federatedSince: since }: ForumSettings): Date | undefined {
  return federated === 'yes' && since !== undefined && since !== 'off' ? new Date(since) : undefined
}
export const isFederated = (settings: ForumSettings): boolean => federatedSince(settings) !== undefined
export type ForumAccount = Account<ForumSettings>
