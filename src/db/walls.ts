import type pg from 'pg'

// Compared as ids, not as texts: so PostgreSQL knows how many rows to expect and takes the index a list is read by.
const own = `nullif(nullif(current_setting('stoa.workspace', true), '*'), '')::uuid`
const policy = `(workspace_id = ${own} or current_setting('stoa.workspace', true) = '*')`

/**
 * The second wall: row-level security, forced on the owner too, on each table that carries a workspace.
 * A transaction that names no workspace sees nothing. Safe to repeat; run after every migration.
 */
export async function raiseWalls(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ name: string }>(`select c.table_name as name from information_schema.columns c
    join pg_class k on k.oid = format('%I.%I', c.table_schema, c.table_name)::regclass
    where c.table_schema = 'public' and c.column_name = 'workspace_id' and k.relkind in ('r', 'p') and not k.relforcerowsecurity`)
  for (const { name } of rows) {
    await client.query(`alter table "${name}" enable row level security; alter table "${name}" force row level security;
      drop policy if exists of_its_workspace on "${name}"; create policy of_its_workspace on "${name}" using ${policy} with check ${policy}`)
  }
}
