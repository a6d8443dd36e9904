// Posts due at the same instant, and one by one on an idle system: how late each begins, beside pg-boss at its best setting in
// the same run, in turn.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { sql } from 'drizzle-orm'
import { PgBoss } from 'pg-boss'
import { accountById, accountOf } from '#core/accounts/store.ts'
import { personOf } from '#core/members/store.ts'
import { planPublication } from '#core/publications/plan.ts'
import { startCluster } from '#db/cluster.ts'
import { EVERY, openDatabase, type Database } from '#db/database.ts'
import { bringUpToDate } from '#db/migrate.ts'
import { bakery, houseOf } from '../test/world/bakery.ts'
import type { Channel } from '#kit/channel.ts'
import { report } from './run.mjs'

const posts = Number(process.argv[2] ?? 10_000)
const rounds = Number(process.argv[3] ?? 5)
const idlePosts = Number(process.argv[4] ?? 120)

interface Measured { readonly calls: number; readonly early: number; readonly p50: number; readonly p99: number; readonly worst: number; readonly drained: number; readonly busiest: number }
interface Order { readonly engine: 'stoa' | 'pg-boss'; readonly dues: (ready: number) => readonly number[]; readonly channelMs?: number; readonly pace?: number }

const dir = mkdtempSync(join(tmpdir(), 'stoa-punctual-'))
const cluster = await startCluster(join(dir, 'pg'), () => undefined)
await bringUpToDate(cluster.url)
const database = openDatabase(cluster.url, { connections: 4 })
const house = houseOf(database, { now: () => new Date() })
const chunks = <T>(all: readonly T[], size: number): T[][] => Array.from({ length: Math.ceil(all.length / size) }, (_, nth) => all.slice(nth * size, nth * size + size))

/** What the engine's channel prepares, so that rows can be planned here. */
const preparing = { id: 'memory', name: 'Nothing', limits: () => ({ text: { max: 5_000, unit: 'codepoint' } }), publish: { kinds: ['post'], prepare: (draft: { key: string; writtenAt: string }) => ({ key: draft.key, due: draft.writtenAt }) } } as unknown as Channel

async function planned(db: Database, dues: readonly number[]): Promise<void> {
  const world = await bakery(db)
  for (const chunk of chunks(dues, 500)) {
    await db.write(world.workspaceId, async (tx) => {
      const account = accountOf((await accountById(tx, world.accounts.memory))!)
      const author = (await personOf(tx, world.eleni.id))!
      for (const due of chunk) await planPublication(tx, { ...house, channels: [preparing] }, { account, kind: 'post', text: 'Βγήκε το ψωμί. Ποιος έρχεται;', lang: 'el', author, dueAt: new Date(due) })
    })
  }
}
async function queued(dues: readonly number[]): Promise<void> {
  const boss = new PgBoss({ connectionString: cluster.url, max: 4 })
  await boss.start()
  await boss.createQueue('punctual').catch(() => undefined)
  for (const chunk of chunks(dues, 1000)) await boss.insert('punctual', chunk.map((due) => ({ data: { due }, startAfter: new Date(due) })))
  await boss.stop({ graceful: false })
}

/** Fills, lets the engine stand ready, and hears what it measured. */
async function measure({ engine, dues, channelMs = 0, pace = 0 }: Order): Promise<Measured> {
  // Planning takes its time: it is planned for tomorrow, and then brought forward to a few seconds from now.
  const planned_ = dues(Date.now() + 86_400_000)
  await (engine === 'stoa' ? planned(database, planned_) : queued(planned_))
  const shift = Date.now() + 6_000 - planned_[0]!
  const by = sql`make_interval(secs => ${shift / 1000})`
  await database.write(EVERY, (tx) => tx.execute(engine === 'stoa'
    ? sql`update publications set due_at = due_at + ${by}, wake_at = wake_at + ${by} where state = 'scheduled'`
    : sql`update pgboss.job set start_after = start_after + ${by} where name = 'punctual' and state = 'created'`))
  await database.pool.query('vacuum (analyze)').catch(() => undefined)
  const wanted = planned_.map((due) => due + shift)
  // Both engines run as bin/stoa does.
  const child = spawn(process.execPath, ['--expose-gc', '--min-semi-space-size=16', '--max-semi-space-size=32', join(import.meta.dirname, 'punctual-engine.ts'), engine, cluster.url, String(wanted.length), String(channelMs), String(wanted[0]), String(pace), String(shift)], { stdio: ['ignore', 'pipe', 'inherit'] })
  let last = ''
  for await (const line of createInterface({ input: child.stdout })) {
    last = line
    if (line === 'ready' && Date.now() > wanted[0]!) throw new Error('The first was due before the engine stood ready: give it more time.')
  }
  return JSON.parse(last) as Measured
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
const atOnce = (ready: number): number[] => Array.from({ length: posts }, () => ready)
try {
  const [ours, theirs]: [Measured[], Measured[]] = [[], []]
  for (let round = 0; round < rounds; round++) {
    ours.push(await measure({ engine: 'stoa', dues: atOnce }))
    theirs.push(await measure({ engine: 'pg-boss', dues: atOnce }))
    console.log(`round ${round + 1}: Stoa ${JSON.stringify(ours.at(-1))}\n         pg-boss ${JSON.stringify(theirs.at(-1))}`)
  }
  const slow = await measure({ engine: 'stoa', dues: atOnce, channelMs: 200 })
  console.log(`a channel of 200 ms: ${JSON.stringify(slow)}`)
  const idle = await measure({ engine: 'stoa', dues: (ready) => Array.from({ length: idlePosts }, (_, nth) => ready + nth * 230 + (nth * 37) % 100) })
  console.log(`one by one: ${JSON.stringify(idle)}`)
  const paced = await measure({ engine: 'stoa', dues: (ready) => Array.from({ length: 250 }, () => ready), pace: 50 })
  console.log(`a pace of 50 a second: ${JSON.stringify(paced)}`)
  const ratio = median(ours.map((one, nth) => one.p99 / theirs[nth]!.p99))
  report({
    name: 'punctual',
    figures: {
      posts, 'Stoa p99 ms': median(ours.map((one) => one.p99)), 'pg-boss p99 ms': median(theirs.map((one) => one.p99)), 'p99 against pg-boss': Math.round(ratio * 100) / 100,
      'Stoa drained ms': median(ours.map((one) => one.drained)), 'pg-boss drained ms': median(theirs.map((one) => one.drained)), 'drained ms, channel of 200 ms': slow.drained,
      'idle p50 ms': idle.p50, 'idle p99 ms': idle.p99, early: [...ours, slow, idle, paced].reduce((sum, one) => sum + one.early, 0), 'calls in any second, pace 50': paced.busiest,
      calls: [...ours, slow].every((one) => one.calls === posts) ? 1 : 0,
    },
    targets: { 'p99 against pg-boss': { max: 1 }, 'drained ms, channel of 200 ms': { max: 5_000 }, 'idle p99 ms': { max: 100 }, early: { max: 0 }, 'calls in any second, pace 50': { max: 50 }, calls: { min: 1 } },
  })
} finally {
  await database.close()
  await cluster.stop()
  rmSync(dir, { recursive: true, force: true })
}
