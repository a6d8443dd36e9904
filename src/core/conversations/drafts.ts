import { and, eq } from 'drizzle-orm'
import { isBlank } from '#kit/text.ts'
import { mine, type Tx } from '#db/database.ts'
import { answerDrafts } from './tables.ts'

interface Whose { readonly conversationId: string; readonly memberId: string }
/** Keeps what a member has begun to write; an empty text throws it away. */
export async function keepDraft(tx: Tx, { conversationId, memberId, text, at }: Whose & { readonly text: string; readonly at: Date }): Promise<void> {
  if (isBlank(text)) return await dropDraft(tx, { conversationId, memberId })
  await tx.insert(answerDrafts).values({ conversationId, memberId, text, savedAt: at })
    .onConflictDoUpdate({ target: [answerDrafts.workspaceId, answerDrafts.conversationId, answerDrafts.memberId], set: { text, savedAt: at } })
}
export async function dropDraft(tx: Tx, { conversationId, memberId }: Whose): Promise<void> {
  await tx.delete(answerDrafts).where(and(mine(tx, answerDrafts), eq(answerDrafts.conversationId, conversationId), eq(answerDrafts.memberId, memberId)))
}
