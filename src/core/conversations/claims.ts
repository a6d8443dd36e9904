import { Refusal } from '#kit/refusal.ts'
import { emit } from '../events/store.ts'
import { memberById } from '../members/store.ts'
import type { Doing } from './act.ts'
import './happenings.ts'
import { change, contextOf, lockConversation } from './keep.ts'
import type { Conversation } from './places.ts'
import { claimMs, heldByAnother, holderOf } from './rules.ts'

/** The refusal that names who is answering. */
export async function refuseIfHeld({ tx, member, now }: Doing, conversation: Conversation): Promise<void> {
  const other = heldByAnother(conversation, member.id, now)
  if (other === null) return
  const name = (await memberById(tx, other))?.name ?? '?'
  throw new Refusal('claim_held', { params: { name }, extra: { claim: { memberId: other, name, until: conversation.claimedUntil } } })
}

/** Takes a conversation to answer it, or keeps it a little longer. Of two who reach for it at once, one gets it. */
export async function claim(doing: Doing, id: string): Promise<{ until: Date }> {
  const { tx, member, now } = doing
  const conversation = await lockConversation(tx, id)
  await refuseIfHeld(doing, conversation)
  const until = new Date(now.getTime() + claimMs)
  const renewed = holderOf(conversation, now) === member.id
  await change(tx, id, { claimedBy: member.id, claimedUntil: until })
  if (!renewed) await emit(tx, 'conversation.claimed', { ...contextOf(conversation), memberId: member.id, at: now, data: { by: member.id } })
  return { until }
}

/** Lets go of a conversation; another's claim is left alone. */
export async function release({ tx, member, now }: Doing, id: string): Promise<void> {
  const conversation = await lockConversation(tx, id)
  if (conversation.claimedBy !== member.id) return
  await change(tx, id, { claimedBy: null, claimedUntil: null })
  await emit(tx, 'conversation.released', { ...contextOf(conversation), memberId: member.id, at: now, data: { by: member.id } })
}
