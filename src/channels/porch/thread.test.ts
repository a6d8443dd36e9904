import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Utterance } from '#kit/host.ts'
import { shownCount, strandsOf } from './thread.ts'

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
