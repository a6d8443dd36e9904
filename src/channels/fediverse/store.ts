import { and, count, eq, inArray, lt, lte, notExists, or, sql, type Column } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { EVERY, mine, type Database, type Db, type Tx } from '#db/database.ts'
import { newId } from '#kit/id.ts'
import type { Json } from '#kit/json.ts'
import type { Peer } from './actors.ts'
import { fediverseDeliveries as deliveries, fediverseFollowers as followers, fediverseFollowing as following, fediverseSeen as seen } from './tables.ts'

export interface Owner { readonly id: string; readonly workspaceId: string }
export interface Packet { readonly activity: string; readonly keyId: string; readonly body: Json; readonly inboxes: readonly string[]; readonly at: Date }

/** Puts one activity on its way to each inbox; what is on its way already stays as it is. */
export async function post(tx: Tx, account: Owner, packet: Packet): Promise<void> {
  const { activity, keyId, body, at } = packet
  const rows = [...new Set(packet.inboxes)].map((inbox) => ({ accountId: account.id, activity, inbox, keyId, body, dueAt: at, madeAt: at }))
  for (let first = 0; first < rows.length; first += 500) {
    await tx.insert(deliveries).values(rows.slice(first, first + 500)).onConflictDoNothing()
  }
}

/** Where our followers take in what we say: one shared inbox stands for all who have it. */
export async function followerInboxes(db: Db, account: Owner): Promise<readonly string[]> {
  const rows = await db.selectDistinct({ inbox: sql<string>`coalesce(${followers.sharedInbox}, ${followers.inbox})` }).from(followers)
    .where(and(mine(db, followers), eq(followers.accountId, account.id)))
  return rows.map(({ inbox }) => inbox)
}

/** Where an activity went or is going. */
export async function inboxesOf(db: Db, account: Owner, activity: string): Promise<readonly string[]> {
  const rows = await db.select({ inbox: deliveries.inbox }).from(deliveries)
    .where(and(mine(db, deliveries), eq(deliveries.accountId, account.id), eq(deliveries.activity, activity)))
  return rows.map(({ inbox }) => inbox)
}

export async function addFollower(tx: Tx, account: Owner, given: { readonly peer: Peer; readonly followId: string; readonly at: Date }): Promise<void> {
  const { peer: { uri, inbox, sharedInbox, person }, followId, at } = given
  const values = { accountId: account.id, actor: uri, followId, inbox, sharedInbox, handle: person.handle ?? '', name: person.name, since: at }
  await tx.insert(followers).values(values)
    .onConflictDoUpdate({ target: [followers.accountId, followers.actor], set: { followId, inbox, sharedInbox, handle: values.handle, name: values.name } })
}

export async function dropFollower(tx: Tx, account: Owner, actor: string): Promise<void> {
  await tx.delete(followers).where(and(mine(tx, followers), eq(followers.accountId, account.id), eq(followers.actor, actor)))
}

export async function isFollower(db: Db, account: Owner, actor: string): Promise<boolean> {
  const rows = await db.select({ actor: followers.actor }).from(followers).where(and(mine(db, followers), eq(followers.accountId, account.id), eq(followers.actor, actor)))
  return rows.length > 0
}

export async function followerCount(db: Db, account: Owner): Promise<number> {
  return (await db.select({ n: count() }).from(followers).where(and(mine(db, followers), eq(followers.accountId, account.id))))[0]!.n
}

export type Following = typeof following.$inferSelect

export async function followingOf(db: Db, account: Owner): Promise<readonly Following[]> {
  return db.select().from(following).where(and(mine(db, following), eq(following.accountId, account.id))).orderBy(following.askedAt)
}

export async function followingActor(db: Db, account: Owner, actor: string): Promise<Following | undefined> {
  return (await db.select().from(following).where(and(mine(db, following), eq(following.accountId, account.id), eq(following.actor, actor))))[0]
}

export async function askToFollow(tx: Tx, account: Owner, given: { readonly peer: Peer; readonly at: Date }): Promise<Following> {
  const { peer: { uri, inbox, person }, at } = given
  const values = {
    id: newId(at.getTime()), accountId: account.id, actor: uri, inbox, handle: person.handle ?? '', name: person.name,
    picture: person.picture ?? null, url: person.url ?? null, askedAt: at,
  }
  // Asked again after a refusal, it is a new question; while one waits or was granted, it stays.
  const [row] = await tx.insert(following).values(values).onConflictDoUpdate({
    target: [following.accountId, following.actor],
    set: {
      inbox, name: values.name, handle: values.handle, picture: values.picture, url: values.url,
      id: sql`case when ${following.state} = 'rejected' then excluded.id else ${following.id} end`,
      state: sql`case when ${following.state} = 'rejected' then 'pending' else ${following.state} end`,
    },
  }).returning()
  return row!
}

