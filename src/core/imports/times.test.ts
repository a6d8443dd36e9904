import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { dateOrderOf } from './rules.ts'
import { timeReader } from './times.ts'

const greek = timeReader({ zone: 'Europe/Athens', dateOrder: 'dmy' })
const american = timeReader({ zone: 'Europe/Athens', dateOrder: 'mdy' })

describe('reading the times of a file', () => {
  test.each([
    ['2026-03-01T10:00:00Z', '2026-03-01T10:00:00.000Z'], ['2026-03-01 10:00', '2026-03-01T08:00:00.000Z'], ['2026-07-01 10:00:05', '2026-07-01T07:00:05.000Z'], ['2026-03-01T10:00:00.25+02:00', '2026-03-01T08:00:00.250Z'],
    ['2026-03-01', '2026-02-28T22:00:00.000Z'], ['1772359200', '2026-03-01T10:00:00.000Z'], ['1772359200000', '2026-03-01T10:00:00.000Z'], ['2/3/2026 9:05', '2026-03-02T07:05:00.000Z'], ['02.03.2026', '2026-03-01T22:00:00.000Z'],
    ['24/2/2015 11:14 μ.μ.', '2015-02-24T21:14:00.000Z'], ['24/2/2015 12:14 π.μ.', '2015-02-23T22:14:00.000Z'], ['24/2/2015 12:14 PM', '2015-02-24T10:14:00.000Z'],
    ['Tue, 31 Oct 2017 22:10:47 +0000', '2017-10-31T22:10:47.000Z'], ['Tue Oct 31 22:10:47 +0000 2017', '2017-10-31T22:10:47.000Z'], ['31 Oct 2017 22:10:47', '2017-10-31T20:10:47.000Z'],
  ])('%s', (written, read) => { expect(greek(written)?.toISOString()).toBe(read) })
  test('the same figures name another day in the other order', () => {
    expect(american('2/3/2026 9:05')?.toISOString()).toBe('2026-02-03T07:05:00.000Z')
    expect(american('2/24/2015 11:14')?.toISOString()).toBe('2015-02-24T09:14:00.000Z')
  })
  test.each(['yesterday', '24:61', '31/2/2026 10:00', '2026-13-01', '32/1/2026', '12', '2026-02-30T10:00Z', '1/1/2026 25:00', 'Monday', '9999-01-01', ''])('%j is no time', (written) => { expect(greek(written)).toBeUndefined() })
  test('what is written in a zone is read back in it, on any day and minute that exists there', () => {
    const day = fc.date({ min: new Date('2000-01-01'), max: new Date('2037-12-31'), noInvalidDate: true })
    const formatter = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Athens', dateStyle: 'short', timeStyle: 'medium' })
    fc.assert(fc.property(day, (at) => {
      const wall = formatter.format(at)
      const read = greek(wall)
      expect(read && formatter.format(read)).toBe(wall)
    }))
  })
  test('the order of slashed dates is found by the first that leaves no doubt', () => {
    expect(dateOrderOf(['2/3/2026', '1/1/2026 10:00', '2/24/2015 11:14'])).toBe('mdy')
    expect(dateOrderOf(['2/3/2026', '24.2.2015'])).toBe('dmy')
    expect(dateOrderOf(['2/3/2026', '2026-02-24'])).toBeUndefined()
  })
})
