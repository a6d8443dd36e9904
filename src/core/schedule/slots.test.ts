import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { wallOf } from '../posts/wall-time.ts'
import { nextFree, type Slot } from './slots.ts'

const slot = (given: Partial<Slot>): Slot => ({ id: 's', accountId: 'a', weekday: 2, time: '09:30', zone: 'Europe/Athens', intent: null, campaignId: null, ...given })
const now = new Date('2026-10-20T09:00:00Z')   // a Tuesday, noon in Patras
const free = (slots: readonly Slot[], more: Partial<Parameters<typeof nextFree>[0]> = {}): string[] => nextFree({ slots, taken: new Set(), now, count: 3, ...more }).map((one) => one.wallTime)

describe('the next free slot', () => {
  test('is the next time its weekday and hour come, at the same hour over the change of the clocks', () => {
    expect(free([slot({})])).toEqual(['2026-10-27T09:30', '2026-11-03T09:30', '2026-11-10T09:30'])
    expect(nextFree({ slots: [slot({})], taken: new Set(), now, count: 1 })[0]!.at.toISOString()).toBe('2026-10-27T07:30:00.000Z')
    expect(free([slot({ time: '12:30' })], { count: 1 })).toEqual(['2026-10-20T12:30'])
  })
  test('passes over those that are taken', () => {
    expect(free([slot({})], { taken: new Set([Date.parse('2026-10-27T07:30:00Z')]), count: 1 })).toEqual(['2026-11-03T09:30'])
  })
  test('is the soonest of all slots, whatever zone each is in', () => {
    expect(nextFree({ slots: [slot({ id: 'later' }), slot({ id: 'sooner', zone: 'Asia/Tokyo' })], taken: new Set(), now, count: 1 })[0]).toMatchObject({ slotId: 'sooner', zone: 'Asia/Tokyo' })
  })
  test('is none that is kept for something else', () => {
    const slots = [slot({ id: 'asks', intent: 'ask' }), slot({ id: 'rye', weekday: 3, campaignId: 'rye' }), slot({ id: 'any', weekday: 4 })]
    expect(nextFree({ slots, taken: new Set(), now, count: 1, wish: { intent: 'give' } })[0]!.slotId).toBe('any')
    expect(nextFree({ slots, taken: new Set(), now, count: 1, wish: { intent: 'give', campaignId: 'rye' } })[0]!.slotId).toBe('rye')
    expect(nextFree({ slots, taken: new Set(), now, count: 1, wish: { intent: 'ask' } })[0]!.slotId).toBe('any')
  })
  test('in an hour the clocks skip goes by the old clock, and says so', () => {
    const spring = new Date('2027-03-24T09:00:00Z')
    expect(nextFree({ slots: [slot({ weekday: 7, time: '03:30' })], taken: new Set(), now: spring, count: 2 })).toMatchObject([{ wallTime: '2027-03-28T04:30', clockChange: true }, { wallTime: '2027-04-04T03:30', clockChange: false }])
  })
  test('lies ahead, on its weekday and hour, is not taken, and is the first such, in whatever zone', () => {
    const zones = ['Europe/Athens', 'UTC', 'America/St_Johns', 'Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Australia/Lord_Howe']
    const aSlot = fc.record({ id: fc.uuid(), accountId: fc.constant('a'), weekday: fc.integer({ min: 1, max: 7 }), time: fc.constantFrom('00:00', '02:30', '09:30', '23:59'), zone: fc.constantFrom(...zones), intent: fc.constant(null), campaignId: fc.constant(null) })
    fc.assert(fc.property(fc.array(aSlot, { minLength: 1, maxLength: 4 }), fc.date({ min: new Date('2026-01-01'), max: new Date('2028-01-01'), noInvalidDate: true }), fc.integer({ min: 1, max: 5 }), (slots, at, several) => {
      const first = nextFree({ slots, taken: new Set(), now: at, count: several })
      const taken = new Set(first.map((one) => one.at.getTime()))
      const [next] = nextFree({ slots, taken, now: at, count: 1 })
      expect(nextFree({ slots, taken: new Set(), now: at, count: several + 1 }).at(-1)).toEqual(next)
      expect(next!.at > at && !taken.has(next!.at.getTime())).toBe(true)
      expect(wallOf(next!.at, next!.zone)).toBe(next!.wallTime)
      const its = slots.find((one) => one.id === next!.slotId)!
      if (!next!.clockChange) expect([next!.wallTime.slice(11), new Date(`${next!.wallTime}Z`).getUTCDay() || 7]).toEqual([its.time, its.weekday])
    }), { numRuns: 200 })
  })
  test('is none where all are taken', () => { expect(free([])).toEqual([]) })
})
