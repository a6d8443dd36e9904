import { and, asc, count as counted, desc, eq, gt, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Ruled } from '#kit/channel.ts'
import { isBlank } from '#kit/text.ts'
import { Refusal } from '#kit/refusal.ts'
import { mine, type Db, type Tx } from '#db/database.ts'
import type { Me } from './people.ts'
import { allowances } from './rules.ts'
import { count } from './say.ts'
import { forumFlags as flags, forumPeople as people, forumPosts as posts, forumRulings as rulings, forumTopics as topics } from './tables.ts'
import { postById, topicById, type Post, type Topic } from './topics.ts'

export type Ruling = typeof rulings.$inferSelect
type FlagKind = (typeof flags.$inferSelect)['kind']

export async function flag(tx: Tx, me: Me, given: { readonly postId: string; readonly kind: FlagKind; readonly says: string; readonly now: Date }): Promise<void> {
  const post = await postById(tx, given.postId)
  if (post?.state !== 'shown' || post.personId === me.id) throw new Refusal('not_found')
  const today = await tx.$count(flags, and(mine(tx, flags), eq(flags.personId, me.id), gt(flags.at, new Date(given.now.getTime() - 86_400_000))))
  if (today >= allowances[me.level].flagsPerDay) throw new Refusal('rate_limited', { params: { seconds: 86_400 }, extra: { retryAfter: 86_400 } })
  await tx.insert(flags).values({ postId: given.postId, personId: me.id, kind: given.kind, says: given.says, at: given.now }).onConflictDoNothing()
}
/** Those who reported it are answered by what became of it. */
async function settleFlags(tx: Tx, postId: string, { upheld, at }: { readonly upheld: 'yes' | 'no'; readonly at: Date }): Promise<number> {
  return (await tx.update(flags).set({ settledAt: at, upheld }).where(and(mine(tx, flags), eq(flags.postId, postId), isNull(flags.settledAt))).returning()).length
}
export const leaveStanding = (tx: Tx, postId: string, at: Date): Promise<number> => settleFlags(tx, postId, { upheld: 'no', at })

async function standingRuling(db: Db, postId: string): Promise<Ruling | undefined> {
  const [row] = await db.select().from(rulings).where(and(mine(db, rulings), eq(rulings.postId, postId))).orderBy(desc(rulings.at)).limit(1)
  return row && row.ruled !== 'shown' && row.answer !== 'reversed' ? row : undefined
}
const blame = (tx: Tx, personId: string, by: 1 | -1, at: Date | null) =>
  tx.update(people).set({ rulings: sql`greatest(0, ${people.rulings} + ${by})`, ruledAt: at }).where(and(mine(tx, people), eq(people.id, personId)))

/** About words from another server a person decides as about all others. Their author has no seat here to read a decision in: the reason stays with the team. */
async function ruledOutside(tx: Tx, { post, topic }: { readonly post: Post; readonly topic: Topic }, { to, reason, at }: Pick<Ruled, 'to' | 'reason' | 'at'>): Promise<undefined> {
  if (post.state === 'withdrawn' || (post.state === to && !(to === 'spam' && post.heldBecause !== null))) return
  if (to === 'hidden' && isBlank(reason)) throw new Refusal('forum_reason', { field: 'reason' })
  // Decided is decided: what held it back says no more.
  await tx.update(posts).set({ state: to, heldBecause: null }).where(and(mine(tx, posts), eq(posts.id, post.id)))
  if (to === 'shown') await count(tx, { topic, post }, 1)
  else if (post.state === 'shown') await count(tx, { topic, post }, -1)
  await settleFlags(tx, post.id, { upheld: to === 'shown' ? 'no' : 'yes', at })
}

/** A person has decided, here or in the inbox: the topic follows, the author is told why, and whoever reported it was heard. */
export async function ruled(tx: Tx, { id, to, reason, by, at }: Ruled): Promise<Ruling | undefined> {
  const post = await postById(tx, id)
  const topic = post && await topicById(tx, post.topicId)
  if (post?.outside && topic) return await ruledOutside(tx, { post, topic }, { to, reason, at })
  if (!post?.personId || !topic || post.state === 'withdrawn') return undefined
  const before = await standingRuling(tx, id)
  // What was taken for spam at once is spam only when a person has said so.
  if (post.state === to && !(to === 'spam' && !before)) return undefined
  await tx.update(posts).set({ state: to }).where(and(mine(tx, posts), eq(posts.id, id)))
  if (to === 'shown') {
    if (before?.appealedAt && !before.answeredAt && before.memberId === by.id) throw new Refusal('forum_same_judge')
    await count(tx, { topic, post }, 1)
    await settleFlags(tx, id, { upheld: 'no', at })
    if (!before) return undefined
    await blame(tx, post.personId, -1, null)
    await tx.update(rulings).set({ answer: 'reversed', answerReason: reason, answeredBy: by.id, answeredName: by.name, answeredAt: at }).where(and(mine(tx, rulings), eq(rulings.id, before.id)))
    return undefined
  }
  if (to === 'hidden' && isBlank(reason)) throw new Refusal('forum_reason', { field: 'reason' })
  if (post.state === 'shown') await count(tx, { topic, post }, -1)
  else if (topic.openerId === post.id) await tx.update(topics).set({ state: to }).where(and(mine(tx, topics), eq(topics.id, topic.id)))
  const flagged = await settleFlags(tx, id, { upheld: 'yes', at })
  if (!before) await blame(tx, post.personId, 1, at)
  const [made] = await tx.insert(rulings).values({ postId: id, personId: post.personId, ruled: to, reason, memberId: by.id, memberName: by.name, flagged, at }).returning()
  return made
}

