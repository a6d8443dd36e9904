import { and, count, desc, eq, inArray, isNotNull, lt, or, sql } from 'drizzle-orm'
import type { Standing } from '#kit/host.ts'
import { isId } from '#kit/id.ts'
import { mine, minePlanned, planned, type Db } from '#db/database.ts'
import { messages } from '../conversations/tables.ts'
import { publications } from './tables.ts'

type Row = typeof publications.$inferSelect

const standingOf = (row: Row, replies: number): Standing => ({
  key: row.key, ref: { channel: row.channel, id: row.remoteId ?? row.key, ...(row.remoteUrl ? { url: row.remoteUrl } : {}) }, kind: row.kind, wire: row.wire,
  postId: row.postId, publishedAt: (row.confirmedAt ?? row.writtenAt).toISOString(), editedAt: row.editedAt?.toISOString() ?? null, editNote: row.editNote,
  gone: row.goneAt ? { at: row.goneAt.toISOString(), note: row.note ?? '' } : null, replies,
})

async function repliesTo(db: Db, postIds: readonly string[]): Promise<Map<string, number>> {
  if (postIds.length === 0) return new Map()
  const rows = await db.select({ postId: messages.postId, n: count() }).from(messages)
    .where(and(mine(db, messages), inArray(messages.postId, [...postIds]), eq(messages.moderation, 'shown'), eq(messages.visibility, 'public'), sql`${messages.withdrawnAt} is null`)).groupBy(messages.postId)
  return new Map(rows.map((row) => [row.postId!, row.n]))
}
const idsOf = (rows: readonly Row[]): string[] => rows.flatMap((row) => (row.postId ? [row.postId] : []))

export interface StandingPage { readonly limit: number; readonly before?: string; readonly lang?: string; readonly tag?: string }

/** The confirmed posts of an account, newest first. */
export async function publishedOn(db: Db, accountId: string, page: StandingPage): Promise<Standing[]> {
  const rows = await db.select().from(publications).where(and(
    mine(db, publications), eq(publications.accountId, accountId), eq(publications.kind, 'post'), eq(publications.part, 0), eq(publications.state, 'confirmed'),
    page.before ? lt(publications.confirmedAt, new Date(page.before)) : undefined, page.lang ? eq(publications.lang, page.lang) : undefined,
    page.tag ? sql`${publications.tags} @> ${JSON.stringify([page.tag])}::jsonb` : undefined,
  )).orderBy(desc(publications.confirmedAt), desc(publications.id)).limit(page.limit)
  const replies = await repliesTo(db, idsOf(rows))
  return rows.map((row) => standingOf(row, replies.get(row.postId ?? '') ?? 0))
}
export async function publishedCount(db: Db, accountId: string): Promise<number> {
  return await db.$count(publications, and(mine(db, publications), eq(publications.accountId, accountId), eq(publications.kind, 'post'), eq(publications.part, 0), eq(publications.state, 'confirmed')))
}

/** One of ours by the network's id or by its key: what is out, what was taken down, and what is on its way. */
export async function standingAt(db: Db, accountId: string, id: string): Promise<Standing | undefined> {
  const query = planned(db, `what stands at ${isId(id) ? 'a key' : 'a name'}`, () => db.select().from(publications).where(and(
    minePlanned(publications), eq(publications.accountId, sql.placeholder('account')), inArray(publications.state, ['sending', 'unknown', 'confirmed', 'gone']),
    isId(id) ? or(eq(publications.key, sql.placeholder('id')), eq(publications.remoteId, sql.placeholder('id'))) : eq(publications.remoteId, sql.placeholder('id')),
  )).limit(1).prepare(isId(id) ? 'stoa_standing_key' : 'stoa_standing_name'))
  const [row] = await query.execute({ workspace: db.workspace, account: accountId, id })
  return row ? standingOf(row, 0) : undefined
}
/** The same post's copies on every account. */
export async function copiesOf(db: Db, postId: string): Promise<Standing[]> {
  const query = planned(db, 'copies of a post', () => db.select().from(publications).where(and(
    minePlanned(publications), eq(publications.postId, sql.placeholder('post')), eq(publications.kind, 'post'), eq(publications.part, 0), eq(publications.state, 'confirmed'), isNotNull(publications.remoteId),
  )).prepare('stoa_copies'))
  const rows = await query.execute({ workspace: db.workspace, post: postId })
  return rows.map((row) => standingOf(row, 0))
}
