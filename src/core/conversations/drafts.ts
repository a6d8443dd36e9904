import { and, eq } from 'drizzle-orm'
import type { HeardFile } from '#kit/channel.ts'
import { isBlank } from '#kit/text.ts'
import { mine, type Tx } from '#db/database.ts'
import { answerDrafts } from './tables.ts'

interface Whose { readonly conversationId: string; readonly memberId: string }
interface Begun extends Whose { readonly text: string; readonly at: Date; /** What goes along; not said: as it was. */ readonly files?: readonly HeardFile[] | undefined }
/** Keeps what a member has begun to write; an empty text with nothing attached throws it away. */
export async function keepDraft(tx: Tx, { conversationId, memberId, text, files, at }: Begun): Promise<void> {
  const change = { text, savedAt: at, ...(files === undefined ? {} : { files: files.length > 0 ? files : null }) }
  const [kept] = await tx.insert(answerDrafts).values({ conversationId, memberId, ...change })
    .onConflictDoUpdate({ target: [answerDrafts.workspaceId, answerDrafts.conversationId, answerDrafts.memberId], set: change }).returning({ files: answerDrafts.files })
  if (isBlank(text) && !kept?.files) await dropDraft(tx, { conversationId, memberId })
}
export async function dropDraft(tx: Tx, { conversationId, memberId }: Whose): Promise<void> {
  await tx.delete(answerDrafts).where(and(mine(tx, answerDrafts), eq(answerDrafts.conversationId, conversationId), eq(answerDrafts.memberId, memberId)))
}
