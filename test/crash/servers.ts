import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { startCluster, type Cluster } from '#db/cluster.ts'
import { openDatabase, type Database } from '#db/database.ts'
import type { IdempotencyClass } from './place.ts'

const home = resolve(import.meta.dirname, '../..')
export const sleep = (ms: number): Promise<void> => new Promise((done) => { setTimeout(done, ms) })

/** A data directory with its database, and the six networks beside it: all that outlives a server. */
export interface Ground {
  readonly dir: string; readonly database: Database; readonly origins: Readonly<Record<IdempotencyClass, string>>; readonly port: number
  /** Kills the PostgreSQL server with everything it was doing, and starts it again on the same files. */
  killDatabase(): Promise<void>
  close(): Promise<void>
}

type Lines = AsyncIterator<string>
const linesOf = (child: ChildProcess): Lines => createInterface({ input: child.stdout! })[Symbol.asyncIterator]()
const next = async <T>(lines: Lines): Promise<T | undefined> => {
  const { value, done } = await lines.next()
  return done ? undefined : JSON.parse(value as string) as T
}

// Nothing that was started here outlives this process, however it ends.
const running = new Set<() => void>()
process.on('exit', () => { for (const end of running) end() })
for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 143]] as const) process.once(signal, () => process.exit(code))

function node(file: string, { args = [], env = {}, log }: { readonly args?: readonly string[]; readonly env?: Readonly<Record<string, string>>; readonly log: string }): ChildProcess {
  const stderr = openSync(log, 'a')
  const child = spawn(process.execPath, [join(import.meta.dirname, file), ...args], { cwd: home, env: { ...process.env, NODE_COMPILE_CACHE: join(home, 'node_modules', '.cache', 'crash'), ...env }, stdio: ['pipe', 'pipe', stderr] })
  closeSync(stderr)
  const end = (): void => { child.kill('SIGKILL') }
  running.add(end)
  child.once('exit', () => running.delete(end))
  child.stdin!.on('error', () => undefined)
  return child
}

const postmaster = (dir: string): number => Number(readFileSync(join(dir, 'pg', 'pg', 'postmaster.pid'), 'utf8').split('\n')[0])

export async function openGround(seed: number): Promise<Ground> {
  const dir = mkdtempSync(join(tmpdir(), 'stoa-crash-'))
  const start = (): Promise<Cluster> => startCluster(join(dir, 'pg'), () => undefined)
  let cluster = await start()
  const end = (): void => { try { process.kill(postmaster(dir), 'SIGINT') } catch { /* it is gone already */ } }
  running.add(end)
  const fakes = node('fakes.ts', { args: [dir, String(seed)], log: join(dir, 'fakes.err') })
  const database = openDatabase(cluster.url, { connections: 3 })
  return {
    dir, database, origins: (await next(linesOf(fakes)))!, port: 20_000 + Math.floor(Math.random() * 20_000),
    killDatabase: async () => {
      process.kill(postmaster(dir), 'SIGKILL')
      // What it was doing ends by itself within moments; until then it will not start.
      for (let turn = 0; ; turn++) {
        await sleep(200)
        try { cluster = await start(); return } catch (error) { if (turn > 50) throw error }
      }
    },
    close: async () => {
      fakes.kill('SIGKILL')
      await database.close()
      await cluster.stop()
      running.delete(end)
      if (!process.env['STOA_CRASH_KEEP']) rmSync(dir, { recursive: true, force: true })
    },
  }
}

/** One life of the server. */
export interface Server { readonly origin: string; readonly code: string | null; readonly dead: () => boolean; readonly exited: Promise<'killed' | 'ended'>; readonly ready: number; kill(): Promise<void>; stop(): Promise<void> }
/** A server that has loaded everything and waits to be started. */
export interface Standby { start(): Promise<Server | { readonly died: 'killed' | 'ended' }>; drop(): void }

/** `faultpoint`: where it is to be killed. */
export function load(ground: Pick<Ground, 'dir' | 'database' | 'port'>, faultpoint?: string): Standby {
  const log = join(ground.dir, 'server.err')
  const child = node('stoa.ts', { log, env: {
    STOA_DATA: join(ground.dir, 'data'), STOA_PORT: String(ground.port), DATABASE_URL: ground.database.url, STOA_ALLOW_PRIVATE_NETWORK: 'true', ...(faultpoint ? { STOA_FAULTPOINT: faultpoint } : {}),
  } })
  let over: 'killed' | 'ended' | undefined
  const exited = once(child, 'exit').then(([, signal]) => (over = signal === 'SIGKILL' ? 'killed' : 'ended'))
  const lines = linesOf(child)
  const loaded = next(lines)
  return {
    drop: () => { child.kill('SIGKILL') },
    start: async () => {
      await loaded
      const since = performance.now()
      child.stdin!.write('go\n')
      const said = await next<{ origin: string; code: string | null }>(lines)
      if (!said) return { died: await exited }
      return {
        ...said, exited, ready: performance.now() - since, dead: () => over !== undefined,
        kill: async () => { child.kill('SIGKILL'); await exited }, stop: async () => { child.kill('SIGTERM'); await exited },
      }
    },
  }
}
