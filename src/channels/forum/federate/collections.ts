import { and, asc, eq, gte, sql } from 'drizzle-orm'
import { mine, type Db } from '#db/database.ts'
import { forumPosts as posts } from '../tables.ts'
import { cursorOf, readCursor } from '../rules.ts'
import { allCategories, newestPosts, type Topic } from '../topics.ts'
import type { Door } from './door.ts'
import type { Found } from './groups.ts'
import { announceUri, createUri, type Thing } from './objects.ts'
import { noteUri } from './places.ts'
import { followerCount } from './store.ts'
import { isOpen } from './subject.ts'

const perPage = 50
const outside = sql<string | null>`${posts.outside}->>'id'`

/** How many follow, but not who: that is their own matter. */
export const followersOf = async (db: Db, { uri, aboutId }: Found): Promise<Thing> => ({ id: `${uri}/followers`, type: 'OrderedCollection', totalItems: await followerCount(db, aboutId), orderedItems: [] })

/** What a group said last: a topic says, the others pass on. */
export async function outboxOf(db: Db, door: Door, { uri, topic, category }: Found): Promise<Thing> {
  const newest = await newestPosts(db, { ...(topic ? { topicId: topic.id } : {}), ...(category ? { categoryId: category.id } : {}) })
  const items = newest.filter((one) => one.post.at >= door.since && isOpen(one.topic, door.since)).slice(0, 20).map(({ post }) => {
    const common = { actor: uri, object: post.outside?.id ?? noteUri(door.origin, post.id), published: post.at.toISOString() }
    const says = topic !== undefined && post.outside === null && (post.spokenIn === null || post.spokenIn === topic.id)
    return says ? { id: createUri(door.origin, post.id), type: 'Create', ...common } : { id: announceUri({ by: uri, postId: post.id }), type: 'Announce', ...common }
  })
  const total = topic ? topic.answers + 1 : category?.topics ?? (await allCategories(db)).reduce((sum, one) => sum + one.topics, 0)
  return { id: `${uri}/outbox`, type: 'OrderedCollection', totalItems: total, orderedItems: items }
}

interface Asked { readonly kind: 'context' | 'replies'; readonly after: string | undefined }
/** Everything said in a topic, by address, in the order it was said: whoever came late reads it from the beginning. */
export async function talkOf(db: Db, door: Door, { found, topic, asked }: { readonly found: Found; readonly topic: Topic; readonly asked: Asked }): Promise<Thing | undefined> {
  const { kind, after } = asked
  const id = `${found.uri}/${kind}`
  const [whole, part, items] = kind === 'context' ? ['OrderedCollection', 'OrderedCollectionPage', 'orderedItems'] as const : ['Collection', 'CollectionPage', 'items'] as const
  if (after === undefined) return { id, type: whole, attributedTo: found.uri, totalItems: topic.answers + (kind === 'context' ? 1 : 0), first: `${id}?after=start` }
  const mark = readCursor(after)
  if (after !== 'start' && !mark) return undefined
  const rows = await db.select({ id: posts.id, at: posts.at, outside }).from(posts).where(and(
    mine(db, posts), eq(posts.topicId, topic.id), eq(posts.state, 'shown'), gte(posts.at, door.since), kind === 'replies' ? sql`${posts.id} <> ${topic.openerId}` : undefined,
    mark && sql`(${posts.at}, ${posts.id}) > (${mark.at.toISOString()}::timestamptz, ${mark.id}::uuid)`,
  )).orderBy(asc(posts.at), asc(posts.id)).limit(perPage + 1)
  const page = rows.slice(0, perPage)
  const last = page.at(-1)
  return {
    id: `${id}?after=${after}`, type: part, partOf: id, [items]: page.map((row) => row.outside ?? noteUri(door.origin, row.id)),
    ...(rows.length > perPage && last ? { next: `${id}?after=${cursorOf(last.at, last.id)}` } : {}),
  }
}
