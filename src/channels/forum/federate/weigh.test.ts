import fc from 'fast-check'
import { expect, test } from 'vitest'
import { holdOf, linksOut, withoutOurMentions, type Weighed } from './weigh.ts'

const none = { shown: 0, first: null, days: 0, thanked: 0, ruled: 0, lastRuled: null, hour: 0 }
const weighed = (over: Partial<Weighed>): Weighed => ({ html: '<p>Καλό ψωμί.</p>', text: 'Καλό ψωμί.', repeated: false, doings: none, firstPosts: 'shown', now: new Date('2026-11-23T10:00:00Z'), ...over })

test('our own names at the beginning go, other names stay', () => {
  const linked = '<a href="https://fournos.gr/ap/forum/t/abcd1234">@<span>topic_abcd1234</span></a>'
  expect(withoutOurMentions(`<p>${linked} Γεια</p>`, 'fournos.gr')).toBe('<p>Γεια</p>')
  expect(withoutOurMentions(`<p><span>${linked}</span> Γεια</p>`, 'fournos.gr')).toBe('<p>Γεια</p>')
  expect(withoutOurMentions('<p>@topic_abcd1234@fournos.gr Γεια</p>', 'fournos.gr')).toBe('<p>Γεια</p>')
  expect(withoutOurMentions('<a href="https://fournos.gr/x">@topic_abcd1234@fournos.gr</a> Γεια', 'fournos.gr')).toBe('Γεια')
  expect(withoutOurMentions('<p><a href="https://x.example">@nikos</a> Γεια</p>', 'fournos.gr')).toBe('<p><a href="https://x.example">@nikos</a> Γεια</p>')
})
test('whatever is said, nothing is added and it ends in time', () => {
  fc.assert(fc.property(fc.string({ maxLength: 400 }), (text) => { expect(withoutOurMentions(text, 'fournos.gr').length).toBeLessThanOrEqual(text.length) }))
  const start = performance.now()
  withoutOurMentions(`<p>${'<span>@'.repeat(20_000)}`, 'fournos.gr')
  withoutOurMentions('<p>'.padEnd(60_000), 'fournos.gr')
  expect(performance.now() - start).toBeLessThan(500)
})
test('names and words after a number sign are no links, unless there are very many', () => {
  expect(linksOut('<p><a href="https://a.example">@nikos</a> <a href="https://b.example">#ψωμί</a></p>')).toBe(0)
  expect(linksOut('<p><a href="https://a.example">εδώ</a> κι https://b.example</p>')).toBe(2)
  expect(linksOut('<a href="https://a.example">@x</a>'.repeat(12))).toBe(7)
})
test('whoever is new is weighed like everybody new', () => {
  expect(holdOf(weighed({}))).toBeUndefined()
  expect(holdOf(weighed({ firstPosts: 'held' }))).toBe('first')
  expect(holdOf(weighed({ repeated: true }))).toBe('repeated')
  expect(holdOf(weighed({ doings: { ...none, hour: 8 } }))).toBe('many')
  expect(holdOf(weighed({ html: '<a href="https://a.example">α</a><a href="https://b.example">β</a>' }))).toBe('links')
})
test('whoever took part for a while may do more, until a ruling', () => {
  const known = { shown: 12, first: new Date('2026-11-01T10:00:00Z'), days: 5, thanked: 2, ruled: 0, lastRuled: null, hour: 9 }
  const html = '<a href="https://a.example">α</a><a href="https://b.example">β</a>'
  expect(holdOf(weighed({ html, doings: known }))).toBeUndefined()
  expect(holdOf(weighed({ html, doings: { ...known, hour: 0, ruled: 1, lastRuled: new Date('2026-11-20T10:00:00Z') } }))).toBe('links')
})
