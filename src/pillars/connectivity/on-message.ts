import { and, desc, eq, isNotNull } from 'drizzle-orm'
import type { StoaEvent } from '#kit/events.ts'
import { mayDo } from '#kit/rights.ts'
import { conversations, messages } from '#core/conversations/tables.ts'
import { contextOf } from '#core/conversations/places.ts'
import { emit } from '#core/events/store.ts'
import type { House } from '#core/house.ts'
import { membersOf, voicesOf } from '#core/members/store.ts'
import { mine, type Tx } from '#db/database.ts'
import { chooseMember, type Answerer } from './routing.ts'

/** Those who may answer and have a voice to answer with. */
async function answerers(tx: Tx): Promise<Answerer[]> {
  const voices = new Map((await voicesOf(tx)).map((voice) => [voice.memberId, voice]))
  return (await membersOf(tx)).flatMap((member) => {
    const voice = voices.get(member.id)
    return member.leftAt === null && mayDo(member.role, 'answer') && voice && voice.name.trim() !== '' ? [{ memberId: member.id, langs: voice.langs, topics: voice.topics }] : []
  })
}

/** Who of us answered this person last, here or in another conversation. */
async function lastAnswerer(tx: Tx, contactId: string): Promise<string | null> {
  const [row] = await tx.select({ memberId: messages.memberId }).from(messages).innerJoin(conversations, eq(conversations.id, messages.conversationId))
    .where(and(mine(tx, messages), eq(conversations.contactId, contactId), eq(messages.direction, 'out'), isNotNull(messages.memberId))).orderBy(desc(messages.heardAt)).limit(1)
  return row?.memberId ?? null
}

/** Gives a conversation that waits, and is nobody's yet, to whom it belongs more than to others. */
export async function routeMessage(event: StoaEvent<'message.received'>, tx: Tx, house: House): Promise<void> {
  if (!event.data.opensWait || event.data.imported || !event.conversationId) return
  const [row] = await tx.select({ conversation: conversations, message: messages }).from(messages).innerJoin(conversations, eq(conversations.id, messages.conversationId))
    .where(and(mine(tx, messages), eq(messages.id, event.data.messageId))).for('update', { of: conversations }).limit(1)
  if (!row || row.conversation.assigneeId !== null || row.conversation.waitingSince === null) return
  const choice = chooseMember(await answerers(tx), { text: row.message.text, lang: row.message.lang, before: await lastAnswerer(tx, row.conversation.contactId) })
  if (!choice) return
  await tx.update(conversations).set({ assigneeId: choice.memberId }).where(and(mine(tx, conversations), eq(conversations.id, row.conversation.id)))
  await emit(tx, 'conversation.assigned', { ...contextOf(row.conversation), at: house.now(), data: { to: choice.memberId } })
}
