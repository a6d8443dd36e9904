import { sql } from 'drizzle-orm'
import type { Db } from '#db/database.ts'

/** Those of these messages whose authors were erased: heard again, they bring nothing back. */
export async function erasedOf(db: Db, accountId: string, remoteIds: readonly string[]): Promise<string[]> {
  if (remoteIds.length === 0) return []
  const { rows } = await db.execute<{ ref: string }>(sql`select ref from workspaces w, unnest(${sql.param(remoteIds)}::text[]) ref
    where w.id = ${db.workspace} and exists (select 1 from erased_refs e where e.workspace_id = ${db.workspace}
      and e.digest = encode(sha256(convert_to(w.secret || ' ' || ${accountId}::text || ' ' || ref, 'UTF8')), 'hex'))`)
  return rows.map((row) => row.ref)
}
export const wasErased = async (db: Db, accountId: string, remoteId: string): Promise<boolean> => (await erasedOf(db, accountId, [remoteId])).length > 0
