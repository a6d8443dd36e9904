import { expect, test } from 'vitest'
import { fromTyped, shown, typedOf } from './figures.ts'

test.each([
  [0.824, 'percent', 'en', '82%'], [0.034, 'percent', 'en', '3.4%'], [0.824, 'percent', 'el', '82%'],
  [3.25, 'ratio', 'en', '3.3 : 1'], [3.25, 'ratio', 'el', '3,3 : 1'],
  [42, 'minutes', 'en', '42 min'], [80, 'minutes', 'en', '1 hr 20 min'], [59.7, 'minutes', 'en', '1 hr'], [1500, 'minutes', 'en', '1 day 1 hr'], [2880, 'minutes', 'en', '2 days'],
  [1400, 'count', 'el', '1.400'],
] as const)('%d as %s in %s reads “%s”', (value, unit, lang, text) => {
  expect(shown(value, unit, lang).replaceAll('\u00a0', ' ')).toBe(text)
})

test('a share typed as percent comes back as it was', () => {
  expect(fromTyped(typedOf(0.835, 'percent'), 'percent')).toBeCloseTo(0.835)
})
