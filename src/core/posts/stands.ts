import type { Account, Attachment, Channel } from '#kit/channel.ts'
import type { Carries } from './rules.ts'

export interface ReadyPart { readonly text: string; readonly media: readonly Attachment[] }
/** What will stand on one account. */
export interface Stand { readonly account: Account; readonly channel: Channel; readonly title: string; readonly parts: readonly ReadyPart[]; readonly firstComment: string }

/** How people know an account. */
export const nameOf = (channel: Pick<Channel, 'name'>, account: { readonly handle: string }): string => `${channel.name} (${account.handle})`
export const carries = ({ publish }: Channel): Carries => ({ threads: publish?.threads !== undefined, replies: publish?.kinds.includes('reply') ?? false })
