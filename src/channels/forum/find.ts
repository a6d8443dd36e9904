import { sql, type SQL } from 'drizzle-orm'
import type { Db } from '#db/database.ts'

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

// Among so many of the newest hits the best are chosen: of a word that is everywhere nobody reads all.
const sifted = 300
/** Topics whose title or words are like what is looked for. `any`: a part of the words is enough, as somebody who asks types them. */
export async function findTopics(db: Db, q: string, { limit, any = false }: { readonly limit: number; readonly any?: boolean }): Promise<Found[]> {
  // Written out wherever it is needed: PostgreSQL knows how common the words are only of a value it sees, and goes by time or by word accordingly.
  const query = lookFor(q, any)
  const { rows } = await db.execute<{ id: string; code: string; slug: string; title: string; answers: number; accepted_id: string | null; text: string }>(sql`
    with titled as (select t.id, t.search from forum_topics t where t.workspace_id = ${db.workspace}::uuid and t.state = 'shown' and t.merged_into is null and t.search @@ ${query} order by t.moved_at desc limit ${sifted}),
    said as (select p.topic_id as id, p.search from forum_posts p where p.workspace_id = ${db.workspace}::uuid and p.state = 'shown' and p.search @@ ${query} order by p.at desc limit ${sifted}),
    every as (select id, 2 * ts_rank(search, ${query}) + 0.2 as rank from titled union all select id, ts_rank(search, ${query}) from said),
    best as (select id, sum(rank) as rank from every group by id order by 2 desc limit ${limit * 2})
    select t.id, t.code, t.slug, t.title, t.answers, t.accepted_id, left(p.markdown, 240) as text
    from best join forum_topics t on t.id = best.id left join lateral (select o.markdown from forum_posts o where o.id = coalesce(t.accepted_id, t.opener_id) and o.state = 'shown' limit 1) p on true
    where t.state = 'shown' and t.merged_into is null order by best.rank * (case when t.accepted_id is null then 1 else 1.5 end) desc limit ${limit}`)
  return rows.map((row) => ({ id: row.id, code: row.code, slug: row.slug, title: row.title, answers: row.answers, solved: row.accepted_id !== null, text: row.text ?? '' }))
}
