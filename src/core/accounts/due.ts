import { and, eq, inArray, isNotNull, isNull, notExists, notInArray, sql } from 'drizzle-orm'
import { mine, type Db, type Tx } from '#db/database.ts'
import { posts } from '../posts/tables.ts'
import { publications } from '../publications/tables.ts'

const waits = ['scheduled', 'waiting', 'claimed', 'prepared', 'retry-wait', 'auth-needed'] as const
const onItsWay = ['sending', 'unknown', 'held'] as const
const of = (db: Db, accountId: string) => and(mine(db, publications), eq(publications.accountId, accountId))

/** What is still to go out by an account: told before it is removed. */
export async function dueOf(db: Db, accountId: string): Promise<{ waits: number; onItsWay: number; stands: number }> {
  const count = (states: readonly (typeof publications.$inferSelect)['state'][]) => db.$count(publications, and(of(db, accountId), inArray(publications.state, [...states])))
  return { waits: await count(waits), onItsWay: await count(onItsWay), stands: await count(['confirmed']) }
}

/** Nothing goes out by an account that is gone: what waits is cancelled, and of what is on its way a person says what became of it. */
export async function stopDue(tx: Tx, accountId: string, at: Date): Promise<{ cancelled: number }> {
  const because = 'account-removed'
  // Whoever is at one of them just now finds that it has moved on.
  const asleep = { wakeAt: null, leaseOwner: null, leaseUntil: null, version: sql`${publications.version} + 1` as never }
  const cancelled = await tx.update(publications).set({ state: 'cancelled', because, ...asleep }).where(and(of(tx, accountId), isNull(publications.unsureSince), inArray(publications.state, [...waits]))).returning({ id: publications.id, postId: publications.postId })
  await tx.update(publications).set({ state: 'needs-person', because, ...asleep }).where(and(of(tx, accountId), inArray(publications.state, [...onItsWay, ...waits])))
  await tx.update(publications).set({ pending: null, nextWire: null, ...asleep }).where(and(of(tx, accountId), isNotNull(publications.pending)))
  await toDrafts(tx, [...new Set(cancelled.flatMap(({ postId }) => postId ?? []))], at)
  return { cancelled: cancelled.length }
}

const over = ['cancelled', 'refused', 'gone'] as const
/** Posts of which nothing is out, on its way, or still to come are drafts again: nobody takes them for planned. */
async function toDrafts(tx: Tx, postIds: readonly string[], at: Date): Promise<void> {
  if (postIds.length === 0) return
  const lives = tx.select({ one: sql`1` }).from(publications).where(and(mine(tx, publications), eq(publications.postId, posts.id), notInArray(publications.state, [...over])))
  await tx.update(posts).set({ state: 'draft', dueAt: null, wallTime: null, zone: null, updatedAt: at, version: sql`${posts.version} + 1` as never })
    .where(and(mine(tx, posts), inArray(posts.id, [...postIds]), eq(posts.state, 'scheduled'), notExists(lives)))
}