export async function appeal(tx: Tx, me: Me, given: { readonly id: string; readonly text: string; readonly now: Date }): Promise<void> {
  const [row] = await tx.update(rulings).set({ appeal: given.text, appealedAt: given.now })
    .where(and(mine(tx, rulings), eq(rulings.id, given.id), eq(rulings.personId, me.id), isNull(rulings.appealedAt), eq(rulings.ruled, 'hidden'))).returning()
  if (!row) throw new Refusal('not_found')
}
/** Another member than the one who decided says that it stays so. Showing it again is a ruling like any other. */
export async function upholdRuling(tx: Tx, given: { readonly id: string; readonly by: Ruled['by']; readonly reason: string; readonly now: Date }): Promise<void> {
  const [row] = await tx.select().from(rulings).where(and(mine(tx, rulings), eq(rulings.id, given.id), isNotNull(rulings.appealedAt), isNull(rulings.answeredAt))).for('update').limit(1)
  if (!row) throw new Refusal('not_found')
  if (row.memberId === given.by.id) throw new Refusal('forum_same_judge')
  if (isBlank(given.reason)) throw new Refusal('forum_reason', { field: 'reason' })
  await tx.update(rulings).set({ answer: 'upheld', answerReason: given.reason, answeredBy: given.by.id, answeredName: given.by.name, answeredAt: given.now }).where(and(mine(tx, rulings), eq(rulings.id, given.id)))
}

/** What was decided about somebody's own words; of what was taken for spam nothing is told. */
export const decisionsFor = (db: Db, personId: string): Promise<Ruling[]> =>
  db.select().from(rulings).where(and(mine(db, rulings), eq(rulings.personId, personId), eq(rulings.ruled, 'hidden'))).orderBy(desc(rulings.at)).limit(50)
export async function rulingById(db: Db, id: string): Promise<Ruling | undefined> {
  const [row] = await db.select().from(rulings).where(and(mine(db, rulings), eq(rulings.id, id))).limit(1)
  return row
}

export interface Waiting { readonly post: Post; readonly topic: Topic; readonly flags: number; readonly kinds: readonly string[]; readonly says: readonly string[] }
/** What waits for a decision: held before it was shown, or reported since. */
export async function queueOf(db: Db): Promise<Waiting[]> {
  const flagged = await db.select({ postId: flags.postId, n: counted(), kinds: sql<string[]>`array_agg(distinct ${flags.kind})`, says: sql<string[]>`array_remove(array_agg(${flags.says}), '')` })
    .from(flags).where(and(mine(db, flags), isNull(flags.settledAt))).groupBy(flags.postId).orderBy(desc(counted())).limit(50)
  const held = await db.select({ id: posts.id }).from(posts).where(and(mine(db, posts), sql`${posts.state} in ('held', 'spam') and ${posts.heldBecause} is not null`, sql`not exists (select 1 from forum_rulings r where r.post_id = ${posts.id})`)).orderBy(asc(posts.at)).limit(50)
  const all = [...flagged.map((one) => one.postId), ...held.map((one) => one.id)]
  const waiting = await Promise.all([...new Set(all)].map(async (id) => {
    const post = await postById(db, id)
    const topic = post && await topicById(db, post.topicId)
    const told = flagged.find((one) => one.postId === id)
    return post && topic && { post, topic, flags: told?.n ?? 0, kinds: told?.kinds ?? [], says: told?.says ?? [] }
  }))
  return waiting.filter((one) => one !== undefined)
}
export async function appealsOf(db: Db): Promise<{ ruling: Ruling; post: Post; topic: Topic }[]> {
  const open = await db.select().from(rulings).where(and(mine(db, rulings), isNotNull(rulings.appealedAt), isNull(rulings.answeredAt))).orderBy(asc(rulings.appealedAt)).limit(50)
  const all = await Promise.all(open.map(async (ruling) => {
    const post = await postById(db, ruling.postId)
    const topic = post && await topicById(db, post.topicId)
    return post && topic && { ruling, post, topic }
  }))
  return all.filter((one) => one !== undefined)
}
