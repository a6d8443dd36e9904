import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inWindow, renewed, shownFrom, stale, without, type Page } from './pages.ts'

interface Row { readonly id: string; readonly said: string }
const row = (id: string, said = ''): Row => ({ id, said })
const page = (ids: string, from: string | null, next: string | null): Page<Row> => ({ items: [...ids].map((id) => row(id)), from, next })
const order = (pages: readonly Page<Row>[]) => pages.map((one) => one.items.map((item) => item.id).join(''))

test('a new message asks only for the first page and the page that shows its conversation', () => {
  const pages = [page('abc', null, 'c'), page('def', 'c', 'f'), page('ghi', 'f', 'i')]
  expect(stale(pages, new Set(['h']))).toEqual([0, 2])
  expect(stale(pages, new Set(['z']))).toEqual([0])
})

test('a conversation that comes back to the top leaves its old place, and what it pushed down stays in the list', () => {
  const pages = [page('abc', null, 'c'), page('def', 'c', 'f')]
  const fresh = new Map([[0, { items: [row('e', 'new'), row('a'), row('b')], next: 'b' }], [1, { items: [row('c'), row('d'), row('f')], next: 'f' }]])
  expect(order(renewed(pages, fresh, new Set(['e'])))).toEqual(['eab', 'cdf'])
})

test('the row at the foot of the first page is not lost when only the first page is asked', () => {
  const pages = [page('abc', null, 'c'), page('def', 'c', null)]
  const fresh = new Map([[0, { items: [row('z'), row('a'), row('b')], next: 'b' }]])
  expect(order(renewed(pages, fresh, new Set(['z'])))).toEqual(['zabc', 'def'])
})

test('a conversation that was done elsewhere leaves the view', () => {
  const pages = [page('abc', null, null)]
  const fresh = new Map([[0, { items: [row('a'), row('c')], next: null }]])
  expect(order(renewed(pages, fresh, new Set(['b'])))).toEqual(['ac'])
  expect(order(without(pages, 'b'))).toEqual(['ac'])
})

test('no row is ever shown twice, whatever changed', () => {
  const ids = fc.uniqueArray(fc.constantFrom(...'abcdefghij'), { maxLength: 10 })
  fc.assert(fc.property(ids, ids, ids, (first, second, now) => {
    const pages = [page(first.join(''), null, 'x'), page(second.join(''), 'x', null)]
    const after = renewed(pages, new Map([[0, { items: now.map((id) => row(id)), next: 'x' }]]), new Set(now)).flatMap((one) => one.items)
    expect(new Set(after.map((item) => item.id)).size).toBe(after.length)
    expect(after.slice(0, now.length).map((item) => item.id)).toEqual(now)
  }))
})

test('only the rows near the window are drawn, and the chosen one is brought into it', () => {
  expect(inWindow(7320, 80, { top: 80_000, height: 800 })).toEqual({ from: 992, to: 1018 })
  expect(inWindow(3, 80, { top: 0, height: 800 })).toEqual({ from: 0, to: 3 })
  expect(shownFrom(0, 80, { top: 400, height: 800 })).toBe(0)
  expect(shownFrom(20, 80, { top: 400, height: 800 })).toBe(880)
  expect(shownFrom(7, 80, { top: 400, height: 800 })).toBe(400)
})
