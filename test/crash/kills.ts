// Kills the real server with SIGKILL at named points of its work, again and again on the same data, against six real HTTP
// networks that fail on purpose; then lets it come to its ends and holds its records against the networks' own logs.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { and, inArray, like, sql } from 'drizzle-orm'
import { faultpoints } from '#kit/faultpoint.ts'
import { ensureAccount } from '#core/accounts/store.ts'
import { posts } from '#core/posts/tables.ts'
import { publications } from '#core/publications/tables.ts'
import { startCluster, type Cluster } from '#db/cluster.ts'
import { mine, openDatabase, type Database } from '#db/database.ts'
import { dice } from './faults.ts'
import { judge, seenIn, type Told, type Verdict } from './judge.ts'
import { classes, type IdempotencyClass } from './place.ts'

const home = resolve(import.meta.dirname, '../..')
const owner = { name: 'Ελένη', email: 'eleni@fournos.gr', password: 'ψωμί-ελιές-λάδι', siteName: 'Φούρνος της Ελένης', zone: 'Europe/Athens', lang: 'el' }

interface World { readonly dir: string; readonly cluster: Cluster; readonly database: Database; readonly fakes: ChildProcess; readonly origins: Readonly<Record<IdempotencyClass, string>>; readonly asked: Map<string, number>; readonly port: number }
interface Server { readonly child: ChildProcess; readonly exited: Promise<unknown>; readonly origin: string; readonly code: string | null }

