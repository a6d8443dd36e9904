import { sql } from 'drizzle-orm'
import type { Tx } from '#db/database.ts'
import { forumTellings as tellings } from './tables.ts'

/** Something about a post changed that those who follow from elsewhere may have to hear; who tells them looks what it was. */
export async function noteChange(tx: Tx, postId: string): Promise<void> {
  await tx.insert(tellings).values({ postId, dueAt: sql`now()` as never }).onConflictDoUpdate({ target: tellings.postId, set: { dueAt: sql`now()` as never, tries: 0 } })
}
