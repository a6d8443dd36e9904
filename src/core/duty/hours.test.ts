import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { greekHolidays, orthodoxEaster } from './holidays.ts'
import { after, between, isIn, nextIn, offSpans, spansOf, united, without, type Span } from './hours.ts'

const shop = { hours: [1, 2, 3, 4, 5].map((day) => ({ day, from: 9 * 60, to: 17 * 60 })), zone: 'Europe/Athens' }
const hour = 3_600_000
const at = (text: string) => Date.parse(text)
const range = (from: string, to: string): Span => ({ from: at(from), to: at(to) })

describe('duty time', () => {
  test('a question of Friday evening waits one hour by Monday at ten', () => {
    const spans = spansOf(shop, range('2026-05-08T00:00Z', '2026-05-13T00:00Z'))
    expect(between(spans, at('2026-05-08T18:00Z'), at('2026-05-11T07:00Z'))).toBe(hour)
    expect(new Date(after(spans, at('2026-05-08T18:00Z'), hour)!).toISOString()).toBe('2026-05-11T07:00:00.000Z')
    expect(new Date(nextIn(spans, at('2026-05-08T18:00Z'))!).toISOString()).toBe('2026-05-11T06:00:00.000Z')
  })
  test.each([['2026-03-29', 9], ['2026-10-25', 11], ['2026-05-10', 10]])('a night watch over %s lasts what the clocks make of it', (sunday, hours) => {
    const watch = { hours: [{ day: 6, from: 22 * 60, to: 8 * 60 }], zone: 'Europe/Athens' }
    const spans = spansOf(watch, { from: at(`${sunday}T00:00Z`) - 36 * hour, to: at(`${sunday}T00:00Z`) + 36 * hour })
    expect(between(spans, 0, Number.MAX_SAFE_INTEGER)).toBe(hours * hour)
  })
  test('half a day off takes half of the day', () => {
    const spans = without(spansOf(shop, range('2026-12-24T00:00Z', '2026-12-26T00:00Z')), offSpans([{ date: '2026-12-24', from: 13 * 60, to: 1440 }, { date: '2026-12-25', from: 0, to: 1440 }], 'Europe/Athens'))
    expect(spans).toEqual([range('2026-12-24T07:00Z', '2026-12-24T11:00Z')])
  })
  const zone = fc.constantFrom('Europe/Athens', 'America/New_York', 'Australia/Lord_Howe', 'Africa/Cairo', 'Asia/Kathmandu', 'UTC')
  const hours = fc.array(fc.record({ day: fc.integer({ min: 1, max: 7 }), from: fc.integer({ min: 0, max: 1439 }), to: fc.integer({ min: 0, max: 1440 }) }), { minLength: 1, maxLength: 6 })
  const moment = fc.integer({ min: at('2026-01-01T00:00Z'), max: at('2027-01-01T00:00Z') })
  test('the moment by which some duty time has passed is the first by which just that much has passed', () => {
    fc.assert(fc.property(hours, zone, moment, fc.integer({ min: 1, max: 40 * 60 }), (list, where, from, minutes) => {
      const spans = spansOf({ hours: list, zone: where }, { from, to: from + 30 * 24 * hour })
      const due = after(spans, from, minutes * 60_000)
      if (due === undefined) { expect(between(spans, from, from + 30 * 24 * hour)).toBeLessThan(minutes * 60_000); return }
      expect(between(spans, from, due)).toBe(minutes * 60_000)
      expect(between(spans, from, due - 1)).toBe(minutes * 60_000 - 1)
    }), { numRuns: 150 })
  })
  test('time adds up wherever it is cut, and no moment counts twice', () => {
    fc.assert(fc.property(hours, zone, moment, fc.nat(20 * 24 * 60), (list, where, from, cut) => {
      const to = from + 20 * 24 * hour
      const spans = spansOf({ hours: [...list, ...list], zone: where }, { from, to })
      expect(between(spans, from, from + cut * 60_000) + between(spans, from + cut * 60_000, to)).toBe(between(spans, from, to))
      expect(between(spans, from, to)).toBeLessThanOrEqual(to - from)
      expect(spans).toEqual(united(spans))
    }), { numRuns: 150 })
  })
  test('what is taken out is gone and the rest stays', () => {
    const span = fc.tuple(fc.nat(500), fc.nat(500)).map(([from, long]): Span => ({ from, to: from + long }))
    fc.assert(fc.property(fc.array(span), fc.array(span), fc.nat(1000), (list, gone, now) => {
      expect(isIn(without(list, gone), now)).toBe(isIn(list, now) && !isIn(gone, now))
    }))
  })
})

describe('holidays', () => {
  test.each([[2024, '2024-05-05'], [2025, '2025-04-20'], [2026, '2026-04-12'], [2027, '2027-05-02'], [2028, '2028-04-16'], [2030, '2030-04-28'], [2038, '2038-04-25'], [2043, '2043-05-03']])('Orthodox Easter of %i is %s', (year, date) => { expect(orthodoxEaster(year)).toBe(date) })
  test('Easter is always a Sunday', () => { for (let year = 1900; year < 2100; year++) expect(new Date(orthodoxEaster(year)).getUTCDay()).toBe(0) })
  test('Greece has thirteen, with Clean Monday on a Monday seven weeks before', () => {
    const days = greekHolidays(2026)
    expect(days).toHaveLength(13)
    expect(days.find(({ name }) => name.el === 'Καθαρά Δευτέρα')?.date).toBe('2026-02-23')
    expect(days.find(({ name }) => name.el === 'Αγίου Πνεύματος')?.date).toBe('2026-06-01')
  })
})
