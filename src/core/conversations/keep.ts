import { and, asc, desc, eq, ne } from 'drizzle-orm'
import { Refusal } from '#kit/refusal.ts'
import { mine, type Db, type Tx } from '#db/database.ts'
import { after, glimpse, nextMoment, tallyOf, type Said } from './rules.ts'
import { contextOf, type Conversation, type Message } from './places.ts'
import { conversations, messageColumns, messages } from './tables.ts'

/** The conversation, locked until the transaction ends. */
export async function lockConversation(tx: Tx, id: string): Promise<Conversation> {
  const [row] = await tx.select().from(conversations).where(and(mine(tx, conversations), eq(conversations.id, id))).for('update').limit(1)
  if (!row) throw new Refusal('conversation_not_found')
  return row
}
export async function change(tx: Tx, id: string, set: Partial<typeof conversations.$inferInsert>): Promise<void> {
  await tx.update(conversations).set(set).where(and(mine(tx, conversations), eq(conversations.id, id)))
}

/** The place in the order for what is said next. The caller holds the conversation. */
export async function momentIn(tx: Tx, conversationId: string, now: Date): Promise<Date> {
  const [last] = await tx.select({ at: messages.heardAt }).from(messages).where(and(mine(tx, messages), eq(messages.conversationId, conversationId))).orderBy(desc(messages.heardAt)).limit(1)
  return nextMoment(last?.at ?? null, now)
}

/** The conversation's own words about itself once `message`, which all may see, was said in it. */
export function withSaid(conversation: Conversation, message: Pick<Message, 'id' | 'text' | 'heardAt'>, said: Said): Partial<Conversation> {
  return { ...after(conversation, said), lastMessageId: message.id, lastMessageAt: message.heardAt, lastText: glimpse(message.text) }
}

const saidIn = (message: Message, asked: boolean): Said => ({ from: message.direction === 'in' ? 'contact' : 'team', at: message.heardAt, asks: asked && message.direction === 'in' })
export const isShown = (message: Pick<Message, 'moderation' | 'withdrawnAt' | 'byHand'>): boolean => message.moderation === 'shown' && message.withdrawnAt === null && message.byHand !== 'waiting'

/** Tells a conversation's standing anew from all that was said in it: after something was hidden, shown, changed or taken back. */
export async function recount(tx: Tx, conversation: Conversation): Promise<void> {
  const all = await tx.select(messageColumns).from(messages).where(and(mine(tx, messages), eq(messages.conversationId, conversation.id), ne(messages.direction, 'note'))).orderBy(asc(messages.heardAt), asc(messages.id))
  const shown = all.filter(isShown)
  const last = shown.at(-1) ?? all.at(-1)
  await change(tx, conversation.id, {
    ...tallyOf(shown.map((one) => saidIn(one, conversation.asked && conversation.importId === null))),
    held: all.filter((one) => one.moderation === 'held' && one.withdrawnAt === null).length,
    ...(last ? { lastMessageId: last.id, lastMessageAt: last.heardAt, lastText: glimpse(last.text) } : {}),
  })
}

/** Whether the team has answered in it before `besides`. */
export async function wasAnswered(db: Db, conversationId: string, besides: string): Promise<boolean> {
  const [row] = await db.select({ id: messages.id }).from(messages)
    .where(and(mine(db, messages), eq(messages.conversationId, conversationId), eq(messages.direction, 'out'), ne(messages.id, besides))).limit(1)
  return row !== undefined
}
export { contextOf }
