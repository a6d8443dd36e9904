import { and, eq } from 'drizzle-orm'
import { mine, type Db, type Tx } from '#db/database.ts'
import { forumDrafts as drafts } from './tables.ts'

const of = (db: Db, personId: string, place: string) => and(mine(db, drafts), eq(drafts.personId, personId), eq(drafts.place, place))
export async function draftAt(db: Db, personId: string, place: string): Promise<Readonly<Record<string, string>> | undefined> {
  const [row] = await db.select({ typed: drafts.typed }).from(drafts).where(of(db, personId, place)).limit(1)
  return row?.typed
}
export interface Draft { readonly place: string; readonly typed: Readonly<Record<string, string>>; readonly at: Date }
export async function keepDraft(tx: Tx, personId: string, { place, typed, at }: Draft): Promise<void> {
  if (Object.values(typed).every((one) => one.trim() === '')) return await dropDraft(tx, personId, place)
  await tx.insert(drafts).values({ personId, place, typed, savedAt: at }).onConflictDoUpdate({ target: [drafts.personId, drafts.place], set: { typed, savedAt: at } })
}
export async function dropDraft(tx: Tx, personId: string, place: string): Promise<void> { await tx.delete(drafts).where(of(tx, personId, place)) }
