import type { Both } from '#kit/lang.ts'
import type { Limits } from '#kit/channel.ts'
import type { Post as Stored } from '#core/posts/store.ts'
import type { Publication as Sent } from '#core/publications/store.ts'
import type { Wire } from '#ui/wire.ts'

/** What the posts' routes answer, as their screens read it. */
export type Publication = Wire<Pick<Sent, 'id' | 'accountId' | 'channel' | 'state' | 'because' | 'attempts' | 'dueAt' | 'confirmedAt' | 'pending'>> & {
  readonly url: string | null; readonly why: { readonly says: Both; readonly next: Both } | null
}
export type Post = Wire<Omit<Stored, 'reviewed' | 'workspaceId'>> & { readonly publications: readonly Publication[] }
export type PostRow = Post & { readonly authorName: string; readonly at: string }
export type Picture = Post['media'][number]
export interface Listed<T> { readonly items: readonly T[]; readonly next: string | null }
export interface Account {
  readonly id: string; readonly channel: string; readonly channelName: string; readonly handle: string; readonly name: string
  readonly state: string; readonly limits: Limits; readonly kinds: readonly string[]
}
export interface StoredPicture { readonly id: string; readonly url: string; readonly alt: string }
export interface Campaign { readonly id: string; readonly name: string }
export const formats = ['story', 'guide', 'question', 'news', 'offer', 'contest', 'promotion', 'game'] as const satisfies readonly Post['format'][]
export const intents = ['give', 'ask', 'talk'] as const satisfies readonly Post['intent'][]
