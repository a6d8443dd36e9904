import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { endsSoon, graceOf, lightOf, reasonOf, silenceAfter, type Sight } from './light.ts'

const now = new Date('2026-11-23T12:00:00Z')
const ago = (minutes: number): Date => new Date(now.getTime() - minutes * 60_000)
const days = 24 * 60
const well: Sight = { now, state: 'connected', connectedAt: ago(90 * days), everySeconds: 60, answeredAt: ago(1), troubleSince: null, failures: 0, trouble: null, heardAt: ago(60), firstHeardAt: ago(30 * days), heardCount: 300, endsAt: null }

describe('the light of an account', () => {
  test.each<[string, Partial<Sight>, ReturnType<typeof lightOf>, ReturnType<typeof reasonOf>]>([
    ['that answers and speaks', {}, 'live', undefined],
    ['whose access was taken', { state: 'login-needed' }, 'trouble', 'login-needed'],
    ['whose access has ended', { endsAt: ago(1) }, 'trouble', 'ended'],
    ['whose access ends tomorrow', { endsAt: ago(-days) }, 'live', undefined],
    ['that stumbled a moment ago', { troubleSince: ago(5), failures: 2 }, 'live', undefined],
    ['that has failed for an hour', { troubleSince: ago(60), failures: 9 }, 'trouble', 'failing'],
    ['that nobody has pulled for hours', { answeredAt: ago(300) }, 'trouble', 'not-pulled'],
    ['that spoke ten times a day and not for a week', { heardAt: ago(7 * days) }, 'quiet', 'silent'],
    ['that speaks once a month and is quiet for a week', { heardCount: 3, firstHeardAt: ago(67 * days), heardAt: ago(7 * days) }, 'live', undefined],
    ['that was never heard, a month and more after it was connected', { heardAt: null, firstHeardAt: null, heardCount: 0, connectedAt: ago(31 * days) }, 'quiet', 'silent'],
    ['just connected and not yet pulled', { connectedAt: ago(1), answeredAt: null, heardAt: null, firstHeardAt: null, heardCount: 0 }, 'live', undefined],
    ['just connected, of which the first pull failed', { connectedAt: ago(1), answeredAt: null, heardAt: null, firstHeardAt: null, heardCount: 0, troubleSince: ago(1), failures: 1, trouble: 'unreached' }, 'trouble', 'failing'],
    ['just connected and asked for a pause', { connectedAt: ago(1), answeredAt: null, heardAt: null, firstHeardAt: null, heardCount: 0, troubleSince: ago(1), failures: 1, trouble: 'paced' }, 'live', undefined],
    ['that others come to, and nobody pulls', { everySeconds: undefined, answeredAt: null, heardAt: null, connectedAt: ago(90 * days) }, 'live', undefined],
    ['that is pulled once a day and failed once', { everySeconds: 86_400, troubleSince: ago(2 * days), answeredAt: ago(3 * days) }, 'live', undefined],
  ])('of an account %s', (_, change, light, reason) => {
    expect([lightOf({ ...well, ...change }), reasonOf({ ...well, ...change })]).toEqual([light, reason])
  })
  test('the silence that is unusual is its own, and never under two days nor over thirty', () => {
    fc.assert(fc.property(fc.nat(10_000), fc.integer({ min: 0, max: 500 * days }), (heardCount, span) => {
      const after = silenceAfter({ heardCount, firstHeardAt: ago(span + 10), heardAt: ago(10) })
      expect(after).toBeGreaterThanOrEqual(2 * days * 60_000)
      expect(after).toBeLessThanOrEqual(30 * days * 60_000)
    }))
  })
  test('an end is told of a week ahead', () => {
    expect([8, 6, -1].map((inDays) => endsSoon({ now, endsAt: ago(-inDays * days) }))).toEqual([false, true, true])
    expect(endsSoon({ now, endsAt: null })).toBe(false)
  })
  test('a hiccup has fifteen minutes, or three pulls where pulls are rare', () => { expect([60, 3600].map(graceOf)).toEqual([900_000, 10_800_000]) })
})
