// One engine of bench/punctual.ts in a process of its own: takes what is due and says how late each of it began.
// node punctual-engine.ts (stoa|pg-boss) URL COUNT CHANNEL_MS DUE_MS PACE SHIFT_MS
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PgBoss } from 'pg-boss'
import { z } from 'zod'
import { defineChannel, type Channel } from '#kit/channel.ts'
import { publications } from '#core/publications/tables.ts'
import { EVERY, openDatabase } from '#db/database.ts'
import { listenForRings } from '#worker/rings.ts'
import { startWorker } from '#worker/worker.ts'
import { inArray } from 'drizzle-orm'
import { houseOf } from '../test/world/bakery.ts'
import { percentile } from './percentile.ts'

const [engine = '', url = '', countText = '', channelMs = '0', dueText = '', pace = '0', shift = '0'] = process.argv.slice(2)
const count = Number(countText)
/** When each begun call was due and began, in milliseconds since 1970. */
const begun: { readonly due: number; readonly at: number }[] = []
const wait = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms))
const callOut = async (due: number): Promise<void> => {
  begun.push({ due: due + Number(shift), at: Date.now() })
  if (Number(channelMs) > 0) await wait(Number(channelMs))
}

interface Wire { readonly [name: string]: string; readonly key: string; readonly due: string }
const channel = defineChannel<Record<string, never>, Wire, never>({
  id: 'memory', name: 'Nothing', about: { en: 'Does nothing, in a given time.', el: 'Δεν κάνει τίποτα, σε δεδομένο χρόνο.' }, settings: z.strictObject({}), verify: async () => ({ id: 'n', handle: 'n' }),
  limits: () => ({ text: { max: 5_000, unit: 'codepoint' }, ...(Number(pace) > 0 ? { pace: { sends: Number(pace), perMinutes: 1 / 60 } } : {}) }),
  publish: { idempotency: 'keyed', kinds: ['post'], prepare: (draft) => ({ key: draft.key, due: draft.writtenAt }), send: async (wire) => { await callOut(Date.parse(wire.due)); return { id: wire.key } } },
})

async function stoa(): Promise<() => Promise<void>> {
  const database = openDatabase(url)
  const rings = await listenForRings(url, () => undefined)
  const house = houseOf(database, { channels: [channel as unknown as Channel], now: () => new Date(), dataDir: mkdtempSync(join(tmpdir(), 'stoa-punctual-')), hosts: { origin: '', at: async () => undefined, of: () => undefined as never, secret: () => '', lend: () => undefined } })
  const worker = await startWorker(house, { fetch: async () => { throw new Error('The channel of this benchmark reaches nobody.') }, handlers: [], rings })
  process.stdout.write('ready\n')
  for (;;) {
    await wait(begun.length < count ? 50 : 10)
    if (begun.length < count) continue
    const left = await database.read(EVERY, (db) => db.$count(publications, inArray(publications.state, ['scheduled', 'claimed', 'prepared', 'sending', 'retry-wait', 'unknown'])))
    if (left === 0) break
  }
  return async () => { await worker.stop(); await rings.close(); await database.close() }
}

async function pgBoss(): Promise<() => Promise<void>> {
  const boss = new PgBoss({ connectionString: url, max: 8 })
  boss.on('error', () => undefined)
  await boss.start()
  let ended = 0
  for (let nth = 0; nth < 4; nth++) {
    await boss.work<{ due: number }>('punctual', { batchSize: 200, burstWhenBatchFull: true, pollingIntervalSeconds: 0.5 }, async (batch) => { await Promise.all(batch.map((job) => callOut(job.data.due))); ended += batch.length })
  }
  process.stdout.write('ready\n')
  while (ended < count) await wait(10)
  return () => boss.stop({ graceful: false })
}

const close = await (engine === 'stoa' ? stoa() : pgBoss())
const drained = Date.now() - Number(dueText)
const late = begun.map(({ due, at }) => at - due).toSorted((a, b) => a - b)
const moments = begun.map(({ at }) => at).toSorted((a, b) => a - b)
// The most calls begun within any one second.
const busiest = moments.reduce((most, at, nth) => { let to = nth; while (to < moments.length && moments[to]! < at + 1000) to++; return Math.max(most, to - nth) }, 0)
process.stdout.write(`${JSON.stringify({ calls: begun.length, early: late.filter((ms) => ms < 0).length, p50: percentile(late, 0.5), p99: percentile(late, 0.99), worst: late.at(-1), drained, busiest })}\n`)
await close()
process.exit()
