import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { countText } from '#text/count.ts'
import { wholeText } from '#core/posts/rules.ts'
import type { Finding } from '#kit/pillar.ts'
import { addAfter, drop, faceOfParts, foundIn, merge, move, splitAt, splitToFit } from './parts.ts'

const part = (text: string, ...media: string[]) => ({ text, media: media.map((mediaId) => ({ mediaId, alt: '' })) })
const three = [part('Πρώτα το προζύμι.', 'jar'), part('Μετά το αλεύρι.'), part('Τέλος ο φούρνος.', 'oven')]

describe('the parts of a thread', () => {
  test('move up and down, and stay at the ends', () => {
    expect(move(three, 2, -1).map((one) => one.text)).toEqual(['Πρώτα το προζύμι.', 'Τέλος ο φούρνος.', 'Μετά το αλεύρι.'])
    expect(move(three, 0, -1)).toEqual(three)
    expect(move(three, 2, 1)).toEqual(three)
  })
  test('merge with what stands before them, pictures too', () => {
    expect(merge(three, 1)).toEqual([part('Πρώτα το προζύμι.\n\nΜετά το αλεύρι.', 'jar'), three[2]])
    expect(merge(three, 0)).toEqual(three)
  })
  test('the last one left is emptied, not taken', () => {
    expect(drop([three[0]!], 0)).toEqual([part('')])
    expect(drop(three, 1)).toEqual([three[0], three[2]])
  })
  test('are cut at the caret and keep their pictures', () => {
    expect(splitAt(three, 0, 6)).toEqual([part('Πρώτα', 'jar'), part('το προζύμι.'), three[1], three[2]])
  })
  test('a new one stands after the one it was asked from', () => { expect(addAfter(three, 0).map((one) => one.text)[1]).toBe('') })
  test('the first is the text, the rest the thread', () => {
    expect(faceOfParts(three)).toEqual({ text: three[0]!.text, media: three[0]!.media, thread: three.slice(1) })
  })
  test('cut to fit, none is too long and no word is lost', () => {
    const limit = { max: 60, unit: 'grapheme' } as const
    fc.assert(fc.property(fc.array(fc.constantFrom('ψωμί', 'σίκαλη', 'ζυμώνουμε', 'bread.', 'και', 'Πάτρα!'), { minLength: 1, maxLength: 80 }), (words) => {
      const pieces = splitToFit([part(words.join(' '))], limit)
      expect(pieces.every((one) => countText(one.text, limit) <= limit.max)).toBe(true)
      expect(pieces.flatMap((one) => one.text.split(/\s+/))).toEqual(words)
    }))
  })
})

describe('what the pillars find in the whole thread', () => {
  const face = { title: '', firstComment: 'Πού ψήνουμε;', ...faceOfParts(three) }
  const { text } = wholeText(face)
  const finding = (at: readonly [number, number]): Finding => ({ pillar: 'honesty', rule: 'evasion', weight: 'warn', at, says: { en: '', el: '' }, because: { en: '', el: '' } })
  test('lies in its part, at its place', () => {
    const found = finding([text.indexOf('αλεύρι'), text.indexOf('αλεύρι') + 6])
    expect(foundIn([found], face, 1).map((one) => three[1]!.text.slice(...one.at))).toEqual(['αλεύρι'])
    expect(foundIn([found], face, 0)).toEqual([])
  })
  test('may lie in the first comment', () => {
    const found = finding([text.indexOf('Πού'), text.indexOf('Πού') + 3])
    expect(foundIn([found], face, 3).map((one) => one.at)).toEqual([[0, 3]])
  })
  test('belongs to the last part when it is about the whole', () => {
    expect(three.map((_, place) => foundIn([finding([0, 0])], face, place).length)).toEqual([0, 0, 1])
  })
})
