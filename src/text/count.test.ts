import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Unit } from '#kit/channel.ts'
import { countText, fits, linksIn, overAt, roomLeft, tightest, type TextLimit } from './count.ts'
import { bluesky, mastodon } from './networks/open.ts'
import { telegram, threads, x } from './networks/large.ts'
import { networks } from './networks/all.ts'

const pieces = fc.array(fc.oneof(fc.string({ unit: 'grapheme', maxLength: 8 }), fc.string({ unit: 'binary', maxLength: 4 }), fc.constantFrom(
  'https://fournos.gr/ψωμί', 'fournos.gr', ' ', '\n', '. ', '😀', '👩‍👩‍👧‍👦', '🇬🇷', '1️⃣', 'ά', 'α\u0301', 'ᾧ', '@eleni@fournos.gr', '#ψωμί', '<b>', '</b>', '&amp;', '**', '[', '](https://a.gr)')), { maxLength: 20 }).map((parts) => parts.join(''))

describe('what X counts', () => {
  test.each([
    ['Καλημέρα', 8, 'Greek with one accent is 1 each'],
    ['Καλημέρα'.normalize('NFD'), 8, 'taken apart it is the same'],
    ['Ἑλλάς', 6, 'a letter with a breathing is 2'],
    ['ᾧ', 2, 'and so is one with three marks'],
    ['ᾧ'.normalize('NFD'), 2, 'also taken apart'],
    ['😀', 2, 'an emoji is 2'], ['👩‍👩‍👧‍👦', 2, 'a family of four too'], ['👍🏽', 2, 'of any skin'],
    ['🇬🇷', 2, 'a flag'], ['🏴󠁧󠁢󠁳󠁣󠁴󠁿', 2, 'a flag of tags'], ['1️⃣', 2, 'a keycap'], ['❤️', 2, 'a heart'], ['❤', 2, 'also without its selector'],
    ['©', 1, 'a sign that is a letter too is 1'], ['漢字', 4, 'Chinese is 2 each'], ['«ψωμί»…', 8, 'Greek quotes are 1 each, the ellipsis 2'],
    ['https://fournos.gr/psomi/sikalis?a=b', 23, 'an address is 23'],
    ['fournos.gr', 23, 'so is a bare name'], ['Δείτε fournos.gr.', 6 + 23 + 1, 'without its full stop'],
    ['https://fournos.gr/ψωμί', 23 + 4, 'a Greek path is not part of it'], ['https://φούρνος.gr/a', 23, 'a Greek name after https is'],
    ['φούρνος.gr', 10, 'but not alone'], ['fournos.psomi', 13, 'nor one that ends in nothing'], ['eleni@fournos.gr', 16, 'a mail address is none'],
    ['(https://el.wikipedia.org/wiki/Psomi_(food))', 25, 'brackets belong to it where they are balanced'],
    ['π.χ. 5.5', 8, 'abbreviations and numbers are not'], ['a.gr b.com', 47, 'two are two'], ['https://t.co/abc_d', 23 + 2, 'its own short ones end with their code'],
  ])('%s is %i: %s', (text, length) => expect(countText(text, x.text)).toBe(length))
})

