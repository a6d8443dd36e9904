import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { countText, roomLeft } from './count.ts'
import { slug, transliterate } from './slug.ts'

describe('the address of a title', () => {
  test.each([
    ['Ψωμί σίκαλης', 'psomi-sikalis'], ['Ευχαριστούμε, Πάτρα!', 'efcharistoume-patra'], ['Αύριο ανοίγουμε', 'avrio-anoigoume'],
    ['Άυλος τίτλος', 'aylos-titlos'],
    ['Μπουγάτσα & κουλούρια', 'bougatsa-koulouria'], ['Αγγελία για λάμπες', 'angelia-gia-lampes'], ['Προϊόν χωρίς γλουτένη',
    'proion-choris-glouteni'],
    ['It’s out: rye bread!', 'its-out-rye-bread'], ['Crème brûlée', 'creme-brulee'], ['🍞', 'post'], ['', 'post'], ['---', 'post'],
    ['ΑΫΠΝΙΑ', 'aypnia'], ['Ξανά, με ψυχή', 'xana-me-psychi'],
  ])('%s → %s', (title, address) => expect(slug(title)).toBe(address))
  test('a long title is cut between words', () => {
    const address = slug('Πώς ζυμώνουμε κάθε πρωί το ψωμί σίκαλης που μας έμαθε η γιαγιά Ελένη στα Καλάβρυτα πριν από χρόνια')
    expect(address.length).toBeLessThanOrEqual(80)
    expect(transliterate('πώς ζυμώνουμε κάθε πρωί το ψωμί σίκαλης που μας έμαθε η γιαγιά ελένη στα καλάβρυτα πριν από χρόνια').replaceAll(' ',
      '-').startsWith(`${address}-`)).toBe(true)
  })
  test('whatever the title, the address is one', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (title) => {
      expect(slug(title)).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)
      expect(slug(title).length).toBeLessThanOrEqual(80)
    }))
  })
})

describe('the length of a text', () => {
  test.each([
    ['ψωμί', 'grapheme', 4], ['👩‍🍳', 'grapheme', 1], ['👩‍🍳', 'codepoint', 3], ['👩‍🍳', 'utf16', 5], ['👩‍🍳', 'byte', 11], ['ψωμί', 'byte',
    8], ['plain', 'grapheme', 5], ['a\r\nb', 'grapheme', 3],
  ] as const)('%s by %s is %i', (text, unit, length) => expect(countText(text, { unit })).toBe(length))
  test('an address costs what the network says', () => {
    expect(countText('Δείτε: https://fournos.gr/blog/psomi-sikalis-kai-alla. Γεια', { unit: 'grapheme', linkCost: 23 })).toBe(7 + 23 + 6)
    expect(roomLeft('x'.repeat(290), { max: 300, unit: 'grapheme' })).toBe(10)
    expect(roomLeft('x'.repeat(310), { max: 300, unit: 'grapheme' })).toBe(-10)
  })
  test('whatever the text, graphemes ≤ code points ≤ UTF-16 units ≤ bytes', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const [a, b, c, d] = (['grapheme', 'codepoint', 'utf16', 'byte'] as const).map((unit) => countText(text, { unit }))
      expect([a! <= b!, b! <= c!, c! <= d!]).toEqual([true, true, true])
    }))
  })
})
