import { and, eq, ne, sql } from 'drizzle-orm'
import { Refusal } from '#kit/refusal.ts'
import { slug } from '#text/slug.ts'
import { mine, type Tx } from '#db/database.ts'
import { wordsOf } from './convert.ts'
import { noteChange } from './tellings.ts'
import { forumCategories as categories, forumOldNames as oldNames, forumPosts as posts, forumTopics as topics } from './tables.ts'
import { categoryNamed, topicById, type Category, type Topic } from './topics.ts'

export interface Naming { readonly nameEn: string; readonly nameEl: string; readonly aboutEn: string; readonly aboutEl: string; readonly place: number; readonly slug: string }

/** A category, new or named anew. A name it had before leads to it for ever, and is given to no other. */
export async function keepCategory(tx: Tx, id: string | undefined, { slug: wanted, ...given }: Naming): Promise<Category> {
  const address = slug(wanted || given.nameEn)
  const holder = await categoryNamed(tx, address)
  if (holder && holder.id !== id) throw new Refusal('forum_address_taken', { field: 'slug', params: { name: holder.nameEn } })
  if (id === undefined) return (await tx.insert(categories).values({ ...given, slug: address }).returning())[0]!
  const [before] = await tx.select().from(categories).where(and(mine(tx, categories), eq(categories.id, id))).for('update').limit(1)
  if (!before) throw new Refusal('not_found')
  if (before.slug !== address) await tx.insert(oldNames).values({ slug: before.slug, categoryId: id }).onConflictDoNothing()
  await tx.delete(oldNames).where(and(mine(tx, oldNames), eq(oldNames.slug, address)))
  return (await tx.update(categories).set({ ...given, slug: address }).where(and(mine(tx, categories), eq(categories.id, id))).returning())[0]!
}

const change = (tx: Tx, id: string, set: Partial<typeof topics.$inferInsert>) => tx.update(topics).set(set).where(and(mine(tx, topics), eq(topics.id, id)))
const tally = (tx: Tx, categoryId: string, by: 1 | -1) => tx.update(categories).set({ topics: sql`greatest(0, ${categories.topics} + ${by})` }).where(and(mine(tx, categories), eq(categories.id, categoryId)))

export const lockTopic = (tx: Tx, id: string, at: Date | null) => change(tx, id, { lockedAt: at })
export const pinTopic = (tx: Tx, id: string, at: Date | null) => change(tx, id, { pinnedAt: at })
/** A new title is a new address; the old one leads here, since it ends in the same letters. */
export async function renameTopic(tx: Tx, topic: Topic, title: string): Promise<void> {
  await change(tx, topic.id, { title, slug: wordsOf(title) })
  await noteChange(tx, topic.openerId)
}

export async function moveTopic(tx: Tx, topic: Topic, to: Category): Promise<void> {
  if (topic.categoryId === to.id) return
  await change(tx, topic.id, { categoryId: to.id })
  await noteChange(tx, topic.openerId)
  if (topic.state !== 'shown' || topic.mergedInto) return
  await tally(tx, topic.categoryId, -1)
  await tally(tx, to.id, 1)
}

/** What was said in one topic stands in the other from now on, in the order of time; the old address leads there. */
export async function mergeTopics(tx: Tx, from: Topic, intoId: string): Promise<Topic> {
  const into = await topicById(tx, intoId)
  if (!into || into.id === from.id || into.mergedInto || from.mergedInto || into.state !== 'shown') throw new Refusal('forum_merge')
  await noteChange(tx, from.openerId)
  // Who spoke for them elsewhere goes on speaking for them.
  await tx.update(posts).set({ topicId: into.id, spokenIn: sql`coalesce(${posts.spokenIn}, ${posts.topicId})` as never }).where(and(mine(tx, posts), eq(posts.topicId, from.id)))
  await change(tx, from.id, { mergedInto: into.id })
  // Those that were merged into it before lead on to where it went.
  await tx.update(topics).set({ mergedInto: into.id }).where(and(mine(tx, topics), eq(topics.mergedInto, from.id)))
  if (from.state === 'shown') await tally(tx, from.categoryId, -1)
  const answers = await tx.$count(posts, and(mine(tx, posts), eq(posts.topicId, into.id), eq(posts.state, 'shown'), ne(posts.id, into.openerId)))
  await change(tx, into.id, { answers, movedAt: sql`greatest(${topics.movedAt}, ${from.movedAt.toISOString()}::timestamptz)` as never })
  return into
}
