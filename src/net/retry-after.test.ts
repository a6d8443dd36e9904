import fc from 'fast-check'
import { expect, test } from 'vitest'
import { retryAfter } from './retry-after.ts'

const now = new Date('2026-11-23T09:00:00Z')
const seconds = (date: Date) => (date.getTime() - now.getTime()) / 1000

test.each([
  ['120', 120], ['0', 1], ['-30', 1], ['1.5', 1.5], [' 10 ', 10],
  ['Mon, 23 Nov 2026 09:05:00 GMT', 300], ['Mon, 23 Nov 2026 08:00:00 GMT', 1],
  ['315360000', 21_600], ['Sat, 23 Nov 2036 09:00:00 GMT', 21_600], ['99999999999999999999999', 21_600],
  ['', 60], ['soon', 60], ['αύριο', 60], ['12 minutes', 60],
] as const)('Retry-After "%s" waits %d seconds', (header, wait) => expect(seconds(retryAfter(header, now))).toBe(wait))

test('an absent header waits a minute', () => {
  expect(seconds(retryAfter(null, now))).toBe(60)
  expect(seconds(retryAfter(undefined, now))).toBe(60)
})

test('whatever a network says, the wait is between a second and six hours', () => {
  fc.assert(fc.property(fc.string(), (header) => {
    const wait = seconds(retryAfter(header, now))
    expect(wait).toBeGreaterThanOrEqual(1)
    expect(wait).toBeLessThanOrEqual(21_600)
  }))
})
