import { and, asc, eq, inArray, isNotNull, isNull, lte, ne, or, sql } from 'drizzle-orm'
import type { Receipt } from '#kit/channel.ts'
import type { Json } from '#kit/json.ts'
import { mine, type Db, type Tx } from '#db/database.ts'
import { emit } from '../events/store.ts'
import { messages } from '../conversations/tables.ts'
import { posts } from '../posts/tables.ts'
import { attempts, publications, type PublicationState } from './tables.ts'

export type Publication = typeof publications.$inferSelect

export async function publicationById(db: Db, id: string): Promise<Publication | undefined> {
  const [row] = await db.select().from(publications).where(and(mine(db, publications), eq(publications.id, id))).limit(1)
  return row
}
export async function publicationsOf(db: Db, postIds: readonly string[]): Promise<Publication[]> {
  if (postIds.length === 0) return []
  return await db.select().from(publications).where(and(mine(db, publications), inArray(publications.postId, [...postIds]))).orderBy(asc(publications.id))
}

/** What has yet to be brought to an end, over all workspaces: the worker's minute sweep and its first look after a start. */
export async function unsettled(db: Db, now: Date): Promise<{ id: string; workspaceId: string; state: PublicationState }[]> {
  return await db.select({ id: publications.id, workspaceId: publications.workspaceId, state: publications.state }).from(publications)
    .where(or(and(inArray(publications.state, ['scheduled', 'retry-wait']), lte(publications.dueAt, now)), inArray(publications.state, ['sending', 'unknown']), isNotNull(publications.pending)))
    .orderBy(asc(publications.dueAt)).limit(1000)
}
/** When the next scheduled one is due, over all workspaces. */
export async function nextDue(db: Db): Promise<Date | undefined> {
  const [row] = await db.select({ at: publications.dueAt }).from(publications).where(inArray(publications.state, ['scheduled', 'retry-wait'])).orderBy(asc(publications.dueAt)).limit(1)
  return row?.at
}

interface Move { readonly from: readonly PublicationState[]; readonly set: Partial<typeof publications.$inferInsert> }
async function move(tx: Tx, id: string, { from, set }: Move): Promise<Publication | undefined> {
  const [row] = await tx.update(publications).set({ ...set, version: sql`${publications.version} + 1` as never })
    .where(and(mine(tx, publications), eq(publications.id, id), inArray(publications.state, [...from]))).returning()
  return row
}

/** Intent before the first byte: from here a crash means "unknown", never "try again". Undefined: not ours to send now. */
export async function beginAttempt(tx: Tx, id: string, now: Date): Promise<Publication | undefined> {
  const row = await move(tx, id, { from: ['scheduled', 'retry-wait'], set: {
    state: 'sending', because: null, attempts: sql`${publications.attempts} + 1` as never, firstTriedAt: sql`coalesce(${publications.firstTriedAt}, ${now.toISOString()}::timestamptz)` as never,
  } })
  if (row) await tx.insert(attempts).values({ publicationId: id, number: row.attempts, startedAt: now })
  return row
}
interface Ending { readonly outcome: string; readonly at: Date; readonly detail?: string | undefined }
async function closeAttempt(tx: Tx, row: Publication, { outcome, at, detail }: Ending): Promise<void> {
  await tx.update(attempts).set({ endedAt: at, outcome, detail: detail?.slice(0, 500) })
    .where(and(mine(tx, attempts), eq(attempts.publicationId, row.id), eq(attempts.number, row.attempts), isNull(attempts.endedAt)))
}

async function postIsOut(tx: Tx, row: Publication, now: Date): Promise<void> {
  const [post] = await tx.update(posts).set({ state: 'published', publishedAt: now, updatedAt: now })
    .where(and(mine(tx, posts), eq(posts.id, row.postId!), ne(posts.state, 'published'), isNull(posts.publishedAt))).returning()
  if (!post) return
  const seen = post.reviewed ?? { findings: [], similarity: 0, similarTo: null, invites: false }
  await emit(tx, 'post.published', {
    at: now, postId: post.id, memberId: post.authorId, ...(post.campaignId ? { campaignId: post.campaignId } : {}),
    data: { publicationId: row.id, channel: row.channel, intent: post.intent, lang: post.lang, title: post.title, format: post.format, ...seen },
  })
}

