import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mentionsIn } from './mentions.ts'

const team = [{ id: 'e', name: 'Ελένη Παππά' }, { id: 'm', name: 'Μαρία Κωστοπούλου' }, { id: 'n', name: 'Νίκος' }, { id: 'm2', name: 'Μαρία Ζώη' }]
const called = (text: string) => mentionsIn(text, team).map((one) => [one.memberId, text.slice(one.start, one.end)])

describe('whom a note calls', () => {
  test.each([
    ['@Ελένη δες το', [['e', '@Ελένη']]], ['ρωτήστε @ελενη παππα.', [['e', '@ελενη παππα']]], ['@ΝΙΚΟΣ!', [['n', '@ΝΙΚΟΣ']]], ['@Μαρία;', []], ['@Μαρία Ζώη;', [['m2', '@Μαρία Ζώη']]],
    ['eleni@Νίκος.gr', []], ['@Νίκοςς', []], ['@ @Νίκος @Ελένη', [['n', '@Νίκος'], ['e', '@Ελένη']]], ['καμία', []],
  ])('%s', (text, expected) => { expect(called(text)).toEqual(expected) })
  test('is always a place of the text that begins with @', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom('@', 'Ελένη', 'Νίκος', ' ', 'ς', '😀', '́'), maxLength: 20 }), (text) => {
      for (const one of mentionsIn(text, team)) expect(text[one.start]).toBe('@')
    }))
  })
})
