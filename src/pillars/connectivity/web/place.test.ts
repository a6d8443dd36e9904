import { expect, test } from 'vitest'
import { narrowed, placeOf } from './place.ts'

test('an address with strange words in it still opens the inbox', () => {
  expect(placeOf({ view: 'yours', q: 7, lang: 'el', other: 'x', channel: '' })).toEqual({ lang: 'el' })
})

test('the words searched for are not counted among the filters', () => {
  expect(narrowed({ view: 'mine', q: 'rye', channel: 'porch', lang: 'el' })).toBe(2)
})
