import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { wallOf } from '../posts/wall-time.ts'
import { quietUntil, type Quiet } from './quiet.ts'

const everyDay = [1, 2, 3, 4, 5, 6, 7]
const nights: Quiet = { days: everyDay, from: 22 * 60, to: 7 * 60 }
const until = (quiet: Quiet | null, zone: string, at: string) => quietUntil(quiet, zone, new Date(at))?.toISOString()

describe('quiet hours in Patras', () => {
  test.each([
    ['a night goes on after midnight', nights, '2026-10-20T22:30:00Z', '2026-10-21T04:00:00.000Z'],
    ['before it begins nobody is quiet', nights, '2026-10-20T18:59:59Z', undefined],
    ['it begins on the minute', nights, '2026-10-20T19:00:00Z', '2026-10-21T04:00:00.000Z'],
    ['it ends on the minute', nights, '2026-10-21T04:00:00Z', undefined],
    ['the night in which the clocks go back is an hour longer', nights, '2026-10-24T20:00:00Z', '2026-10-25T05:00:00.000Z'],
    ['the night in which they go forward is an hour shorter', nights, '2026-03-28T21:00:00Z', '2026-03-29T04:00:00.000Z'],
    ['an end that the clocks skip is the same moment by the old clock', { days: [6], from: 22 * 60, to: 3 * 60 + 30 }, '2026-03-28T22:00:00Z', '2026-03-29T01:30:00.000Z'],
    ['a day that is not named is not quiet', { days: [7], from: 0, to: 0 }, '2026-10-24T12:00:00Z', undefined],
    ['the same minute twice is the whole day', { days: [7], from: 0, to: 0 }, '2026-10-25T12:00:00Z', '2026-10-25T22:00:00.000Z'],
    ['days that touch are one quiet', { days: [6, 7], from: 0, to: 0 }, '2026-10-24T12:00:00Z', '2026-10-25T22:00:00.000Z'],
    ['a Sunday night reaches into the Monday that is not named', { days: [7], from: 22 * 60, to: 7 * 60 }, '2026-10-26T03:00:00Z', '2026-10-26T05:00:00.000Z'],
  ] as const)('%s', (_, quiet, at, end) => { expect(until(quiet, 'Europe/Athens', at)).toBe(end) })
  test('whoever wants none has none', () => { expect(until(null, 'Europe/Athens', '2026-10-20T22:30:00Z')).toBeUndefined() })
})

const zones = ['Europe/Athens', 'UTC', 'America/St_Johns', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Pacific/Apia', 'America/Santiago'] as const
const minute = fc.integer({ min: 0, max: 1439 })
const some = fc.record({ days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 6 }), from: minute, to: minute })
const instant = fc.date({ min: new Date('2026-01-01T00:00:00Z'), max: new Date('2028-01-01T00:00:00Z'), noInvalidDate: true })

describe('quiet hours anywhere, over every change of the clocks', () => {
  test('end later than now, and at their end it is loud again', () => {
    fc.assert(fc.property(some, fc.constantFrom(...zones), instant, (quiet, zone, at) => {
      const end = quietUntil(quiet, zone, at)
      if (!end) return
      expect(end.getTime()).toBeGreaterThan(at.getTime())
      expect(quietUntil(quiet, zone, end)).toBeUndefined()
    }), { numRuns: 300 })
  })
  test('any moment before the end has the same end', () => {
    fc.assert(fc.property(some, fc.constantFrom(...zones), fc.tuple(instant, fc.double({ min: 0, max: 0.999, noNaN: true })), (quiet, zone, [at, part]) => {
      const end = quietUntil(quiet, zone, at)
      if (!end) return
      const between = new Date(at.getTime() + Math.floor((end.getTime() - at.getTime()) * part))
      expect(quietUntil(quiet, zone, between)).toEqual(end)
    }), { numRuns: 300 })
  })
  test('are what the clock on the wall shows, where the clocks do not change', () => {
    fc.assert(fc.property(minute, minute, instant, (from, to, at) => {
      fc.pre(from !== to)
      const wall = wallOf(at, 'Asia/Kathmandu')
      const shown = Number(wall.slice(11, 13)) * 60 + Number(wall.slice(14, 16))
      expect(quietUntil({ days: everyDay, from, to }, 'Asia/Kathmandu', at) !== undefined).toBe(from < to ? shown >= from && shown < to : shown >= from || shown < to)
    }), { numRuns: 300 })
  })
})
