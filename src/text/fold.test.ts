import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fold, foldMap } from './fold.ts'

describe('folding', () => {
  test.each([
    ['Άρτος', 'αρτοσ'], ['ΑΡΤΟΣ', 'αρτοσ'], ['αρτος', 'αρτοσ'], ['προϊόν', 'προιον'], ['Ταΰγετος', 'ταυγετοσ'], ['ΰ ΐ', 'υ ι'],
    ['Café CRÈME', 'cafe creme'], ['naïve', 'naive'], ['ᾠδή', 'ωδη'], ['Ωμέγα', 'ωμεγα'], ['a b\n1', 'a b\n1'], ['🍞 Ψωμί', '🍞 ψωμι'], ['',
    ''],
  ])('%s becomes %s', (text, folded) => {
    expect(fold(text)).toBe(folded)
    expect(foldMap(text).folded).toBe(folded)
  })

  test('a place in the folded text leads back to the same word in the original', () => {
    const text = 'Το «Ψωμι\u0301 σίκαλης» βγήκε'
    const { folded, origin } = foldMap(text)
    const start = folded.indexOf('ψωμι')
    expect(text.slice(origin[start], origin[start + 4])).toBe('Ψωμι\u0301')
    const second = folded.indexOf('σικαλησ')
    expect(text.slice(origin[second], origin[second + 7])).toBe('σίκαλης')
  })

  test('whatever the text, folding twice changes nothing and every place lies inside, in order', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const { folded, origin } = foldMap(text)
      expect(fold(fold(text))).toBe(fold(text))
      expect(origin).toHaveLength(folded.length + 1)
      expect(origin.every((at, place) => at <= text.length && at >= (origin[place - 1] ?? 0))).toBe(true)
    }))
  })
})
