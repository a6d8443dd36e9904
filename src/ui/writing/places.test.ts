import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Finding } from '#kit/pillar.ts'
import { ranked, stretches, takenUp } from './places.ts'

const finding = (at: readonly [number, number], more: Partial<Finding> = {}): Finding => ({
  pillar: 'honesty', rule: 'evasive', at, says: { en: 'It hides.', el: 'Κρύβει.' }, because: { en: '', el: '' }, weight: 'note', ...more,
})

test('a text is cut where findings begin and end, and overlapping findings share a stretch', () => {
  const [whole, part] = [finding([0, 10]), finding([3, 5])]
  expect(stretches('No comment today', [whole, part]).map((piece) => [piece.text, piece.findings.length]))
    .toEqual([['No ', 1], ['co', 2], ['mment', 1], [' today', 0]])
})

test('the stretches of any text put together are that text', () => {
  const places = fc.array(fc.tuple(fc.nat(60), fc.nat(60)))
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), places, (text, pairs) => {
    const found = pairs.map(([a, b]) => finding([Math.min(a, b), Math.max(a, b)]))
    expect(stretches(text, found).map((piece) => piece.text).join('')).toBe(text)
  }))
})

test('a better sentence takes the place of the one it is better than', () => {
  const better = finding([9, 22], { instead: 'Δεν το ξέρουμε ακόμη.' })
  expect(takenUp('Γεια σας ουδέν σχόλιο.', better)).toEqual({ text: 'Γεια σας Δεν το ξέρουμε ακόμη.', from: 9, to: 30 })
})

test('a better sentence about the whole becomes a paragraph of its own at the end', () => {
  expect(takenUp('Rye bread from Monday.\n', finding([0, 0], { instead: 'What would you bake?' })).text)
    .toBe('Rye bread from Monday.\n\nWhat would you bake?')
  expect(takenUp('', finding([0, 0], { instead: 'What would you bake?' })).text).toBe('What would you bake?')
})

test('what holds is named before what only advises', () => {
  const found = ranked([finding([0, 2]), finding([5, 6], { weight: 'stop' }), finding([3, 4], { weight: 'warn' })])
  expect(found.map((one) => one.weight)).toEqual(['stop', 'warn', 'note'])
})
