import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import { eq, type Column, type SQL } from 'drizzle-orm'
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

interface Frame { readonly begin: 'begin' | 'begin read only' | 'begin isolation level repeatable read read only'; readonly workspace: string }
async function within<T>(pool: pg.Pool, { begin, workspace }: Frame, work: (tx: Tx) => Promise<T>): Promise<T> {
  if (workspace !== EVERY && !isId(workspace)) throw new Error('A workspace is named by its id.')
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

export function openDatabase(url: string, options: { readonly connections?: number } = {}): Database {
  const pool = new pg.Pool({ connectionString: url, max: options.connections ?? 10, idleTimeoutMillis: 10_000, application_name: 'stoa', options: '-c statement_timeout=60000 -c timezone=UTC -c max_parallel_workers_per_gather=0' })
  pool.on('error', () => undefined)   // an idle connection that breaks is replaced; whoever uses one hears it themselves
  return {
    pool, url,
    read: (workspace, work) => within(pool, { begin: 'begin read only', workspace }, work),
    write: (workspace, work) => within(pool, { begin: 'begin', workspace }, work),
    snapshot: (work) => within(pool, { begin: 'begin isolation level repeatable read read only', workspace: EVERY }, work),
    close: () => pool.end(),
  }
}
