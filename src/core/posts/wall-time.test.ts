import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Refusal } from '#kit/refusal.ts'
import { dueAt, isZone, resolveWall } from './wall-time.ts'

const zones = Intl.supportedValuesOf('timeZone')
const now = new Date('2026-10-20T09:00:00Z')
const wallIn = (zone: string, at: Date): string => {
  const parts = Object.fromEntries(new Intl.DateTimeFormat('en-CA', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' }).formatToParts(at).map(({ type, value }) => [type, value]))
  return `${parts['year']}-${parts['month']}-${parts['day']}T${parts['hour']}:${parts['minute']}`
}
const refusal = (work: () => unknown): Refusal => { try { work() } catch (error) { if (error instanceof Refusal) return error } throw new Error('It was not refused.') }

describe('a wall time', () => {
  test('in every zone of the world names an instant that reads the same there, or is handed back as a choice', () => {
    fc.assert(fc.property(fc.constantFrom(...zones), fc.date({ min: new Date('2026-01-01'), max: new Date('2036-01-01'), noInvalidDate: true }), (zone, day) => {
      const wall = `${day.toISOString().slice(0, 10)}T02:30`
      const found = resolveWall(wall, zone)
      if ('at' in found) expect(wallIn(zone, found.at)).toBe(wall)
      else if ('twice' in found) { for (const at of found.twice) expect(wallIn(zone, at)).toBe(wall); expect(found.twice[0] < found.twice[1]).toBe(true) } else expect(found.gap[0] < wall && wall < found.gap[1]).toBe(true)
    }), { numRuns: 2000 })
  })

  test('that the clocks skip in Athens is refused with the times before and after', () => {
    const given = refusal(() => dueAt({ wall: '2027-03-28T03:30', zone: 'Europe/Athens' }, now))
    expect(given.code).toBe('local_time_missing')
    expect(given.extra).toEqual({ choices: [{ wall: '2027-03-28T02:30' }, { wall: '2027-03-28T04:30' }] })
  })

  test('that comes twice in Athens is refused until the first or the second is named', () => {
    expect(refusal(() => dueAt({ wall: '2026-10-25T03:30', zone: 'Europe/Athens' }, now)).code).toBe('local_time_ambiguous')
    expect(dueAt({ wall: '2026-10-25T03:30', zone: 'Europe/Athens', which: 'first' }, now).toISOString()).toBe('2026-10-25T00:30:00.000Z')
    expect(dueAt({ wall: '2026-10-25T03:30', zone: 'Europe/Athens', which: 'second' }, now).toISOString()).toBe('2026-10-25T01:30:00.000Z')
  })

  test.each([
    ['2026-10-19T10:00', 'Europe/Athens', 'time_in_past'], ['2037-10-19T10:00', 'Europe/Athens', 'time_too_far'], ['2026-11-19T10:00', 'Mars/Olympus', 'zone_unknown'],
    ['tomorrow', 'Europe/Athens', 'invalid_input'], ['2026-13-40T25:61', 'Europe/Athens', 'invalid_input'], ['2026-11-19T10:00', '+02:00', 'zone_unknown'],
  ])('%s in %s is refused as %s', (wall, zone, code) => { expect(refusal(() => dueAt({ wall, zone }, now)).code).toBe(code) })

  test('knows a zone from something else', () => { expect([isZone('Europe/Athens'), isZone('UTC'), isZone(''), isZone('+03:00')]).toEqual([true, true, false, false]) })
})
