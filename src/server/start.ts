import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { serve, type ServerType } from '@hono/node-server'
import pg from 'pg'
import type { Config } from '#config.ts'
import type { Channel } from '#kit/channel.ts'
import type { Handler } from '#core/events/dispatch.ts'
import { runErasure, unfinishedErasures } from '#core/contacts/erase.ts'
import { makeHosts } from '#core/hosts.ts'
import type { House } from '#core/house.ts'
import { runImport } from '#core/imports/run.ts'
import { unfinishedImports } from '#core/imports/store.ts'
import { nextDue } from '#core/publications/store.ts'
import { startKeeper } from '#core/schedule/keeper.ts'
import { allWorkspaces, ensureNativeAccounts } from '#core/workspaces/store.ts'
import { startCluster } from '#db/cluster.ts'
import { EVERY, openDatabase, type Database } from '#db/database.ts'
import { keyFile } from '#db/key-file.ts'
import { lockData } from '#db/lock.ts'
import { bringUpToDate } from '#db/migrate.ts'
import { createNet } from '#net/guarded-fetch.ts'
import { makeResolve } from '#net/resolve.ts'
import { channels as shipped, pillars } from '../stoa.ts'
import { startJobs, work } from '#worker/jobs.ts'
import { listenForRings } from '#worker/rings.ts'
import { startPost } from '#worker/letters.ts'
import { startRinging } from '#worker/ringing.ts'
import { startListening } from '#worker/listening.ts'
import { bellHandler } from '#core/bells/moments.ts'
import { followHandler } from '#core/follows/handlers.ts'
import { ruleHandler } from '#core/rules/handler.ts'
import { mentionHandler } from '#worker/mentions.ts'
import { startWorker } from '#worker/worker.ts'
import { makeApp, webFolder } from './app.ts'
import { makeAuth } from './auth.ts'
import type { SetupCode, Story } from './session-routes.ts'

export interface Running { readonly origin: string; readonly house: House; readonly setupCode: string | undefined; stop(): Promise<void> }
export interface Extras { readonly story: Story; readonly handlers: readonly Handler[]; readonly log: House['log']; readonly channels?: readonly Channel[] }

/** A secret of this installation, made once: keys of sessions and forms are derived from it. */
export function installationSecret(dataDir: string): string {
  const path = join(dataDir, 'secret')
  if (!existsSync(path)) { mkdirSync(dataDir, { recursive: true, mode: 0o711 }); writeFileSync(path, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' }) }
  return readFileSync(path, 'utf8').trim()
}

/** The one-time code of a fresh Stoa, kept in a file so that a restart before set-up prints the same. */
function setupCode(dataDir: string, founded: boolean): SetupCode {
  const path = join(dataDir, 'setup-code')
  if (founded) { rmSync(path, { force: true }); return { current: () => undefined, spend: () => undefined, restore: () => undefined } }
  if (!existsSync(path)) writeFileSync(path, randomBytes(9).toString('base64url'), { mode: 0o600 })
  const code = readFileSync(path, 'utf8').trim()
  let open = true
  return { current: () => (open ? code : undefined), spend: () => { open = false }, restore: () => { open = true } }
}

// With the operator's own PostgreSQL the data directory's lock is not enough: this advisory lock says who serves the database.
const SERVING = 7_370_462
async function holdDatabase(url: string): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: url, application_name: 'stoa holder', keepAlive: true })
  await client.connect()
  const { rows } = await client.query<{ got: boolean }>('select pg_try_advisory_lock($1) as got', [SERVING])
  if (!rows[0]?.got) { await client.end(); throw new Error('Another Stoa is serving this database. Stop it first, or give this one a database of its own with DATABASE_URL.') }
  client.on('error', () => undefined)
  return () => client.end()
}

export interface Ground { readonly database: Database; readonly url: string; close(): Promise<void> }
/** The database, locked, started and up to date: what the server and every command stand on. */
export async function openGround(config: Config, log: House['log']): Promise<Ground> {
  const unlock = lockData(config.dataDir)
  const undo: (() => Promise<void> | void)[] = [unlock]
  const close = async () => { for (const step of undo.toReversed()) await step() }
  try {
    let url = config.databaseUrl
    if (url === undefined) {
      const cluster = await startCluster(config.dataDir, (line) => { if (/\b(ERROR|FATAL|PANIC)\b/.test(line)) log('postgres', { line }) })
      undo.push(() => cluster.stop())
      url = cluster.url
    } else undo.push(await holdDatabase(url))
    await bringUpToDate(url)
    const database = openDatabase(url)
    undo.push(() => database.close())
    return { database, url, close }
  } catch (error) { await close(); throw error }
}

