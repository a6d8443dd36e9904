import fc from 'fast-check'
import { expect, test } from 'vitest'
import { daysBetween, instantOf, minutesOf, offsetAt, wallAfter, wallAt, wallOf } from './clock.ts'

test('an instant is the wall time the whole house says it is, in every zone', () => {
  const zones = Intl.supportedValuesOf('timeZone')
  fc.assert(fc.property(fc.constantFrom(...zones), fc.date({ min: new Date('2025-01-01'), max: new Date('2037-01-01'), noInvalidDate: true }), (zone, at) => {
    const said = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }).format(at).replace(' ', 'T')
    expect(wallAt(zone, at.getTime())).toBe(said)
    const back = instantOf(said, zone)
    expect(wallAt(zone, back)).toBe(said)
  }), { numRuns: 400 })
})

test('an hour that comes twice is the first one, and a skipped one is moved on', () => {
  expect(new Date(instantOf('2026-10-25T03:30', 'Europe/Athens')).toISOString()).toBe('2026-10-25T00:30:00.000Z')
  expect(new Date(instantOf('2027-03-28T03:30', 'Europe/Athens')).toISOString()).toBe('2027-03-28T01:30:00.000Z')
  expect(offsetAt('Australia/Lord_Howe', Date.UTC(2026, 6, 1))).toBe(630)
})

test('days and minutes are counted on the wall', () => {
  expect(wallAfter('2026-10-24T09:30', 1)).toBe('2026-10-25T09:30')
  expect(wallAfter('2026-12-31T23:30', 0, 45)).toBe('2027-01-01T00:15')
  expect(daysBetween('2026-10-20', '2026-11-02')).toBe(13)
  expect(wallOf('2026-11-24', minutesOf('2026-11-24T09:05'))).toBe('2026-11-24T09:05')
})
