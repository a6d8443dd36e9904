import { expect, test } from 'vitest'
import { listPath, narrowed, placeOf } from './place.ts'

test('an address with strange words in it still opens the inbox', () => {
  expect(placeOf({ view: 'yours', q: 7, lang: 'el', other: 'x', channel: '' })).toEqual({ lang: 'el' })
})

test('a search in Greek is asked as it was typed', () => {
  const asked = new URL(listPath({ q: 'ψωμί & σίκαλη', view: 'waiting' }, 'abc'), 'http://stoa.test').searchParams
  expect(Object.fromEntries(asked)).toEqual({ q: 'ψωμί & σίκαλη', view: 'waiting', cursor: 'abc', limit: '100' })
})

test('the words searched for are not counted among the filters', () => {
  expect(narrowed({ view: 'mine', q: 'rye', channel: 'porch', lang: 'el' })).toBe(2)
})
