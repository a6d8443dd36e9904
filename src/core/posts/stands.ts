import type { Account, Attachment, Channel } from '#kit/channel.ts'
import type { Both } from '#kit/lang.ts'
import type { Carries } from './rules.ts'

export interface ReadyPart { readonly text: string; readonly media: readonly Attachment[] }
/** What will stand on one account. */
export interface Stand { readonly account: Account; readonly channel: Channel; readonly title: string; readonly parts: readonly ReadyPart[]; readonly firstComment: string; readonly warning: string }

/** How people know an account. */
export function nameOf({ name, called }: Pick<Channel, 'name' | 'called'>, { handle }: { readonly handle: string }): Both {
  const { en, el } = called ?? { en: name, el: name }
  return { en: `${en} (${handle})`, el: `${el} (${handle})` }
}
export const carries = ({ publish }: Channel): Carries => ({ threads: publish?.threads !== undefined, replies: publish?.kinds.includes('reply') ?? false })