/** A port that was free a moment ago: the address is part of what is written before Stoa listens. */
const freePort = (host: string): Promise<number> => new Promise((done, fail) => {
  const probe = createServer().once('error', fail).listen(0, host, () => { const { port } = probe.address() as AddressInfo; probe.close(() => done(port)) })
})

const listening = (server: ServerType): Promise<number> => new Promise((done, fail) => {
  server.once('error', fail)
  server.once('listening', () => done((server.address() as AddressInfo).port))
})

/** Starts everything of one Stoa in this process and answers once it can be opened. */
export async function startStoa(config: Config, extras: Extras): Promise<Running> {
  const ground = await openGround(config, extras.log)
  const { database, url } = ground
  const undo: (() => Promise<void> | void)[] = [() => ground.close()]
  const stop = async () => { for (const step of undo.splice(0).toReversed()) await Promise.resolve(step()).catch((error: unknown) => extras.log('stopping stumbled', { error: String(error) })) }
  try {
    const secret = installationSecret(config.dataDir)
    const port = config.port === 0 ? await freePort(config.host) : config.port
    const origin = config.origin ?? `http://${config.host === '0.0.0.0' ? 'localhost' : config.host}:${port}`
    const now = () => new Date()
    const channels = extras.channels ?? shipped
    const net = createNet({ allowPrivate: config.allowPrivateNetwork })
    const jobs = await startJobs(url, extras.log)
    undo.push(() => jobs.stop())
    const rings = await listenForRings(url, extras.log)
    undo.push(() => rings.close())
    const hosts = makeHosts({ database, origin, secret, keys: keyFile(config.dataDir), fetch: net.fetch, resolve: makeResolve({ allowPrivate: config.allowPrivateNetwork }), dataDir: config.dataDir, channels, now })
    const house: House = { database, channels, pillars, jobs: jobs.jobs, origin, dataDir: config.dataDir, hosts, now, log: extras.log }
    const workspaces = await database.read(EVERY, allWorkspaces)
    for (const one of workspaces) await database.write(one.id, (tx) => ensureNativeAccounts(tx, one.name, house))
    const worker = await startWorker(house, { fetch: net.fetch, handlers: [...extras.handlers, mentionHandler, followHandler, bellHandler, ruleHandler], rings })
    undo.push(() => worker.stop())
    const keeper = startKeeper(house)
    undo.push(() => keeper.stop())
    const hearing = startListening(house, { fetch: net.limited({ maxBytes: 10 * 1024 * 1024, timeoutMs: 30_000 }) })
    undo.push(() => hearing.stop())
    const post = startPost(house, { fetch: net.fetch })
    undo.push(() => post.stop())
    const ringing = startRinging(house, { fetch: net.fetch })
    undo.push(() => ringing.stop())
    for (const channel of channels) {
      const going = channel.background?.(hosts, extras.log)
      if (going) undo.push(() => going.stop())
    }
    const leaving = new AbortController()
    await work(jobs.boss, 'import', async (job) => { await runImport(house, { workspaceId: job.workspaceId, importId: job.id }, { signal: leaving.signal }) })
    undo.push(() => leaving.abort())
    for (const one of workspaces) await database.write(one.id, async (tx) => { for (const row of await unfinishedImports(tx)) await jobs.jobs.send(tx, 'import', { workspaceId: one.id, id: row.id }) })
    for (const one of await unfinishedErasures(house)) void runErasure(house, one).catch((error: unknown) => extras.log('an erasure was broken off', { erasure: one.erasureId, error: String(error) }))
    const code = setupCode(config.dataDir, workspaces.length > 0)
    let founded = workspaces.length > 0
    const health = {
      founded: () => founded,
      ready: async () => {
        const due = await database.read(EVERY, nextDue).catch(() => null)
        founded ||= code.current() === undefined
        return { database: due !== null, worker: worker.health().lastSweep !== undefined, oldestOverdueSeconds: due ? Math.max(0, Math.round((Date.now() - due.getTime()) / 1000)) : 0 }
      },
    }
    const app = makeApp({ house, auth: makeAuth(database, { origin, secret }), rings, code, story: extras.story, health, trustedHops: config.trustedHops, webDir: webFolder(join(import.meta.dirname, '../..')) })
    const server = serve({ fetch: app.fetch, hostname: config.host, port })
    await listening(server)
    undo.push(() => new Promise<void>((done) => { server.close(() => done()); if ('closeAllConnections' in server) server.closeAllConnections() }))
    return { origin, house, setupCode: code.current(), stop }
  } catch (error) { await stop(); throw error }
}
