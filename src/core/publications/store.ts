import { and, asc, eq, gt, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm'
import type { Json } from '#kit/json.ts'
import { mine, type Db, type Tx } from '#db/database.ts'
import { emit } from '../events/store.ts'
import { messages } from '../conversations/tables.ts'
import { unsent } from './rules.ts'
import { mayMove, deadlineOf, type State } from './states.ts'
import { publications } from './tables.ts'

export type Publication = typeof publications.$inferSelect

/** The channel of LISTEN/NOTIFY that rings when something was given a time. */
export const DUE = 'stoa_due'
/** Tells the worker, once this transaction is kept, to look at when the next one is due. */
export async function ringDue(tx: Tx): Promise<void> { await tx.execute(sql`select pg_notify(${DUE}, '')`) }

export async function publicationById(db: Db, id: string): Promise<Publication | undefined> {
  const [row] = await db.select().from(publications).where(and(mine(db, publications), eq(publications.id, id))).limit(1)
  return row
}
/** The same, locked until the transaction ends. */
export async function lockPublication(tx: Tx, id: string): Promise<Publication | undefined> {
  const [row] = await tx.select().from(publications).where(and(mine(tx, publications), eq(publications.id, id))).for('update')
  return row
}
export async function publicationsOf(db: Db, postIds: readonly string[]): Promise<Publication[]> {
  if (postIds.length === 0) return []
  return await db.select().from(publications).where(and(mine(db, publications), inArray(publications.postId, [...postIds]))).orderBy(asc(publications.accountId), asc(publications.part), asc(publications.id))
}
/** When the worker has to look next, over all workspaces. */
export async function nextDue(db: Db): Promise<Date | undefined> {
  const [row] = await db.select({ at: publications.wakeAt }).from(publications).where(isNotNull(publications.wakeAt)).orderBy(asc(publications.wakeAt)).limit(1)
  return row?.at ?? undefined
}

export interface Move { readonly to: State; readonly at: Date; readonly set?: Partial<typeof publications.$inferInsert> }
/** From the state and version somebody saw to another that may follow; undefined when it has moved on meanwhile. */
export async function move(tx: Tx, row: Pick<Publication, 'id' | 'state' | 'version' | 'dueAt'>, { to, at, set }: Move): Promise<Publication | undefined> {
  if (!mayMove(row.state, to)) throw new Error(`A publication does not go from ${row.state} to ${to}.`)
  const deadline = deadlineOf(to, { now: at, dueAt: row.dueAt })
  const [moved] = await tx.update(publications)
    .set({ wakeAt: null, ...set, state: to, version: row.version + 1, leaseOwner: null, leaseUntil: null, alertedAt: null, ...(deadline ? { deadline } : {}) })
    .where(and(mine(tx, publications), eq(publications.id, row.id), eq(publications.state, row.state), eq(publications.version, row.version))).returning()
  return moved
}

// What nobody can have seen of it. The worker that has just taken one up finds its version gone and lets it be.
const unseen = and(isNull(publications.unsureSince), inArray(publications.state, [...unsent]))
/** Takes back what has not begun to leave; `left` is what stands, or may. */
export async function cancelScheduled(tx: Tx, postId: string): Promise<{ cancelled: number; left: number }> {
  const of = and(mine(tx, publications), eq(publications.postId, postId))
  const untried = await tx.delete(publications).where(and(of, eq(publications.attempts, 0), or(unseen, eq(publications.state, 'cancelled')))).returning({ id: publications.id })
  const tried = await tx.update(publications).set({ state: 'cancelled', wakeAt: null, leaseOwner: null, leaseUntil: null, version: sql`${publications.version} + 1` as never })
    .where(and(of, gt(publications.attempts, 0), unseen)).returning({ id: publications.id })
  return { cancelled: untried.length + tried.length, left: await tx.$count(publications, and(of, sql`${publications.state} not in ('cancelled', 'refused')`)) }
}

const untroubled = { changeAskedAt: null, changeBecause: null, changeAlertedAt: null }
interface Asked { readonly pending: 'revise' | 'retract'; readonly nextWire: Json | null; readonly note: string; readonly changeAskedAt: Date }
async function askChange(tx: Tx, id: string, asked: Asked): Promise<void> {
  // It was due in the past: the worker takes it up at once.
  await tx.update(publications).set({ ...untroubled, ...asked, wakeAt: sql`${publications.dueAt}` as never, looks: 0, version: sql`${publications.version} + 1` as never })
    .where(and(mine(tx, publications), eq(publications.id, id), eq(publications.state, 'confirmed')))
  await ringDue(tx)
}
export async function askRevision(tx: Tx, id: string, { wire, note, at }: { readonly wire: Json; readonly note: string; readonly at: Date }): Promise<void> {
  await askChange(tx, id, { pending: 'revise', nextWire: wire, note, changeAskedAt: at })
}
export async function askRetraction(tx: Tx, id: string, { note, at }: { readonly note: string; readonly at: Date }): Promise<void> {
  await askChange(tx, id, { pending: 'retract', nextWire: null, note, changeAskedAt: at })
}

const settled = { ...untroubled, nextWire: null, pending: null, wakeAt: null, leaseOwner: null, leaseUntil: null }
const asked = (tx: Tx, row: Publication) => and(mine(tx, publications), eq(publications.id, row.id), eq(publications.pending, row.pending!), eq(publications.version, row.version))
/** The network has the new wording. */
export async function revised(tx: Tx, row: Publication, now: Date): Promise<void> {
  const done = await tx.update(publications).set({ ...settled, wire: row.nextWire!, note: null, editedAt: now, editNote: row.note, version: row.version + 1 }).where(asked(tx, row)).returning({ id: publications.id })
  if (done.length > 0) await emit(tx, 'post.edited', { at: now, ...(row.postId ? { postId: row.postId } : {}), data: { publicationId: row.id, channel: row.channel, note: row.note ?? '' } })
}
/** It is down everywhere we put it; a tombstone with its note stays. */
export async function retracted(tx: Tx, row: Publication, now: Date): Promise<void> {
  const done = await tx.update(publications).set({ ...settled, state: 'gone', goneAt: now, because: null, readBackDue: null, version: row.version + 1 }).where(asked(tx, row)).returning({ id: publications.id })
  if (done.length === 0) return
  if (row.messageId) await tx.update(messages).set({ withdrawnAt: now }).where(and(mine(tx, messages), eq(messages.id, row.messageId)))
  await emit(tx, 'post.retracted', { at: now, ...(row.postId ? { postId: row.postId } : {}), data: { publicationId: row.id, channel: row.channel, note: row.note ?? '' } })
}
/** The change could not be made now: later, or, with a reason, not at all. */
export async function changeFailed(tx: Tx, row: Publication, failed: { readonly at: Date; readonly until: Date; readonly word?: string } | { readonly at: Date; readonly because: string }): Promise<void> {
  const set = 'until' in failed ? { wakeAt: failed.until, looks: row.looks + 1, changeBecause: failed.word ?? null } : { nextWire: null, pending: null, wakeAt: null, changeBecause: failed.because }
  const done = await tx.update(publications).set({ ...set, leaseOwner: null, leaseUntil: null, version: row.version + 1 }).where(asked(tx, row)).returning({ id: publications.id })
  if (done.length > 0 && 'because' in failed) await emit(tx, 'publication.refused', { at: failed.at, ...(row.postId ? { postId: row.postId } : {}), data: { publicationId: row.id, channel: row.channel, because: failed.because } })
}
