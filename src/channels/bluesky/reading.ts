import type { Incoming, Person, Ref } from '#kit/channel.ts'
import { momentIn } from '#kit/moment.ts'
import { isBlank } from '#kit/text.ts'
import { channelId } from './convert.ts'
import { expanded } from './facets.ts'
import { placeOf } from './records.ts'
import { web } from './settings.ts'
import { collection, HeardAct, HeardFacet, HeardPost, type Actor, type Notice } from './wire.ts'

const longest = 20_000
const isWeb = (address: string | undefined): address is string => address !== undefined && /^https?:\/\//.test(address) && address.length < 2_000
/** One line that shows something, without signs that turn the direction of writing. */
const shown = (text: string, max: number): string => text.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069\u200e\u200f]/gu, '').toWellFormed().trim().slice(0, max)

export function refTo(uri: string): Ref {
  const place = placeOf(uri)
  return { channel: channelId, id: uri, ...(place?.collection === collection ? { url: `${web}/profile/${place.repo}/post/${place.rkey}` } : {}) }
}

export function personOf({ did, handle, displayName, avatar }: Actor): Person {
  const known = /^[a-z0-9.-]{3,253}$/i.test(handle) && handle !== 'handle.invalid' ? handle : undefined
  const name = shown(displayName ?? '', 200)
  return {
    id: did, name: isBlank(name) ? known ?? did : name, ...(known ? { handle: `@${known}` } : {}),
    url: `${web}/profile/${did}`, ...(isWeb(avatar) ? { picture: avatar } : {}),
  }
}

/** Their words as they were meant: addresses whole, then the link of a card and what pictures show. */
export function textIn(post: HeardPost): string {
  const facets = (post.facets ?? []).flatMap((each) => { const read = HeardFacet.safeParse(each); return read.success ? [read.data] : [] })
  const text = expanded(post.text.slice(0, longest), facets)
  const media = post.embed?.media ?? post.embed
  const link = media?.external?.uri
  const pictures = (media?.images ?? (media?.$type === 'app.bsky.embed.video' ? [{ alt: media.alt ?? '' }] : [])).slice(0, 20).map(({ alt }) => `🖼 ${shown(alt, 2_000)}`.trim())
  const added = [...(isWeb(link) && !text.includes(link) ? [link] : []), ...pictures]
  return [text, ...added].filter((each) => each !== '').join('\n').toWellFormed().slice(0, longest)
}

/** Words of the network's own about a post, for which a person looks at it first. */
const holding = new Set(['!hide', '!warn', 'spam', 'rude', 'threat', 'intolerant', 'impersonation', 'scam', 'porn', 'sexual', 'nudity', 'graphic-media', 'gore'])
const holdFor = (labels: Notice['labels']): string | undefined => labels?.find(({ val, neg }) => !neg && holding.has(val))?.val

type Told = Pick<Notice, 'uri' | 'author' | 'record' | 'indexedAt' | 'labels'>
/** A post of somebody as said to us; `about` is what of ours it quotes. */
export function heardFrom({ uri, author, record, indexedAt, labels }: Told, given: { readonly now: Date; readonly about?: string | undefined }): Incoming | undefined {
  const read = HeardPost.safeParse(record)
  if (!read.success) return undefined
  const text = textIn(read.data)
  if (isBlank(text)) return undefined
  const lang = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$/.exec(read.data.langs?.[0] ?? '')?.[0]
  const above = read.data.reply?.parent.uri ?? given.about
  const hold = holdFor(labels)
  return {
    does: 'says', visibility: 'public', ref: refTo(uri), at: (momentIn(indexedAt) ?? given.now).toISOString(), author: personOf(author), text,
    ...(lang ? { lang } : {}), ...(above ? { inReplyTo: refTo(above) } : {}), ...(hold ? { hold } : {}),
  }
}

/** What a notification tells, in our words; some tell nothing that concerns us. */
export function heardIn(notice: Notice, now: Date): Incoming | undefined {
  const { uri, author, reason, reasonSubject, record, indexedAt } = notice
  const event = { ref: refTo(uri), at: (momentIn(indexedAt) ?? now).toISOString(), author: personOf(author) }
  const subject = HeardAct.safeParse(record).data?.subject
  const about = typeof subject === 'object' ? subject.uri : reasonSubject
  switch (reason) {
    case 'follow': return { ...event, does: 'follows' }
    case 'like': return about ? { ...event, does: 'likes', about: refTo(about) } : undefined
    case 'repost': return about ? { ...event, does: 'shares', about: refTo(about) } : undefined
    case 'reply': case 'mention': return heardFrom(notice, { now })
    case 'quote': return heardFrom(notice, { now, about: reasonSubject })
    default: return undefined
  }
}
