import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checks } from './checks.ts'
import { ownWords, stillSaved } from './openers.ts'

const openers = [{ text: 'Γεια σας {όνομα}, χαιρόμαστε που ρωτάτε για το ψωμί μας.' }, { text: 'Thank you for asking about our bread.' }]

describe('a saved opener', () => {
  test.each([
    ['Thank you for asking about our bread.', { is: 'unchanged' }], ['thank you, for asking about our BREAD', { is: 'unchanged' }], ['Thank you for asking about our bread. Maria', { is: 'unchanged' }],
    ['Γεια σας {όνομα}, χαιρόμαστε που ρωτάτε για το ψωμί μας. Έχουμε κάθε Δευτέρα από τις οκτώ.', { is: 'gap', words: '{όνομα}' }],
  ])('«%s» is not yet a person’s own', (text, found) => { expect(stillSaved(text, openers)).toMatchObject(found) })
  test.each([
    'Thank you for asking about our bread. The rye comes out at seven, Anna.', 'Γεια σας Άννα, χαιρόμαστε που ρωτάτε για το ψωμί μας. Έχουμε κάθε Δευτέρα από τις οκτώ.', 'Yes, at seven.', '', '{}',
  ])('«%s» may go out', (text) => { expect(stillSaved(text, openers)).toBeUndefined() })
  test('holds an answer, says so by name, and asks in both languages for one’s own words', () => {
    const found = checks.flatMap((check) => check.look({
      kind: 'reply', lang: 'en', title: '', text: openers[1]!.text, intent: 'talk', format: 'reply', author: { name: 'Maria', signOff: '' }, siteName: 'Φούρνος της Ελένης', recent: [],
      goesOutAt: '2026-05-04T09:00:00Z', zone: 'Europe/Athens', duty: [], settings: { asksInRow: 2, givePerAsk: 3, similarity: 0.6 }, openers,
    }))
    expect(found).toMatchObject([{ pillar: 'personality', rule: 'opener-unchanged', weight: 'stop' }])
    expect(found[0]!.says.el).toBe('Αυτό είναι ακόμη το έτοιμο ξεκίνημα, όπως αποθηκεύτηκε.')
  })
  test('is always found unchanged, and its place is always in the text', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom('ψωμί', 'bread', '{όνομα}', 'Ελένη', '🍞', '[x]'), { minLength: 1, maxLength: 8 }), (parts) => {
      const text = parts.join(' ')
      const found = stillSaved(text, [{ text }])
      expect(found === undefined).toBe(ownWords(text, '') === 0)
      if (found) expect(found.at[0] >= 0 && found.at[1] <= text.length).toBe(true)
    }))
  })
})
