import { and, count, eq, inArray, isNotNull, lte, sql } from 'drizzle-orm'
import { EVERY, mine, type Database, type Db, type Tx } from '#db/database.ts'
import type { Peer } from '../../fediverse/actors.ts'
import { forumFollowers as followers, forumPosts as posts, forumTellings as tellings, type Told } from '../tables.ts'
import { postById, type Post } from '../topics.ts'

export interface Following { readonly peer: Peer; readonly aboutId: string; readonly followId: string; readonly at: Date }
export async function addFollower(tx: Tx, { peer, aboutId, followId, at }: Following): Promise<void> {
  const values = { aboutId, actor: peer.uri, followId, inbox: peer.inbox, sharedInbox: peer.sharedInbox, handle: peer.person.handle ?? '', since: at }
  await tx.insert(followers).values(values).onConflictDoUpdate({ target: [followers.aboutId, followers.actor], set: { followId, inbox: values.inbox, sharedInbox: values.sharedInbox, handle: values.handle } })
}
/** They follow this no more; without `aboutId`, nothing here. */
export async function dropFollower(tx: Tx, { actor, aboutId }: { readonly actor: string; readonly aboutId?: string }): Promise<void> {
  await tx.delete(followers).where(and(mine(tx, followers), eq(followers.actor, actor), aboutId === undefined ? undefined : eq(followers.aboutId, aboutId)))
}
export async function isFollower(db: Db, actor: string): Promise<boolean> {
  return (await db.select({ id: followers.id }).from(followers).where(and(mine(db, followers), eq(followers.actor, actor))).limit(1)).length > 0
}
export async function followerCount(db: Db, aboutId: string): Promise<number> {
  return (await db.select({ n: count() }).from(followers).where(and(mine(db, followers), eq(followers.aboutId, aboutId))))[0]!.n
}
/** Where those who follow any of these take in what is said: one shared inbox stands for all who have it. */
export async function followerInboxes(db: Db, aboutIds: readonly string[]): Promise<string[]> {
  if (aboutIds.length === 0) return []
  const rows = await db.selectDistinct({ inbox: sql<string>`coalesce(${followers.sharedInbox}, ${followers.inbox})` }).from(followers).where(and(mine(db, followers), inArray(followers.aboutId, [...aboutIds])))
  return rows.map(({ inbox }) => inbox)
}
/** An inbox that is gone takes its followers along: what could not be delivered there for good says so. */
export async function dropGoneInboxes(database: Database): Promise<void> {
  await database.write(EVERY, (tx) => tx.execute(sql`delete from forum_followers f using fediverse_deliveries d
    where d.workspace_id = f.workspace_id and d.inbox in (f.inbox, f.shared_inbox) and d.state = 'given-up' and d.last_word in ('404', '410') and d.settled_at > f.since`))
}

export async function postByOutside(db: Db, uri: string): Promise<Post | undefined> {
  const [row] = await db.select({ id: posts.id }).from(posts).where(and(mine(db, posts), isNotNull(posts.outside), sql`${posts.outside}->>'id' = ${uri}`)).limit(1)
  return row && await postById(db, row.id)
}
/** What one of another server did here, as it was counted. */
export interface Doings { readonly shown: number; readonly first: Date | null; readonly days: number; readonly thanked: number; readonly ruled: number; readonly lastRuled: Date | null; readonly hour: number }
export async function recordOf(db: Db, actor: string, now: Date): Promise<Doings> {
  const hour = new Date(now.getTime() - 3_600_000).toISOString()
  const [row] = await db.select({
    shown: sql<number>`count(*) filter (where ${posts.state} = 'shown')::int`, first: sql<string | null>`min(${posts.at})`, days: sql<number>`count(distinct (${posts.at} at time zone 'UTC')::date)::int`,
    thanked: sql<number>`coalesce(sum(${posts.thanks}) filter (where ${posts.state} = 'shown'), 0)::int`,
    ruled: sql<number>`count(*) filter (where ${posts.state} in ('hidden', 'spam') and ${posts.heldBecause} is null)::int`, lastRuled: sql<string | null>`max(${posts.at}) filter (where ${posts.state} in ('hidden', 'spam') and ${posts.heldBecause} is null)`,
    hour: sql<number>`count(*) filter (where ${posts.at} > ${hour}::timestamptz)::int`,
  }).from(posts).where(and(mine(db, posts), isNotNull(posts.outside), sql`${posts.outside}->>'by' = ${actor}`))
  const at = (text: string | null): Date | null => (text === null ? null : new Date(text))
  return { ...row!, first: at(row!.first), lastRuled: at(row!.lastRuled) }
}

export type Telling = typeof tellings.$inferSelect
export async function tellingOf(db: Db, postId: string): Promise<Telling | undefined> {
  return (await db.select().from(tellings).where(and(mine(db, tellings), eq(tellings.postId, postId))))[0]
}
/** Posts about which there may be something to tell, of every workspace. */
export async function dueTellings(database: Database, now: Date): Promise<readonly Pick<Telling, 'postId' | 'workspaceId'>[]> {
  return await database.read(EVERY, (db) => db.select({ postId: tellings.postId, workspaceId: tellings.workspaceId }).from(tellings).where(and(isNotNull(tellings.dueAt), lte(tellings.dueAt, now))).orderBy(tellings.dueAt).limit(100))
}
/** Takes one to be told; somebody else who tells it just now has it. */
export async function takeTelling(tx: Tx, postId: string): Promise<Telling | undefined> {
  return (await tx.select().from(tellings).where(and(mine(tx, tellings), eq(tellings.postId, postId), isNotNull(tellings.dueAt))).for('update', { skipLocked: true }))[0]
}
export async function settleTelling(tx: Tx, postId: string, set: { readonly told?: Told; readonly goneAt?: Date | null }): Promise<void> {
  await tx.update(tellings).set({ ...set, dueAt: null, tries: 0 }).where(and(mine(tx, tellings), eq(tellings.postId, postId)))
}
/** Nobody elsewhere knows of it, so there is nothing to remember. */
export async function forgetTelling(tx: Tx, postId: string): Promise<void> {
  await tx.delete(tellings).where(and(mine(tx, tellings), eq(tellings.postId, postId)))
}
/** It is tried again, later each time; after so many tries only a new change brings it back. */
export async function putOff(database: Database, { postId, workspaceId }: Pick<Telling, 'postId' | 'workspaceId'>, { now, mostTries }: { readonly now: Date; readonly mostTries: number }): Promise<void> {
  const later = sql`case when ${tellings.tries} >= ${mostTries} then null else ${now.toISOString()}::timestamptz + make_interval(secs => least(3600, 10 * power(2, ${tellings.tries}))) end`
  await database.write(workspaceId, (tx) => tx.update(tellings).set({ tries: sql`${tellings.tries} + 1`, dueAt: later as never }).where(and(mine(tx, tellings), eq(tellings.postId, postId))))
}

/** A like from elsewhere is a thank-you that is shown. Nobody is trusted more for it: elsewhere names cost nothing. */
export async function thankFromOutside(tx: Tx, postId: string, by: 1 | -1): Promise<void> {
  await tx.update(posts).set({ thanks: sql`greatest(0, ${posts.thanks} + ${by})` }).where(and(mine(tx, posts), eq(posts.id, postId)))
}
