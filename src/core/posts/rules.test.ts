import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { faceOn, faces, joined, mentionsIn, partsOf, placeIn, sameWords, saysTheSame, shapeOn, wholeText, wordsOf, type Face, type Part, type PostWords } from './rules.ts'

const text = fc.constantFrom('Καλημέρα', 'Ψωμί σίκαλης', '', 'Ως τις δύο;', '🥖')
const part: fc.Arbitrary<Part> = fc.record({ text, media: fc.array(fc.record({ mediaId: fc.constantFrom('m1', 'm2'), alt: text }), { maxLength: 2 }) })
const face: fc.Arbitrary<Face> = fc.record({ title: text, text, media: fc.constant([]), thread: fc.array(part, { maxLength: 3 }), firstComment: text })
const accounts = ['porch', 'fediverse', 'chirp']
const post: fc.Arbitrary<PostWords> = fc.tuple(face, fc.subarray(accounts), fc.subarray(accounts), face).map(([shared, chosen, detached, own]) => ({
  ...shared, lang: 'el', intent: 'talk', format: 'story', tags: [], campaignId: null, accountIds: chosen, labels: [], card: null, late: null,
  variants: detached.map((accountId) => ({ ...own, accountId })),
}))

describe('a post with its variants', () => {
  test('says the shared words wherever it is not detached, and what was detached is whole again when re-attached', () => {
    fc.assert(fc.property(post, (given) => {
      for (const id of accounts) {
        const own = given.variants.find((one) => one.accountId === id)
        expect(faceOn(given, id).text).toBe(own ? own.text : given.text)
        const attached = { ...given, variants: given.variants.filter((one) => one.accountId !== id) }
        expect(faceOn(attached, id)).toEqual({ title: given.title, text: given.text, media: given.media, thread: given.thread, firstComment: given.firstComment })
      }
    }))
  })
  test('shows each account once among its faces', () => {
    fc.assert(fc.property(post, (given) => {
      const all = faces(given)
      expect(all.flatMap((one) => one.accountIds).toSorted()).toEqual([...given.accountIds].sort())
      for (const one of all) for (const id of one.accountIds) expect(one.face).toEqual(faceOn(given, id))
      expect(new Set(all.map((one) => JSON.stringify(one.face))).size).toBe(all.length)
    }))
  })
  test('is the same whatever order its keys stand in, and what only the team sees changes nothing for readers', () => {
    fc.assert(fc.property(post, (given) => {
      expect(sameWords(given, Object.fromEntries(Object.entries(given).reverse()) as unknown as PostWords)).toBe(true)
      expect(wordsOf(wordsOf(given))).toEqual(wordsOf(given))
      expect(saysTheSame(given, { ...given, campaignId: 'c', intent: 'ask', format: 'offer', late: { do: 'publish' } })).toBe(true)
      expect(saysTheSame(given, { ...given, text: `${given.text}!` })).toBe(false)
      expect(saysTheSame(given, { ...given, labels: ['sponsored'] })).toBe(false)
    }))
  })
  test('is read behind the shared warning, unless an account has one of its own or wants none', () => {
    const own = { text: 'β', media: [], thread: [], firstComment: '' }
    const given: PostWords = { title: '', text: 'α', media: [], thread: [], firstComment: '', warning: 'Φωτιά', lang: 'el', intent: 'talk', format: 'story', tags: [], campaignId: null, accountIds: accounts, labels: [], card: null, late: null,
      variants: [{ accountId: 'porch', ...own }, { accountId: 'fediverse', ...own, warning: 'Καπνός' }, { accountId: 'chirp', ...own, warning: '' }] }
    expect(accounts.map((id) => shapeOn(faceOn(given, id), { threads: true, replies: true }).warning)).toEqual(['Φωτιά', 'Καπνός', ''])
    expect(saysTheSame(given, { ...given, warning: '' })).toBe(false)
    expect(sameWords(given, JSON.parse(JSON.stringify(given)) as PostWords)).toBe(true)
    expect(sameWords({ ...given, warning: '' }, { ...given, warning: undefined })).toBe(true)
  })
  test('keeps the words of an account that is not chosen, unseen by readers', () => {
    const given: PostWords = { title: '', text: 'α', media: [], thread: [], firstComment: '', lang: 'el', intent: 'talk', format: 'story', tags: [], campaignId: null, accountIds: ['porch'], variants: [], labels: [], card: null, late: null }
    const kept = { ...given, variants: [{ accountId: 'chirp', text: 'β', media: [], thread: [], firstComment: '' }] }
    expect(saysTheSame(given, kept)).toBe(true)
    expect(sameWords(given, kept)).toBe(false)
  })
})

describe('a face on a place', () => {
  test('is one text where threads are unknown, with nothing of it lost', () => {
    fc.assert(fc.property(face, (given) => {
      const flat = shapeOn(given, { threads: false, replies: false })
      expect(flat.parts).toHaveLength(1)
      for (const one of partsOf(given)) expect(flat.parts[0]!.text).toContain(one.text)
      expect(flat.parts[0]!.media).toHaveLength(partsOf(given).reduce((sum, one) => sum + one.media.length, 0))
      expect(flat.firstComment).toBe('')
      expect(shapeOn(given, { threads: true, replies: false })).toMatchObject({ parts: partsOf(given), firstComment: given.firstComment })
    }))
  })
  test('leaves no hole where a part of the thread shows only a picture', () => {
    expect(joined({ title: '', text: 'ένα', media: [], thread: [{ text: '', media: [{ mediaId: 'm', alt: 'ψωμί' }] }, { text: 'δύο', media: [] }], firstComment: '' })).toEqual({ text: 'ένα\n\nδύο', media: [{ mediaId: 'm', alt: 'ψωμί' }] })
  })
  test('a place of the whole text is found again in its part', () => {
    fc.assert(fc.property(face, fc.nat(200), fc.nat(20), (given, from, length) => {
      const whole = wholeText(given)
      const texts = [...partsOf(given).map((one) => one.text), given.firstComment]
      const start = Math.min(from, whole.text.length)
      const { part: place, at } = placeIn(whole, [start, Math.min(start + length, whole.text.length)])
      expect(at[0]).toBeLessThanOrEqual(at[1])
      expect(at[1]).toBeLessThanOrEqual(texts[place]!.length)
      const said = texts[place]!.slice(at[0], at[1])
      expect(whole.text.slice(start).startsWith(said)).toBe(true)
    }), { numRuns: 500 })
  })
})

describe('naming a member', () => {
  const team = [{ id: 'e', name: 'Ελένη Παπαδάτου' }, { id: 'm', name: 'Μαρία Κωστοπούλου' }, { id: 'n1', name: 'Νίκος Αγγελής' }, { id: 'n2', name: 'Νίκος Ζέρβας' }]
  test.each([
    ['@Ελένη δες το', ['e']], ['@ελενη, @ΜΑΡΙΑ!', ['e', 'm']], ['@Νίκος Ζέρβας το έγραψε', ['n2']], ['@Νίκος ποιος;', []], ['eleni@Ελένη.gr', []], ['(@Μαρία)', ['m']], ['@Μαριάννα', []], ['@', []], ['Ελένη', []],
    ['@Ελένη @Ελένη Παπαδάτου', ['e']],
  ])('%j means %j', (said, ids) => { expect(mentionsIn(said, team)).toEqual(ids) })
})
