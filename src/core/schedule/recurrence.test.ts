import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Refusal } from '#kit/refusal.ts'
import { occurrences } from './recurrence.ts'
import { readRule, ruleText, weekdays, type ByDay, type Rule } from './rrule.ts'

const athens = 'Europe/Athens'
const comes = (rule: string, startWall: string, more: { readonly until?: string; readonly limit?: number; readonly exdates?: string[]; readonly rdates?: string[]; readonly from?: string } = {}): string[] =>
  occurrences({ startWall, rule: readRule(rule, athens), exdates: more.exdates ?? [], rdates: more.rdates ?? [] }, { until: more.until ?? '2040-01-01T00:00', limit: more.limit ?? 5, from: more.from })
const days = (walls: readonly string[]): string[] => walls.map((wall) => wall.slice(0, 10))

describe('a rule', () => {
  // Most are the examples of RFC 5545 §3.8.5.3, in wall time.
  test.each([
    ['FREQ=DAILY;COUNT=3', '1997-09-02T09:00', ['1997-09-02', '1997-09-03', '1997-09-04']],
    ['FREQ=DAILY;INTERVAL=10;COUNT=3', '1997-09-02T09:00', ['1997-09-02', '1997-09-12', '1997-09-22']],
    ['FREQ=YEARLY;UNTIL=20000131T140000Z;BYMONTH=1;BYDAY=MO', '1998-01-01T09:00', ['1998-01-05', '1998-01-12', '1998-01-19', '1998-01-26', '1999-01-04']],
    ['FREQ=WEEKLY;INTERVAL=2;COUNT=4;WKST=SU;BYDAY=TU,TH', '1997-09-02T09:00', ['1997-09-02', '1997-09-04', '1997-09-16', '1997-09-18']],
    ['FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO', '1997-08-05T09:00', ['1997-08-05', '1997-08-10', '1997-08-19', '1997-08-24']],
    ['FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU', '1997-08-05T09:00', ['1997-08-05', '1997-08-17', '1997-08-19', '1997-08-31']],
    ['FREQ=MONTHLY;COUNT=3;BYDAY=1FR', '1997-09-05T09:00', ['1997-09-05', '1997-10-03', '1997-11-07']],
    ['FREQ=MONTHLY;INTERVAL=2;COUNT=4;BYDAY=1SU,-1SU', '1997-09-07T09:00', ['1997-09-07', '1997-09-28', '1997-11-02', '1997-11-30']],
    ['FREQ=MONTHLY;BYMONTHDAY=-3;COUNT=3', '1997-09-28T09:00', ['1997-09-28', '1997-10-29', '1997-11-28']],
    ['FREQ=MONTHLY;COUNT=4;BYMONTHDAY=1,-1', '1997-09-30T09:00', ['1997-09-30', '1997-10-01', '1997-10-31', '1997-11-01']],
    ['FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13;COUNT=3', '1997-09-02T09:00', ['1998-02-13', '1998-03-13', '1998-11-13']],
    ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=3', '2026-01-01T09:00', ['2026-01-30', '2026-02-27', '2026-03-31']],
    ['FREQ=MONTHLY;BYDAY=TU,WE,TH;BYSETPOS=3;COUNT=3', '1997-09-04T09:00', ['1997-09-04', '1997-10-07', '1997-11-06']],
    ['FREQ=YEARLY;BYDAY=20MO;COUNT=3', '1997-05-19T09:00', ['1997-05-19', '1998-05-18', '1999-05-17']],
    ['FREQ=YEARLY;BYMONTH=3;BYDAY=TH;COUNT=4', '1997-03-13T09:00', ['1997-03-13', '1997-03-20', '1997-03-27', '1998-03-05']],
    ['FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8;COUNT=3', '1996-11-05T09:00', ['1996-11-05', '2000-11-07', '2004-11-02']],
    ['FREQ=MONTHLY;COUNT=3', '2026-01-31T09:00', ['2026-01-31', '2026-03-31', '2026-05-31']],
    ['FREQ=YEARLY;COUNT=3', '2024-02-29T09:00', ['2024-02-29', '2028-02-29', '2032-02-29']],
    ['RRULE:FREQ=WEEKLY;UNTIL=20261103', '2026-10-20T09:30', ['2026-10-20', '2026-10-27', '2026-11-03']],
  ])('%s from %s', (rule, start, expected) => { expect(days(comes(rule, start))).toEqual(expected) })

  test('keeps its hour over the change of the clocks', () => {
    expect(comes('FREQ=DAILY;COUNT=3', '2026-10-24T09:30')).toEqual(['2026-10-24T09:30', '2026-10-25T09:30', '2026-10-26T09:30'])
    expect(comes('FREQ=DAILY;COUNT=3', '2027-03-27T03:30')).toEqual(['2027-03-27T03:30', '2027-03-28T03:30', '2027-03-29T03:30'])
  })

  test('leaves out its exceptions, which still count, and takes in what is added', () => {
    expect(comes('FREQ=WEEKLY;COUNT=3', '2026-10-20T09:30', { exdates: ['2026-10-27T09:30'], rdates: ['2026-10-28T18:00', '2026-11-03T09:30', '2027-01-01T12:00'] }))
      .toEqual(['2026-10-20T09:30', '2026-10-28T18:00', '2026-11-03T09:30', '2027-01-01T12:00'])
  })

  test('ends even when no day ever fits', () => { expect(comes('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', '2026-01-01T09:00')).toEqual([]) })

  test.each(['', 'FREQ=HOURLY', 'FREQ=DAILY;BYHOUR=9', 'FREQ=DAILY;COUNT=0', 'FREQ=DAILY;COUNT=2;UNTIL=20270101', 'FREQ=WEEKLY;BYDAY=1MO', 'FREQ=WEEKLY;BYMONTHDAY=1', 'FREQ=MONTHLY;BYMONTHDAY=32', 'FREQ=DAILY;INTERVAL=-1',
    'FREQ=YEARLY;BYMONTH=13', 'FREQ=DAILY;UNTIL=20261301', 'FREQ=MONTHLY;BYSETPOS=1', 'FREQ=DAILY;FREQ=WEEKLY', 'FREQ=WEEKLY;BYDAY=XX', 'FREQ=YEARLY;BYWEEKNO=20'])('%j is refused', (text) => {
    expect(() => readRule(text, athens)).toThrow(Refusal)
  })
})

