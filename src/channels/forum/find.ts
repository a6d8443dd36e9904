import { and, eq, inArray, sql, type SQL } from 'drizzle-orm'
import { mine, type Db } from '#db/database.ts'
import { forumPosts as posts } from './tables.ts'

export interface Found { readonly id: string; readonly code: string; readonly slug: string; readonly title: string; readonly answers: number; readonly solved: boolean; readonly text: string }

const last = /[\p{L}\p{N}]+$/u
// Every word in any of its forms, and the last one as far as it is typed.
function lookFor(q: string, any: boolean): SQL {
  const text = any ? (q.match(/[\p{L}\p{N}]{3,}/gu) ?? []).slice(0, 12).join(' or ') : q
  const whole = sql`websearch_to_tsquery('public.stoa', ${text})`
  const typed = last.exec(q)?.[0]
  if (!typed || any || q.includes('"')) return whole
  return sql`(${whole} || (websearch_to_tsquery('public.stoa', ${q.slice(0, -typed.length)}) && to_tsquery('public.stoa', ${`${typed}:*`})))`
}

// Among so many hits the best are chosen: of a word that is everywhere nobody reads all. Whether it is everywhere, the newest posts tell.
const [sifted, newest, often] = [300, 2_000, 200]
async function isCommon(db: Db, query: SQL): Promise<boolean> {
  const { rows } = await db.execute(sql`select 1 from (select p.search from forum_posts p where p.workspace_id = ${db.workspace}::uuid and p.state = 'shown' order by p.at desc limit ${newest}) n where n.search @@ ${query} limit ${often}`)
  return rows.length === often
}
/** How each of these posts begins. Asked for by their ids: within the other query PostgreSQL reads all posts for it. */
async function textsOf(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = ids.length === 0 ? [] : await db.select({ id: posts.id, text: sql<string>`left(${posts.markdown}, 240)` }).from(posts).where(and(mine(db, posts), inArray(posts.id, [...ids]), eq(posts.state, 'shown')))
  return new Map(rows.map(({ id, text }) => [id, text]))
}
/** Topics whose title or words are like what is looked for. `any`: a part of the words is enough, as somebody who asks types them. */
export async function findTopics(db: Db, q: string, { limit, any = false }: { readonly limit: number; readonly any?: boolean }): Promise<Found[]> {
  const query = lookFor(q, any)
  // A common word is looked for in what is new; by the index alone, half of all would be gathered first.
  const said = await isCommon(db, query)
    ? sql`select n.id, n.search from (select p.topic_id as id, p.search from forum_posts p where p.workspace_id = ${db.workspace}::uuid and p.state = 'shown' order by p.at desc limit ${newest}) n where n.search @@ (select q from asked) limit ${sifted}`
    : sql`select p.topic_id as id, p.search from forum_posts p where p.workspace_id = ${db.workspace}::uuid and p.state = 'shown' and p.search @@ (select q from asked) limit ${sifted}`
  const { rows } = await db.execute<{ id: string; code: string; slug: string; title: string; answers: number; accepted_id: string | null; says: string }>(sql`
    with asked as (select ${query} as q),
    titled as (select t.id, t.search from forum_topics t where t.workspace_id = ${db.workspace}::uuid and t.state = 'shown' and t.merged_into is null and t.search @@ (select q from asked) limit ${sifted}),
    said as (${said}),
    every as (select id, 2 * ts_rank(search, (select q from asked)) + 0.2 as rank from titled union all select id, ts_rank(search, (select q from asked)) from said),
    best as (select id, sum(rank) as rank from every group by id order by 2 desc limit ${limit * 2})
    select t.id, t.code, t.slug, t.title, t.answers, t.accepted_id, coalesce(t.accepted_id, t.opener_id) as says
    from best join forum_topics t on t.id = best.id
    where t.state = 'shown' and t.merged_into is null order by best.rank * (case when t.accepted_id is null then 1 else 1.5 end) desc limit ${limit}`)
  const texts = await textsOf(db, rows.map(({ says }) => says))
  return rows.map((row) => ({ id: row.id, code: row.code, slug: row.slug, title: row.title, answers: row.answers, solved: row.accepted_id !== null, text: texts.get(row.says) ?? '' }))
}
