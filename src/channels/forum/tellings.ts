import { sql } from 'drizzle-orm'
import type { Tx } from '#db/database.ts'
import { forumTellings as tellings } from './tables.ts'

/** What opens a topic takes all of it along: whatever was told of it may have to be taken back, or said again. */
export async function noteTopicChange(tx: Tx, topicId: string): Promise<void> {
  await tx.execute(sql`update forum_tellings t set due_at = now(), tries = 0 from forum_posts p where p.id = t.post_id and p.topic_id = ${topicId} and t.workspace_id = ${tx.workspace}::uuid`)
}
/** Something about a post changed that those who follow from elsewhere may have to hear; who tells them looks what it was. */
export async function noteChange(tx: Tx, postId: string): Promise<void> {
  await tx.insert(tellings).values({ postId, dueAt: sql`now()` as never }).onConflictDoUpdate({ target: tellings.postId, set: { dueAt: sql`now()` as never, tries: 0 } })
}
