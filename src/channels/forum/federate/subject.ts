import { and, eq } from 'drizzle-orm'
import { mine, type Db } from '#db/database.ts'
import { forumTopics as topics } from '../tables.ts'
import { categoryById, postById, topicById, type Post, type Topic } from '../topics.ts'
import type { NoteSpec } from './objects.ts'
import { groupUri } from './places.ts'

export interface Site { readonly origin: string; readonly name: string }

/** A post with everything its note says. */
export async function specOf(db: Db, site: Site, post: Post): Promise<NoteSpec | undefined> {
  const topic = await topicById(db, post.topicId)
  const home = post.spokenIn === null || post.spokenIn === topic?.id ? topic : await topicById(db, post.spokenIn)
  const category = topic && await categoryById(db, topic.categoryId)
  if (!topic || !home || !category) return undefined
  const under = post.underId === null ? undefined : await postById(db, post.underId)
  return { origin: site.origin, site: site.name, post, topic, home, category, under: under?.state === 'withdrawn' ? undefined : under }
}

/** A topic is for others to read when all may read it and whoever asked was told that others will. */
export const isOpen = (topic: Topic, since: Date): boolean => topic.state === 'shown' && topic.openedAt >= since
/** The one rule of what leaves: what stands here for everybody to read, and was written when it was said that it leaves. */
export const leaves = ({ post, topic, home }: NoteSpec, since: Date): boolean => post.state === 'shown' && topic.state === 'shown' && post.at >= since && isOpen(home, since)

export const topicsMergedInto = (db: Db, topicId: string): Promise<{ id: string; code: string }[]> =>
  db.select({ id: topics.id, code: topics.code }).from(topics).where(and(mine(db, topics), eq(topics.mergedInto, topicId)))

/** A group that passes on what is said, and what those who follow it follow. */
export interface Passer { readonly uri: string; readonly aboutId: string }
/** Who passes a post on: its category, the forum, and each topic it stands in that did not say it itself. */
export async function passersOf(db: Db, spec: NoteSpec, accountId: string): Promise<readonly Passer[]> {
  const { origin, post, topic, home, category } = spec
  const merged = await topicsMergedInto(db, topic.id)
  const standing = [topic, ...merged].filter(({ id }) => post.outside !== null || id !== home.id)
  return [
    ...standing.map(({ id, code }) => ({ uri: groupUri(origin, { kind: 'topic', code }), aboutId: id })),
    { uri: groupUri(origin, { kind: 'category', id: category.id }), aboutId: category.id }, { uri: groupUri(origin, { kind: 'forum' }), aboutId: accountId },
  ]
}
