import { Temporal } from '@js-temporal/polyfill'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Refusal } from '#kit/refusal.ts'
import { dueAt, isZone, moveWall, resolveWall, settleWall, wallOf } from './wall-time.ts'

const zones = Intl.supportedValuesOf('timeZone')
const now = new Date('2026-10-20T09:00:00Z')
const refusal = (work: () => unknown): Refusal => { try { work() } catch (error) { if (error instanceof Refusal) return error } throw new Error('It was not refused.') }

// Each Sunday of ten years at 02:30, and an hour around each moment at which the clocks of the zone change.
const sunday = Date.UTC(2026, 0, 4, 2, 30)
const week = 7 * 24 * 3_600_000
const hour = 3_600_000
function momentsOf(zone: string): string[] {
  const walls: string[] = []
  const away = (at: number): number => Date.parse(`${wallOf(new Date(at), zone)}Z`) - at
  for (let n = 0; n < 522; n++) {
    const at = sunday + n * week
    walls.push(new Date(at).toISOString().slice(0, 16))
    if (away(at) === away(at + week)) continue
    let [from, to] = [at, at + week]
    while (to - from > 60_000) { const middle = from + Math.floor((to - from) / 120_000) * 60_000; if (away(middle) === away(from)) from = middle; else to = middle }
    for (const step of [-hour, -hour / 2, 0, hour / 2, hour]) for (const edge of [from, to]) walls.push(new Date(edge + step + away(from)).toISOString().slice(0, 16))
  }
  return walls
}

describe('a wall time', () => {
  test('on every Sunday of ten years and around every change of the clocks, in every zone of the world, resolves once or offers two choices that do', () => {
    let [gaps, doubled, seen] = [0, 0, 0]
    const wrong: string[] = []
    for (const zone of zones) for (const wall of momentsOf(zone)) {
      seen++
      const found = resolveWall(wall, zone)
      const choices = 'at' in found ? [found.at] : 'twice' in found ? found.twice : found.gap.map((one) => { const then = resolveWall(one, zone, 'first'); return 'at' in then ? then.at : undefined })
      const read = choices.map((at) => at && wallOf(at, zone))
      const right = 'at' in found ? read[0] === wall : 'twice' in found ? read.every((one) => one === wall) && found.twice[0] < found.twice[1] : read[0] === found.gap[0] && read[1] === found.gap[1] && found.gap[0] < wall && wall < found.gap[1]
      if (!right) wrong.push(`${wall} ${zone}`)
      if ('gap' in found) gaps++
      if ('twice' in found) doubled++
    }
    expect(wrong).toEqual([])
    expect(seen).toBeGreaterThan(zones.length * 522)
    // Some 180 zones change their clocks twice a year.
    expect(gaps).toBeGreaterThan(1_000)
    expect(doubled).toBeGreaterThan(1_000)
  }, 60_000)

  test('names the instant that the calendar of another library names', () => {
    fc.assert(fc.property(fc.constantFrom(...zones), fc.date({ min: new Date('2026-01-01'), max: new Date('2036-01-01'), noInvalidDate: true }), (zone, at) => {
      const wall = at.toISOString().slice(0, 16)
      const plain = Temporal.PlainDateTime.from(wall)
      const [early, late] = (['earlier', 'later'] as const).map((disambiguation) => plain.toZonedDateTime(zone, { disambiguation }))
      const found = resolveWall(wall, zone)
      const named = 'at' in found ? [found.at, found.at].map(Number) : 'twice' in found ? found.twice.map(Number) : found.gap.map((one) => Number((resolveWall(one, zone, 'first') as { at: Date }).at))
      expect(named).toEqual([early!.epochMilliseconds, late!.epochMilliseconds])
    }), { numRuns: 300, seed: 20_261_123 })
  })

  test('of a series or slot goes on by the old clock where it is skipped, and is the first where it comes twice', () => {
    expect(settleWall('2027-03-28T03:30', 'Europe/Athens')).toEqual({ wall: '2027-03-28T04:30', at: new Date('2027-03-28T01:30:00Z'), clockChange: true })
    expect(settleWall('2026-10-25T03:30', 'Europe/Athens')).toMatchObject({ wall: '2026-10-25T03:30', at: new Date('2026-10-25T00:30:00Z') })
    expect(settleWall('2026-10-26T03:30', 'Europe/Athens')).toEqual({ wall: '2026-10-26T03:30', at: new Date('2026-10-26T01:30:00Z'), clockChange: false })
  })

  test('moved by days keeps its hour, whatever the clocks do in between', () => {
    expect(moveWall('2026-10-24T09:30', { days: 1 })).toBe('2026-10-25T09:30')
    expect(moveWall('2026-12-31T23:50', { days: 1, minutes: 20 })).toBe('2027-01-02T00:10')
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
