import type { Lang } from '#kit/lang.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { blankMarkup } from './markup.ts'
import { findAll, inside, prose, quoted } from './prose.ts'
import { sentences, words } from './words.ts'

const split = (text: string, lang: Lang) => sentences(text, lang).map((sentence) => sentence.text)
const anyText = fc.oneof(fc.string({ unit: 'grapheme' }), fc.array(fc.constantFrom('π.μ.', 'κ.', 'Dr.', ' ', '\n', '\n\n', ';', '?', '«',
  '»', '`', '**', '[a](b)', '![', '](', 'ψωμί', 'Bread', '...', '3.5', '> ', '```\n'), { maxLength: 30 }).map((parts) => parts.join('')))

describe('words', () => {
  test('are found with their places, in both languages', () => {
    const text = 'Το ψωμί, it’s 3,50 €!'
    expect(words(text).map((word) => word.text)).toEqual(['Το', 'ψωμί', 'it’s', '3,50'])
    for (const word of words(text)) expect(text.slice(word.start, word.end)).toBe(word.text)
  })
})

describe('sentences', () => {
  test.each<[Lang, string, string[]]>([
    ['en', 'We open at 7 a.m. on weekdays. Come by!', ['We open at 7 a.m. on weekdays.', 'Come by!']],
    ['en', 'We close at 5 p.m. Ask Dr. Smith, e.g. about rye.', ['We close at 5 p.m.', 'Ask Dr. Smith, e.g. about rye.']],
    ['en', 'It costs 3.50 euros; the rye 4.20. See stoa.gr for more', ['It costs 3.50 euros; the rye 4.20.', 'See stoa.gr for more']],
    ['en', 'Wait... what? "Yes." he said. “Really?” Yes', ['Wait... what?', '"Yes."', 'he said.', '“Really?”', 'Yes']],
    ['en', 'A title\n\nfirst paragraph\ngoes on. Second\nNew line', ['A title', 'first paragraph\ngoes on.', 'Second', 'New line']],
    ['en', 'J. Smith bakes. Flour, etc. is here.', ['J. Smith bakes.', 'Flour, etc. is here.']],
    ['el', 'Τι ώρα ανοίγετε; Εμείς στις 7 π.μ. κάθε μέρα.', ['Τι ώρα ανοίγετε;', 'Εμείς στις 7 π.μ. κάθε μέρα.']],
    ['el', 'Έχουμε ψωμί, κουλούρια κ.λπ. Περάστε!', ['Έχουμε ψωμί, κουλούρια κ.λπ.', 'Περάστε!']],
    ['el', 'Ο κ. Νίκος είπε: «Ναι.» Και έφυγε.', ['Ο κ. Νίκος είπε: «Ναι.»', 'Και έφυγε.']],
    ['el', 'Μήπως «έχετε σίκαλη;» ρώτησε', ['Μήπως «έχετε σίκαλη;»', 'ρώτησε']],
    ['el', 'Κοστίζει 3.50 ευρώ· είναι λίγο ακριβό.', ['Κοστίζει 3.50 ευρώ· είναι λίγο ακριβό.']],
    ['en', 'Ανοίγετε αύριο; Please tell me.', ['Ανοίγετε αύριο;', 'Please tell me.']],
    ['en', '', []], ['el', ' \n ', []], ['en', '...', []],
  ])('in %s: %s', (lang, text, expected) => expect(split(text, lang)).toEqual(expected))

  test('whatever the text, they lie inside it, in order, and say what stands there', () => {
    fc.assert(fc.property(anyText, fc.constantFrom<Lang>('en', 'el'), (text, lang) => {
      let last = 0
      for (const found of sentences(text, lang)) {
        expect(found.start).toBeGreaterThanOrEqual(last)
        expect(text.slice(found.start, found.end)).toBe(found.text)
        last = found.end
      }
      for (const word of words(text)) expect(text.slice(word.start, word.end)).toBe(word.text)
    }))
  })
})

describe('what is not prose', () => {
  test.each([
    ['see `no comment` here', 'no comment'], ['```\nno comment\n```\nafter', 'no comment'], ['![no comment](a.jpg) after', 'no comment'],
    ['[ours](https://a.gr/no-comment) after', 'no-comment'], ['https://a.gr/no-comment after', 'no-comment'], ['> no comment\n\nafter',
    'no comment'],
    ['mail no-comment@fournos.gr after', 'no-comment'],
  ])('%s is blanked', (text, hidden) => {
    expect(blankMarkup(text)).toHaveLength(text.length)
    expect(blankMarkup(text)).not.toContain(hidden)
  })

  test('the words of a link and of emphasis stay in their places', () => {
    const text = 'Τα **νέα** μας: [το ψωμί](https://a.gr) _σήμερα_'
    const bare = blankMarkup(text)
    for (const word of ['νέα', 'το ψωμί', 'σήμερα']) expect(bare.indexOf(word)).toBe(text.indexOf(word))
    expect(bare).not.toMatch(/[*_[\]()]/)
  })

  test('whatever the text, its length stays', () => {
    fc.assert(fc.property(anyText, (text) => { expect(blankMarkup(text)).toHaveLength(text.length) }))
  })
})

describe('looking in prose', () => {
  test('marks the words as they are written', () => {
    const [found] = findAll(prose('Λοιπόν: **ΟΥΔΈΝ** ΣΧΌΛΙΟ.'), /ουδεν\s+σχολιο/g)
    expect(found?.text).toBe('ΟΥΔΈΝ** ΣΧΌΛΙΟ')
  })
  test('knows what is quoted', () => {
    const read = prose('We never say “no comment”, «ποτέ».')
    const [found] = findAll(read, /no comment/g)
    expect(inside(quoted(read), found!.at)).toBe(true)
    expect(inside(quoted(read), [0, 2])).toBe(false)
  })
  test('whatever the text, places lie inside it', () => {
    fc.assert(fc.property(anyText, (text) => {
      for (const { at } of findAll(prose(text), /\S+/g)) {
        expect(at[0]).toBeLessThanOrEqual(at[1])
        expect(at[1]).toBeLessThanOrEqual(text.length)
      }
    }))
  })
})

test('a text of nothing but stops is read in a moment', () => {
  const begun = performance.now()
  for (const text of ['α; ', 'α. ', 'κ.λπ. ', '!!! ']) for (const lang of ['el', 'en'] as const) sentences(text.repeat(20_000), lang)
  expect(performance.now() - begun).toBeLessThan(3_000)
})
