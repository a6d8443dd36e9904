import { expect, test } from 'vitest'
import { instantOf, laters, wallOf } from './later.ts'

const zone = 'Europe/Athens'
const at = (wall: string): Date => instantOf(wall, zone)

test('on a Wednesday morning in Patras one can wait until the evening, tomorrow, Monday or a week', () => {
  const found = laters(at('2026-11-25T09:30'), zone)
  expect(found.map((one) => [one.name, wallOf(one.at, zone)])).toEqual([
    ['in-three-hours', '2026-11-25T12:30'], ['this-evening', '2026-11-25T18:00'], ['tomorrow', '2026-11-26T09:00'], ['monday', '2026-11-30T09:00'], ['next-week', '2026-12-02T09:00'],
  ])
})

test('on a Sunday night the evening has passed and Monday is tomorrow', () => {
  expect(laters(at('2026-11-29T21:00'), zone).map((one) => one.name)).toEqual(['in-three-hours', 'tomorrow', 'next-week'])
})

test('a clock of Patras is read as such, in winter, in summer and on the day after a change', () => {
  expect(at('2026-11-25T09:30').toISOString()).toBe('2026-11-25T07:30:00.000Z')
  expect(at('2026-07-01T09:30').toISOString()).toBe('2026-07-01T06:30:00.000Z')
  expect(at('2026-10-25T09:00').toISOString()).toBe('2026-10-25T07:00:00.000Z')
  expect(at('2027-03-28T09:00').toISOString()).toBe('2027-03-28T06:00:00.000Z')
})

test('nothing offered has passed, at any hour of a year', () => {
  for (let hour = 0; hour < 366 * 24; hour += 17) {
    const now = new Date(Date.UTC(2026, 0, 1, hour, 59))
    expect(laters(now, zone).every((one) => one.at > now)).toBe(true)
  }
})
