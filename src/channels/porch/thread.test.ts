import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Utterance } from '#kit/host.ts'
import { liveliest, shownCount, strandsOf, weightOf, type Strand } from './thread.ts'

const said = (id: string, over: Partial<Utterance> = {}): Utterance => ({
  id, channel: 'porch', from: 'visitor', author: { id: `v-${id}`, name: id }, text: id, html: null, lang: null, at: '2026-11-19T10:00:00.000Z',
  parentId: null, ref: null, withdrawn: false, ...over,
})
const drawn = (utterances: readonly Utterance[]) => strandsOf(utterances).map((strand) => [strand.said.id, ...strand.answers.map(({ said: { id }, to }) => (to ? `${id}→${to.id}` : id))])

test('answers stand one level below what they answer, and say whom when it is another answer', () => {
  expect(drawn([said('a'), said('b', { parentId: 'a' }), said('c', { parentId: 'b' }), said('d'), said('e', { parentId: 'c' })]))
    .toEqual([['a', 'b', 'c→b', 'e→c'], ['d']])
})

test('an answer to something that is not here stands by itself', () => {
  expect(drawn([said('a', { parentId: 'elsewhere' })])).toEqual([['a']])
})

test('an answer may arrive before what it answers', () => {
  expect(drawn([said('b', { parentId: 'a' }), said('a')])).toEqual([['a', 'b']])
})

test('what was taken back keeps its place only where somebody answered it', () => {
  expect(drawn([said('a', { withdrawn: true }), said('b', { withdrawn: true }), said('c', { parentId: 'b' })])).toEqual([['b', 'c']])
  expect(shownCount([said('a', { withdrawn: true }), said('b')])).toBe(1)
})

test('however the answers are tangled, each utterance is shown once', () => {
  const utterances = fc.uniqueArray(fc.record({ id: fc.integer({ min: 0, max: 12 }), parent: fc.option(fc.integer({ min: 0, max: 14 })) }), { selector: ({ id }) => id })
    .map((all) => all.map(({ id, parent }) => said(`u${id}`, { parentId: parent === null ? null : `u${parent}` })))
  fc.assert(fc.property(utterances, (all) => {
    const shown = strandsOf(all).flatMap((strand) => [strand.said.id, ...strand.answers.map((answer) => answer.said.id)])
    expect(shown.toSorted()).toEqual(all.map(({ id }) => id).toSorted())
  }))
})

describe('a long talk', () => {
  const spoke = (id: string, at: string, parentId: string | null = null, text = 'Τι ώρα βγαίνει το ψωμί;'): Utterance =>
    ({ id, channel: 'porch', from: 'visitor', author: { id, name: 'Γιώργος' }, text, html: null, lang: 'el', at: `2026-10-20T${at}:00Z`, parentId, ref: null, withdrawn: false })
  const talk = [spoke('a', '08:00'), spoke('b', '08:10'), spoke('a1', '09:00', 'a'), spoke('c', '09:10'), spoke('a2', '10:00', 'a')]
  const ids = (strands: readonly Strand[]) => strands.map((strand) => [strand.said.id, ...strand.answers.map((answer) => answer.said.id)])
  const each = weightOf(talk[0]!)

  test('is whole where there is room for it', () => { expect(ids(liveliest(strandsOf(talk), each * 5))).toEqual([['a', 'a1', 'a2'], ['b'], ['c']]) })
  test('keeps who spoke last, in the order of time', () => { expect(ids(liveliest(strandsOf(talk), each * 4))).toEqual([['a', 'a1', 'a2'], ['c']]) })
  test('drops the older answers of a strand before its root', () => { expect(ids(liveliest(strandsOf(talk), each * 2))).toEqual([['a', 'a2']]) })
  test('shows the last word even where there is no room at all', () => { expect(ids(liveliest(strandsOf(talk), 0))).toEqual([['a', 'a2']]) })
  test('never takes more than the room beyond one word and its root', () => {
    fc.assert(fc.property(fc.array(fc.record({ to: fc.nat(20), length: fc.nat(3_000) }), { maxLength: 40 }), fc.nat(30_000), (made, room) => {
      const all = made.map(({ to, length }, place) => spoke(`u${place}`, `08:${String(place).padStart(2, '0')}`, to < place ? `u${to}` : null, 'ω'.repeat(length)))
      const kept = liveliest(strandsOf(all), room).flatMap((strand) => [strand.said, ...strand.answers.map((answer) => answer.said)])
      const total = kept.reduce((sum, one) => sum + weightOf(one), 0)
      expect(total <= room || kept.length <= 2).toBe(true)
    }))
  })
})
