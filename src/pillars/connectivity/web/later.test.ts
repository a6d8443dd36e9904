import { expect, test } from 'vitest'
import { laters } from './later.ts'

test('on a Wednesday morning one can wait until the evening, tomorrow, Monday or a week', () => {
  const found = laters(new Date(2026, 10, 25, 9, 30))
  expect(found.map((one) => one.name)).toEqual(['in-three-hours', 'this-evening', 'tomorrow', 'monday', 'next-week'])
  expect(found.map((one) => one.at.getDate())).toEqual([25, 25, 26, 30, 2])
})

test('on a Sunday night the evening has passed and Monday is tomorrow', () => {
  expect(laters(new Date(2026, 10, 29, 21, 0)).map((one) => one.name)).toEqual(['in-three-hours', 'tomorrow', 'next-week'])
})

test('nothing offered has passed, at any hour of a year', () => {
  for (let hour = 0; hour < 366 * 24; hour += 5) {
    const now = new Date(2026, 0, 1, hour, 59)
    expect(laters(now).every((one) => one.at > now)).toBe(true)
  }
})
