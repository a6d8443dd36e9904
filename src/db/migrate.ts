import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate } from 'drizzle-orm/node-postgres/migrator'
import pg from 'pg'
import { raiseWalls } from './walls.ts'

const folder = join(import.meta.dirname, '../../db/migrations')
// Any number, the same in every Stoa: whoever holds this advisory lock migrates, the others wait.
const MIGRATING = 7_370_461

/** Brings the database to this version of Stoa, under a lock. Throws, with a sentence to show, when the database is newer. */
export async function bringUpToDate(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: 'stoa migrations' })
  await client.connect()
  try {
    const version = Number((await client.query<{ server_version_num: string }>('show server_version_num')).rows[0]!.server_version_num)
    if (version < 150_000) throw new Error('Stoa needs PostgreSQL 15 or later; this server is older.')
    await client.query('select pg_advisory_lock($1)', [MIGRATING])
    const known = (JSON.parse(readFileSync(join(folder, 'meta/_journal.json'), 'utf8')) as { entries: unknown[] }).entries.length
    const has = await client.query<{ applied: string | null }>(`select to_regclass('drizzle.__drizzle_migrations')::text as applied`)
    const applied = has.rows[0]?.applied ? Number((await client.query<{ n: string }>('select count(*) as n from drizzle.__drizzle_migrations')).rows[0]!.n) : 0
    if (applied > known) throw new Error('This data was written by a newer Stoa. Start that version, or restore a backup made by this one.')
    await migrate(drizzle({ client }), { migrationsFolder: folder })
    await raiseWalls(client)
  } finally { await client.end() }
}
