import type { Writing } from '#kit/pillar.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checks } from './checks.ts'

const reply = (text: string, lang: 'en' | 'el'): Writing => ({
  kind: 'reply', lang, title: '', text, intent: 'talk', format: 'note', author: { name: 'Maria', signOff: 'Maria' },
    siteName: 'Φούρνος της Ελένης',
  recent: [], goesOutAt: '2026-05-04T09:00:00Z', zone: 'Europe/Athens', duty: [], settings: { asksInRow: 2, givePerAsk: 3,
    similarity: 0.6 },
})
const look = (writing: Writing) => checks.flatMap((check) => check.look(writing))

describe('honesty while writing', () => {
  test('“no comment” is held, and an honest answer is offered in its place', () => {
    const text = 'Hello Anna. No comment. Have a nice day.'
    const [found] = look(reply(text, 'en'))
    expect(found).toMatchObject({ pillar: 'honesty', rule: 'evasion', weight: 'stop' })
    expect(found!.says.en).toBe('“No comment” sounds like hiding.')
    const better = text.slice(0, found!.at[0]) + found!.instead + text.slice(found!.at[1])
    expect(better).toBe('Hello Anna. Sorry, this is something we don’t discuss outside the company, for competitive reasons. Have a nice day.')
    expect(look(reply(better, 'en'))).toEqual([])
  })
  test('the better sentence is in the language of the text, whatever language was chosen', () => {
    expect(look(reply('Ουδέν σχόλιο.', 'en'))[0]?.instead).toMatch(/^Συγγνώμη/)
    expect(look(reply('Ουδέν σχόλιο.', 'el'))[0]?.says.el).toBe('Το «Ουδέν σχόλιο» ακούγεται σαν να κρυβόμαστε.')
  })
  test('no offered sentence is found fault with', () => {
    for (const text of ['No comment.', 'We take this seriously.', 'Mistakes were made.', 'The best bread in town.', 'Ουδέν σχόλιο.',
      'Το παίρνουμε σοβαρά.', 'Έγιναν λάθη.', 'Το καλύτερο της πόλης.']) {
      const [found] = look(reply(text, 'en'))
      expect(look(reply(found!.instead!, 'en'))).toEqual([])
    }
  })
  test('every rule says what it is about in both languages', () => {
    expect(checks.map((check) => check.id)).toEqual(['evasion', 'empty-seriousness', 'non-apology', 'absolute-claim'])
    for (const check of checks) for (const lang of check.langs) expect(check.about[lang]).toMatch(/\p{L}/u)
  })
  test('whatever is written, every place lies inside the text', () => {
    const parts = fc.constantFrom('no comment', 'ουδέν σχόλιο', 'we take this seriously', 'έγιναν λάθη', '. ', '\n\n', '**', '«', '»',
      '🍞', '; ', 'the best in town', '> ')
    fc.assert(fc.property(fc.array(fc.oneof(parts, fc.string({ unit: 'grapheme', maxLength: 5 }))).map((list) => list.join('')), (text) => {
      for (const { at } of look(reply(text, 'en'))) {
        expect(0 <= at[0] && at[0] <= at[1] && at[1] <= text.length).toBe(true)
      }
    }))
  })
})
