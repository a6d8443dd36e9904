import { and, asc, desc, eq, getTableColumns, gt, gte, inArray, isNotNull, isNull, lt, ne, or, sql, type SQL } from 'drizzle-orm'
import { mine, type Db } from '#db/database.ts'
import { limits } from './rules.ts'
import { forumCategories as categories, forumOldNames as oldNames, forumPosts as posts, forumThanks as thanks, forumTopics as topics } from './tables.ts'

export type Category = typeof categories.$inferSelect
export type Topic = Omit<typeof topics.$inferSelect, 'search' | 'tagged'>
export type Post = Omit<typeof posts.$inferSelect, 'search'>
export interface Mark { readonly at: Date; readonly id: string }
/** Who looks: somebody signed in sees their own that nobody else sees, and the team sees all. */
export interface Looking { readonly personId: string | undefined; readonly team: boolean }

const { search: _topicStems, tagged: _tagged, ...topicColumns } = getTableColumns(topics)
const { search: _postStems, ...postColumns } = getTableColumns(posts)

export const allCategories = (db: Db): Promise<Category[]> => db.select().from(categories).where(mine(db, categories)).orderBy(asc(categories.place), asc(categories.nameEn))
export async function categoryById(db: Db, id: string): Promise<Category | undefined> {
  const [row] = await db.select().from(categories).where(and(mine(db, categories), eq(categories.id, id))).limit(1)
  return row
}
/** A category by its name or by one it had before. */
export async function categoryNamed(db: Db, slug: string): Promise<Category | undefined> {
  const [row] = await db.select().from(categories).where(and(mine(db, categories), eq(categories.slug, slug))).limit(1)
  if (row) return row
  const [old] = await db.select().from(oldNames).where(and(mine(db, oldNames), eq(oldNames.slug, slug))).limit(1)
  return old && await categoryById(db, old.categoryId)
}

export async function topicByCode(db: Db, code: string): Promise<Topic | undefined> {
  const [row] = await db.select(topicColumns).from(topics).where(and(mine(db, topics), eq(topics.code, code))).limit(1)
  return row
}
export async function topicById(db: Db, id: string): Promise<Topic | undefined> {
  const [row] = await db.select(topicColumns).from(topics).where(and(mine(db, topics), eq(topics.id, id))).limit(1)
  return row
}
export async function postById(db: Db, id: string): Promise<Post | undefined> {
  const [row] = await db.select(postColumns).from(posts).where(and(mine(db, posts), eq(posts.id, id))).limit(1)
  return row
}

export interface Which { readonly categoryId?: string | undefined; readonly tag?: string | undefined; readonly waiting?: boolean; readonly after?: Mark | undefined; readonly limit?: number }
const standing = () => and(sql`${topics.state} = 'shown'`, sql`${topics.mergedInto} is null`)
/** A tag as a text search takes it: whole, whatever signs it has. */
const wholeTag = (tag: string): string => `'${tag.replace(/['\\]/g, '$&$&')}'`
/** Topics that moved last come first; those pinned are asked for apart. */
export async function topicsOf(db: Db, { categoryId, tag, waiting, after, limit = limits.topicsPerPage }: Which): Promise<Topic[]> {
  return await db.select(topicColumns).from(topics).where(and(
    mine(db, topics), standing(), categoryId ? eq(topics.categoryId, categoryId) : undefined,
    tag ? sql`${topics.tagged} @@ ${wholeTag(tag)}::tsquery` : undefined, waiting ? and(sql`${topics.answers} = 0`, isNull(topics.lockedAt)) : undefined,
    after ? sql`(${topics.movedAt}, ${topics.id}) < (${after.at.toISOString()}::timestamptz, ${after.id}::uuid)` : undefined,
  )).orderBy(desc(topics.movedAt), desc(topics.id)).limit(limit + 1)
}
export const pinnedIn = (db: Db, categoryId: string): Promise<Topic[]> =>
  db.select(topicColumns).from(topics).where(and(mine(db, topics), standing(), eq(topics.categoryId, categoryId), isNotNull(topics.pinnedAt))).orderBy(desc(topics.pinnedAt)).limit(10)

const seenBy = ({ personId, team }: Looking): SQL | undefined => team ? ne(posts.state, 'withdrawn')
  : personId ? or(eq(posts.state, 'shown'), and(eq(posts.personId, personId), ne(posts.state, 'withdrawn'))) : eq(posts.state, 'shown')
/** What was said in a topic, in order. `after`: beyond that place; `from`: that place too. */
export async function postsOf(db: Db, topicId: string, { looking, after, from }: { readonly looking: Looking; readonly after?: Mark | undefined; readonly from?: Mark | undefined }): Promise<Post[]> {
  const mark = after ?? from
  const beyond = mark && or(gt(posts.at, mark.at), and(eq(posts.at, mark.at), (after ? gt : gte)(posts.id, mark.id)))
  return await db.select(postColumns).from(posts).where(and(mine(db, posts), eq(posts.topicId, topicId), mark && gte(posts.at, mark.at), beyond, seenBy(looking))).orderBy(asc(posts.at), asc(posts.id)).limit(limits.perPage + 1)
}
/** Whether so much was said before a post that it stands on a later page. */
export async function standsLater(db: Db, post: Post): Promise<boolean> {
  const before = await db.select({ id: posts.id }).from(posts).where(and(mine(db, posts), eq(posts.topicId, post.topicId), lt(posts.at, post.at))).limit(4)
  return before.length >= 4
}
export async function thankedBy(db: Db, personId: string, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set()
  const rows = await db.select({ id: thanks.postId }).from(thanks).where(and(mine(db, thanks), eq(thanks.personId, personId), inArray(thanks.postId, [...ids])))
  return new Set(rows.map(({ id }) => id))
}
/** The newest words of one topic, or of those topics that moved last: of older things the lists know. */
export async function newestPosts(db: Db, which: { readonly topicId?: string; readonly categoryId?: string }): Promise<{ post: Post; topic: Topic }[]> {
  const among = which.topicId ? undefined : (await db.execute<{ id: string }>(sql`select p.id from (select t.id from forum_topics t where t.workspace_id = ${db.workspace}::uuid and t.state = 'shown' and t.merged_into is null
    ${which.categoryId ? sql`and t.category_id = ${which.categoryId}::uuid` : sql``} order by t.moved_at desc limit 60) t
    cross join lateral (select o.id, o.at from forum_posts o where o.topic_id = t.id and o.state = 'shown' order by o.at desc limit 30) p order by p.at desc limit 30`)).rows.map(({ id }) => id)
  return await db.select({ post: postColumns, topic: topicColumns }).from(posts).innerJoin(topics, eq(topics.id, posts.topicId)).where(and(
    mine(db, posts), eq(posts.state, 'shown'), standing(), which.topicId ? eq(posts.topicId, which.topicId) : undefined, among && inArray(posts.id, among),
  )).orderBy(desc(posts.at)).limit(30)
}
export const wroteBy = (db: Db, personId: string): Promise<{ post: Post; topic: Topic }[]> =>
  db.select({ post: postColumns, topic: topicColumns }).from(posts).innerJoin(topics, eq(topics.id, posts.topicId)).where(and(mine(db, posts), eq(posts.personId, personId), ne(posts.state, 'withdrawn'))).orderBy(desc(posts.at)).limit(50)
