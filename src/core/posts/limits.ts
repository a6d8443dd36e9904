import type { Both } from '#kit/lang.ts'
import type { Attachment, Limits } from '#kit/channel.ts'
import { isBlank } from '#kit/text.ts'
import { Refusal } from '#kit/refusal.ts'
import { countText, roomBehind } from '#text/count.ts'
import { nameOf, type ReadyPart, type Stand } from './stands.ts'

interface At { readonly account: Both; readonly accountId: string; readonly part: number }
const refusal = (code: 'part_too_long' | 'part_empty' | 'too_much_media' | 'media_not_taken' | 'video_too_long' | 'alt_too_long', at: At, given: { readonly limit?: number; readonly actual?: number; readonly type?: string }): Refusal =>
  new Refusal(code, { params: { account: at.account, part: at.part + 1, ...given }, field: code === 'part_too_long' || code === 'part_empty' ? 'text' : 'media', extra: { accountId: at.accountId, part: at.part, ...given } })

function refuseText(text: string, limit: Limits['text'], at: At): void {
  for (const one of [limit, ...(limit.also ? [{ ...limit, ...limit.also }] : [])]) {
    const actual = countText(text, one)
    if (actual > one.max) throw refusal('part_too_long', at, { limit: one.max, actual })
  }
}

const isVideo = (one: Attachment): boolean => one.type.startsWith('video/')
function refuseMedia(media: readonly Attachment[], limit: NonNullable<Limits['media']>, at: At): void {
  if (media.length > limit.max) throw refusal('too_much_media', at, { limit: limit.max, actual: media.length })
  const strange = media.find((one) => isVideo(one) && !limit.video?.types.includes(one.type))
  if (strange) throw refusal('media_not_taken', at, { type: strange.type })
  const seconds = limit.video?.maxSeconds
  const film = media.find((one) => seconds !== undefined && (one.seconds ?? 0) > seconds)
  if (film) throw refusal('video_too_long', at, { limit: seconds!, actual: Math.ceil(film.seconds!) })
  const long = media.find((one) => limit.altMax !== undefined && Array.from(one.alt).length > limit.altMax)
  if (long) throw refusal('alt_too_long', at, { limit: limit.altMax!, actual: Array.from(long.alt).length })
}

/** Refuses what a network would not take, part by part, by its own count, before anything is stored. */
export function refuseBeyond({ account, channel, parts, firstComment, warning }: Stand): void {
  const limits = channel.limits(account)
  const room = roomBehind(limits, warning)
  const all: readonly ReadyPart[] = firstComment === '' ? parts : [...parts, { text: firstComment, media: [] }]
  const at = (part: number): At => ({ account: nameOf(channel, account), accountId: account.id, part })
  for (const [place, { text, media }] of all.entries()) {
    if (isBlank(text) && place === 0) throw new Refusal('empty_message', { field: 'text', extra: { accountId: account.id, part: 0 } })
    if (isBlank(text) && media.length === 0) throw refusal('part_empty', at(place), {})
    refuseText(text, room, at(place))
    if (limits.media) refuseMedia(media, limits.media, at(place))
  }
}
