import { and, asc, desc, eq, gte, sql } from 'drizzle-orm'
import { mine, type Db } from '#db/database.ts'
import { forumPosts as posts, forumTopics as topics } from '../tables.ts'
import { cursorOf, readCursor } from '../rules.ts'
import type { Topic } from '../topics.ts'
import type { Door } from './door.ts'
import type { Found } from './groups.ts'
import { announceUri, createUri, type Thing } from './objects.ts'
import { noteUri } from './places.ts'
import { followerCount } from './store.ts'

const perPage = 50
const outside = sql<string | null>`${posts.outside}->>'id'`

/** How many follow, but not who: that is their own matter. */
export const followersOf = async (db: Db, { uri, aboutId }: Found): Promise<Thing> => ({ id: `${uri}/followers`, type: 'OrderedCollection', totalItems: await followerCount(db, aboutId), orderedItems: [] })

/** What a group said last: a topic says, the others pass on. */
export async function outboxOf(db: Db, door: Door, { uri, topic, category, total }: Found): Promise<Thing> {
  const rows = await db.select({ id: posts.id, at: posts.at, outside, spokenIn: posts.spokenIn }).from(posts).innerJoin(topics, eq(topics.id, posts.topicId)).where(and(
    mine(db, posts), eq(posts.state, 'shown'), eq(topics.state, 'shown'), gte(posts.at, door.since), gte(topics.openedAt, door.since),
    topic ? eq(posts.topicId, topic.id) : undefined, category ? eq(topics.categoryId, category.id) : undefined,
  )).orderBy(desc(posts.at)).limit(20)
  const items = rows.map((row) => {
    const common = { actor: uri, object: row.outside ?? noteUri(door.origin, row.id), published: row.at.toISOString() }
    const says = topic !== undefined && row.outside === null && (row.spokenIn === null || row.spokenIn === topic.id)
    return says ? { id: createUri(door.origin, row.id), type: 'Create', ...common } : { id: announceUri({ by: uri, postId: row.id }), type: 'Announce', ...common }
  })
  return { id: `${uri}/outbox`, type: 'OrderedCollection', totalItems: total, orderedItems: items }
}

interface Asked { readonly kind: 'context' | 'replies'; readonly after: string | undefined }
/** Everything said in a topic, by address, in the order it was said: whoever came late reads it from the beginning. */
export async function talkOf(db: Db, door: Door, { found, topic, asked }: { readonly found: Found; readonly topic: Topic; readonly asked: Asked }): Promise<Thing | undefined> {
  const { kind, after } = asked
  const id = `${found.uri}/${kind}`
  const [whole, part, items] = kind === 'context' ? ['OrderedCollection', 'OrderedCollectionPage', 'orderedItems'] as const : ['Collection', 'CollectionPage', 'items'] as const
  if (after === undefined) return { id, type: whole, attributedTo: found.uri, totalItems: kind === 'context' ? found.total : topic.answers, first: `${id}?after=start` }
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
