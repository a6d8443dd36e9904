import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startCluster } from './cluster.ts'
import { openDatabase, type Database } from './database.ts'
import { bringUpToDate } from './migrate.ts'

export interface TestCluster { readonly url: string; stop(): Promise<void> }

/** One embedded PostgreSQL for a test run, with a migrated template in it. Its address goes to the tests by STOA_TEST_DATABASE. */
export async function startTestCluster(): Promise<TestCluster> {
  const root = mkdtempSync(join(tmpdir(), 'stoa-test-'))
  const cluster = await startCluster(root, () => undefined)
  await bringUpToDate(cluster.url)
  return { url: cluster.url, stop: async () => { await cluster.stop(); rmSync(root, { recursive: true, force: true }) } }
}

async function admin(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url.replace('/stoa?', '/template1?') })
  await client.connect()
  try { await client.query(statement) } finally { await client.end() }
}

/** An autovacuum at work there is PostgreSQL's own, and `force` may not end it; a plain drop sends it away itself. */
const drop = (url: string, name: string): Promise<void> => admin(url, `drop database if exists ${name} with (force)`).catch((error: unknown) => {
  if ((error as { code?: string }).code !== '42501') throw error
  return admin(url, `drop database if exists ${name}`)
})

/** A database of its own for one test file, copied from the template; `close` drops it. */
export async function testDatabase(clusterUrl: string = process.env['STOA_TEST_DATABASE'] ?? ''): Promise<Database> {
  const name = `t_${process.pid}_${Math.random().toString(36).slice(2, 10)}`
  await admin(clusterUrl, `create database ${name} template stoa`)
  const database = openDatabase(clusterUrl.replace('/stoa?', `/${name}?`), { connections: 6 })
  return { ...database, close: async () => { await database.close(); await drop(clusterUrl, name) } }
}
