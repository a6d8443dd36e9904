import { and, eq } from 'drizzle-orm'
import { Refusal } from '#kit/refusal.ts'
import { fold } from '#text/fold.ts'
import { mine, type Tx } from '#db/database.ts'
import { emit } from '../events/store.ts'
import { settle, type Answer } from '../publications/settle.ts'
import { workspaceById } from '../workspaces/store.ts'
import type { Doing } from './act.ts'
import { tell } from './answer.ts'
import './happenings.ts'
import { change, lockConversation, momentIn, withSaid, contextOf } from './keep.ts'
import { messageById, type Message } from './places.ts'
import { messages } from './tables.ts'

async function ourMessage(tx: Tx, id: string): Promise<Message> {
  const message = await messageById(tx, id)
  if (message?.direction !== 'out') throw new Refusal('not_found')
  return message
}

/** An answer that did not go out, or may not have: a member sends it once more, says that it is there, or drops it. */
export async function resend({ tx, member, now }: Doing, messageId: string, what: Answer['answer']): Promise<void> {
  const message = await ourMessage(tx, messageId)
  const settled = message.publicationId === null ? undefined : await settle(tx, message.publicationId, { answer: what, by: member.id, at: now })
  if (!settled) throw new Refusal('nothing_to_resend')
  const conversation = await lockConversation(tx, message.conversationId)
  await emit(tx, 'conversation.changed', { ...contextOf(conversation), memberId: member.id, at: now, data: { state: conversation.state, tags: conversation.tags, snoozedUntil: conversation.snoozedUntil?.toISOString() ?? null } })
}

/** A member has posted a handed-over answer on the network: from now on it counts as said. */
export async function postedByHand(doing: Doing, messageId: string, url: string | null): Promise<void> {
  const { tx, member, now } = doing
  const { conversationId } = await ourMessage(tx, messageId)
  const conversation = await lockConversation(tx, conversationId)
  const heardAt = await momentIn(tx, conversationId, now)
  const [message] = await tx.update(messages).set({ byHand: 'posted', remoteUrl: url, heardAt, saidAt: heardAt }).where(and(mine(tx, messages), eq(messages.id, messageId), eq(messages.byHand, 'waiting'))).returning()
  if (!message) throw new Refusal('undone_already')
  await tell(tx, { conversation, member, message, findings: [], now, named: fold(message.authorName) !== fold((await workspaceById(tx, tx.workspace))?.name ?? '') })
  await change(tx, conversationId, { ...withSaid(conversation, message, { from: 'team', at: heardAt, asks: false }), state: 'open', snoozedUntil: null })
}

/** A handed-over answer that nobody will post goes back to being a draft of its writer's. */
export async function takeBackByHand({ tx, member, now }: Doing, messageId: string): Promise<string> {
  const { conversationId } = await ourMessage(tx, messageId)
  const conversation = await lockConversation(tx, conversationId)
  const [gone] = await tx.delete(messages).where(and(mine(tx, messages), eq(messages.id, messageId), eq(messages.byHand, 'waiting'))).returning({ text: messages.text })
  if (!gone) throw new Refusal('undone_already')
  await emit(tx, 'conversation.changed', { ...contextOf(conversation), memberId: member.id, at: now, data: { state: conversation.state, tags: conversation.tags, snoozedUntil: conversation.snoozedUntil?.toISOString() ?? null } })
  return gone.text
}