// The oracle knows nothing of periods as spans: it looks at each day by itself and asks whether the rule could mean it.
const day = 86_400_000
const utc = (ms: number): { y: number; m: number; d: number; w: number } => { const at = new Date(ms); return { y: at.getUTCFullYear(), m: at.getUTCMonth() + 1, d: at.getUTCDate(), w: (at.getUTCDay() + 6) % 7 } }
const lastOf = (y: number, m: number): number => new Date(Date.UTC(y, m, 0)).getUTCDate()
function nthFits(rule: Rule, { day: name, nth }: ByDay, ms: number): boolean {
  const { y, m, d, w } = utc(ms)
  if (weekdays[w] !== name) return false
  if (nth === undefined) return true
  const overYear = rule.freq === 'YEARLY' && rule.byMonth.length === 0 && rule.byMonthDay.length === 0
  const [before, after] = overYear ? [Math.round((ms - Date.UTC(y, 0, 1)) / day), Math.round((Date.UTC(y, 11, 31) - ms) / day)] : [d - 1, lastOf(y, m) - d]
  return nth > 0 ? Math.floor(before / 7) + 1 === nth : Math.floor(after / 7) + 1 === -nth
}
function dayFits(rule: Rule, ms: number, start: number): boolean {
  const [{ y, m, d, w }, begun] = [utc(ms), utc(start)]
  if (rule.byMonth.length > 0 && !rule.byMonth.includes(m)) return false
  if (rule.byMonthDay.length > 0 && !rule.byMonthDay.some((n) => n === d || lastOf(y, m) + 1 + n === d)) return false
  if (rule.byDay.length > 0 && !rule.byDay.some((one) => nthFits(rule, one, ms))) return false
  if (rule.byDay.length > 0 || rule.byMonthDay.length > 0) return true
  if (rule.freq === 'WEEKLY') return w === begun.w
  if (rule.freq === 'MONTHLY') return d === begun.d
  return rule.freq === 'DAILY' || (d === begun.d && (rule.byMonth.length > 0 || m === begun.m))
}
function periodOf(rule: Rule, ms: number, start: number): number {
  const [{ y, m }, begun] = [utc(ms), utc(start)]
  const weekOf = (at: number): number => Math.floor((at / day + 3 - weekdays.indexOf(rule.weekStart)) / 7)
  return { DAILY: Math.round((ms - start) / day), WEEKLY: weekOf(ms) - weekOf(start), MONTHLY: (y - begun.y) * 12 + m - begun.m, YEARLY: y - begun.y }[rule.freq]
}
function oracle(rule: Rule, startWall: string, until: string): string[] {
  const start = Date.parse(`${startWall.slice(0, 10)}T00:00Z`)
  const periods = new Map<number, number[]>()
  for (let ms = start - 370 * day; ms <= Date.parse(`${until}Z`) + 370 * day; ms += day) {
    const number = periodOf(rule, ms, start)
    if (number >= 0 && number % rule.interval === 0 && dayFits(rule, ms, start)) periods.set(number, [...periods.get(number) ?? [], ms])
  }
  const all = [...periods].toSorted(([a], [b]) => a - b).flatMap(([, found]) => (rule.bySetPos.length === 0 ? found : found.filter((_, place) => rule.bySetPos.some((n) => n - 1 === place || found.length + n === place))))
  return all.filter((ms) => ms >= start).map((ms) => new Date(ms).toISOString().slice(0, 10) + startWall.slice(10)).slice(0, rule.count ?? Infinity).filter((wall) => wall <= (rule.until ?? '9') && wall <= until)
}

