import { sql } from 'drizzle-orm'
import type { Db } from '#db/database.ts'

/**
 * Every id a person ever had here: their own, and those of contacts found to be them. Facts keep the id under which they
 * happened, so whoever reads a person's events asks for all of these.
 */
export async function everBeen(db: Db, contactId: string): Promise<string[]> {
  const { rows } = await db.execute<{ id: string }>(sql`with recursive been as (
    select ${contactId}::uuid as id union select c.id from contacts c join been on c.merged_into = been.id where c.workspace_id = ${db.workspace})
    select id from been`)
  return rows.map((row) => row.id)
}

/** Under whom a person stands now. */
export async function standsAs(db: Db, contactId: string): Promise<string> {
  const { rows } = await db.execute<{ id: string }>(sql`with recursive up as (
    select id, merged_into, 0 as far from contacts where workspace_id = ${db.workspace} and id = ${contactId}
    union all select c.id, c.merged_into, up.far + 1 from contacts c join up on c.id = up.merged_into where c.workspace_id = ${db.workspace} and up.far < 100)
    select id from up order by far desc limit 1`)
  return rows[0]?.id ?? contactId
}