const firstLine = async (child: ChildProcess): Promise<unknown> => {
  for await (const line of createInterface({ input: child.stdout! })) return JSON.parse(line) as unknown
  return undefined
}
const node = (file: string, args: readonly string[], env: Readonly<Record<string, string>>): ChildProcess =>
  spawn(process.execPath, [join(import.meta.dirname, file), ...args], { cwd: home, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', process.env['STOA_CRASH_LOG'] ? 'inherit' : 'ignore'] })

/** Starts the server; undefined when it was killed before it could be reached. */
async function start(world: Pick<World, 'dir' | 'cluster' | 'port'>, faultpoint?: string): Promise<Server | undefined> {
  const child = node('stoa.ts', [], {
    STOA_DATA: join(world.dir, 'data'), STOA_PORT: String(world.port), DATABASE_URL: world.cluster.url, STOA_ALLOW_PRIVATE_NETWORK: 'true', ...(faultpoint ? { STOA_FAULTPOINT: faultpoint } : {}),
  })
  const exited = once(child, 'exit')
  const said = await firstLine(child) as { origin: string; code: string | null } | undefined
  return said && { child, exited, ...said }
}

async function ask<T>(origin: string, cookie: string, { method, path, body }: { readonly method: string; readonly path: string; readonly body?: unknown }): Promise<{ readonly answer: T; readonly cookie: string }> {
  const said = await fetch(`${origin}/api/v1/${path}`, { method, headers: { cookie, connection: 'close', ...(body === undefined ? {} : { 'content-type': 'application/json' }) }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
  const text = await said.text()
  if (!said.ok) throw new Error(`${method} ${path}: ${said.status} ${text}`)
  return { answer: JSON.parse(text) as T, cookie: said.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ') || cookie }
}

const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms))

/** Writes a post for all six accounts and lets it out at once. A server that dies meanwhile has acknowledged nothing. */
async function speak(server: Server, cookie: string, { text, accountIds }: { readonly text: string; readonly accountIds: readonly string[] }): Promise<void> {
  const draft = { title: '', text, lang: 'el', intent: 'talk', format: 'story', tags: [], media: [], campaignId: null, accountIds }
  const { answer } = await ask<{ id: string; version: number }>(server.origin, cookie, { method: 'POST', path: 'posts', body: draft })
  await ask(server.origin, cookie, { method: 'POST', path: `posts/${answer.id}/publish`, body: { version: answer.version, reasons: {} } })
}

async function rowsOf({ database }: World, workspaceId: string) {
  return await database.read(workspaceId, async (db) => {
    const rows = await db.select().from(publications).where(and(mine(db, publications), like(publications.channel, 'crash-%')))
    const of = await db.select({ id: posts.id, text: posts.text }).from(posts).where(and(mine(db, posts), inArray(posts.id, rows.map((row) => row.postId!).concat('00000000-0000-7000-8000-000000000000'))))
    const texts = new Map(of.map(({ id, text }) => [id, text]))
    return rows.map((row) => ({ ...row, idempotency: row.channel.slice('crash-'.length) as IdempotencyClass, text: texts.get(row.postId!) ?? '' }))
  })
}

const open = ['scheduled', 'waiting', 'claimed', 'prepared', 'retry-wait', 'sending', 'unknown', 'held', 'needs-person', 'auth-needed']

/** Shortens the house's waits once nothing travels late any more: minutes of patience decide nothing here. */
async function hurry({ database }: World, workspaceId: string): Promise<void> {
  await database.write(workspaceId, async (tx) => {
    await tx.execute(sql`update account_gates set closed_until = now() where closed_until > now()`)
    await tx.execute(sql`update publications set wake_at = now() where wake_at > now() + interval '1 second' and lease_owner is null`)
    await tx.execute(sql`select pg_notify('stoa_due', '')`)
  })
}

/** Somebody who looks at the network before answering, once nothing of it can be on its way any more. */
async function answerAsked(world: World, given: { readonly server: Server; readonly cookie: string; readonly workspaceId: string; readonly since: Map<string, number> }): Promise<number> {
  const rows = await rowsOf(world, given.workspaceId)
  for (const row of rows.filter(({ state }) => state === 'needs-person' || state === 'held')) {
    const seen = given.since.get(row.id) ?? Date.now()
    given.since.set(row.id, seen)
    if (Date.now() - seen < 2_500) continue
    const there = seenIn(join(world.dir, `${row.idempotency}.log`)).has(row.text)
    const body = there ? { answer: 'there', url: `https://networks.example/${row.id}` } : { answer: 'send' }
    await ask(given.server.origin, given.cookie, { method: 'POST', path: `publications/${row.id}/settle`, body }).catch((error: unknown) => { if (process.env['STOA_CRASH_LOG']) console.error(String(error)) })
    world.asked.set(row.id, (world.asked.get(row.id) ?? 0) + 1)
    given.since.delete(row.id)
  }
  return rows.filter(({ state }) => open.includes(state)).length
}

async function openWorld(seed: number): Promise<World> {
  const dir = mkdtempSync(join(tmpdir(), 'stoa-crash-'))
  const cluster = await startCluster(join(dir, 'pg'), () => undefined)
  const fakes = node('fakes.ts', [dir, String(seed)], {})
  const origins = await firstLine(fakes) as World['origins']
  return { dir, cluster, database: openDatabase(cluster.url, { connections: 3 }), fakes, origins, asked: new Map(), port: 20_000 + Math.floor(Math.random() * 20_000) }
}

export interface Killed { readonly kills: number; readonly atPoints: number; readonly verdicts: Readonly<Record<IdempotencyClass, Verdict>> }

/** `kills` deaths on one set of data, a few posts before each. */
export async function killAgainAndAgain({ seed, kills, postsEach = 4, patienceMs = 180_000 }: { readonly seed: number; readonly kills: number; readonly postsEach?: number; readonly patienceMs?: number }): Promise<Killed> {
  const world = await openWorld(seed)
  const random = dice(seed)
  try {
    const first = (await start(world))!
    const { cookie } = await ask(first.origin, '', { method: 'POST', path: 'setup', body: { ...owner, code: first.code } })
    await ask(first.origin, cookie, { method: 'POST', path: 'setup/door', body: { door: 'own' } })
    const { answer: { workspace: { id: workspaceId } } } = await ask<{ workspace: { id: string } }>(first.origin, cookie, { method: 'GET', path: 'session' })
    const accountIds = await world.database.write(workspaceId, async (tx) => {
      const made: string[] = []
      for (const idempotency of classes) made.push((await ensureAccount(tx, { channel: `crash-${idempotency}`, handle: idempotency, name: idempotency, settings: { origin: world.origins[idempotency] } })).id)
      return made
    })
    first.child.kill('SIGKILL')
    await first.exited
    let atPoints = 0
    const since = new Map<string, number>()
    for (let turn = 0; turn < kills; turn++) {
      const point = faultpoints[(turn + seed) % faultpoints.length]!
      const server = await start(world, `${point}:${1 + Math.floor(random() * 4)}`)
      if (!server) { atPoints++; continue }
      let dead = false
      void server.exited.then(() => { dead = true })
      for (let n = 0; n < postsEach && !dead; n++) await speak(server, cookie, { text: `Γύρος ${turn}, ψωμί ${n}, σπόρος ${seed}: ποιος έρχεται;`, accountIds }).catch(() => undefined)
      for (let waited = 0; waited < 3_000 && !dead; waited += 100) await sleep(100)
      if (dead) atPoints++
      else server.child.kill('SIGKILL')
      await server.exited
    }
    const last = (await start(world))!
    for (const until = Date.now() + patienceMs; Date.now() < until;) {
      await hurry(world, workspaceId)
      const left = await answerAsked(world, { server: last, cookie, workspaceId, since })
      if (left === 0) break
      if (process.env['STOA_CRASH_LOG']) console.error(`${left} open:`, Object.entries(Object.groupBy(await rowsOf(world, workspaceId), (row) => `${row.channel} ${row.state} ${row.because ?? ''} ${row.wakeAt?.toISOString().slice(11, 19) ?? ''}`)).map(([name, rows]) => `${rows!.length} ${name}`).filter((line) => !line.includes('confirmed')).join('; '))
      await sleep(3_000)
    }
    await sleep(2_000)   // what travelled late has arrived by now
    const told: Told[] = (await rowsOf(world, workspaceId)).map((row) => ({ idempotency: row.idempotency, text: row.text, state: row.state, asked: world.asked.get(row.id) ?? 0, dropped: false }))
    const verdicts = Object.fromEntries(classes.map((idempotency) => [idempotency, judge(told.filter((one) => one.idempotency === idempotency), seenIn(join(world.dir, `${idempotency}.log`)))])) as Killed['verdicts']
    last.child.kill('SIGTERM')
    await last.exited
    return { kills, atPoints, verdicts }
  } finally {
    world.fakes.kill()
    await world.database.close()
    await world.cluster.stop()
    if (!process.env['STOA_CRASH_KEEP']) rmSync(world.dir, { recursive: true, force: true })
  }
}