const some = <T>(one: fc.Arbitrary<T>, max: number): fc.Arbitrary<T[]> => fc.oneof({ weight: 2, arbitrary: fc.constant<T[]>([]) }, { weight: 1, arbitrary: fc.uniqueArray(one, { minLength: 1, maxLength: max }) })
const aRule: fc.Arbitrary<Rule> = fc.record({
  freq: fc.constantFrom('DAILY' as const, 'WEEKLY' as const, 'MONTHLY' as const, 'YEARLY' as const), interval: fc.integer({ min: 1, max: 4 }), weekStart: fc.constantFrom('MO' as const, 'SU' as const),
  byDay: some(fc.record({ day: fc.constantFrom(...weekdays), nth: fc.option(fc.constantFrom(1, 2, 5, -1, -2), { nil: undefined }) }), 3),
  byMonthDay: some(fc.constantFrom(1, 2, 13, 29, 30, 31, -1, -2, -31), 3), byMonth: some(fc.integer({ min: 1, max: 12 }), 3), bySetPos: some(fc.constantFrom(1, 2, 3, -1, -2), 2),
  count: fc.option(fc.integer({ min: 1, max: 30 }), { nil: undefined }), until: fc.option(fc.constantFrom('2026-06-30T23:59:59', '2027-02-28T09:30:00'), { nil: undefined }),
}).map((drawn) => {
  const plain = drawn.freq === 'DAILY' || drawn.freq === 'WEEKLY'
  const byDay = drawn.byDay.map(({ day: name, nth }) => (plain || nth === undefined ? { day: name } : { day: name, nth }))
  const byMonthDay = drawn.freq === 'WEEKLY' ? [] : drawn.byMonthDay
  const { count, until, ...rest } = drawn
  return {
    ...rest, byDay, byMonthDay, bySetPos: byDay.length + byMonthDay.length + drawn.byMonth.length === 0 ? [] : drawn.bySetPos,
    ...(count !== undefined ? { count } : until !== undefined ? { until } : {}),
  }
})

describe('any rule', () => {
  test('names the days that an oracle names that looks at each day by itself', () => {
    fc.assert(fc.property(aRule, fc.integer({ min: 0, max: 800 }), (rule, offset) => {
      const startWall = `${new Date(Date.UTC(2024, 0, 1) + offset * day).toISOString().slice(0, 10)}T09:30`
      const until = '2028-12-31T23:59'
      const expected = oracle(rule, startWall, until)
      expect(occurrences({ startWall, rule, exdates: [], rdates: [] }, { until })).toEqual(expected)
      const from = '2026-10-20T09:30'
      expect(occurrences({ startWall, rule, exdates: [], rdates: [] }, { from, until })).toEqual(expected.filter((wall) => wall >= from))
    }), { numRuns: 400 })
  })
  test('is read back as it was written', () => {
    fc.assert(fc.property(aRule, (rule) => { expect(readRule(ruleText(rule), athens)).toEqual(rule) }))
  })
})
