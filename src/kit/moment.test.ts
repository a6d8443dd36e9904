import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { newId } from './id.ts'
import { cursorAt, moment, momentIn, placeAt } from './moment.ts'

describe('a moment from outside', () => {
  test.each(['', 'χθες', '0000-01-01T00:00:00Z', '+275760-09-13T00:00:00Z', '-271821-04-20T00:00:00Z', '9999-99-99T99:99:99Z'])('is none when it reads “%s”', (text) => {
    expect(momentIn(text)).toBeUndefined()
    expect(moment.safeParse(text).success).toBe(false)
  })
  test('is taken within the years a calendar has', () => {
    expect(momentIn('2026-11-23T08:30:00Z')).toEqual(new Date('2026-11-23T08:30:00Z'))
    expect(moment.parse('2026-11-23')).toEqual(new Date('2026-11-23'))
  })
})

describe('a cursor', () => {
  test('leads back to the place it was made from', () => {
    fc.assert(fc.property(fc.date({ min: new Date('0001-02-01'), max: new Date('9999-12-01'), noInvalidDate: true }), (at) => {
      const id = newId()
      expect(placeAt(cursorAt(at, id))).toEqual({ at: at.toISOString(), id })
    }))
  })
  test.each([undefined, '', 'a_b', `0000-01-01T00:00:00.000Z_${newId()}`, `9999-99-99T99:99:99.999Z_${newId()}`, `2026-11-23T08:30:00Z_${'-'.repeat(36)}`])('that is none (%s) is the beginning', (cursor) => {
    expect(placeAt(cursor)).toBeUndefined()
  })
})
