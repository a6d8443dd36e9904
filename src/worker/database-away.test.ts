import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Channel } from '#kit/channel.ts'
import { expect, test } from 'vitest'
import { memoryChannel } from '#channels/memory/index.ts'
import { fakeNetwork } from '#channels/memory/network.ts'
import { accountById, accountOf } from '#core/accounts/store.ts'
import { makeHosts } from '#core/hosts.ts'
import { personOf } from '#core/members/store.ts'
import { planPublication } from '#core/publications/plan.ts'
import { DUE } from '#core/publications/store.ts'
import { publications } from '#core/publications/tables.ts'
import { startCluster } from '#db/cluster.ts'
import { openDatabase } from '#db/database.ts'
import { bringUpToDate } from '#db/migrate.ts'
import { bakery, houseOf } from '../../test/world/bakery.ts'
import { listenForRings } from './rings.ts'
import { startWorker } from './worker.ts'

const wait = (ms: number) => new Promise<void>((next) => { setTimeout(next, ms) })
const said: string[] = []
async function until(met: () => boolean | Promise<boolean>, seconds: number): Promise<void> {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await wait(100)) if (await met()) return
  throw new Error(`It did not come to that in time. ${said.slice(-8).join('\n')}`)
}

test('PostgreSQL torn away in the middle of sending and started again: the worker goes on by itself, and nothing goes out twice', async () => {
  const root = mkdtempSync(join(tmpdir(), 'stoa-away-'))
  const dataDir = mkdtempSync(join(tmpdir(), 'stoa-away-data-'))
  let cluster = await startCluster(root, () => undefined)
  await bringUpToDate(cluster.url)
  const database = openDatabase(cluster.url, { connections: 4 })
  const network = fakeNetwork({ seed: 3, idempotency: 'keyed-ttl', startsAt: new Date() })
  let ahead = 0
  const now = () => new Date(Date.now() + ahead)
  const log = (message: string, facts: Readonly<Record<string, unknown>> = {}) => { said.push(`${message} ${String(facts['error'] ?? '')}`) }
  const house = houseOf(database, { channels: [memoryChannel({ idempotency: 'keyed-ttl', pace: { sends: 1000, perMinutes: 1 } }) as unknown as Channel], now, dataDir, log, hosts: makeHosts({ database, origin: 'http://bakery.test', secret: 'secret', fetch: network.fetch, now }) })
  const world = await bakery(database)
  const rings = await listenForRings(cluster.url, () => undefined)
  let waiting = 0
  // A network that takes its time: while some answers are on their way the database goes.
  const fetch: typeof globalThis.fetch = async (input, init) => { const answer = await network.fetch(input, init); waiting += 1; await wait(waiting * 60); return answer }
  const worker = await startWorker(house, { fetch, handlers: [], rings })
  const rows = () => database.read(world.workspaceId, (db) => db.select().from(publications))
  try {
    await database.write(world.workspaceId, async (tx) => {
      const account = accountOf((await accountById(tx, world.accounts.memory))!)
      const author = (await personOf(tx, world.maria.id))!
      for (let n = 0; n < 40; n++) await planPublication(tx, house, { account, kind: 'post', text: `Ψωμί ${n}`, lang: 'el', author, dueAt: now() })
    })
    await until(async () => (await rows()).some((row) => row.state === 'confirmed'), 20)
    process.kill(Number(readFileSync(join(root, 'pg/postmaster.pid'), 'utf8').split('\n')[0]), 'SIGQUIT')
    await wait(1500)
    cluster = await startCluster(root, () => undefined)
    await until(async () => await rows().then(() => true, () => false), 30)
    const atOnce = await rows()
    expect(atOnce.some((row) => row.state === 'sending')).toBe(true)
    // The leases of the life before have lapsed.
    ahead += 3 * 60_000
    await until(async () => {
      await database.write(world.workspaceId, async (tx) => { await tx.client.query(`select pg_notify('${DUE}', '')`) }).catch(() => undefined)
      return (await rows()).every((row) => row.state === 'confirmed')
    }, 60)
    const texts = network.log().flatMap((entry) => (entry.did === 'said' ? [entry.thing.text] : []))
    expect([texts.length, new Set(texts).size]).toEqual([40, 40])
    expect(Math.max(...(await rows()).map((row) => row.attempts))).toBeLessThanOrEqual(3)
  } finally {
    await worker.stop()
    const before = said.length
    await rings.close()
    await database.close()
    await wait(300)
    expect(said.slice(before)).toEqual([])
    await cluster.stop()
    rmSync(root, { recursive: true, force: true })
    rmSync(dataDir, { recursive: true, force: true })
  }
}, 180_000)
