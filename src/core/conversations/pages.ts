import { and, eq, sql } from 'drizzle-orm'
import { mine, type Db, type Tx } from '#db/database.ts'
import { oneLine } from '../contacts/rules.ts'
import { commentedPages } from './tables.ts'

export type CommentedPage = typeof commentedPages.$inferSelect

/** The page at an address, known from now on; its newest title is the one that counts. */
export async function pageFor(tx: Tx, accountId: string, { url, title, at }: { readonly url: string; readonly title: string; readonly at: Date }): Promise<CommentedPage> {
  const called = oneLine(title, 200)
  const [row] = await tx.insert(commentedPages).values({ accountId, url, title: called, firstAt: at }).onConflictDoUpdate({
    target: [commentedPages.workspaceId, commentedPages.accountId, commentedPages.url],
    set: { title: sql`case when ${called} = '' then ${commentedPages.title} else ${called} end` as never, firstAt: sql`least(${commentedPages.firstAt}, excluded.first_at)` as never },
  }).returning()
  return row!
}
export async function pageAt(db: Db, accountId: string, url: string): Promise<CommentedPage | undefined> {
  const [row] = await db.select().from(commentedPages).where(and(mine(db, commentedPages), eq(commentedPages.accountId, accountId), eq(commentedPages.url, url))).limit(1)
  return row
}
