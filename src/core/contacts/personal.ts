import { sql, type SQL } from 'drizzle-orm'
import type { Db, Tx } from '#db/database.ts'

/** What a person is called by those who keep rows of them: their addresses, and their ids on the channels. */
export interface Called { readonly emails: readonly string[]; readonly ids: readonly string[] }

interface Own {
  readonly table: string
  /** What these rows count as in the receipt. */
  readonly counts: string
  readonly does: (called: { readonly emails: SQL; readonly ids: SQL; readonly workspace: SQL }) => SQL
}
const gone = (table: string, counts: string, { column, by }: { readonly column: string; readonly by: 'emails' | 'ids' }): Own => ({
  table, counts, does: (called) => sql`delete from ${sql.identifier(table)} where workspace_id = ${called.workspace} and ${by === 'emails' ? sql`lower(${sql.identifier(column)})` : sql`${sql.identifier(column)}::text`} = any(${called[by]})`,
})
// A visitor of the chat is called v:<their row>, or u:<account>:<who the site says they are>.
const visitors = sql`select id from chat_visitors where 'v:' || id = any(`

/**
 * Rows of other rooms that are one person's own: they go with them. Rows that only name somebody need no line here, and
 * neither do those with a `contact_id`. A table that is not there is passed over.
 */
const own: readonly Own[] = [
  gone('letters', 'letters', { column: 'to_address', by: 'emails' }), gone('letter_stops', 'letters', { column: 'to_address', by: 'emails' }), gone('answer_follows', 'follows', { column: 'email', by: 'emails' }),
  gone('fediverse_followers', 'follows', { column: 'actor', by: 'ids' }), gone('fediverse_following', 'follows', { column: 'actor', by: 'ids' }), gone('fediverse_seen', 'activities', { column: 'actor', by: 'ids' }),
  { table: 'webmentions_in', counts: 'mentions', does: ({ ids, workspace }) => sql`delete from webmentions_in where workspace_id = ${workspace} and (source = any(${ids}) or author->>'id' = any(${ids}))` },
  gone('forum_follows', 'follows', { column: 'email', by: 'emails' }), gone('forum_followers', 'follows', { column: 'actor', by: 'ids' }),
  { table: 'forum_posts', counts: 'forum posts', does: ({ ids, workspace }) => sql`with known as (delete from forum_tellings t using forum_posts p where p.id = t.post_id and p.workspace_id = ${workspace} and p.outside->>'by' = any(${ids}))
    update forum_posts set outside = null, author_name = '—', markdown = '', html = '', held_because = null, state = 'withdrawn' where workspace_id = ${workspace} and outside->>'by' = any(${ids})` },
  { table: 'forum_posts', counts: 'forum posts', does: ({ emails, ids, workspace }) => sql`with told as (update forum_tellings t set due_at = now() from forum_posts p, forum_people q
      where p.id = t.post_id and q.id = p.person_id and q.workspace_id = ${workspace} and (q.id::text = any(${ids}) or q.email = any(${emails})))
    update forum_posts set person_id = null, author_name = '—', picture = null, sign_off = null, markdown = '', html = '', held_because = null, state = 'withdrawn'
    where workspace_id = ${workspace} and person_id in (select id from forum_people where workspace_id = ${workspace} and (id::text = any(${ids}) or email = any(${emails})))` },
  { table: 'forum_topics', counts: 'forum topics', does: ({ emails, ids, workspace }) => sql`update forum_topics set person_id = null, author_name = '—', title = '[…]', slug = '-', tags = '{}'
    where workspace_id = ${workspace} and person_id in (select id from forum_people where workspace_id = ${workspace} and (id::text = any(${ids}) or email = any(${emails})))` },
  { table: 'forum_rulings', counts: 'rulings', does: ({ emails, ids, workspace }) => sql`delete from forum_rulings
    where workspace_id = ${workspace} and person_id in (select id from forum_people where workspace_id = ${workspace} and (id::text = any(${ids}) or email = any(${emails})))` },
  { table: 'forum_people', counts: 'forum people', does: ({ emails, ids, workspace }) => sql`delete from forum_people where workspace_id = ${workspace} and (id::text = any(${ids}) or email = any(${emails}))` },
  { table: 'chat_lines', counts: 'chat lines', does: ({ ids, workspace }) => sql`delete from chat_lines where workspace_id = ${workspace} and visitor_id in (${visitors}${ids}) or 'u:' || account_id || ':' || sub = any(${ids}))` },
  { table: 'chat_visitors', counts: 'chat visitors', does: ({ emails, ids, workspace }) => sql`delete from chat_visitors
    where workspace_id = ${workspace} and ('v:' || id = any(${ids}) or 'u:' || account_id || ':' || sub = any(${ids}) or lower(email) = any(${emails}))` },
]

export const ownTables: ReadonlySet<string> = new Set(own.map((one) => one.table))

export async function tableIsThere(db: Db, name: string): Promise<boolean> {
  const { rows } = await db.execute<{ there: string | null }>(sql`select to_regclass(${`public.${name}`})::text as there`)
  return rows[0]?.there !== null
}

/** Lets these rows go; how many, by what they count as. */
export async function eraseOwn(tx: Tx, { emails, ids }: Called): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  const called = { emails: sql`${sql.param(emails)}::text[]`, ids: sql`${sql.param(ids)}::text[]`, workspace: sql`${tx.workspace}` }
  for (const one of own) {
    if (!await tableIsThere(tx, one.table)) continue
    const { rowCount } = await tx.execute(one.does(called))
    if (rowCount) counts[one.counts] = (counts[one.counts] ?? 0) + rowCount
  }
  if (ids.length > 0) await tx.execute(sql`delete from fediverse_cache where key && ${called.ids} or value->>'id' = any(${called.ids})`)
  return counts
}
