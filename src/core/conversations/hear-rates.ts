import type { Incoming } from '#kit/channel.ts'
import type { HeardResult } from '#kit/host.ts'
import { emit } from '../events/store.ts'
import './happenings.ts'
import type { Hearing } from './hear.ts'
import { change, contextOf, lockConversation } from './keep.ts'
import { placeOf } from './places.ts'
import { storedText } from './hear-says.ts'

/** How somebody found a talk with us: kept with it, once. */
export async function rated({ tx, account, now }: Hearing, item: Extract<Incoming, { does: 'rates' }>): Promise<HeardResult> {
  const place = await placeOf(tx, account.id, item.about)
  if (place?.is !== 'message') return { state: 'ignored' }
  const conversation = await lockConversation(tx, place.message.conversationId)
  if (conversation.rating !== null) return { state: 'known' }
  const words = storedText(item.text)
  await change(tx, conversation.id, { rating: item.score, ratingText: words })
  await emit(tx, 'conversation.rated', { ...contextOf(conversation), at: now, data: { channel: account.channel, score: item.score, words } })
  return { state: 'new' }
}
