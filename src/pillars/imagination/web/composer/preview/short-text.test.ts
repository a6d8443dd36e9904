import { expect, test } from 'vitest'
import { shortText } from './short-text.ts'

const given = { text: 'Ψήνουμε στις έξι.', title: 'Σίκαλη', tags: ['σίκαλη'], labels: [], author: 'Ελένη', lang: 'el', limit: { max: 300, unit: 'grapheme' } } as const

test('title, words, tags and the one who speaks stand under one another', () => {
  expect(shortText(given)).toBe('Σίκαλη\n\nΨήνουμε στις έξι.\n\n#σίκαλη\n\n— Ελένη')
})

test('where room is short the words stay whole and the name of the speaker comes before all else', () => {
  expect(shortText({ ...given, limit: { max: 30, unit: 'grapheme' } })).toBe('Ψήνουμε στις έξι.\n\n— Ελένη')
})

test('what honesty says stands above, in the language of the text, whether there is room or not', () => {
  expect(shortText({ ...given, labels: ['sponsored'], limit: { max: 20, unit: 'grapheme' } })).toBe('#διαφήμιση · Χορηγούμενο\n\nΨήνουμε στις έξι.')
})

test('a tag that stands in the text already is not said again', () => {
  expect(shortText({ ...given, text: 'Ψήνουμε #Σίκαλη.' })).not.toContain('\n\n#σίκαλη')
})
