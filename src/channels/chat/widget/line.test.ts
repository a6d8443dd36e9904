import fc from 'fast-check'
import { expect, test } from 'vitest'
import { patience } from './line.ts'

test('tries come ever more seldom, never more than half a minute apart, and never all at once', () => {
  fc.assert(fc.property(fc.nat(50), fc.double({ min: 0, max: 1, noNaN: true }), (tries, random) => {
    const wait = patience(tries, random)
    expect(wait).toBeGreaterThanOrEqual(500)
    expect(wait).toBeLessThanOrEqual(30_000)
  }))
  expect(patience(1, 1)).toBe(2000)
  expect(patience(9, 0)).toBe(15_000)
})
