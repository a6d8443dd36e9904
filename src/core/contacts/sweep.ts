import { sql, type SQL } from 'drizzle-orm'
import type { Db, Tx } from '#db/database.ts'
import { ERASED, patternOfAll } from './signs.ts'
import { unlessThere } from './merge.ts'

interface Column { readonly table: string; readonly column: string; readonly holds: 'text' | 'list' | 'json' }

// Ours, not theirs: how we are called, who works here, and the erasure itself.
const passedOver = ['erasures', 'erased_refs', 'workspaces', 'members', 'voices', 'invitations', 'accounts', 'handler_cursors', 'identities']
// A card says who somebody is, and goes as a whole; others are written about on theirs.
const ofCards = ['note', 'tags']

/** Every place of this workspace that can hold somebody's words. */
async function places(db: Db): Promise<Column[]> {
  const { rows } = await db.execute<{ table: string; column: string; type: string }>(sql`select c.table_name as table, c.column_name as column, c.udt_name as type from information_schema.columns c
    join information_schema.columns w on w.table_schema = c.table_schema and w.table_name = c.table_name and w.column_name = 'workspace_id'
    where c.table_schema = 'public' and c.udt_name in ('text', 'varchar', '_text', 'jsonb') and c.is_generated = 'NEVER' order by 1, 2`)
  return rows.filter((row) => !passedOver.includes(row.table) && (row.table !== 'contacts' || ofCards.includes(row.column))).map(({ table, column, type }) => ({ table, column, holds: type === 'jsonb' ? 'json' : type === '_text' ? 'list' : 'text' }))
}

function asked({ column, holds }: Column, signs: readonly string[]): { readonly found: SQL; readonly cleared: SQL } {
  const [name, pattern] = [sql.identifier(column), patternOfAll(signs, holds === 'json')]
  const clear = (value: SQL) => sql`regexp_replace(${value}, ${pattern}, ${ERASED}, 'gi')`
  if (holds === 'json') return { found: sql`${name}::text ~* ${pattern}`, cleared: sql`${clear(sql`${name}::text`)}::jsonb` }
  if (holds === 'list') return { found: sql`array_to_string(${name}, ' ') ~* ${pattern}`, cleared: sql`array(select ${clear(sql`one`)} from unnest(${name}) one)` }
  return { found: sql`${name} ~* ${pattern}`, cleared: clear(sql`${name}`) }
}

async function clear(tx: Tx, table: string, { of, signs }: { readonly of: readonly Column[]; readonly signs: readonly string[] }): Promise<number> {
  const parts = of.map((column) => ({ name: sql.identifier(column.column), ...asked(column, signs) }))
  const set = sql.join(parts.map(({ name, cleared }) => sql`${name} = ${cleared}`), sql`, `)
  const found = sql.join(parts.map((part) => part.found), sql` or `)
  const change = () => tx.execute(sql`update ${sql.identifier(table)} set ${set} where workspace_id = ${tx.workspace} and (${found})`)
  return (await unlessThere(tx, change))?.rowCount ?? 0
}

/** Takes a person's signs out of whatever names them: the words of others, our posts and drafts, settings, facts. One transaction for each table. */
export async function sweep(inTx: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>, signs: readonly string[]): Promise<number> {
  if (signs.length === 0) return 0
  let count = 0
  for (const [table, of] of Map.groupBy(await inTx(places), (place) => place.table)) count += await inTx((tx) => clear(tx, table, { of, signs }))
  return count
}

/** Where a person's signs still stand; empty when nothing of them is left. */
export async function remains(db: Db, signs: readonly string[]): Promise<string[]> {
  if (signs.length === 0) return []
  const left: string[] = []
  const cards = ['contacts.name', 'contacts.email', 'identities.remote_id', 'identities.handle', 'identities.url', 'identities.picture'].map((name) => {
    const [table, column] = name.split('.') as [string, string]
    return { table, column, holds: 'text' } as const
  })
  for (const place of [...await places(db), ...cards]) {
    const { rows } = await db.execute(sql`select 1 from ${sql.identifier(place.table)} where workspace_id = ${db.workspace} and ${asked(place, signs).found} limit 1`)
    if (rows.length > 0) left.push(`${place.table}.${place.column}`)
  }
  return left
}