export async function settleFollowing(tx: Tx, account: Owner, given: { readonly actor: string; readonly state: 'accepted' | 'rejected'; readonly at: Date }): Promise<void> {
  await tx.update(following).set({ state: given.state, answeredAt: given.at })
    .where(and(mine(tx, following), eq(following.accountId, account.id), eq(following.actor, given.actor)))
}

export async function stopFollowing(tx: Tx, account: Owner, actor: string): Promise<void> {
  await tx.delete(following).where(and(mine(tx, following), eq(following.accountId, account.id), eq(following.actor, actor)))
}

export interface Sighting { readonly activity: string; readonly actor: string; readonly type: string; readonly object: string | null; readonly proof: string; readonly at: Date }

/** What we know of a request before it is taken in. */
export async function sighted(db: Db, account: Owner, given: { readonly activity?: string; readonly proof: string }): Promise<'activity' | 'proof' | undefined> {
  const same = given.activity === undefined ? eq(seen.proof, given.proof) : or(eq(seen.activity, given.activity), eq(seen.proof, given.proof))
  const rows = await db.select({ proof: seen.proof }).from(seen).where(and(mine(db, seen), eq(seen.accountId, account.id), same)).limit(2)
  if (rows.some(({ proof }) => proof === given.proof)) return 'proof'
  return rows.length > 0 ? 'activity' : undefined
}

export async function recordSighting(tx: Tx, account: Owner, sighting: Sighting): Promise<void> {
  await tx.insert(seen).values({ accountId: account.id, ...sighting }).onConflictDoNothing()
}

export type Seen = typeof seen.$inferSelect

export async function seenActivity(db: Db, account: Owner, activity: string): Promise<Seen | undefined> {
  return (await db.select().from(seen).where(and(mine(db, seen), eq(seen.accountId, account.id), eq(seen.activity, activity))))[0]
}

/** Who first said this, as far as we heard it. */
export async function authorOf(db: Db, account: Owner, object: string): Promise<string | undefined> {
  const rows = await db.select({ actor: seen.actor }).from(seen)
    .where(and(mine(db, seen), eq(seen.accountId, account.id), eq(seen.object, object), eq(seen.type, 'Create'))).orderBy(seen.at).limit(1)
  return rows[0]?.actor
}

export type Delivery = typeof deliveries.$inferSelect
const lease = 120_000
// What is said of one thing goes to one inbox in the order it happened: a withdrawal never overtakes the post it withdraws. A first word waits for nothing.
const thing = (activity: Column) => sql`regexp_replace(${activity}, '(/activity|#updates/.*|#delete|/undo)$', '')`
const earlier = alias(deliveries, 'earlier')

/** Takes what is due, of every workspace; until the lease ends nobody else has it. */
export async function takeDue(database: Database, now: Date, most: number): Promise<readonly Delivery[]> {
  return database.write(EVERY, async (tx) => {
    const due = await tx.select({ id: deliveries.id }).from(deliveries)
      .where(and(eq(deliveries.state, 'waiting'), lte(deliveries.dueAt, now), or(sql`${deliveries.activity} !~ '(#updates/.*|#delete|/undo)$'`, notExists(tx.select({ id: earlier.id }).from(earlier).where(and(
        eq(earlier.state, 'waiting'), eq(earlier.accountId, deliveries.accountId), eq(earlier.inbox, deliveries.inbox),
        lt(earlier.id, deliveries.id), sql`${thing(earlier.activity)} = ${thing(deliveries.activity)}`,
      )))))).orderBy(deliveries.dueAt).limit(most).for('update', { of: deliveries, skipLocked: true })
    if (due.length === 0) return []
    return tx.update(deliveries).set({ dueAt: new Date(now.getTime() + lease), tries: sql`${deliveries.tries} + 1` })
      .where(inArray(deliveries.id, due.map(({ id }) => id))).returning()
  })
}

export async function settleDelivery(database: Database, delivery: Delivery, outcome: Partial<Pick<Delivery, 'state' | 'dueAt' | 'lastWord' | 'settledAt'>>): Promise<void> {
  await database.write(delivery.workspaceId, (tx) => tx.update(deliveries).set(outcome).where(and(mine(tx, deliveries), eq(deliveries.id, delivery.id))))
}

/** An inbox that is gone takes its followers along. */
export async function dropInbox(database: Database, delivery: Delivery): Promise<void> {
  await database.write(delivery.workspaceId, (tx) => tx.delete(followers)
    .where(and(mine(tx, followers), eq(followers.accountId, delivery.accountId), eq(followers.inbox, delivery.inbox))))
}

/** Upkeep: what is settled or seen long ago is forgotten. */
export async function forgetBefore(database: Database, before: Date): Promise<void> {
  await database.write(EVERY, async (tx) => {
    await tx.delete(deliveries).where(lt(deliveries.settledAt, before))
    await tx.delete(seen).where(and(lt(seen.at, before), sql`${seen.type} <> 'Create'`))
  })
}
