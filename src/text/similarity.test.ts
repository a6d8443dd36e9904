import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { likeness, nearest, signature, similarity } from './similarity.ts'

const rye = 'Our rye bread is out of the oven at seven every morning. We bake it with whole flour from Kalavryta and sea salt, and it stays fresh for four days.'
const sikali = 'Το ψωμί σίκαλης βγαίνει από τον φούρνο στις επτά κάθε πρωί. Το ζυμώνουμε με αλεύρι ολικής από τα Καλάβρυτα και θαλασσινό αλάτι, και κρατά τέσσερις μέρες.'

describe('near-duplicates', () => {
  test.each([
    [rye, rye.toUpperCase()],
    [rye, rye.replace('seven', 'eight').replace('four days', 'three days')],
    [rye, `Good morning, Patras! ${rye} Come and try a slice, the coffee is on us this Saturday.`],
    [rye,
    'Every morning at seven our rye bread is out of the oven. We bake it with sea salt and whole flour from Kalavryta, and it stays fresh for four days.'],
    [sikali, sikali.replace('επτά', 'οκτώ').replace('τέσσερις', 'τρεις')],
    [sikali,
    'Κάθε πρωί στις επτά βγαίνει το ψωμί σίκαλης από τον φούρνο. Ζυμώνεται με θαλασσινό αλάτι και αλεύρι ολικής από τα Καλάβρυτα και κρατάει τέσσερις μέρες.'],
    ['Fresh koulouria today!', 'Today: fresh koulouria!'],
  ])('%s ≈ %s', (a, b) => expect(similarity(a, b)).toBeGreaterThanOrEqual(0.6))
})

describe('different things said', () => {
  test.each([
    [rye, 'How do you keep bread fresh? Wrap it in a linen cloth, never in plastic, and keep it away from the fridge.'],
    [rye, 'We made a mistake: the almond biscuits of Tuesday were sold without the label that names nuts. We are very sorry.'],
    [rye, 'Our rye starter is eleven years old. Maria feeds it twice a day, also on Christmas; here is how to make your own.'],
    [sikali, 'Το προζύμι μας είναι έντεκα χρονών. Η Μαρία το ταΐζει δύο φορές τη μέρα, και τα Χριστούγεννα.'],
    [sikali, 'Πώς μένει φρέσκο το ψωμί; Τυλίξτε το σε λινό πανί, ποτέ σε πλαστικό.'],
    [rye, sikali], ['', ''], ['🍞', '🍞'], [rye, ''],
  ])('%s ≠ %s', (a, b) => expect(similarity(a, b)).toBeLessThan(0.45))
})

test('likeness is between 0 and 1 and the same both ways', () => {
  const said = fc.array(fc.constantFrom('rye', 'bread', 'ψωμί', 'oven', 'φούρνος', 'salt', 'the', '.', '🍞'),
    { maxLength: 20 }).map((list) => list.join(' '))
  fc.assert(fc.property(said, fc.oneof(said, fc.string({ unit: 'grapheme' })), (a, b) => {
    const alike = similarity(a, b)
    expect(alike).toBeGreaterThanOrEqual(0)
    expect(alike).toBeLessThanOrEqual(1)
    expect(similarity(b, a)).toBe(alike)
  }))
})

test('the nearest is found, also in a long list', () => {
  const filler = Array.from({ length: 600 }, (_, day) => ({ id: `day-${day}`,
    text: `On day ${day} Nikos wrote about topic${day % 37} and flour${day} with story${day * 7}` }))
  const known = { id: 'rye', text: rye }
  expect(nearest(rye.replace('seven', 'eight'), [known, ...filler.slice(0, 20)])?.item.id).toBe('rye')
  expect(nearest(rye.replace('seven', 'eight'), [...filler, known])?.item.id).toBe('rye')
  expect(nearest(rye, [])).toBeUndefined()
  expect(nearest(rye, [{ text: 'Ζυμαρικά' }])).toBeUndefined()
})

test('a signature estimates the stems in common', () => {
  expect(likeness(signature(rye), signature(rye))).toBe(1)
  expect(likeness(signature(rye), signature(rye.replace('seven', 'eight')))).toBeGreaterThan(0.6)
  expect(likeness(signature(rye), signature(sikali))).toBeLessThan(0.1)
})
