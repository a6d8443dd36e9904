import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { distinct, figure, fold, inWindow, pillarScore, progress, scoreOf, trend, windowBefore, type Counted } from './rules.ts'
import { briefParts, emptyBrief, gapsOf } from './gaps.ts'
import type { Brief } from './tables.ts'

const NOON = new Date('2026-10-20T09:00:00Z')
const daysAgo = (days: number) => new Date(NOON.getTime() - days * 86_400_000)
let seq = 0
const reading = (over: Partial<Counted>): Counted => ({ at: daysAgo(1), eventSeq: ++seq, num: null, den: null, value: null, once: null, ...over })

const anyReading: fc.Arbitrary<Counted> = fc.record({
  at: fc.integer({ min: 0, max: 90 * 86_400 }).map((seconds) => new Date(NOON.getTime() - seconds * 1000)), eventSeq: fc.integer({ min: 1, max: 1e9 }),
  num: fc.option(fc.integer({ min: -3, max: 9 })), den: fc.option(fc.integer({ min: 0, max: 9 })), value: fc.option(fc.double({ min: 0, max: 1e6, noNaN: true })),
  once: fc.option(fc.constantFrom('a', 'b', 'c')),
})
const many = fc.uniqueArray(anyReading, { selector: ({ eventSeq }) => eventSeq, maxLength: 40 })
const how = fc.constantFrom('share', 'ratio', 'sum', 'median', 'p90', 'mean')

describe('folding readings', () => {
  test('of ten who waited, nine answered make a share of nine tenths', () => {
    const asked = Array.from({ length: 10 }, () => reading({ num: 0, den: 1 }))
    const answered = Array.from({ length: 9 }, () => reading({ num: 1, den: 0 }))
    expect(fold('share', [...asked, ...answered])).toEqual({ value: 0.9, count: 10 })
  })
  test('nobody asked: there is no share to speak of', () => { expect(fold('share', [reading({ num: 1, den: 0 })])).toEqual({ value: null, count: 0 }) })
  test('while nothing was asked for, each gift counts as one', () => {
    expect(fold('ratio', [reading({ num: 1 }), reading({ num: 1 })]).value).toBe(2)
    expect(fold('ratio', [reading({ num: 1 }), reading({ num: 1 }), reading({ num: 1 }), reading({ num: 0, den: 1 }), reading({ num: 0, den: 1 })]).value).toBe(1.5)
  })
  test('the median of waits is the middle one, or the mean of the two in the middle', () => {
    const waits = (...values: number[]) => values.map((value) => reading({ value }))
    expect(fold('median', waits(5, 900, 20)).value).toBe(20)
    expect(fold('median', waits(5, 900, 20, 30)).value).toBe(25)
    expect(fold('p90', waits(1, 2, 3, 4, 5, 6, 7, 8, 9, 10)).value).toBe(9)
    expect(fold('mean', waits(1, 2, 6)).value).toBe(3)
  })
  test('a post on three accounts is one post: of the same word the first counts', () => {
    const copies = [reading({ at: daysAgo(2), num: 5, once: 'rye' }), reading({ at: daysAgo(3), num: 1, once: 'rye' }), reading({ at: daysAgo(3), num: 7, once: 'rye' })]
    expect(fold('sum', copies)).toEqual({ value: 1, count: 1 })
  })
  test('the order in which readings arrive changes nothing', () => {
    fc.assert(fc.property(how, many.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))), (way, [all, shuffled]) => {
      const [one, other] = [fold(way, all), fold(way, shuffled)]
      expect(other.count).toBe(one.count)
      if (one.value === null) expect(other.value).toBeNull()
      else expect(other.value).toBeCloseTo(one.value, 6)
    }))
  })
  test('a share stays between nothing and all, whatever lies at the edges of the window', () => {
    fc.assert(fc.property(many, (all) => {
      const { value } = fold('share', all)
      expect(value === null || (value >= 0 && value <= 1)).toBe(true)
    }))
  })
  test('no word counts twice, and nothing without a word is left out', () => {
    fc.assert(fc.property(many, (all) => {
      const kept = distinct(all)
      expect(kept.filter(({ once }) => once === null)).toHaveLength(all.filter(({ once }) => once === null).length)
      expect(new Set(kept.flatMap(({ once }) => once ?? [])).size).toBe(kept.filter(({ once }) => once !== null).length)
    }))
  })
})

