import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AnyEvent } from '#kit/events.ts'
import type { Both } from '#kit/lang.ts'
import type { Pillar, Reading, Signal, Writing } from '#kit/pillar.ts'
import type { House } from '#core/house.ts'
import type { Database, Tx } from '#db/database.ts'
import { testDatabase } from '#db/testing.ts'
import { anyEvent } from '../world/arbitrary-events.ts'
import { bakery, houseOf } from '../world/bakery.ts'

const greek = /\p{Script=Greek}/u
const latin = /[a-z]/i
const isSaid = (both: Both) => { expect(both.en).toMatch(latin); expect(both.el).toMatch(greek) }
const kebab = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) { Object.freeze(value); Object.values(value).forEach(frozen) }
  return value
}

/** The one suite every pillar passes, always whole. */
export function pillarContract(pillar: Pillar<House, Tx>): void {
  describe(`the contract of ${pillar.id}`, () => {
    test('it names itself and its promise in both languages', () => {
      expect(pillar.id).toMatch(kebab)
      for (const both of [pillar.name, pillar.promise]) isSaid(both)
      expect(pillar.promise.en).toMatch(/^\p{Lu}[^.!?]*\.$/u)
      expect(pillar.promise.el).toMatch(/^\p{Lu}[^.!?]*\.$/u)
    })
    checksHold(pillar)
    signalsHold(pillar)
    nudgesHold(pillar)
  })
}

const anyText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.array(fc.constantFrom('Ουδέν σχόλιο.', 'No comment.', 'BUY NOW!!!', 'Η εταιρεία μας', 'ψωμί', 'rye', '\n\n', '«ναι»', '?', ';', 'sorry', 'we take this seriously', '👩‍🍳'), { maxLength: 30 }).map((words) => words.join(' ')),
)
const anyWriting: fc.Arbitrary<Writing> = fc.record({
  kind: fc.constantFrom('post', 'reply', 'message'), lang: fc.constantFrom('en', 'el'), title: anyText, text: anyText, intent: fc.constantFrom('give', 'ask', 'talk'),
  format: fc.constantFrom('story', 'contest', 'offer'), author: fc.option(fc.record({ name: fc.constant('Μαρία'), signOff: anyText }), { nil: undefined }), siteName: fc.constant('Φούρνος της Ελένης'),
  recent: fc.array(fc.record({
    id: fc.uuid(), title: anyText, text: anyText, intent: fc.constantFrom('give', 'ask', 'talk'), at: fc.constant('2026-10-19T09:00:00.000Z'), format: fc.constant('story'),
  }), { maxLength: 5 }),
  goesOutAt: fc.constant('2026-10-20T09:00:00.000Z'), zone: fc.constantFrom('Europe/Athens', 'UTC'),
  duty: fc.array(fc.record({ day: fc.integer({ min: 1, max: 7 }), from: fc.constant(540), to: fc.constant(1020) }), { maxLength: 7 }),
  settings: fc.record({ asksInRow: fc.integer({ min: 1, max: 5 }), givePerAsk: fc.integer({ min: 1, max: 5 }), similarity: fc.double({ min: 0.1, max: 1, noNaN: true }) }),
})

function checksHold({ id, checks }: Pillar<House, Tx>): void {
  test('each check says in both languages what it looks for', () => {
    expect(new Set(checks.map((check) => check.id)).size).toBe(checks.length)
    for (const check of checks) { expect(check.id).toMatch(kebab); isSaid(check.about); expect(check.langs.length).toBeGreaterThan(0) }
  })
  test('a check answers the same for the same writing, changes nothing, and marks a place inside the text', () => {
    fc.assert(fc.property(anyWriting, (writing) => {
      frozen(writing)
      for (const check of checks) {
        const found = check.look(writing)
        expect(check.look(writing)).toEqual(found)
        for (const { pillar, rule, at, says, because } of found) {
          expect([pillar, rule]).toEqual([id, check.id])
          expect(at[0]).toBeGreaterThanOrEqual(0)
          expect(at[1]).toBeGreaterThanOrEqual(at[0])
          expect(at[1]).toBeLessThanOrEqual(writing.text.length)
          isSaid(says)
          isSaid(because)
        }
      }
    }), { numRuns: 150 })
  })
}

const additive: readonly Signal['fold'][] = ['share', 'ratio', 'sum']
function fits(signal: Signal, event: AnyEvent, reading: Reading): void {
  isSaid(reading.because)
  for (const number of [reading.num, reading.den, reading.value]) if (number !== undefined) expect(Number.isFinite(number)).toBe(true)
  expect(additive.includes(signal.fold) ? reading.num : reading.value, `${signal.id} folds by ${signal.fold}`).toBeTypeOf('number')
  if (signal.fold === 'share' || signal.fold === 'ratio') expect(reading.den ?? 0).toBeGreaterThanOrEqual(0)
  if (reading.at !== undefined) expect(Date.parse(reading.at)).toBeLessThanOrEqual(Date.parse(event.at))
}

function signalsHold({ signals }: Pillar<House, Tx>): void {
  test('each signal has a name, an exact definition, a window and bounds', () => {
    expect(new Set(signals.map((signal) => signal.id)).size).toBe(signals.length)
    expect(signals.length).toBeGreaterThan(0)
    for (const signal of signals) {
      expect(signal.id).toMatch(kebab)
      isSaid(signal.name)
      isSaid(signal.definition)
      expect(signal.good).not.toBe(signal.bad)
      for (const positive of [signal.windowDays, signal.enough, signal.share, signal.on.length]) expect(positive).toBeGreaterThan(0)
    }
  })
  test('an event always says the same to a signal, and only if the signal listens to it', () => {
    fc.assert(fc.property(anyEvent, (event) => {
      frozen(event)
      for (const signal of signals) {
        const reading = signal.weigh(event)
        expect(signal.weigh(event)).toEqual(reading)
        if (reading === undefined) continue
        expect(signal.on).toContain(event.name)
        fits(signal, event, reading)
      }
    }), { numRuns: 500 })
  })
  test('imported history says nothing to any signal', () => {
    fc.assert(fc.property(anyEvent.filter((event) => event.name === 'message.received' && event.data.imported), (event) => {
      expect(signals.flatMap((signal) => signal.weigh(event) ?? [])).toEqual([])
    }))
  })
}

function nudgesHold(pillar: Pillar<House, Tx>): void {
  let database: Database
  beforeAll(async () => { database = await testDatabase(process.env['STOA_TEST_DATABASE']!) })
  afterAll(() => database.close())
  test('what it asks for today is said in both languages and leads somewhere', async () => {
    const { workspaceId } = await bakery(database)
    for (const { says, to } of await pillar.today?.(houseOf(database), workspaceId) ?? []) { isSaid(says); expect(to).toMatch(/^\//) }
  })
}
