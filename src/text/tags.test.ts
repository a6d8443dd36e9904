import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hashtagsIn, mentionsIn } from './tags.ts'

describe('hashtags', () => {
  test.each([
    ['twitter', 'Το #ψωμί και τα #κουλούρια_2026, όχι το #1 ούτε το a#b', ['ψωμί', 'κουλούρια_2026']],
    ['mastodon', '#Φούρνος #ψωμί·σίκαλης https://a.gr/#x #2026', ['Φούρνος', 'ψωμί·σίκαλης']],
    ['bluesky', '#ψωμί! (#όχι) #σίκαλη-και-άλλα… #5', ['ψωμί', 'σίκαλη-και-άλλα']],
    ['plain', '#ψωμί, #καλημέρα!', ['ψωμί', 'καλημέρα']],
  ] as const)('as %s reads them: %s', (kind, text, expected) => expect(hashtagsIn(text, kind).map((tag) => tag.text)).toEqual(expected))
  test('Bluesky takes none longer than 64', () => expect(hashtagsIn(`#${'ψ'.repeat(65)}`, 'bluesky')).toEqual([]))
})

describe('mentions', () => {
  test.each([
    ['twitter', 'Γεια @eleni_fournos και eleni@fournos.gr', ['eleni_fournos']],
    ['mastodon', 'Γεια @eleni@fournos.gr, @maria', ['eleni@fournos.gr', 'maria']],
    ['bluesky', 'Γεια @eleni.fournos.gr. Και @maria', ['eleni.fournos.gr']],
    ['telegram', '@eleni_fournos @abc', ['eleni_fournos']],
    ['plain', '@eleni.papadaki.', ['eleni.papadaki']],
  ] as const)('as %s reads them: %s', (kind, text, expected) => expect(mentionsIn(text, kind).map((tag) => tag.text)).toEqual(expected))
})

test('each stands where it says', () => {
  fc.assert(fc.property(fc.array(fc.constantFrom('#ψωμί', '@eleni.fournos.gr', '@a@b.gr', ' ', '.', '😀', '#', '@', 'x'), { maxLength: 20 }).map((all) => all.join('')), (text) => {
    for (const kind of ['twitter', 'mastodon', 'bluesky', 'plain'] as const) {
      for (const tag of [...hashtagsIn(text, kind), ...mentionsIn(text, kind)]) expect(text.slice(tag.start + 1, tag.end)).toBe(tag.text)
    }
  }))
})
