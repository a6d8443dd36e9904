import { and, desc, eq, gte, inArray, lt, lte, or, sql, type SQL } from 'drizzle-orm'
import { Refusal } from '#kit/refusal.ts'
import { cursorAt, placeAt } from '#kit/moment.ts'
import { mine, type Db, type Tx } from '#db/database.ts'
import { members } from '../members/tables.ts'
import type { PostWords } from './rules.ts'
import { posts } from './tables.ts'

export type Post = typeof posts.$inferSelect
/** What a new post needs; whatever else a writer may say begins empty. */
export type PostInput = Pick<PostWords, 'title' | 'text' | 'lang' | 'intent' | 'format' | 'tags' | 'media' | 'campaignId' | 'accountIds'>
  & Partial<Pick<PostWords, 'thread' | 'firstComment' | 'warning' | 'variants' | 'labels' | 'card' | 'late'>>
export interface Beginning extends PostInput { readonly authorId: string; readonly at: Date; readonly id?: string | undefined; readonly againOf?: string }

/** Begins a draft. With an id of the writer's own choosing, beginning twice is beginning once. */
export async function createPost(tx: Tx, { at, id, ...input }: Beginning): Promise<Post> {
  const [row] = await tx.insert(posts).values({ ...input, ...(id ? { id } : {}), createdAt: at, updatedAt: at, wordsBy: input.authorId, wordsAt: at }).onConflictDoNothing().returning()
  if (row) return row
  const known = await postById(tx, id!)
  if (known.authorId !== input.authorId) throw new Refusal('changed_meanwhile', { extra: { version: known.version } })
  return known
}

const atOnce = 1_000
export interface Planned extends Omit<PostInput, 'thread' | 'firstComment' | 'variants' | 'labels' | 'card' | 'late'> { readonly id: string; readonly authorId: string; readonly at: Date; readonly wallTime: string; readonly zone: string; readonly dueAt: Date }
/** Begins many drafts, each with its time. The rows come as one value: a value for every cell costs the database's client far more than the database. */
export async function createPlanned(tx: Tx, all: readonly Planned[]): Promise<void> {
  for (let from = 0; from < all.length; from += atOnce) {
    await tx.execute(sql`
      insert into posts (id, workspace_id, author_id, title, text, lang, intent, format, tags, media, campaign_id, account_ids, wall_time, zone, due_at, words_by, words_at, created_at, updated_at)
      select r."id", ${tx.workspace}, r."authorId", r."title", r."text", r."lang", r."intent", r."format", r."tags", r."media", r."campaignId", r."accountIds", r."wallTime", r."zone", r."dueAt", r."authorId", r."at", r."at", r."at"
      from jsonb_to_recordset(${JSON.stringify(all.slice(from, from + atOnce))}::jsonb) as r("id" uuid, "authorId" uuid, "title" text, "text" text, "lang" text, "intent" text, "format" text, "tags" jsonb, "media" jsonb,
        "campaignId" uuid, "accountIds" jsonb, "wallTime" text, "zone" text, "dueAt" timestamptz, "at" timestamptz)`)
  }
}

export async function postById(db: Db, id: string): Promise<Post> {
  const [row] = await db.select().from(posts).where(and(mine(db, posts), eq(posts.id, id))).limit(1)
  if (!row) throw new Refusal('post_not_found')
  return row
}
/** The post, locked until the transaction ends. */
export async function lockPost(tx: Tx, id: string): Promise<Post> {
  const { rows } = await tx.execute(sql`select id from posts where workspace_id = ${tx.workspace} and id = ${id} for update`)
  if (rows.length === 0) throw new Refusal('post_not_found')
  return await postById(tx, id)
}

/** Saves over the version the writer saw; anybody else's save in between is a refusal, never overwritten. */
export async function savePost(tx: Tx, id: string, { seen, change, at }: { readonly seen: number; readonly change: Partial<typeof posts.$inferInsert>; readonly at: Date }): Promise<Post> {
  const [row] = await tx.update(posts).set({ ...change, version: seen + 1, updatedAt: at }).where(and(mine(tx, posts), eq(posts.id, id), eq(posts.version, seen))).returning()
  if (row) return row
  const now = await postById(tx, id)
  throw new Refusal('changed_meanwhile', { extra: { version: now.version } })
}
export async function deletePost(tx: Tx, id: string): Promise<void> {
  await tx.delete(posts).where(and(mine(tx, posts), eq(posts.id, id)))
}

export interface PostFilter { readonly state?: readonly Post['state'][] | undefined; readonly from?: Date | undefined; readonly to?: Date | undefined; readonly campaignId?: string | undefined; readonly intent?: Post['intent'] | undefined; readonly cursor?: string | undefined; readonly limit: number }

// A post stands in lists at when it went out, else when it is due, else when it was last touched.
const stands = sql<Date>`coalesce(${posts.publishedAt}, ${posts.dueAt}, ${posts.updatedAt})`
const after = (cursor: string | undefined): SQL | undefined => {
  const place = placeAt(cursor)
  return place && or(sql`${stands} < ${place.at}::timestamptz`, and(sql`${stands} = ${place.at}::timestamptz`, lt(posts.id, place.id)))
}

export interface PostLine extends Post { readonly authorName: string; readonly at: Date }
export async function listPosts(db: Db, filter: PostFilter): Promise<{ items: PostLine[]; next: string | null }> {
  const rows = await db.select({ post: posts, authorName: members.name, at: stands.mapWith(posts.updatedAt) }).from(posts).leftJoin(members, eq(members.id, posts.authorId)).where(and(
    mine(db, posts), filter.state ? inArray(posts.state, [...filter.state]) : undefined, filter.campaignId ? eq(posts.campaignId, filter.campaignId) : undefined,
    filter.intent ? eq(posts.intent, filter.intent) : undefined, filter.from ? gte(stands, filter.from) : undefined, filter.to ? lte(stands, filter.to) : undefined, after(filter.cursor),
  )).orderBy(desc(stands), desc(posts.id)).limit(filter.limit + 1)
  const items = rows.slice(0, filter.limit).map(({ post, authorName, at }) => ({ ...post, authorName: authorName ?? '', at }))
  const last = items.at(-1)
  return { items, next: rows.length > filter.limit && last ? cursorAt(last.at, last.id) : null }
}
