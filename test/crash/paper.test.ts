import { inArray } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Channel, Trouble } from '#kit/channel.ts'
import { bookIn } from '#core/publications/book.ts'
import type { Ledger, Rest } from '#core/publications/ledger.ts'
import { mayMove, type State } from '#core/publications/states.ts'
import type { Publication } from '#core/publications/store.ts'
import { publications } from '#core/publications/tables.ts'
import type { Database } from '#db/database.ts'
import { testDatabase } from '#db/testing.ts'
import { bakery } from '../world/bakery.ts'
import { crashChannel } from './channels.ts'
import { dice } from './faults.ts'
import { rowsOf } from './ours.ts'
import { paper } from './paper.ts'

let database: Database
beforeAll(async () => { database = await testDatabase() })
afterAll(() => database.close())

const seen = (row: Publication) => ({
  id: row.id, state: row.state, because: row.because, version: row.version, attempts: row.attempts, looks: row.looks, leaseNo: row.leaseNo, leaseOwner: row.leaseOwner, leaseUntil: row.leaseUntil, wakeAt: row.wakeAt,
  firstTriedAt: row.firstTriedAt, unsureSince: row.unsureSince, remoteId: row.remoteId, preparedAt: row.preparedAt, wireHash: row.wireHash, confirmedAt: row.confirmedAt,
})
const channel = crashChannel('read-back') as unknown as Channel
const mayGo: readonly State[] = ['scheduled', 'claimed', 'prepared', 'retry-wait']
const troubles: readonly Trouble['kind'][] = ['unknown', 'unreached', 'paced', 'refused']

/** One line of the book, drawn by lot from what a worker may write; the same on whichever book it is written. */
function drawn(random: () => number, rows: readonly Publication[], now: Date): (book: Ledger) => Promise<unknown> {
  const until = new Date(now.getTime() + 120_000)
  const one = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)]!
  const row = one(rows)
  const act = one(['take', 'take', 'freeze', 'intend', 'intend', 'confirm', 'rest', 'rest'] as const)
  const trouble = one(troubles)
  const to = one((['retry-wait', 'unknown', 'needs-person', 'scheduled'] as const satisfies readonly State[]).filter((state) => mayMove(row.state, state)))
  const rest: Rest = { do: 'rest', to: to ?? row.state, because: trouble === 'paced' ? 'paced' : null, until: new Date(now.getTime() + 5_000) }
  const pace = random() < 0.3 ? { sends: 1, perMinutes: 1 } : undefined
  // Now and then a worker writes with a version that is no more.
  const known = random() < 0.2 ? { ...row, version: row.version - 1 } : row
  return async (book) => {
    if (act === 'take') return await book.take({ owner: 'a worker', now, until, limit: 500 }, (due) => (due.preparedAt !== null && due.unsureSince === null && mayGo.includes(due.state) ? { pace } : undefined))
    if (act === 'freeze') return await book.freeze(known, { draft: row.draft, wire: row.wire, hash: 'frozen' }, now)
    if (act === 'intend') return await book.intend([{ row: known, pace }], { now, until })
    if (act === 'confirm') return await book.confirm([{ row: known, receipt: { id: `at the network ${row.id}` } }], now)
    return to && await book.rest(known, { rest, outcome: trouble, trouble, doubt: trouble === 'unknown' }, now)
  }
}

test.each(Array.from({ length: 12 }, (_, nth) => nth + 1))('the book on paper keeps every line as the book in the database does (%i)', async (seed) => {
  const world = await bakery(database)
  const random = dice(seed)
  let clock = Date.parse('2026-11-23T09:00:00Z')
  const account = { id: world.accounts.memory, workspaceId: world.workspaceId, channel: channel.id, handle: 'fournos', name: 'Φούρνος της Ελένης', settings: { origin: 'http://place.invalid' } }
  const made = [...rowsOf({ now: () => clock, account }, channel, 3), ...rowsOf({ now: () => clock, account }, channel, 1)]
  const onPaper = paper(account, async (write) => write())
  const inDatabase = bookIn(database)
  for (const row of made) onPaper.put(row)
  await database.write(world.workspaceId, (tx) => tx.insert(publications).values(made))
  const ids = made.map(({ id }) => id)
  for (let line = 0; line < 60; line++) {
    clock += Math.floor(random() * 20_000)
    const write = drawn(random, ids.map((id) => onPaper.rows.get(id)!), new Date(clock))
    await write(onPaper)
    await write(inDatabase)
    const kept = await database.read(world.workspaceId, (db) => db.select().from(publications).where(inArray(publications.id, ids)))
    expect(ids.map((id) => seen(kept.find((row) => row.id === id)!)), `line ${line}`).toEqual(ids.map((id) => seen(onPaper.rows.get(id)!)))
  }
})