const waits = { fold: 'median', windowDays: 30, good: 60, bad: 1440, enough: 3 } as const
describe('figures and scores', () => {
  test('a score is always 0 to 100 and never falls as the figure gets better', () => {
    const bounds = fc.tuple(fc.integer({ min: -100, max: 100 }), fc.integer({ min: -100, max: 100 })).filter(([good, bad]) => good !== bad)
    fc.assert(fc.property(bounds, fc.double({ min: -500, max: 500, noNaN: true }), fc.double({ min: 0, max: 500, noNaN: true }), ([good, bad], value, step) => {
      const score = scoreOf(value, { good, bad })
      expect(score >= 0 && score <= 100).toBe(true)
      expect(scoreOf(value + Math.sign(good - bad) * step, { good, bad })).toBeGreaterThanOrEqual(score)
    }))
  })
  test('good is 100, bad is 0, the middle is 50, also where less is better', () => {
    expect([60, 1440, 750, 5, 9000].map((minutes) => scoreOf(minutes, waits))).toEqual([100, 0, 50, 100, 0])
  })
  test('until there is enough to speak of, there is neither a figure nor a score', () => {
    const two = [reading({ value: 10 }), reading({ value: 20 })]
    expect(figure(waits, two, NOON)).toEqual({ value: null, score: null, count: 2 })
    expect(figure(waits, [...two, reading({ value: 30 })], NOON)).toEqual({ value: 20, score: 100, count: 3 })
  })
  test('the window holds its last instant and not its first; the one before ends where it begins', () => {
    const edge = reading({ at: daysAgo(30) })
    expect(inWindow([edge, reading({ at: NOON })], NOON, 30)).toHaveLength(1)
    expect(inWindow([edge], windowBefore(waits, NOON), 30)).toEqual([edge])
  })
  test('each day of the trend shows what the figure was that day, and the last is the figure of now', () => {
    fc.assert(fc.property(many, how, (all, way) => {
      const signal = { ...waits, fold: way, windowDays: 12, enough: 1 }
      const points = trend(signal, all, { until: NOON, days: 14 })
      expect(points.map(({ value }) => value)).toEqual(points.map(({ at }) => figure(signal, all, at).value))
      expect(points.at(-1)!.at).toEqual(NOON)
      expect(points).toHaveLength(14)
    }))
  })
  test('a pillar scores by its signals that can be scored, each by its share, and not at all without one', () => {
    expect(pillarScore([{ score: 100, share: 3 }, { score: 0, share: 1 }, { score: null, share: 9 }])).toBe(75)
    expect(pillarScore([{ score: null, share: 3 }])).toBeNull()
  })
  test('a pillar lies between its lowest and its highest signal', () => {
    fc.assert(fc.property(fc.array(fc.record({ score: fc.option(fc.double({ min: 0, max: 100, noNaN: true })), share: fc.integer({ min: 1, max: 9 }) }), { minLength: 1 }), (signals) => {
      const scores = signals.flatMap(({ score }) => score ?? [])
      const total = pillarScore(signals)
      if (scores.length === 0) expect(total).toBeNull()
      else expect(total! >= Math.min(...scores) - 1e-9 && total! <= Math.max(...scores) + 1e-9).toBe(true)
    }))
  })
  test('progress runs from the baseline to the target, also downward', () => {
    expect(progress({ baseline: 600, target: 120 }, 360)).toBe(0.5)
    expect(progress({ baseline: 0.2, target: 0.6 }, 0.7)).toBe(1)
    expect(progress({ baseline: 0.2, target: 0.6 }, 0.1)).toBe(0)
    expect(progress({ baseline: 0, target: 1 }, null)).toBeNull()
  })
})

describe('gaps of a brief', () => {
  const full = Object.fromEntries(Object.keys(briefParts).map((part) => [part, 'Σίκαλη από την Αχαΐα'])) as unknown as Brief
  const planned = { brief: full, startsOn: '2026-10-01', endsOn: '2026-11-15', objectives: [{ signal: 'first-answer' }] }
  const signals = [{ id: 'first-answer' }]
  test('a whole brief with dates and a live objective has none', () => { expect(gapsOf(planned, signals)).toEqual([]) })
  test('everything missing is named, in the order of the brief', () => {
    expect(gapsOf({ brief: emptyBrief, startsOn: null, endsOn: null, objectives: [] }, signals).map(({ id }) => id)).toEqual([...Object.keys(briefParts), 'startsOn', 'endsOn', 'objectives'])
  })
  test.each(Object.keys(briefParts))('a blank %s is a gap, even when invisible characters fill it', (part) => {
    expect(gapsOf({ ...planned, brief: { ...full, [part]: ' \u200b\u2060 ' } }, signals)).toEqual([{ id: part, says: briefParts[part as keyof Brief] }])
  })
  test('an objective on a signal that no pillar has is not live', () => {
    expect(gapsOf({ ...planned, objectives: [{ signal: 'sales' }] }, signals).map(({ id }) => id)).toEqual(['objectives'])
  })
})
