import type { AnyEvent, StoaEvent } from '#kit/events.ts'
import type { House } from '#core/house.ts'
import { route } from '#core/routing/assign.ts'
import { keepDue, lockRouting } from '#core/routing/due.ts'
import { lockConversation } from '#core/conversations/keep.ts'
import { conversationById } from '#core/conversations/places.ts'
import type { Tx } from '#db/database.ts'

/** Somebody waits: says by when they should be answered, and by whom if it is anybody's more than another's. */
export async function routeMessage(event: StoaEvent<'message.received'>, tx: Tx, house: House): Promise<void> {
  if (event.data.imported || !event.conversationId) return
  if (event.data.opensWait) await route(tx, event.conversationId, house.now())
  await dueAgain(event, tx)
}

/** What became of a conversation may have moved its due moment. */
export async function dueAgain(event: AnyEvent, tx: Tx): Promise<void> {
  if (!event.conversationId || !await conversationById(tx, event.conversationId)) return
  await lockRouting(tx)
  await keepDue(tx, await lockConversation(tx, event.conversationId))
}
