import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AnyEvent } from '#kit/events.ts'
import { emitAll, eventOf } from '#core/events/store.ts'
import { events } from '#core/events/tables.ts'
import { mine, type Database, type Db } from '#db/database.ts'
import { testDatabase } from '#db/testing.ts'
import { signals as connectivity } from '#pillars/connectivity/signals.ts'
import { signals as generosity } from '#pillars/generosity/signals.ts'
import { signals as honesty } from '#pillars/honesty/signals.ts'
import { signals as imagination } from '#pillars/imagination/signals.ts'
import { signals as personality } from '#pillars/personality/signals.ts'
import { anyEvent } from '../../test/world/arbitrary-events.ts'
import { bakery, NOON } from '../../test/world/bakery.ts'
import { foldAll, recompute } from './fold.ts'
import { behind, scorecard } from './scorecard.ts'
import { readings } from './tables.ts'

const both = (text: string) => ({ en: text, el: text })
const pillars = Object.entries({ connectivity, generosity, honesty, personality, imagination }).map(([id, signals]) => ({ id, name: both(id), promise: both(id), signals }))
const standing = { now: NOON, zone: 'Europe/Athens' }

let database: Database
beforeAll(async () => { database = await testDatabase(process.env['STOA_TEST_DATABASE']!) })
afterAll(() => database.close())

const record = (workspaceId: string, given: readonly AnyEvent[]) => database.write(workspaceId, (tx) =>
  emitAll(tx, given.map(({ cursor: _, at, ...event }) => ({ ...event, at: new Date(at) }) as never)))
const recorded = async (db: Db) => (await db.select().from(events).where(mine(db, events)).orderBy(events.seq)).map(eventOf)
const kept = async (db: Db) => (await db.select().from(readings).where(mine(db, readings)).orderBy(readings.eventSeq, readings.signal)).map(({ id: _, ...row }) => row)
const state = (workspaceId: string) => database.read(workspaceId, async (db) => ({ readings: await kept(db), card: await scorecard(db, pillars, standing) }))

test('folding event by event, in pieces, and some of them twice gives what folding all anew gives', async () => {
  await fc.assert(fc.asyncProperty(fc.array(anyEvent, { minLength: 1, maxLength: 80 }), fc.integer({ min: 1, max: 20 }), async (given, size) => {
    const { workspaceId } = await bakery(database)
    await record(workspaceId, given)
    const all = await database.read(workspaceId, recorded)
    expect(all).toHaveLength(given.length)
    for (let from = 0; from < all.length; from += size) {
      // A handler that failed after its work was done takes the last event up again.
      await database.write(workspaceId, (tx) => foldAll(tx, all.slice(Math.max(0, from - 1), from + size), pillars))
    }
    const step = await state(workspaceId)
    await database.write(workspaceId, (tx) => recompute(tx, pillars))
    expect(await state(workspaceId)).toEqual(step)
  }), { numRuns: 12 })
}, 60_000)

test('a thousand and more events are folded anew in one go', async () => {
  const { workspaceId } = await bakery(database)
  await record(workspaceId, fc.sample(anyEvent, { numRuns: 2500, seed: 7 }))
  await database.write(workspaceId, (tx) => recompute(tx, pillars))
  const folded = await database.read(workspaceId, kept)
  expect(new Set(folded.map(({ eventSeq }) => eventSeq)).size).toBeGreaterThan(1500)
  const before = await state(workspaceId)
  await database.write(workspaceId, (tx) => recompute(tx, pillars))
  expect(await state(workspaceId)).toEqual(before)
})

test('a definition that changed takes effect by folding anew, and what no pillar measures is gone', async () => {
  const { workspaceId } = await bakery(database)
  await record(workspaceId, fc.sample(anyEvent, { numRuns: 100, seed: 3 }))
  await database.write(workspaceId, (tx) => recompute(tx, pillars))
  await database.write(workspaceId, (tx) => recompute(tx, pillars.slice(0, 1)))
  const signals = new Set((await database.read(workspaceId, kept)).map(({ signal }) => signal))
  expect([...signals].every((id) => connectivity.some((signal) => signal.id === id))).toBe(true)
})

const says = (event: object): AnyEvent => ({ cursor: '1-1', ...event }) as AnyEvent
const wait = (at: string, n: number) => says({ name: 'message.received', at, conversationId: `018f0000-0000-7000-8000-00000000000${n}`, contactId: `018f0000-0000-7000-8000-10000000000${n}`,
  data: { messageId: 'm', channel: 'porch', lang: 'el', opensWait: true, imported: false, isQuestion: true, asked: true } })
const answer = (at: string, waitingSince: string, n: number) => says({ name: 'answer.sent', at, conversationId: `018f0000-0000-7000-8000-00000000000${n}`,
  data: { messageId: 'a', channel: 'porch', waitingSince, minutesWaited: (Date.parse(at) - Date.parse(waitingSince)) / 60_000, named: true, similarity: 0.1, turns: 1, findings: [], first: true } })

test('the readings behind a figure are the very events, newest first, each with its reason, and page without loss', async () => {
  const { workspaceId } = await bakery(database)
  const days = [12, 13, 14, 15, 16, 17].map((day) => `2026-10-${day}T08:00:00.000Z`)
  await record(workspaceId, [...days.map(wait), ...days.slice(0, 4).map((at, n) => answer(at.replace('08:00', '08:30'), at, n))])
  await database.write(workspaceId, (tx) => recompute(tx, pillars))
  const share = connectivity.find(({ id }) => id === 'answered-share')!
  const card = await database.read(workspaceId, (db) => scorecard(db, pillars, standing))
  expect(card.pillars[0]!.signals.reduce((sum, one) => sum + one.share, 0)).toBeCloseTo(1)
  expect(card.pillars[0]!.signals[0]).toMatchObject({ id: 'answered-share', value: 4 / 6, count: 6, before: null })
  const pages: { at: string; num: number | null; because: { el: string } }[] = []
  let after: number | undefined
  do {
    const page = await database.read(workspaceId, (db) => behind(db, share, { now: NOON, after, limit: 3 }))
    pages.push(...page.items)
    after = page.next === null ? undefined : Number(page.next)
  } while (after !== undefined)
  expect(pages).toHaveLength(10)
  expect(pages.map(({ at }) => at)).toEqual(pages.map(({ at }) => at).toSorted().toReversed())
  expect(pages.filter(({ num }) => num === 1).map(({ because }) => because.el)).toEqual(Array(4).fill('Απαντήθηκε μετά από 30 λεπτά.'))
})

test('a workspace in which nothing happened has no score at all', async () => {
  const { workspaceId } = await bakery(database)
  const { card } = await state(workspaceId)
  expect(card.pillars.map(({ score, before }) => [score, before])).toEqual(Array(5).fill([null, null]))
  expect(card.pillars.flatMap(({ signals }) => signals.map(({ value }) => value)).every((value) => value === null)).toBe(true)
})
