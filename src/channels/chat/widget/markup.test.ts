import fc from 'fast-check'
import { expect, test } from 'vitest'
import { markupOf, type Markup } from './markup.ts'

const plain = (parts: readonly Markup[]): string => parts.map((part) => (typeof part === 'string' ? part : plain(part.inside))).join('')
const tags = (parts: readonly Markup[]): string[] => parts.flatMap((part) => (typeof part === 'string' ? [] : [part.tag, ...tags(part.inside)]))
const links = (parts: readonly Markup[]): string[] => parts.flatMap((part) => (typeof part === 'string' ? [] : [...(part.href === undefined ? [] : [part.href]), ...links(part.inside)]))

test('an answer’s markup becomes the same tree', () => {
  expect(markupOf('<p>Ναι, <strong>κάθε</strong> Δευτέρα.<br>Δείτε <a href="https://fournos.example/?a=1&amp;b=2" rel="nofollow">εδώ</a></p><ul><li>σίκαλη</li></ul>')).toEqual([
    { tag: 'p', inside: ['Ναι, ', { tag: 'strong', inside: ['κάθε'] }, ' Δευτέρα.', { tag: 'br', inside: [] }, 'Δείτε ', { tag: 'a', href: 'https://fournos.example/?a=1&b=2', inside: ['εδώ'] }] },
    { tag: 'ul', inside: [{ tag: 'li', inside: ['σίκαλη'] }] },
  ])
})

test('entities are read once', () => {
  expect(plain(markupOf('&amp;lt; &lt;b&gt; &#39;&#x3b1;&nbsp;&unknown;'))).toBe('&lt; <b> \'α\u00a0&unknown;')
})

test('a link that runs something is only words', () => {
  expect(markupOf('<a href="javascript:alert(1)">x</a><a href=" https://a.gr">y</a>')).toEqual([{ tag: 'a', inside: ['x'] }, { tag: 'a', inside: ['y'] }])
})

test('nothing but the few tags of an answer is ever made, out of any text', () => {
  const pieces = fc.array(fc.constantFrom('<p>', '</p>', '<script>', '<img src=x onerror=alert(1)>', '<a href="', '">', '</a>', '<', '>', '&lt;', '<svg><p>', 'javascript:', 'https://a.gr', '<B>', '</UL>', '<ul>', ' ', 'α', '"'), { maxLength: 40 })
  fc.assert(fc.property(fc.oneof(pieces.map((all) => all.join('')), fc.string()), (html) => {
    const made = markupOf(html)
    expect(tags(made).filter((tag) => !['p', 'br', 'strong', 'em', 'a', 'ul', 'ol', 'li', 'code', 'pre', 'blockquote'].includes(tag))).toEqual([])
    expect(links(made).filter((link) => !/^(https?:\/\/|mailto:)/i.test(link))).toEqual([])
  }))
})
