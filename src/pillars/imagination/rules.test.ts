import type { Recent } from '#kit/pillar.ts'
import { describe, expect, test } from 'vitest'
import { echo, sameFormat, sameOpening } from './rules.ts'

const post = (text: string, format = 'note'): Recent => ({ id: text.slice(0, 8), title: '', text, intent: 'give',
  at: '2026-04-20T09:00:00Z', format })
const rye = 'Our rye bread is out of the oven at seven every morning. We bake it with whole flour from Kalavryta and sea salt.'
const sikali = 'Το ψωμί σίκαλης βγαίνει από τον φούρνο στις επτά κάθε πρωί. Το ζυμώνουμε με αλεύρι ολικής από τα Καλάβρυτα.'

describe('an echo', () => {
  test.each([
    [rye, rye.replace('seven', 'eight')], [rye, rye.toUpperCase()], [rye, `Good morning! ${rye}`], [rye, rye.replace('Our', 'The').replace('sea salt', 'salt')], [rye, `**${rye}** https://fournos.gr`], [rye, rye.replace(/\./g, '!')],
    [sikali, sikali.replace('επτά', 'οκτώ')], [sikali, sikali.toUpperCase()], [sikali, `Καλημέρα! ${sikali}`], [sikali, sikali.replace('Το ψωμί', 'Τα ψωμιά')], [sikali, `> Ρώτησαν.\n\n${sikali}`], [sikali, sikali.replace(/\./g, '!')],
  ])('%s ← %s', (earlier, text) => expect(echo(text, [post('Something else was said here.'), post(earlier)], 0.6)?.post.text).toBe(earlier))
  test.each([
    [rye, 'Bread stays fresh in linen, never in plastic.'], [rye, 'Maria feeds our starter twice a day; it is eleven years old.'], [rye,
    sikali], [rye, 'We made a mistake with the almond biscuits. We are sorry.'], [rye, 'See you at seven!'], [rye, ''],
    [sikali, 'Το ψωμί μένει φρέσκο σε λινό πανί.'], [sikali, 'Η Μαρία ταΐζει το προζύμι δύο φορές τη μέρα.'], [sikali,
    'Κάναμε λάθος με τα αμυγδαλωτά. Συγγνώμη.'], [sikali, 'Τα λέμε στις επτά!'], [sikali, rye], [sikali, '🍞'],
  ])('%s ≁ %s', (earlier, text) => expect(echo(text, [post(earlier)], 0.6)).toBeUndefined())
})

describe('the same opening', () => {
  test.each([
    ['Good morning dear Patras, rye is out.', 'GOOD MORNING, dear Patras! Today koulouria.', 'GOOD MORNING, dear Patras'],
    ['Did you know that rye sleeps?', '**Did you know that** salt works?', 'Did you know that'],
    ['Καλημέρα σε όλη την Πάτρα, βγήκε σίκαλη.', 'Καλημέρα σε όλη την Πάτρα! Σήμερα κουλούρια.', 'Καλημέρα σε όλη την Πάτρα'],
    ['Το ξέρατε ότι η σίκαλη κοιμάται;', 'ΤΟ ΞΕΡΑΤΕ ΟΤΙ η ζύμη μιλά;', 'ΤΟ ΞΕΡΑΤΕ ΟΤΙ η'],
  ])('%s and %s', (earlier, text, words) => expect(text.slice(...sameOpening(text, [post(earlier)])!.at)).toBe(words))
  test.each([['Good morning Patras', 'Good morning Athens'], ['Good morning dear', 'Good morning dear'], ['', ''], ['Καλημέρα σε όλους',
    'Καλημέρα σε όλους'], ['Did you know that rye sleeps?', 'Did you know the rye sleeps?']])(
    '%s and %s begin differently enough', (earlier, text) => expect(sameOpening(text, [post(earlier)])).toBeUndefined())
  test('what was said six posts ago may come again', () => {
    const earlier = post('Good morning dear Patras, rye is out.')
    const between = Array.from({ length: 5 }, (_, place) => post(`Another story number ${place} of ours.`))
    expect(sameOpening('Good morning dear Patras!', [...between, earlier])).toBeUndefined()
    expect(sameOpening('Good morning dear Patras!', [...between.slice(1), earlier])).toBeDefined()
  })
})

test('five of one format in a row are noticed, four are not', () => {
  const notes = Array.from({ length: 4 }, () => ({ format: 'note' }))
  expect(sameFormat('note', notes)).toBe(true)
  expect(sameFormat('recipe', notes)).toBe(false)
  expect(sameFormat('note', notes.slice(1))).toBe(false)
  expect(sameFormat('', notes.map(() => ({ format: '' })))).toBe(false)
})
