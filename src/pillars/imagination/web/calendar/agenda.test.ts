import { expect, test } from 'vitest'
import { dayAfter, dayIn, gone, hourIn, upcoming } from './agenda.ts'

const zone = 'Europe/Athens'
const post = (title: string, dueAt: string | null, publishedAt: string | null = null) => ({ title, dueAt, publishedAt })

test('a post due after midnight in Patras stands on the next day, whatever the day is in London', () => {
  expect(dayIn(zone, new Date('2026-11-23T22:30:00Z'))).toBe('2026-11-24')
  expect(hourIn(zone, new Date('2026-11-23T22:30:00Z'))).toBe('00:30')
})

test('the coming week is shown with its empty days, and a far day only when something is planned', () => {
  const days = upcoming([post('later', '2026-12-24T08:00:00Z'), post('noon', '2026-11-24T10:00:00Z'), post('dawn', '2026-11-24T05:00:00Z')], '2026-11-23', zone)
  expect(days.map((one) => one.day)).toEqual(['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27', '2026-11-28', '2026-11-29', '2026-12-24'])
  expect(days[1]!.posts.map((one) => one.title)).toEqual(['dawn', 'noon'])
})

test('what went out stands newest first', () => {
  const days = gone([post('old', null, '2026-11-01T08:00:00Z'), post('new', null, '2026-11-20T08:00:00Z')], zone)
  expect(days.map((one) => one.posts[0]!.title)).toEqual(['new', 'old'])
})

test('the night the clocks change is one day like any other', () => {
  expect(dayAfter('2026-10-24', 1)).toBe('2026-10-25')
  expect(dayAfter('2026-10-25', 1)).toBe('2026-10-26')
})