describe('what the others count', () => {
  test.each([
    [bluesky.text, 'Καλημέρα 👩‍👩‍👧‍👦', 10], [bluesky.text, 'https://fournos.gr/psomi', 24],
    [mastodon.text, 'Δείτε https://fournos.gr/ψωμί-σίκαλης;μέρα=1.', 6 + 23 + 1], [mastodon.text, 'fournos.gr', 10],
    [mastodon.text, '@eleni@fournos.example.gr γεια', 6 + 5], [mastodon.text, 'γεια @eleni', 11], [mastodon.text, 'eleni@fournos.gr', 16],
    [threads.text, 'Γεια 😀', 5 + 4], [threads.text, '👩‍👩‍👧‍👦', 25], [threads.text, 'ά', 1],
    [telegram.text, '<b>Φρέσκο</b> &amp; ζεστό', 14], [telegram.text, '😀', 2], [telegram.text, '1 < 2', 5],
    [{ max: 10, unit: 'utf16', markup: 'markdown' } as TextLimit, '**Ψωμί** [εδώ](https://fournos.gr)', 8],
  ] as const)('%j: %s is %i', (limit, text, length) => expect(countText(text, limit)).toBe(length))

  test('Bluesky holds both its measures, and the counter shows the tighter', () => {
    const families = '👩‍👩‍👧‍👦'.repeat(130)
    expect([countText(families, bluesky.text), fits(families, bluesky.text)]).toEqual([130, false])
    expect(tightest(families, bluesky.text)).toEqual({ used: 3_250, max: 3_000, unit: 'byte' })
    expect(roomLeft(families, bluesky.text)).toBe(-250)
    expect(overAt(families, bluesky.text)).toBe(120 * '👩‍👩‍👧‍👦'.length)
    expect(tightest('ψωμί', bluesky.text)).toEqual({ used: 4, max: 300, unit: 'grapheme' })
    expect(fits('ψ'.repeat(300), bluesky.text)).toBe(true)
  })
  test('an address ends before the quotes and marks around it', () => {
    const text = '«https://fournos.gr/ψωμί», (https://a.gr/x). https://b.gr!'
    expect(linksIn(text, mastodon.text).map(({ start, end }) => text.slice(start, end))).toEqual(['https://fournos.gr/ψωμί', 'https://a.gr/x', 'https://b.gr'])
  })
  test('the whole of a long address is over where it does not fit', () => {
    const text = `${'α'.repeat(270)} https://fournos.gr`
    expect([overAt(text, x.text), overAt('α'.repeat(281), x.text), overAt('α', x.text)]).toEqual([271, 280, undefined])
  })
})

describe('whatever is written', () => {
  const units = ['grapheme', 'codepoint', 'utf16', 'byte', 'weighted', 'emoji-bytes'] as const satisfies readonly Unit[]
  test('is counted without a fault, and the place where it goes over is where it stops fitting', () => {
    fc.assert(fc.property(pieces, fc.constantFrom(...units), fc.integer({ min: 1, max: 60 }), fc.boolean(), (text, unit, max, links) => {
      const limit: TextLimit = { max, unit, ...(links ? { linkCost: 23, shortHandles: true } : {}) }
      const used = countText(text, limit)
      const over = overAt(text, limit)
      expect(Number.isInteger(used) && used >= 0).toBe(true)
      expect(over === undefined).toBe(used <= max)
      if (over !== undefined && !links) expect(countText(text.slice(0, over), limit)).toBeLessThanOrEqual(max)
    }), { numRuns: 500 })
  })
  test('NFC and NFD are the same for those who count what people see', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom('ά', 'ΐ', 'ᾧ', 'é', 'ψ', ' ', '😀', 'Ώ', 'ῷ') }), fc.constantFrom('grapheme', 'weighted', 'emoji-bytes'), (text, unit) => {
      expect(countText(text.normalize('NFD'), { unit })).toBe(countText(text.normalize('NFC'), { unit }))
    }))
  })
  test('no text takes long', () => {
    for (const unit of units) for (const text of ['α'.repeat(50_000), 'a.'.repeat(25_000), 'https://'.repeat(6_000), '@a@'.repeat(15_000), '['.repeat(50_000), '<b'.repeat(25_000), `https://a.gr/${'('.repeat(40_000)}`, '-_.'.repeat(15_000)]) {
      const began = performance.now()
      countText(text, { unit, linkCost: 23, shortHandles: true, markup: 'markdown' })
      countText(text, { unit, markup: 'html' })
      expect(performance.now() - began, `${unit} ${text.slice(0, 10)}`).toBeLessThan(1_500)
    }
  })
})

test('every network says when and where its rules were read', () => {
  expect(Object.keys(networks).length).toBeGreaterThan(15)
  for (const [id, facts] of Object.entries(networks)) {
    expect(facts.id).toBe(id)
    expect(facts.asOf).toMatch(/^\d{4}-\d\d-\d\d$/)
    expect(facts.sources.length).toBeGreaterThan(0)
    expect(fits('ψ'.repeat(Math.floor(facts.text.max / 2)), facts.text)).toBe(true)
    expect(fits('ψ'.repeat(facts.text.max + 1), facts.text)).toBe(false)
  }
})
