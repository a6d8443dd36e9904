import { Hono } from 'hono'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { HouseEnv } from '#kit/http.ts'
import { floodGate, turnAway } from './flood.ts'

const refusedOf = (rate: number, seconds: number): number => {
  const gate = floodGate()
  return Array.from({ length: rate * seconds }, (_, nth) => gate.admit('203.0.113.9', nth / rate)).filter((wait) => wait > 0).length
}

describe('the gate against floods', () => {
  test('refuses at least 99 of 100 of a thousand requests a second from one address', () => {
    expect(refusedOf(1_000, 40) / 40_000).toBeGreaterThanOrEqual(0.99)
  })
  test('lets a house full of people in, and a page with all it loads', () => {
    expect(refusedOf(140, 60)).toBe(0)
    const gate = floodGate()
    expect(Array.from({ length: 300 }, () => gate.admit('203.0.113.9', 5)).every((wait) => wait === 0)).toBe(true)
  })
  test('hears whoever stopped again after the seconds it named, however long they were at it', () => {
    fc.assert(fc.property(fc.integer({ min: 301, max: 30_000 }), fc.integer({ min: 1, max: 20 }), (asked, during) => {
      const gate = floodGate()
      let wait = 0
      for (let nth = 1; nth <= asked; nth++) wait = gate.admit('203.0.113.9', nth / asked * during)
      fc.pre(wait > 0)
      expect(wait).toBeLessThanOrEqual(8)
      expect(gate.admit('203.0.113.9', during + wait)).toBe(0)
    }), { numRuns: 50 })
  })
  test('counts every address for itself', () => {
    const gate = floodGate()
    for (let nth = 0; nth < 2_000; nth++) gate.admit('203.0.113.9', nth / 1_000)
    expect(gate.admit('203.0.113.10', 2)).toBe(0)
  })
})

describe('a request from an address that floods', () => {
  const house = (hops: number) => {
    let read = 0
    const app = new Hono<HouseEnv>()
    app.use(turnAway(floodGate(), hops))
    app.post('/say', async (c) => { read += (await c.req.text()).length; return c.text('heard') })
    const say = async (from: string, lang = 'el') => await app.request('/say', { method: 'POST', body: 'γεια', headers: { 'x-forwarded-for': from, 'accept-language': lang } })
    return { say, read: () => read }
  }
  test('is refused unread, in the reader’s language and with the seconds to wait', async () => {
    const { say, read } = house(1)
    for (let nth = 0; nth < 340; nth++) await say('203.0.113.9')
    const before = read()
    const refused = await say('203.0.113.9')
    expect([refused.status, refused.headers.get('content-type'), Number(refused.headers.get('retry-after')) > 0, read()]).toEqual([429, 'application/problem+json; charset=utf-8', true, before])
    expect(await refused.json()).toMatchObject({ code: 'rate_limited', title: expect.stringMatching(/\p{Script=Greek}/u) })
    expect((await say('203.0.113.10')).status).toBe(200)
  })
  test('is heard where a proxy may stand in front that nobody told us of', async () => {
    const { say } = house(0)
    const all = await Promise.all(Array.from({ length: 400 }, () => say('203.0.113.9')))
    expect(all.every(({ status }) => status === 200)).toBe(true)
  })
})
