import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fits, type TextLimit } from './count.ts'
import { bluesky, mastodon } from './networks/open.ts'
import { threads, x } from './networks/large.ts'
import { partsOf } from './parts.ts'

const words = (text: string): string[] => text.split(/\s+/).filter(Boolean)

describe('a thread', () => {
  test('is one part when the text fits', () => {
    expect(partsOf('Καλημέρα από τον φούρνο.', bluesky.text, { counters: true })).toEqual(['Καλημέρα από τον φούρνο.'])
    expect(partsOf('  \n ', bluesky.text)).toEqual([])
  })
  test('breaks after a sentence where one ends in time, and not after an abbreviation', () => {
    const limit: TextLimit = { max: 40, unit: 'grapheme' }
    expect(partsOf('Ψήνουμε από τις 5 π.μ. κάθε μέρα. Ελάτε νωρίς για το ψωμί της σίκαλης!', limit)).toEqual(['Ψήνουμε από τις 5 π.μ. κάθε μέρα.', 'Ελάτε νωρίς για το ψωμί της σίκαλης!'])
    expect(partsOf('Τι ώρα ανοίγετε; Στις επτά το πρωί, και κλείνουμε στις τρεις.', limit)[0]).toBe('Τι ώρα ανοίγετε;')
  })
  test('breaks between paragraphs first', () => {
    expect(partsOf(`${'Πρώτα αυτό. '.repeat(10).trim()}\n\n${'Μετά εκείνο. '.repeat(12).trim()}`, { max: 200, unit: 'grapheme' })[0]).toBe('Πρώτα αυτό. '.repeat(10).trim())
  })
  test('is numbered when asked, with room for the numbers', () => {
    const parts = partsOf('Το ψωμί θέλει χρόνο. '.repeat(60), mastodon.text, { counters: true })
    expect(parts.at(-1)).toMatch(new RegExp(` ${parts.length}/${parts.length}$`))
    expect(parts.every((part) => fits(part, mastodon.text))).toBe(true)
  })
  test('cuts a word that is longer than a part, between its signs', () => {
    const parts = partsOf('👩‍👩‍👧‍👦'.repeat(200), bluesky.text)
    expect(parts.map((part) => part.length / '👩‍👩‍👧‍👦'.length)).toEqual([120, 80])
  })

  const said = fc.array(fc.oneof({ weight: 6, arbitrary: fc.constantFrom('Καλημέρα', 'ψωμί', 'σίκαλης.', 'fournos.gr', 'https://fournos.gr/ψωμί/σίκαλης', '😀', '👩‍👩‍👧‍👦', 'ἀγαθή', '@eleni@fournos.gr', 'Γιατί;', 'π.χ.', '\n\n') },
    { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }) }), { maxLength: 120 }).map((all) => all.join(' '))
  test('gives every word back in order, and every part fits', () => {
    fc.assert(fc.property(said, fc.constantFrom(bluesky.text, mastodon.text, x.text, threads.text, { max: 60, unit: 'grapheme' } as TextLimit), (text, limit) => {
      const parts = partsOf(text, limit)
      expect(words(parts.join(' '))).toEqual(words(text))
      for (const part of parts) expect(fits(part, limit)).toBe(true)
    }), { numRuns: 200 })
  })
  test('and with numbers too, once they are taken away', () => {
    fc.assert(fc.property(said, fc.constantFrom(bluesky.text, x.text, { max: 60, unit: 'grapheme' } as TextLimit), (text, limit) => {
      const parts = partsOf(text, limit, { counters: true })
      const bare = parts.length > 1 ? parts.map((part, place) => { expect(part.endsWith(` ${place + 1}/${parts.length}`)).toBe(true); return part.slice(0, part.lastIndexOf(' ')) }) : parts
      expect(words(bare.join(' '))).toEqual(words(text))
      for (const part of parts) expect(fits(part, limit)).toBe(true)
    }), { numRuns: 100 })
  })
  test('never ends in a fault, whatever the text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.integer({ min: 40, max: 100 }), fc.constantFrom('byte', 'weighted', 'emoji-bytes', 'utf16'), (text, max, unit) => {
      const parts = partsOf(text, { max, unit })
      expect(parts.join('').replace(/\s+/g, '')).toBe(text.replace(/\s+/g, ''))
      for (const part of parts) expect(fits(part, { max, unit })).toBe(true)
    }))
  })
})

test('a text as long as a post may be is in parts while one waits', () => {
  for (const said of ['Το ψωμί βγαίνει στις εφτά. ', 'α; ', 'https://fournos.gr/ ']) {
    const text = said.repeat(Math.floor(60_000 / said.length)).trim()
    const begun = performance.now()
    const parts = partsOf(text, { max: 280, unit: 'weighted', linkCost: 23 }, { counters: true })
    expect(performance.now() - begun, said).toBeLessThan(3_000)
    expect(parts.map((part) => part.replace(/ \d+\/\d+$/, '')).join(' ').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''))
  }
})
