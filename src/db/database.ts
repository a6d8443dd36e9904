import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import { eq, sql, type Column, type SQL } from 'drizzle-orm'
import pg from 'pg'
import { isId } from '#kit/id.ts'

/** A read handle on one workspace: whoever has it may look, not write. */
export type Db = Pick<NodePgDatabase, 'select' | 'selectDistinct' | 'selectDistinctOn' | '$with' | 'with' | '$count' | 'execute'> & {
  /** The workspace every query of this handle is about; `*` for the house's own upkeep over all of them. */
  readonly workspace: string
  readonly client: pg.PoolClient
}
/** A write handle: one transaction of one workspace. */
export type Tx = Db & Pick<NodePgDatabase, 'insert' | 'update' | 'delete'>

export interface Database {
  readonly pool: pg.Pool
  readonly url: string
  /** Work that sees one workspace and changes nothing. */
  read<T>(workspace: string, work: (db: Db) => Promise<T>): Promise<T>
  /** The same for reads that come again and again in the same shape, such as those of public pages: PostgreSQL plans each once. */
  readAgain<T>(workspace: string, work: (db: Db) => Promise<T>): Promise<T>
  /** Work in one transaction: all of it is kept, or none. */
  write<T>(workspace: string, work: (tx: Tx) => Promise<T>): Promise<T>
  /** Reading of everything at one instant, however long it takes. */
  snapshot<T>(work: (db: Db) => Promise<T>): Promise<T>
  close(): Promise<void>
}
export const EVERY = '*'

/** The first wall: a query's own condition on its workspace. Row-level security is the second (walls.ts). */
export function mine(db: Db, table: { readonly workspaceId: Column }): SQL {
  if (db.workspace === EVERY) throw new Error('A query of one workspace was asked with the handle of all.')
  return eq(table.workspaceId, db.workspace)
}

function named(workspace: string): void {
  if (workspace !== EVERY && !isId(workspace)) throw new Error('A workspace is named by its id.')
}

// Which workspace a reading connection is set to, and its handles: one as it is, one that names its statements.
interface Reading { readonly workspace: string; readonly plain: Db; readonly named: Db }
const setTo = new WeakMap<pg.PoolClient, Reading>()

// Shapes beyond this many are not named: a connection keeps what it has prepared for as long as it lives.
const mostNames = 100
const names = new Map<string, string>()
function nameOf(text: string): string | undefined {
  const name = names.get(text)
  if (name !== undefined || names.size >= mostNames) return name
  names.set(text, `stoa_${names.size}`)
  return names.get(text)
}
/** The connection as Drizzle asks it, with each statement under a name of its own. */
const naming = (client: pg.PoolClient): pg.PoolClient => new Proxy(client, {
  get: (target, key) => (key === 'query'
    ? (asked: pg.QueryConfig, values?: unknown[]) => target.query({ ...asked, name: nameOf(asked.text) } as pg.QueryConfig, values)
    : Reflect.get(target, key, target) as unknown),
})

/**
 * Reading goes over connections that may only read, each left at the workspace it was last asked about: most reads are
 * then one round trip. Every statement sees what was committed before it, as it would in a transaction of its own.
 */
async function reading<T>(pool: pg.Pool, { workspace, again }: { readonly workspace: string; readonly again: boolean }, work: (db: Db) => Promise<T>): Promise<T> {
  named(workspace)
  const client = await pool.connect()
  try {
    let set = setTo.get(client)
    if (set?.workspace !== workspace) {
      setTo.delete(client)
      await client.query(`select set_config('stoa.workspace', '${workspace}', false)`)
      const handle = (through: pg.PoolClient): Db => Object.assign(drizzle({ client: through }), { workspace, client })
      set = { workspace, plain: handle(client), named: handle(naming(client)) }
      setTo.set(client, set)
    }
    return await work(again ? set.named : set.plain)
  } finally { client.release() }
}

const built = new WeakMap<Db, Map<string, unknown>>()
/** A query built once for a handle, to be asked again with other values: building one costs more than most answers. `name` says its shape. */
export function planned<Q>(db: Db, name: string, build: () => Q): Q {
  const known = built.get(db) ?? new Map<string, unknown>()
  built.set(db, known)
  const query = known.get(name) ?? build()
  known.set(name, query)
  return query as Q
}
/** `mine` for a planned query: its workspace is the value called `workspace`. */
export const minePlanned = (table: { readonly workspaceId: Column }): SQL => eq(table.workspaceId, sql.placeholder('workspace'))

/** One workspace's part of a transaction over all of them. */
export async function within<T>(tx: Tx, workspace: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  named(workspace)
  const set = (name: string) => tx.client.query(`select set_config('stoa.workspace', '${name}', true)`)
  await set(workspace)
  const result = await work(Object.assign(drizzle({ client: tx.client }), { workspace, client: tx.client }))
  await set(tx.workspace)
  return result
}

interface Frame { readonly begin: 'begin' | 'begin isolation level repeatable read read only'; readonly workspace: string }
async function inOne<T>(pool: pg.Pool, { begin, workspace }: Frame, work: (tx: Tx) => Promise<T>): Promise<T> {
  named(workspace)
  const client = await pool.connect()
  let broken: unknown
  try {
    await client.query(`${begin}; select set_config('stoa.workspace', '${workspace}', true)`)
    const result = await work(Object.assign(drizzle({ client }), { workspace, client }))
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch((failure: unknown) => { broken = failure })
    throw error
  } finally { client.release(broken instanceof Error ? broken : undefined) }
}

const settings = '-c statement_timeout=60000 -c timezone=UTC -c max_parallel_workers_per_gather=0'
function poolOf(url: string, max: number, readOnly: boolean): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max, idleTimeoutMillis: 10_000, application_name: readOnly ? 'stoa reading' : 'stoa', options: readOnly ? `${settings} -c default_transaction_read_only=on` : settings })
  pool.on('error', () => undefined)   // an idle connection that breaks is replaced; whoever uses one hears it themselves
  // One that breaks between two statements of a transaction has nobody to tell: the next statement fails, and that is heard.
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

export function openDatabase(url: string, { connections = 8 }: { readonly connections?: number } = {}): Database {
  const pool = poolOf(url, connections, false)
  const readers = poolOf(url, connections, true)
  return {
    pool, url,
    read: (workspace, work) => reading(readers, { workspace, again: false }, work),
    readAgain: (workspace, work) => reading(readers, { workspace, again: true }, work),
    write: (workspace, work) => inOne(pool, { begin: 'begin', workspace }, work),
    snapshot: (work) => inOne(pool, { begin: 'begin isolation level repeatable read read only', workspace: EVERY }, work),
    close: async () => { await Promise.all([pool.end(), readers.end()]) },
  }
}
