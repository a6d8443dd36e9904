import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isTid, tidAfter, tidOf } from './tid.ts'

const moment = fc.date({ min: new Date('2005-01-01T00:00:00Z'), max: new Date('2200-01-01T00:00:00Z'), noInvalidDate: true }).map((at) => at.toISOString())
const micros = (tid: string) => Array.from(tid).reduce((sum, letter) => sum * 32n + BigInt('234567abcdefghijklmnopqrstuvwxyz'.indexOf(letter)), 0n) >> 10n

test('any key at any moment gives a valid name, and the same each time', () => {
  fc.assert(fc.property(fc.string(), moment, (key, at) => {
    const tid = tidOf(key, at)
    expect(isTid(tid)).toBe(true)
    expect(tidOf(key, at)).toBe(tid)
  }))
})
test('a name tells the minute at which the post was written', () => {
  fc.assert(fc.property(fc.uuid(), moment, (key, at) => {
    expect(Math.abs(Number(micros(tidOf(key, at))) / 1_000 - Date.parse(at))).toBeLessThan(68_000)
  }))
})
test('what is written more than a minute later sorts later', () => {
  fc.assert(fc.property(fc.uuid(), fc.uuid(), moment, fc.integer({ min: 67_200, max: 10 ** 9 }), (key, other, at, later) => {
    expect(tidOf(key, at) < tidOf(other, new Date(Date.parse(at) + later).toISOString())).toBe(true)
  }))
})
test('a thousand posts of one second have a thousand names', () => {
  fc.assert(fc.property(fc.uniqueArray(fc.uuid(), { minLength: 1_000, maxLength: 1_000 }), moment, (keys, at) => {
    expect(new Set(keys.map((key) => tidOf(key, at))).size).toBe(1_000)
  }), { numRuns: 5 })
})
test('the parts of a thread follow one another, and their names stay valid', () => {
  fc.assert(fc.property(fc.uuid(), moment, fc.integer({ min: 1, max: 100 }), (key, at, place) => {
    const first = tidOf(key, at)
    expect(isTid(tidAfter(first, place))).toBe(true)
    expect(tidAfter(first, place) > tidAfter(first, place - 1)).toBe(true)
    expect(tidAfter(first, 0)).toBe(first)
  }))
})
test.each(['3jzfcijpj2z2a', '7777777777777', '3zzzzzzzzzzzz'])('%s is a name', (tid) => { expect(isTid(tid)).toBe(true) })
test.each(['3jzfcijpj2z21', '0000000000000', '3JZFCIJPJ2Z2A', '3jzfcijpj2z2aa', '3jzfcijpj2z2', 'kjzfcijpj2z2a', '3jzf-cij-pj2z-2a', ''])('%j is none', (tid) => { expect(isTid(tid)).toBe(false) })
