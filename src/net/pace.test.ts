import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fullBucket, takeTurn, type Bucket } from './pace.ts'

const rate = { sends: 3, perMinutes: 1 }

test('a full bucket lets a burst through and then asks to wait', () => {
  let bucket: Bucket = fullBucket(rate, 0)
  for (let send = 0; send < 3; send++) {
    const turn = takeTurn(bucket, rate, 0)
    expect(turn.go).toBe(true)
    bucket = turn.bucket
  }
  expect(takeTurn(bucket, rate, 0)).toEqual({ go: false, bucket: { left: 0, at: 0 }, waitMs: 20_000 })
  expect(takeTurn(bucket, rate, 20_000).go).toBe(true)
})

test('a clock set back neither gives nor takes', () => {
  const turn = takeTurn({ left: 0, at: 60_000 }, rate, 0)
  expect(turn).toEqual({ go: false, bucket: { left: 0, at: 60_000 }, waitMs: 80_000 })
})

test('no series of asks gets more than the burst and the refill', () => {
  const rates = fc.record({ sends: fc.integer({ min: 1, max: 50 }), perMinutes: fc.integer({ min: 1, max: 60 }) })
  fc.assert(fc.property(rates, fc.array(fc.integer({ min: 0, max: 120_000 }), { maxLength: 200 }), (paced, steps) => {
    let bucket = fullBucket(paced, 0)
    let now = 0
    let went = 0
    for (const step of steps) {
      now += step
      const turn = takeTurn(bucket, paced, now)
      if (turn.go) went++
      bucket = turn.bucket
    }
    expect(went).toBeLessThanOrEqual(paced.sends + (now / (paced.perMinutes * 60_000)) * paced.sends + 1e-6)
  }))
})

test('after the wait it named, a turn is given', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 60 }), fc.double({ min: 0, max: 0.999, noNaN: true }), (sends, perMinutes, left) => {
    const paced = { sends, perMinutes }
    const turn = takeTurn({ left, at: 0 }, paced, 0)
    expect(turn.go || takeTurn(turn.bucket, paced, turn.waitMs).go).toBe(true)
  }))
})
