import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { guessLang } from './lang.ts'
import { isQuestion, questions } from './question.ts'
import { isStopWord, stem, stems } from './stem.ts'

describe('the language of a text', () => {
  test.each([
    ['Το ψωμί βγήκε', 'el'], ['Το νέο sourdough από το Fournos', 'el'], ['The bread is out', 'en'],
    ['Is “Φούρνος” open today? I want some bread from you', 'en'],
    ['kalimera, poso kanei to psomi?', 'el'], ['Exete psomi sikalis simera', 'el'], ['euxaristo poly!', 'el'], ['to me it is fine', 'en'],
    ['🍞🍞', undefined], ['', undefined], ['12:30', undefined], ['OK', undefined], ['https://fournos.gr/the-bread', undefined], ['Ναι', 'el'],
  ])('%s is %s', (text, lang) => expect(guessLang(text)).toBe(lang))
})

describe('a question', () => {
  test.each([
    'Do you bake rye?', 'What time do you open on Sunday', 'does anyone know if they deliver', 'Hi, can I order a cake',
    'I was wondering whether you have spelt.',
    'Is it open (today?)', 'how much is the rye', 'Really?!', 'Any chance of gluten free bread', 'Can someone tell me the price.',
    'Where are you', '@fournos @eleni do you deliver on Sunday', 'Thanks! Do you deliver to Rio?',
    'Τι ώρα ανοίγετε;', 'Έχετε σίκαλη;;', 'ξέρει κανείς αν είναι ανοιχτά', 'πόσο κάνει το κιλό',
    'Καλημέρα, μήπως έχετε ψωμί χωρίς γλουτένη', 'Γίνεται να κρατήσετε δύο;',
    'Πού είστε?', '«Τι ώρα κλείνετε;»', 'θα ήθελα να μάθω αν στέλνετε', 'ποτε ανοιγετε', 'exete psomi simera?',
    'kalimera, poso kanei to psomi', 'Ανοίγετε αύριο\u037e', 'Πώς μπορώ να παραγγείλω',
  ])('%s', (text) => expect(isQuestion(text)).toBe(true))
  test.each([
    'We open at seven.', 'What a day!', 'How lovely', 'When we open, come in.', 'Great bread; great people;', 'https://a.gr/?q=1',
    'You are the best.', 'Where there is bread there is hope.',
    'How to bake rye', 'Thanks for the answer', '', '🍞', 'What is more, it is warm!', 'Who knew.', 'I know what you mean.',
    'Ανοίγουμε στις επτά.', 'Τι ωραία μέρα!', 'Ποτέ δεν κλείνουμε νωρίς.', 'Που λες, βγήκε ζεστό.', 'Γιατί έτσι μας αρέσει.',
    'Όποιος θέλει, περνά.', 'Το ψωμί είναι έτοιμο· περάστε.',
    'Σας ευχαριστούμε πολύ', 'Πώς και πώς το περιμέναμε!', 'Ξέρετε πόσο το αγαπάμε!', 'Είπαν ότι θα έρθουν.', 'kalimera se olous',
    'Έχετε δίκιο', 'Έχετε τον λόγο μας.', 'Μπορείτε να περάσετε όποτε θέλετε.', 'You can have it.', 'Is as good as new.',
  ])('not: %s', (text) => expect(isQuestion(text)).toBe(false))
  test('is found in its place', () => {
    const text = 'Βγήκε το ψωμί. Εσείς τι λέτε; Περάστε!'
    expect(questions(text, 'el').map(({ start, end }) => text.slice(start, end))).toEqual(['Εσείς τι λέτε;'])
  })
})

describe('stems', () => {
  test.each([
    ['ψωμί', 'ψωμιά'], ['καταναλωτής', 'ΚΑΤΑΝΑΛΩΤΕΣ'], ['παραγγελία', 'παραγγελίες'], ['φούρνος', 'φούρνου'], ['orders', 'ordered'],
    ['baking', 'bakes'], ['baker’s', 'baker'],
  ])('%s and %s are one', (a, b) => expect(stem(a)).toBe(stem(b)))
  test.each([['ψωμί', 'τυρί'], ['bread', 'cake'], ['δρόμος', 'δράμα']])('%s and %s are two', (a, b) => expect(stem(a)).not.toBe(stem(b)))
  test('leave out words that carry no subject', () => {
    expect(stems('The bread is out and it’s warm')).toEqual(['bread', 'warm'])
    expect(stems('Το ψωμί είναι στο ράφι').length).toBe(2)
    expect(isStopWord('Είναι')).toBe(true)
    expect(isStopWord('the', 'el')).toBe(false)
  })
})

test('no text makes any of them fall', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => {
    expect([undefined, 'en', 'el']).toContain(guessLang(text))
    expect(typeof isQuestion(text)).toBe('boolean')
    for (const found of questions(text, 'el')) expect(found.end).toBeLessThanOrEqual(text.length)
    expect(stems(text).every((word) => word !== '')).toBe(true)
  }))
})
