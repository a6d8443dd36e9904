import { and, eq, isNull } from 'drizzle-orm'
import { mine, type Tx } from '#db/database.ts'
import { members } from '../members/tables.ts'
import { mentionsIn } from './mentions.ts'
import { notices } from './tables.ts'

interface Telling { readonly conversationId: string; readonly messageId: string; readonly byId: string; readonly text: string; readonly at: Date }
/** Tells the members a note calls by name; whoever wrote it is not told of themselves. */
export async function tellMentioned(tx: Tx, { text, ...about }: Telling): Promise<readonly string[]> {
  if (!text.includes('@')) return []
  const team = await tx.select({ id: members.id, name: members.name }).from(members).where(and(mine(tx, members), isNull(members.leftAt)))
  const called = [...new Set(mentionsIn(text, team).map((one) => one.memberId))].filter((id) => id !== about.byId)
  if (called.length > 0) await tx.insert(notices).values(called.map((memberId) => ({ ...about, memberId, kind: 'mention' as const }))).onConflictDoNothing()
  return called
}

/** They have looked at the conversation: what they were told of in it is read. */
export async function readNotices(tx: Tx, { memberId, conversationId, at }: { readonly memberId: string; readonly conversationId: string; readonly at: Date }): Promise<void> {
  await tx.update(notices).set({ readAt: at }).where(and(mine(tx, notices), eq(notices.memberId, memberId), eq(notices.conversationId, conversationId), isNull(notices.readAt)))
}