/** The network has it: the one transaction that says so. Undefined when it was settled already. */
export async function confirm(tx: Tx, id: string, { receipt, at: now }: { readonly receipt: Receipt; readonly at: Date }): Promise<Publication | undefined> {
  const row = await move(tx, id, { from: ['sending', 'unknown', 'needs-person'], set: { state: 'confirmed', because: null, remoteId: receipt.id, remoteUrl: receipt.url ?? null, confirmedAt: now } })
  if (!row) return undefined
  await closeAttempt(tx, row, { outcome: 'confirmed', at: now })
  const [message] = row.messageId ? await tx.update(messages).set({ remoteId: receipt.id, remoteUrl: receipt.url ?? null })
    .where(and(mine(tx, messages), eq(messages.id, row.messageId))).returning({ conversationId: messages.conversationId }) : []
  await emit(tx, 'publication.confirmed', { at: now, ...(row.postId ? { postId: row.postId } : {}), ...message, data: { publicationId: id, channel: row.channel, kind: row.kind } })
  if (row.postId && row.kind === 'post') await postIsOut(tx, row, now)
  return row
}

export interface Setback { readonly state: Extract<PublicationState, 'retry-wait' | 'unknown' | 'needs-person' | 'auth-needed' | 'refused'>; readonly because: string | null; readonly until?: Date; readonly outcome: string; readonly detail?: string; readonly at: Date }
/** A try that did not end in a receipt. */
export async function setBack(tx: Tx, id: string, setback: Setback): Promise<void> {
  const { state, because, until, at } = setback
  const row = await move(tx, id, { from: ['scheduled', 'retry-wait', 'sending', 'unknown'], set: { state, because, ...(until ? { dueAt: until } : {}) } })
  if (!row) return
  await closeAttempt(tx, row, setback)
  if (state === 'retry-wait' || state === 'unknown') return
  await emit(tx, 'publication.refused', { at, ...(row.postId ? { postId: row.postId } : {}), data: { publicationId: id, channel: row.channel, because: because ?? state } })
}

/** A person's word on what nobody else can know: it is there; send it; drop it. */
export async function settle(tx: Tx, id: string, { answer, url, at }: { readonly answer: 'there' | 'send' | 'drop'; readonly url?: string | undefined; readonly at: Date }): Promise<Publication | undefined> {
  const stuck = ['needs-person', 'auth-needed', 'unknown'] as const
  if (answer === 'there') return await confirm(tx, id, { receipt: { id: url ?? id, ...(url ? { url } : {}) }, at })
  if (answer === 'drop') return await move(tx, id, { from: stuck, set: { state: 'cancelled', because: 'dropped' } })
  return await move(tx, id, { from: stuck, set: { state: 'scheduled', because: null, dueAt: at, firstTriedAt: null } })
}

/** Takes back what has not begun to leave; the rest is told. */
export async function cancelScheduled(tx: Tx, postId: string): Promise<{ cancelled: number; left: number }> {
  const of = and(mine(tx, publications), eq(publications.postId, postId))
  const gone = await tx.delete(publications).where(and(of, inArray(publications.state, ['scheduled', 'cancelled']))).returning({ id: publications.id })
  return { cancelled: gone.length, left: await tx.$count(publications, of) }
}

export async function askRevision(tx: Tx, id: string, { wire: nextWire, note }: { readonly wire: Json; readonly note: string }): Promise<void> {
  await tx.update(publications).set({ pending: 'revise', nextWire, note }).where(and(mine(tx, publications), eq(publications.id, id), eq(publications.state, 'confirmed')))
}
export async function askRetraction(tx: Tx, id: string, note: string): Promise<void> {
  await tx.update(publications).set({ pending: 'retract', nextWire: null, note }).where(and(mine(tx, publications), eq(publications.id, id), eq(publications.state, 'confirmed')))
}
/** The network has the new wording. */
export async function revised(tx: Tx, row: Publication, now: Date): Promise<void> {
  await tx.update(publications).set({ wire: row.nextWire!, nextWire: null, pending: null, note: null, editedAt: now, editNote: row.note }).where(and(mine(tx, publications), eq(publications.id, row.id), eq(publications.pending, 'revise')))
  await emit(tx, 'post.edited', { at: now, ...(row.postId ? { postId: row.postId } : {}), data: { publicationId: row.id, channel: row.channel, note: row.note ?? '' } })
}
/** It is down everywhere we put it; a tombstone with its note stays. */
export async function retracted(tx: Tx, row: Publication, now: Date): Promise<void> {
  await tx.update(publications).set({ state: 'gone', pending: null, goneAt: now }).where(and(mine(tx, publications), eq(publications.id, row.id), eq(publications.pending, 'retract')))
  if (row.messageId) await tx.update(messages).set({ withdrawnAt: now }).where(and(mine(tx, messages), eq(messages.id, row.messageId)))
  await emit(tx, 'post.retracted', { at: now, ...(row.postId ? { postId: row.postId } : {}), data: { publicationId: row.id, channel: row.channel, note: row.note ?? '' } })
}
