import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { dirname, join, normalize } from 'node:path'
import { createInterface } from 'node:readline'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { z } from 'zod'
import type { Database, Db, Tx } from '#db/database.ts'
import { EVERY } from '#db/database.ts'
import { beginEpoch, holdDue } from '#core/publications/epoch.ts'
import { say, sayWrong } from './say.ts'

const Line = z.union([
  z.object({ stoa: z.literal('backup'), version: z.literal(1), tables: z.record(z.string(), z.number()), migrations: z.number() }),
  z.object({ table: z.string().regex(/^[a-z_]+$/), row: z.record(z.string(), z.unknown()) }),
  z.object({ file: z.string(), data: z.string() }),
  z.object({ end: z.literal(true), lines: z.number(), sha256: z.string() }),
])

/** Our tables, those that others point at first. */
async function tables(tx: Pick<Tx, 'client'>): Promise<string[]> {
  const names = (await tx.client.query<{ name: string }>("select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' order by 1")).rows.map((row) => row.name)
  const needs = (await tx.client.query<{ from: string; to: string }>(`select conrelid::regclass::text as from, confrelid::regclass::text as to from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace`)).rows
  const placed: string[] = []
  while (placed.length < names.length) {
    const next = names.filter((name) => !placed.includes(name) && needs.every((need) => need.from !== name || need.to === name || placed.includes(need.to)))
    if (next.length === 0) throw new Error('The tables point at one another in a circle.')
    placed.push(...next)
  }
  return placed
}
async function columns(tx: Pick<Tx, 'client'>, table: string): Promise<string[]> {
  return (await tx.client.query<{ name: string }>("select column_name as name from information_schema.columns where table_schema = 'public' and table_name = $1 and is_generated = 'NEVER' order by ordinal_position", [table])).rows.map((row) => `"${row.name}"`)
}
const migrations = async (tx: Pick<Tx, 'client'>): Promise<number> => Number((await tx.client.query<{ n: string }>('select count(*) as n from drizzle.__drizzle_migrations')).rows[0]!.n)

function* files(dataDir: string): Generator<string> {
  for (const folder of ['media', 'files', 'imports']) {
    if (!existsSync(join(dataDir, folder))) continue
    for (const entry of readdirSync(join(dataDir, folder), { recursive: true, withFileTypes: true })) if (entry.isFile()) yield join(entry.parentPath, entry.name).slice(dataDir.length + 1)
  }
}

async function* contents(tx: Db, dataDir: string): AsyncGenerator<string> {
  const names = await tables(tx)
  const counts: Record<string, number> = {}
  for (const name of names) counts[name] = Number((await tx.client.query<{ n: string }>(`select count(*) as n from "${name}"`)).rows[0]!.n)
  const hash = createHash('sha256')
  let lines = 0
  const line = (value: unknown): string => { const text = `${JSON.stringify(value)}\n`; hash.update(text); lines++; return text }
  yield line({ stoa: 'backup', version: 1, tables: counts, migrations: await migrations(tx) })
  for (const name of names) {
    await tx.client.query(`declare "read_${name}" no scroll cursor for select ${(await columns(tx, name)).join(', ')} from "${name}"`)
    for (;;) {
      const { rows } = await tx.client.query<{ row: unknown }>({ text: `fetch 1000 from "read_${name}"`, types: { getTypeParser: () => (value: string) => value } } as never)
      if (rows.length === 0) break
      for (const row of rows) yield line({ table: name, row })
    }
  }
  for (const path of files(dataDir)) yield line({ file: path, data: (await readFile(join(dataDir, path))).toString('base64') })
  yield `${JSON.stringify({ end: true, lines, sha256: hash.digest('hex') })}\n`
}

/** Everything in one file: one consistent view of the database, and the pictures. Written beside and renamed when whole. */
export async function backupCommand(database: Database, dataDir: string, target: string | undefined): Promise<number> {
  if (!target) { sayWrong('stoa backup FILE'); return 1 }
  await database.snapshot(async (db) => {
    await db.client.query('set local statement_timeout = 0')
    await pipeline(contents(db, dataDir), createGzip(), createWriteStream(`${target}.part`, { mode: 0o600 }))
  })
  renameSync(`${target}.part`, target)
  say(`${target}`)
  return 0
}

interface Restoring { readonly tx: Tx; readonly dataDir: string; readonly columnsOf: Map<string, string[]>; rows: number }
async function put(state: Restoring, line: z.infer<typeof Line>): Promise<void> {
  if ('table' in line) {
    const known = state.columnsOf.get(line.table)
    if (!known) throw new Error(`The backup has a table this Stoa does not know: ${line.table}.`)
    const names = Object.keys(line.row).map((name) => `"${name}"`).filter((name) => known.includes(name))
    await state.tx.client.query(`insert into "${line.table}" (${names.join(', ')}) values (${names.map((_, place) => `$${place + 1}`).join(', ')})`, names.map((name) => line.row[name.slice(1, -1)]))
    state.rows++
  }
  if ('file' in line) {
    const path = normalize(line.file)
    if (path.startsWith('..') || path.startsWith('/')) throw new Error('The backup names a file outside the data directory.')
    mkdirSync(dirname(join(state.dataDir, path)), { recursive: true })
    await writeFile(join(state.dataDir, path), Buffer.from(line.data, 'base64'))
  }
}

/** Cursors of the outbox name transactions of the old server: here all of them are past. */
const settle = [
  "update events set tx = '3'", "update handler_cursors set tx = '3' where tx <> '0'",
  "select setval(pg_get_serial_sequence('events', 'seq'), greatest((select max(seq) from events), 1))",
  'delete from auth_sessions',
]

/** Brings a backup back into a Stoa that has nobody in it yet: all of it or nothing. */
export async function restoreCommand(database: Database, dataDir: string, source: string | undefined): Promise<number> {
  if (!source || !existsSync(source)) { sayWrong('stoa restore FILE'); return 1 }
  const rows = await database.write(EVERY, async (tx) => {
    await tx.client.query('set local statement_timeout = 0')
    if (Number((await tx.client.query<{ n: string }>('select count(*) as n from workspaces')).rows[0]!.n) > 0) throw new Error('This Stoa is not empty. Restore into a fresh one: give it a data directory of its own with STOA_DATA.')
    const columnsOf = new Map<string, string[]>()
    for (const name of await tables(tx)) columnsOf.set(name, await columns(tx, name))
    const state: Restoring = { tx, dataDir, columnsOf, rows: 0 }
    const hash = createHash('sha256')
    let whole = false
    for await (const text of createInterface({ input: createReadStream(source).pipe(createGunzip()), crlfDelay: Infinity })) {
      const line = Line.parse(JSON.parse(text))
      if ('end' in line) { whole = line.sha256 === hash.digest('hex'); break }
      hash.update(`${text}\n`)
      if ('stoa' in line && line.migrations > await migrations(tx)) throw new Error('This backup was made by a newer Stoa.')
      await put(state, line)
    }
    if (!whole) throw new Error('The backup is damaged or cut off; nothing was restored.')
    for (const statement of settle) await tx.client.query(statement)
    // What was about to go out when the backup was made may have gone out since: nothing leaves again before it is known.
    const now = new Date()
    await beginEpoch(tx, now)
    await holdDue(tx, { now, because: 'restored', all: false })
    return state.rows
  })
  say(`${rows}`)
  return 0
}
