import { and, asc, eq, gte, inArray, isNull, ne, or } from 'drizzle-orm'
import { newId } from '#kit/id.ts'
import { Refusal } from '#kit/refusal.ts'
import { mine, type Db, type Tx } from '#db/database.ts'
import { emit } from '../events/store.ts'
import type { Doing } from './act.ts'
import './happenings.ts'
import { change, contextOf, lockConversation, recount } from './keep.ts'
import { messageById, type Conversation } from './places.ts'
import { conversationMoves, conversations, messages, notices } from './tables.ts'

export type Move = typeof conversationMoves.$inferSelect

/** An answer must reach its person: what was held at two places, or privately with two people, stays two. */
const mayMerge = (from: Conversation, into: Conversation): boolean =>
  from.id !== into.id && from.accountId === into.accountId && from.visibility === into.visibility && from.mergedInto === null && into.mergedInto === null
  && (from.importId === null) === (into.importId === null) && (from.visibility === 'public' || from.contactId === into.contactId)

async function lockBoth(tx: Tx, a: string, b: string): Promise<[Conversation, Conversation]> {
  const [low, high] = a < b ? [a, b] : [b, a]
  const [one, two] = [await lockConversation(tx, low), await lockConversation(tx, high)]
  return a < b ? [one, two] : [two, one]
}

async function carry(tx: Tx, ids: readonly string[], into: string): Promise<void> {
  if (ids.length === 0) return
  await tx.update(messages).set({ conversationId: into }).where(and(mine(tx, messages), inArray(messages.id, [...ids])))
  await tx.update(notices).set({ conversationId: into }).where(and(mine(tx, notices), inArray(notices.messageId, [...ids])))
}

// What is empty now is only a sign of where its messages went; what is not stands as it was said.
const close = (tx: Tx, id: string, into: string) => change(tx, id, { mergedInto: into, state: 'done', waitingSince: null, snoozedUntil: null, messageCount: 0, turns: 0, held: 0, claimedBy: null, claimedUntil: null })

/** Makes two conversations one: all that was said stands in `into`, in the order in which it came. */
export async function merge({ tx, member, now }: Doing, fromId: string, intoId: string): Promise<Move> {
  if (fromId === intoId) throw new Refusal('cannot_merge')
  const [from, into] = await lockBoth(tx, fromId, intoId)
  if (!mayMerge(from, into)) throw new Refusal('cannot_merge')
  const moved = (await tx.select({ id: messages.id }).from(messages).where(and(mine(tx, messages), eq(messages.conversationId, fromId)))).map((one) => one.id)
  await carry(tx, moved, intoId)
  await close(tx, fromId, intoId)
  if (into.state === 'done' && from.state !== 'done') await change(tx, intoId, { state: 'open' })
  await recount(tx, into)
  const [move] = await tx.insert(conversationMoves).values({ id: newId(now.getTime()), kind: 'merge', fromId, intoId, messageIds: moved, state: from.state, memberId: member.id, at: now }).returning()
  await emit(tx, 'conversation.merged', { ...contextOf(from), memberId: member.id, at: now, data: { into: intoId } })
  await emit(tx, 'conversation.changed', { ...contextOf(into), memberId: member.id, at: now, data: { state: into.state, tags: into.tags, snoozedUntil: null } })
  return move!
}

/** Makes one conversation two: from a message of somebody outside on, it is a talk of its own. */
export async function split({ tx, member, now }: Doing, fromId: string, messageId: string): Promise<Move> {
  const from = await lockConversation(tx, fromId)
  const at = await messageById(tx, messageId)
  if (at?.conversationId !== fromId || at.direction !== 'in' || at.remoteId === null || at.contactId === null || from.mergedInto !== null) throw new Refusal('cannot_split')
  const all = await tx.select({ id: messages.id }).from(messages).where(and(mine(tx, messages), eq(messages.conversationId, fromId))).orderBy(asc(messages.heardAt), asc(messages.id))
  const place = all.findIndex((one) => one.id === messageId)
  if (place < 1 || at.remoteId === from.rootRef) throw new Refusal('cannot_split')
  const moved = all.slice(place).map((one) => one.id)
  const into = await ownPlace(tx, from, { rootRef: at.remoteId, contactId: at.contactId, now })
  await carry(tx, moved, into.id)
  for (const one of [from, into]) await recount(tx, one)
  const [move] = await tx.insert(conversationMoves).values({ id: newId(now.getTime()), kind: 'split', fromId, intoId: into.id, messageIds: moved, state: from.state, memberId: member.id, at: now }).returning()
  await emit(tx, 'conversation.split', { ...contextOf(from), memberId: member.id, at: now, data: { into: into.id } })
  await emit(tx, 'conversation.changed', { ...contextOf(into), memberId: member.id, at: now, data: { state: into.state, tags: into.tags, snoozedUntil: null } })
  return move!
}

