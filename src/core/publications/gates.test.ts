import fc from 'fast-check'
import { expect, test } from 'vitest'
import { admit, gateAfter, open } from './gates.ts'

const minute = 60_000
const at = (ms: number): Date => new Date(Date.parse('2026-10-20T09:00:00Z') + ms)

test('no window of a pace ever holds more sends than it allows, and all get their turn', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 30 }), fc.array(fc.record({ wait: fc.nat(20), many: fc.integer({ min: 1, max: 9 }) }), { minLength: 1, maxLength: 12 }), (sends, perMinutes, arrivals) => {
    const sent: number[] = []
    let waiting: number[] = []
    let clock = 0
    const turn = (fresh: number) => {
      const due = waiting.filter((time) => time <= clock)
      waiting = waiting.filter((time) => time > clock)
      const wanted = due.length + fresh
      const window = perMinutes * minute
      const recent = sent.filter((time) => clock - time < window).toSorted((a, b) => b - a).slice(0, sends).map(at)
      const let_ = admit({ gate: open, pace: { sends, perMinutes }, recent, wanted, now: at(clock) })
      for (let n = 0; n < wanted; n++) if (n < let_.now) sent.push(clock); else waiting.push(let_.later(n - let_.now).getTime() - at(0).getTime())
    }
    for (const { wait, many } of arrivals) { clock += wait * minute; turn(many) }
    for (let rounds = 0; waiting.length > 0 && rounds < 500; rounds++) { clock = Math.max(clock, Math.min(...waiting)); turn(0) }
    expect(waiting).toEqual([])
    expect(sent.length).toBe(arrivals.reduce((sum, { many }) => sum + many, 0))
    for (const time of sent) expect(sent.filter((other) => other >= time && other < time + perMinutes * minute).length).toBeLessThanOrEqual(sends)
  }))
})
test('while a network asks for patience nobody calls; then one goes ahead and the others wait for what it meets', () => {
  const gate = gateAfter(open, 'paced', { now: at(0), until: at(90_000) })
  const before = admit({ gate, pace: undefined, recent: [], wanted: 50, now: at(89_999) })
  expect([before.now, before.later(7)]).toEqual([0, at(90_000)])
  const then = admit({ gate, pace: undefined, recent: [], wanted: 50, now: at(90_000) })
  expect([then.now, then.later(0) > at(90_000)]).toEqual([1, true])
  expect(admit({ gate: then.gate, pace: undefined, recent: [], wanted: 49, now: at(90_001) }).now).toBe(0)
  expect(admit({ gate: gateAfter(then.gate, 'refused', { now: at(90_100), until: null }), pace: undefined, recent: [], wanted: 49, now: at(90_200) }).now).toBe(49)
})
test('after five calls in a row without an answer an account is left alone, longer each time, at most a quarter of an hour', () => {
  let gate = open
  const waits: number[] = []
  for (let n = 0; n < 14; n++) {
    gate = gateAfter(gate, n % 2 ? 'unreached' : 'unknown', { now: at(0), until: null })
    waits.push(gate.closedUntil ? gate.closedUntil.getTime() - at(0).getTime() : 0)
  }
  expect(waits.slice(0, 8)).toEqual([0, 0, 0, 0, 30_000, 60_000, 120_000, 240_000])
  expect(Math.max(...waits)).toBe(15 * minute)
  expect(gateAfter(gate, 'refused', { now: at(0), until: null })).toEqual(open)
})
