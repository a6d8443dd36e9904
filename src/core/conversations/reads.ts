import { and, eq, sql } from 'drizzle-orm'
import { mine, type Tx } from '#db/database.ts'
import { Refusal } from '#kit/refusal.ts'
import { messageById } from './places.ts'
import { readNotices } from './notices.ts'
import { conversationReads } from './tables.ts'

interface Reading { readonly memberId: string; readonly conversationId: string; readonly seen: string; readonly now: Date }
/** A member has seen a conversation up to a message. Two windows at once leave the later of the two marks. */
export async function markRead(tx: Tx, { memberId, conversationId, seen, now }: Reading): Promise<void> {
  const message = await messageById(tx, seen)
  if (message?.conversationId !== conversationId) throw new Refusal('conversation_not_found')
  await tx.insert(conversationReads).values({ memberId, conversationId, seenAt: message.heardAt }).onConflictDoUpdate({
    target: [conversationReads.workspaceId, conversationReads.memberId, conversationReads.conversationId],
    set: { seenAt: sql`greatest(${conversationReads.seenAt}, excluded.seen_at)` as never },
  })
  await readNotices(tx, { memberId, conversationId, at: now })
}

/** Puts the mark of something new back: it wants to be seen again. */
export async function markUnread(tx: Tx, { memberId, conversationId }: Pick<Reading, 'memberId' | 'conversationId'>): Promise<void> {
  await tx.delete(conversationReads).where(and(mine(tx, conversationReads), eq(conversationReads.memberId, memberId), eq(conversationReads.conversationId, conversationId)))
}
