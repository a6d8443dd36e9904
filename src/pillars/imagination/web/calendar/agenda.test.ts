import { expect, test } from 'vitest'
import { dayAfter, dayIn, hourIn, monthAfter, monthDays, weekdayOf, weeksOf } from './agenda.ts'

const zone = 'Europe/Athens'

test('a post due after midnight in Patras stands on the next day, whatever the day is in London', () => {
  expect(dayIn(zone, new Date('2026-11-23T22:30:00Z'))).toBe('2026-11-24')
  expect(hourIn(zone, new Date('2026-11-23T22:30:00Z'))).toBe('00:30')
})

test('the night the clocks change is one day like any other', () => {
  expect(dayAfter('2026-10-24', 1)).toBe('2026-10-25')
  expect(dayAfter('2026-10-25', 1)).toBe('2026-10-26')
})

test('a month is shown in whole weeks from Monday, and never a week that is not its own', () => {
  expect(weeksOf('2026-11-24').map((week) => [week[0], week[6]])).toEqual([['2026-10-26', '2026-11-01'], ['2026-11-02', '2026-11-08'], ['2026-11-09', '2026-11-15'], ['2026-11-16', '2026-11-22'], ['2026-11-23', '2026-11-29'], ['2026-11-30', '2026-12-06']])
  expect(weeksOf('2027-02-10')).toHaveLength(4)
  expect(monthDays('2028-02-10')).toHaveLength(29)
  expect(weekdayOf('2026-11-23')).toBe(1)
  expect(weekdayOf('2026-11-29')).toBe(7)
})

test('a month after the last of January is the last of February', () => {
  expect(monthAfter('2027-01-31', 1)).toBe('2027-02-28')
  expect(monthAfter('2026-12-15', 1)).toBe('2027-01-15')
  expect(monthAfter('2027-03-31', -1)).toBe('2027-02-28')
})
