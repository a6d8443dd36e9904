import { and, eq, isNotNull, isNull, lt, or, sql } from 'drizzle-orm'
import { Refusal } from '#kit/refusal.ts'
import { mine, type Db, type Tx } from '#db/database.ts'
import { emit } from '../events/store.ts'
import { posts } from '../posts/tables.ts'
import { lockPublication, ringDue, type Publication } from './store.ts'
import { publications } from './tables.ts'

/** So long an edit or a removal may take before somebody is told. */
export const changeWithin = 3_600_000

/** Edits and removals that do not get through: each is told once. */
export async function tellSlowChanges(tx: Tx, now: Date): Promise<number> {
  const late = await tx.update(publications).set({ changeAlertedAt: now })
    .where(and(mine(tx, publications), isNotNull(publications.pending), isNull(publications.changeAlertedAt), lt(publications.changeAskedAt, new Date(now.getTime() - changeWithin)))).returning()
  for (const row of late) await emit(tx, 'publication.overdue', { at: now, ...(row.postId ? { postId: row.postId } : {}), data: { publicationId: row.id, channel: row.channel, state: row.pending!, because: row.changeBecause } })
  return late.length
}

/** What is out but not as it should be: not to be seen there, or with a change that did not get through. */
export const inTrouble = and(eq(publications.state, 'confirmed'), or(eq(publications.because, 'not-seen'), isNotNull(publications.changeAlertedAt), and(isNull(publications.pending), isNotNull(publications.changeBecause))))
export async function troubled(db: Db): Promise<Publication[]> {
  return await db.select().from(publications).where(and(mine(db, publications), inTrouble)).orderBy(publications.dueAt, publications.id).limit(200)
}

export interface ChangeAnswer { readonly do: 'retry' | 'drop'; readonly by: string; readonly at: Date }
/** A person's word on an edit or removal that keeps failing: now, or not at all. Undefined when there is none. */
export async function answerChange(tx: Tx, id: string, given: ChangeAnswer): Promise<Publication | undefined> {
  const row = await lockPublication(tx, id)
  if (!row || row.state !== 'confirmed' || (row.pending === null && row.changeBecause === null)) return undefined
  // While the worker is at it, nobody can say whether it gets through.
  if (row.pending !== null && row.leaseOwner !== null) throw new Refusal('wrong_state', { params: { state: 'sending' } })
  return given.do === 'retry' ? await retry(tx, row, given.at) : await drop(tx, row, given)
}

async function retry(tx: Tx, row: Publication, at: Date): Promise<Publication | undefined> {
  if (row.pending === null) return undefined
  const [saved] = await tx.update(publications).set({ wakeAt: at, looks: 0, version: row.version + 1 }).where(and(mine(tx, publications), eq(publications.id, row.id))).returning()
  await ringDue(tx)
  return saved
}

async function drop(tx: Tx, row: Publication, { by, at }: ChangeAnswer): Promise<Publication | undefined> {
  const { pending } = row
  const [saved] = await tx.update(publications).set({ pending: null, nextWire: null, note: null, changeAskedAt: null, changeBecause: null, changeAlertedAt: null, wakeAt: null, version: row.version + 1 })
    .where(and(mine(tx, publications), eq(publications.id, row.id))).returning()
  // What was to be taken down stands, and so does its post.
  if (pending === 'retract' && row.postId) await tx.update(posts).set({ state: 'published', updatedAt: at, version: sql`${posts.version} + 1` as never }).where(and(mine(tx, posts), eq(posts.id, row.postId), eq(posts.state, 'withdrawn')))
  if (pending) await emit(tx, 'publication.change-dropped', { at, memberId: by, ...(row.postId ? { postId: row.postId } : {}), data: { publicationId: row.id, channel: row.channel, change: pending, because: row.changeBecause } })
  return saved
}
