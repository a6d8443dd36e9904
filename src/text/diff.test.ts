import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { textOf, tokens, wordDiff } from './diff.ts'

const words = fc.constantFrom('ψωμί', 'Ψωμί', 'σίκαλης', 'ζεστό', 'ζεστο', ' ', ' ', '\n\n', ', ', '.', '👩🏽‍🍳', 'e\u0301', 'oven', '«', '»', '')
const text = fc.oneof(fc.array(words, { maxLength: 40 }).map((all) => all.join('')), fc.string({ unit: 'grapheme', maxLength: 60 }))

/** The longest run of tokens both have in order: the slow, plain way. */
function inCommon(one: readonly string[], other: readonly string[]): number {
  let row = Array.from({ length: other.length + 1 }, () => 0)
  for (const token of one) {
    const next = [0]
    for (let place = 0; place < other.length; place++) next.push(token === other[place] ? row[place]! + 1 : Math.max(row[place + 1]!, next[place]!))
    row = next
  }
  return row.at(-1)!
}

describe('the difference of two texts', () => {
  test('gives the old text and the new text back, whatever they are', () => {
    fc.assert(fc.property(text, text, (before, after) => {
      const pieces = wordDiff(before, after)
      expect(textOf(pieces, 'before')).toBe(before)
      expect(textOf(pieces, 'after')).toBe(after)
      expect(pieces.every((piece) => piece.text !== '')).toBe(true)
      expect(pieces.some((piece, place) => piece.does === pieces[place + 1]?.does)).toBe(false)
    }), { numRuns: 500 })
  })
  test('is the shortest there is: as many words stay as can', () => {
    fc.assert(fc.property(text, text, (before, after) => {
      // Marks that join over a seam would count otherwise than the tokens they came from.
      const stays = wordDiff(before, after).filter((piece) => piece.does === 'stays').map((piece) => piece.text).join('')
      const [old, now] = [tokens(before), tokens(after)]
      const goes = wordDiff(before, after).filter((piece) => piece.does === 'goes').map((piece) => piece.text).join('')
      expect(stays.length + goes.length).toBe(before.length)
      expect(tokensIn(wordDiff(before, after), old)).toBe(inCommon(old, now))
    }), { numRuns: 500 })
  })
  test('of a text and itself is nothing but what stays', () => {
    fc.assert(fc.property(text, (same) => { expect(wordDiff(same, same).every((piece) => piece.does === 'stays')).toBe(true) }))
  })
  test.each([
    ['Ανοίγουμε στις 8.', 'Ανοίγουμε στις 7.', [['stays', 'Ανοίγουμε στις '], ['goes', '8'], ['comes', '7'], ['stays', '.']]],
    ['Το ψωμι βγήκε', 'Το ψωμί βγήκε', [['stays', 'Το '], ['goes', 'ψωμι'], ['comes', 'ψωμί'], ['stays', ' βγήκε']]],
    ['ο φούρνος μας', 'ο φούρνος', [['stays', 'ο φούρνος'], ['goes', ' μας']]],
    ['Γεια 👩‍🍳!', 'Γεια 👨‍🍳!', [['stays', 'Γεια '], ['goes', '👩‍🍳'], ['comes', '👨‍🍳'], ['stays', '!']]],
    ['', 'Νέο', [['comes', 'Νέο']]], ['Παλιό', '', [['goes', 'Παλιό']]], ['', '', []],
  ])('%j → %j', (before, after, expected) => {
    expect(wordDiff(before, after).map(({ does, text: said }) => [does, said])).toEqual(expected)
  })
  test('of two long texts that share nothing is told at once', () => {
    const [old, now] = [Array.from({ length: 5_000 }, (_, n) => `α${n}`).join(' '), Array.from({ length: 5_000 }, (_, n) => `β${n}`).join(' ')]
    expect(wordDiff(`Αρχή ${old} τέλος`, `Αρχή ${now} τέλος`).map((piece) => piece.does)).toEqual(['stays', 'goes', 'comes', 'stays'])
  })
})

/** How many of the old tokens stay. */
function tokensIn(pieces: ReturnType<typeof wordDiff>, old: readonly string[]): number {
  let [place, stay] = [0, 0]
  for (const { does, text: said } of pieces) {
    if (does === 'comes') continue
    for (let length = 0; length < said.length; place++) { length += old[place]!.length; if (does === 'stays') stay++ }
  }
  return stay
}