/** The conversation that begins at a message: a new one, or the one that was split off there before and put back. */
async function ownPlace(tx: Tx, from: Conversation, { rootRef, contactId, now }: { readonly rootRef: string; readonly contactId: string; readonly now: Date }): Promise<Conversation> {
  const { id: _, ...like } = from
  const fresh = {
    ...like, rootRef, contactId, mergedInto: null, state: 'open' as const, messageCount: 0, turns: 0, held: 0, claimedBy: null, claimedUntil: null, snoozedUntil: null, waitingSince: null, rating: null, ratingText: null,
  }
  const [made] = await tx.insert(conversations).values({ ...fresh, id: newId(now.getTime()) }).onConflictDoNothing({ target: [conversations.workspaceId, conversations.accountId, conversations.rootRef] }).returning()
  if (made) return made
  const [known] = await tx.select().from(conversations).where(and(mine(tx, conversations), eq(conversations.accountId, from.accountId), eq(conversations.rootRef, rootRef))).for('update')
  // Only an empty sign may be taken up again; anything else is a conversation of its own.
  if (!known || known.mergedInto === null || known.messageCount > 0) throw new Refusal('cannot_split')
  await change(tx, known.id, { mergedInto: null, state: 'open', contactId })
  return { ...known, mergedInto: null, state: 'open', contactId }
}

/** Takes a merge or a split back: its messages go where they were; what was said since stays where it was said. */
export async function undoMove({ tx, member, now }: Doing, moveId: string): Promise<void> {
  const [move] = await tx.update(conversationMoves).set({ undoneAt: now }).where(and(mine(tx, conversationMoves), eq(conversationMoves.id, moveId), isNull(conversationMoves.undoneAt))).returning()
  if (!move) throw new Refusal('undone_already')
  const [from, into] = await lockBoth(tx, move.fromId, move.intoId)
  const still = (await tx.select({ id: messages.id }).from(messages).where(and(mine(tx, messages), eq(messages.conversationId, into.id), inArray(messages.id, [...move.messageIds])))).map((one) => one.id)
  // After a split whoever answered there goes back with it: the place itself closes.
  const all = move.kind === 'merge' ? still : (await tx.select({ id: messages.id }).from(messages).where(and(mine(tx, messages), eq(messages.conversationId, into.id)))).map((one) => one.id)
  await carry(tx, all, from.id)
  if (move.kind === 'merge') await change(tx, from.id, { mergedInto: null, state: move.state })
  else await close(tx, into.id, from.id)
  await recount(tx, { ...from, mergedInto: null })
  if (move.kind === 'merge') {
    if (move.state === 'done') await change(tx, from.id, { waitingSince: null })
    await recount(tx, into)
  }
  for (const one of [from, into]) await emit(tx, 'conversation.changed', { ...contextOf(one), memberId: member.id, at: now, data: { state: one.state, tags: one.tags, snoozedUntil: null } })
}

/** What was moved in or out of a conversation and not taken back, newest first. */
export async function movesOf(db: Db, conversationId: string): Promise<Move[]> {
  return await db.select().from(conversationMoves).where(and(
    mine(db, conversationMoves), isNull(conversationMoves.undoneAt), or(eq(conversationMoves.fromId, conversationId), eq(conversationMoves.intoId, conversationId)),
  )).orderBy(asc(conversationMoves.at)).limit(50)
}

/** What a conversation could be made one with: others of the same person, or at the same place. */
export async function mergeable(db: Db, conversation: Conversation): Promise<readonly Conversation[]> {
  const rows = await db.select().from(conversations).where(and(
    mine(db, conversations), eq(conversations.contactId, conversation.contactId), eq(conversations.accountId, conversation.accountId), ne(conversations.id, conversation.id), isNull(conversations.mergedInto), gte(conversations.messageCount, 1),
  )).limit(20)
  return rows.filter((one) => mayMerge(one, conversation))
}
