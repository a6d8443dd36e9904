import { faceOn, shapeOn, type Shape } from '#core/posts/rules.ts'
import { factsOf } from '#text/networks/all.ts'
import type { NetworkFacts } from '#text/networks/facts.ts'
import type { Account } from '../../calls.ts'
import { behind } from '../../room.ts'
import type { Words } from '../writing.ts'

export type Look = 'porch' | 'mastodon' | 'bluesky' | 'wordpress' | 'mediawiki' | 'plain'
const looks: Readonly<Record<string, Look>> = { porch: 'porch', fediverse: 'mastodon', mastodon: 'mastodon', bluesky: 'bluesky', wordpress: 'wordpress', mediawiki: 'mediawiki' }
export const lookOf = (channel: string): Look => looks[channel] ?? 'plain'

/** How a post stands on one account: its words as that network carries them. */
export interface Shown extends Shape {
  readonly account: Pick<Account, 'id' | 'channel' | 'channelName' | 'name' | 'handle' | 'limits'>;
  readonly lang: Words['lang']; readonly labels: Words['labels']; readonly tags: Words['tags']; readonly cardUrl: string | undefined
  /** Who speaks, and how they sign. */
  readonly voice: { readonly name: string; readonly signOff?: string } | undefined
}

export function shownOn(account: Account, words: Words, voice: Shown['voice']): Shown {
  const shape = shapeOn(faceOn(words, account.id), { threads: account.threads !== null, replies: account.kinds.includes('reply') })
  return { ...shape, account: behind(account, shape.warning), lang: words.lang, labels: words.labels, tags: words.tags, cardUrl: words.card?.url, voice }
}

/** What a network makes clickable; the fediverse reads as Mastodon does. */
export const rulesOf = (channel: string): Pick<NetworkFacts, 'hashtags' | 'mentions'> => factsOf(channel === 'fediverse' ? 'mastodon' : channel) ?? {}

/** '@fournos@patra.social' for a handle as a network shows it. */
export const atHandle = (handle: string): string => (handle.startsWith('@') || handle === '' ? handle : `@${handle}`)

const labelled = ['porch', 'fediverse', 'mastodon', 'bluesky', 'wordpress', 'mediawiki']
/** Networks on which a label stands as a line of its own above the text. */
export const showsLabels = (channel: string): boolean => labelled.includes(channel)

export const signed = (voice: Shown['voice']): string => voice?.signOff?.trim() || voice?.name || ''
