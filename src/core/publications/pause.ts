import { and, asc, eq, inArray, isNull, lt, or, sql } from 'drizzle-orm'
import { Refusal } from '#kit/refusal.ts'
import { mine, type Db, type Tx } from '#db/database.ts'
import { emit } from '../events/store.ts'
import { members } from '../members/tables.ts'
import { tellSlowChanges } from './changes.ts'
import { openStates } from './states.ts'
import { ringDue, type Publication } from './store.ts'
import { pauses, publications } from './tables.ts'

export interface Paused { readonly since: Date; readonly reason: string; readonly by: { readonly id: string; readonly name: string } | null }
export async function pausedNow(db: Db): Promise<Paused | null> {
  const [row] = await db.select({ pause: pauses, name: members.name }).from(pauses).leftJoin(members, eq(members.id, pauses.by)).where(and(mine(db, pauses), isNull(pauses.endedAt))).limit(1)
  return row ? { since: row.pause.since, reason: row.pause.reason, by: row.pause.by ? { id: row.pause.by, name: row.name ?? '' } : null } : null
}

/** Holds everything scheduled of the workspace, at once. What people answer goes on. */
export async function pause(tx: Tx, { by, reason, at }: { readonly by: string | null; readonly reason: string; readonly at: Date }): Promise<void> {
  const [begun] = await tx.insert(pauses).values({ since: at, by, reason }).onConflictDoNothing().returning()
  if (!begun) throw new Refusal('already_paused')
  await emit(tx, 'publishing.paused', { at, ...(by ? { memberId: by } : {}), data: { reason } })
}

/** Lets go: what came due meanwhile goes out or asks, as its post says of lateness. */
export async function resume(tx: Tx, { by, at }: { readonly by: string; readonly at: Date }): Promise<void> {
  const [ended] = await tx.update(pauses).set({ endedAt: at, endedBy: by }).where(and(mine(tx, pauses), isNull(pauses.endedAt))).returning()
  if (!ended) return
  const woken = await tx.update(publications).set({ because: null, wakeAt: sql`${publications.dueAt}` as never, version: sql`${publications.version} + 1` as never })
    .where(and(mine(tx, publications), eq(publications.because, 'paused'), inArray(publications.state, [...openStates]))).returning({ id: publications.id })
  await ringDue(tx)
  await emit(tx, 'publishing.resumed', { at, memberId: by, data: { since: ended.since.toISOString(), waited: woken.length } })
}

const ofPeople = ['needs-person', 'auth-needed', 'held', 'unknown'] as const
/** What has yet to come to an end and has had its time, and what is held whatever its time: oldest first. */
export async function unsettled(db: Db, now: Date): Promise<Publication[]> {
  return await db.select().from(publications).where(and(mine(db, publications), inArray(publications.state, [...openStates]), or(lt(publications.dueAt, now), eq(publications.state, 'held')))).orderBy(asc(publications.dueAt), asc(publications.id)).limit(200)
}
export async function heldCount(db: Db): Promise<number> { return await db.$count(publications, and(mine(db, publications), eq(publications.state, 'held'))) }

/** Whatever stands beyond the deadline of its state is told, once for each time it moves. */
export async function tellOverdue(tx: Tx, now: Date): Promise<number> {
  const late = await tx.update(publications).set({ alertedAt: now })
    .where(and(mine(tx, publications), inArray(publications.state, [...openStates]), lt(publications.deadline, now), isNull(publications.alertedAt))).returning()
  for (const row of late) await emit(tx, 'publication.overdue', { at: now, ...(row.postId ? { postId: row.postId } : {}), data: { publicationId: row.id, channel: row.channel, state: row.state, because: row.because } })
  return late.length + await tellSlowChanges(tx, now)
}
export const isForPeople = (row: Pick<Publication, 'state'>): boolean => ofPeople.some((state) => state === row.state)
