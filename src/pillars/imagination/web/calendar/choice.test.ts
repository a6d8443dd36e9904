import { expect, test } from 'vitest'
import { between, makeChoice } from './choice.ts'

test('choosing one tells those who listen, once, and taking it back as well', () => {
  const choice = makeChoice()
  let told = 0
  const stop = choice.listen(() => { told++ })
  choice.toggle('rye')
  choice.toggle('olive')
  expect([choice.ids(), choice.has('rye')]).toEqual([['rye', 'olive'], true])
  choice.toggle('rye')
  expect(choice.ids()).toEqual(['olive'])
  stop()
  choice.set([])
  expect([choice.ids(), told]).toEqual([[], 3])
})

test('a stretch goes from the last one chosen to this one, in either direction', () => {
  const order = ['a', 'b', 'c', 'd']
  expect(between(order, 'b', 'd')).toEqual(['b', 'c', 'd'])
  expect(between(order, 'd', 'b')).toEqual(['b', 'c', 'd'])
  expect(between(order, undefined, 'c')).toEqual(['c'])
  expect(between(order, 'gone', 'c')).toEqual(['c'])
})
