import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Asked, has, priorities, states, type Term } from './grammar.ts'
import { lineOf, parseLine } from './line.ts'

const asked = (line: string) => {
  const read = parseLine(line)
  if (!read.ok) throw new Error(`not read: ${read.piece}`)
  return read.asked
}

describe('a line of search', () => {
  test('is read as the things it asks and the words it looks for', () => {
    expect(asked('lang:el tag:ψωμί waiting:>2h -channel:porch "exact words" τσουρέκι -παλιό')).toEqual({
      terms: [{ is: 'lang', value: 'el' }, { is: 'tag', value: 'ψωμί' }, { is: 'waiting', than: 'over', minutes: 120 }, { is: 'channel', value: 'porch', not: true }],
      words: '"exact words" τσουρέκι -παλιό',
    })
  })
  test.each([
    ['γλώσσα:ελληνικά', { is: 'lang', value: 'el' }], ['Ετικέτα:"καλό ψωμί"', { is: 'tag', value: 'καλό ψωμί' }], ['ΠΕΡΙΜΈΝΕΙ:>2ω', { is: 'waiting', than: 'over', minutes: 120 }],
    ['υπεύθυνος:εγώ', { is: 'assignee', value: 'me' }], ['κατάσταση:αργότερα', { is: 'state', value: 'snoozed' }], ['waiting:<3d', { is: 'waiting', than: 'under', minutes: 4320 }],
    ['waiting:30λεπ', { is: 'waiting', than: 'over', minutes: 30 }], ['assignee:"Ελένη Παππά"', { is: 'assignee', value: 'Ελένη Παππά' }], ['priority:HIGH', { is: 'priority', value: 'high' }],
    ['due:<30m', { is: 'due', than: 'under', minutes: 30 }], ['λήγει:>2ω', { is: 'due', than: 'over', minutes: 120 }], ['due:missed', { is: 'due', than: 'missed', minutes: 0 }], ['Λήγει:εκπρόθεσμη', { is: 'due', than: 'missed', minutes: 0 }],
  ])('%s is understood in either language, with or without accents', (line, term) => { expect(asked(line)).toEqual({ terms: [term], words: '' }) })
  test.each([
    ['colour:red', 'colour:red', 'word'], ['ψωμί χρώμα:μαύρο', 'χρώμα:μαύρο', 'word'], ['state:gone', 'state:gone', 'value'], ['waiting:>soon', 'waiting:>soon', 'value'], ['waiting:0h', 'waiting:0h', 'value'], ['due:soon', 'due:soon', 'value'],
    ['lang:', 'lang:', 'value'], ['tag:"open', 'tag:"open', 'quotes'],
  ])('%s is refused by the name of the piece it does not know', (line, piece, because) => { expect(parseLine(line)).toEqual({ ok: false, piece, because }) })
  test.each(['https://fournos.gr/psomi', '12:30', 'a"b', '"half a quote', '-', ':'])('%s is only words', (line) => { expect(asked(line)).toMatchObject({ terms: [] }) })

  const value = fc.string({ unit: fc.constantFrom('ψ', 'ω', 'μ', 'ί', 'a', 'Z', '0', ' ', '-', ':', '/'), minLength: 1, maxLength: 12 }).map((text) => text.trim()).filter((text) => text !== '')
  const term: fc.Arbitrary<Term> = fc.tuple(fc.oneof(
    fc.record({ is: fc.constantFrom('channel' as const, 'tag' as const, 'campaign' as const), value }),
    fc.record({ is: fc.constant('state' as const), value: fc.constantFrom(...states) }), fc.record({ is: fc.constant('has' as const), value: fc.constantFrom(...has) }),
    fc.record({ is: fc.constant('priority' as const), value: fc.constantFrom(...priorities) }), fc.record({ is: fc.constant('lang' as const), value: fc.constantFrom('el', 'en', 'deu') }),
    fc.record({ is: fc.constant('due' as const), than: fc.constantFrom('over' as const, 'under' as const), minutes: fc.integer({ min: 1, max: 90_000 }) }), fc.constant({ is: 'due' as const, than: 'missed' as const, minutes: 0 }),
    fc.record({ is: fc.constant('waiting' as const), than: fc.constantFrom('over' as const, 'under' as const), minutes: fc.integer({ min: 1, max: 90_000 }) }),
  ), fc.boolean()).map(([one, not]) => ({ ...one, ...(not ? { not: true as const } : {}) }))
  const words = fc.array(fc.oneof(fc.constantFrom('ψωμί', '-παλιό', '"δύο λέξεις"', 'bread', '12:30')), { maxLength: 4 }).map((all) => all.join(' '))

  test('whatever is asked can be written as a line, which reads as the same', () => {
    fc.assert(fc.property(fc.array(term, { maxLength: 6 }), words, (terms, said) => {
      const line = lineOf({ terms, words: said })
      fc.pre(line.length <= 300)
      expect(asked(line)).toEqual({ terms, words: said })
    }))
  })
  test('any text at all is either asked, within the grammar, or refused by a piece of itself', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom('tag', 'lang', ':', '"', '-', ' ', 'ψωμί', '>', '2h', 'waiting', '\u00a0', '\n', '😀'), maxLength: 30 }), (text) => {
      const read = parseLine(text)
      if (read.ok) expect(Asked.safeParse(read.asked).success).toBe(true)
      else expect(text.startsWith(read.piece) || text.includes(read.piece)).toBe(true)
    }), { numRuns: 500 })
  })
})
