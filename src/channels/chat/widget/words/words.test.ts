import { expect, test } from 'vitest'
import { wordsIn } from './words.ts'

test('the waiting time is said as people say it, in both languages', () => {
  expect([0.4, 1, 4, 59, 60, 150].map(wordsIn('en').wait)).toEqual(['a minute', 'a minute', '4 minutes', '59 minutes', 'an hour', '3 hours'].map((time) => `Usually answers in about ${time}`))
  expect([0.4, 4, 60, 150].map(wordsIn('el').wait)).toEqual(['ένα λεπτό', '4 λεπτά', 'μία ώρα', '3 ώρες'].map((time) => `Απαντάμε συνήθως σε περίπου ${time}`))
})

test('whoever is here is named', () => {
  expect(wordsIn('en').here(['Maria'])).toBe('Maria is here')
  expect(wordsIn('en').here(['Maria', 'Nikos'])).toBe('Maria and Nikos are here')
  expect(wordsIn('el').here(['Μαρία', 'Νίκος'])).toBe('Εδώ για εσάς: Μαρία και Νίκος')
})

test('sizes are said in the reader’s way', () => {
  expect([1, 12_400, 3_450_000].map(wordsIn('en').bytes)).toEqual(['1 kB', '12 kB', '3.5 MB'])
  expect(wordsIn('el').bytes(3_450_000)).toBe('3,5 MB')
})
