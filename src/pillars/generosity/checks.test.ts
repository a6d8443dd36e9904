import type { Intent } from '#kit/events.ts'
import type { Recent, Writing } from '#kit/pillar.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checks } from './checks.ts'

const recent = (intents: readonly Intent[]): readonly Recent[] => intents.map((intent, place) => ({ id: `${place}`, title: '',
  text: `post ${place}`, intent, at: '2026-05-01T09:00:00Z', format: 'note' }))
const writing = (given: Partial<Writing>): Writing => ({
  kind: 'post', lang: 'en', title: '', text: 'Come to our counter.', intent: 'ask', format: 'note', author: { name: 'Eleni',
    signOff: 'Eleni' }, siteName: 'Φούρνος της Ελένης',
  recent: [], goesOutAt: '2026-05-04T09:00:00Z', zone: 'Europe/Athens', duty: [], settings: { asksInRow: 2, givePerAsk: 3,
    similarity: 0.6 }, ...given,
})
const look = (given: Partial<Writing>) => checks.flatMap((check) => check.look(writing(given)))
const rules = (given: Partial<Writing>) => look(given).map((finding) => finding.rule)

describe('generosity while writing', () => {
  test('two asks in a row may pass, the third is counted', () => {
    const given = Array.from({ length: 12 }, (): Intent => 'give')
    expect(rules({ recent: recent(['ask', ...given]) })).toEqual([])
    const [found] = look({ recent: recent(['ask', 'ask', ...given]) })
    expect(found).toMatchObject({ rule: 'asks-in-a-row', weight: 'warn', at: [0, 0] })
    expect(found!.says).toEqual({ en: 'This is the third ask in a row.', el: 'Είναι η τρίτη ανάρτηση στη σειρά που ζητά κάτι.' })
  })
  test('the ratio is told before and after this post', () => {
    const [found] = look({ recent: recent(['give', 'give', 'give', 'give', 'give', 'ask', 'give', 'ask', 'talk']), lang: 'el' })
    expect(found).toMatchObject({ rule: 'give-ask-ratio', weight: 'note' })
    expect(found!.says.en).toBe('Gives per ask: 3 before this post, 2 after it.')
    expect(look({ recent: recent(['give', 'give', 'give', 'give', 'give', 'ask', 'ask',
      'give']) })[0]?.says.el).toBe('Δίνουμε και ζητάμε: 3 προς 1 πριν από αυτή την ανάρτηση, 2 προς 1 μετά.')
    expect(look({ recent: recent(['give', 'give', 'give', 'give', 'ask', 'give', 'ask']), settings: { asksInRow: 2, givePerAsk: 2,
      similarity: 0.6 } })[0]?.says.el).toContain('2,5 προς 1')
  })
  test('a young house, a gift and a talk are left in peace', () => {
    expect(rules({ recent: recent(['give']) })).toEqual([])
    expect(rules({ recent: recent(['ask', 'ask', 'ask', 'ask']), intent: 'give' })).toEqual([])
    expect(rules({ recent: recent(['ask', 'ask', 'ask', 'ask']), kind: 'reply' })).toEqual([])
  })
  test('a gift that sells is noticed in its place', () => {
    const text = 'Μια συνταγή για εσάς. Αγοράστε τώρα το αλεύρι μας!'
    const [found] = look({ intent: 'give', text, lang: 'el' })
    expect(found).toMatchObject({ rule: 'asks-as-give', at: [22, text.length], instead: 'Αν θέλετε να μάθετε περισσότερα, ρωτήστε μας.' })
    expect(rules({ intent: 'ask', text })).toEqual([])
    expect(look({ intent: 'talk', text })[0]?.says.en).toContain('marked as talk')
  })
  test('whatever is written, every place lies inside the text', () => {
    const parts = fc.constantFrom('buy now', 'αγοράστε τώρα', '-20 %', '. ', '\n', '«', '»', '🍞', 'don’t ', '; ')
    fc.assert(fc.property(fc.array(fc.oneof(parts, fc.string({ unit: 'grapheme', maxLength: 5 }))).map((list) => list.join('')), (text) => {
      for (const { at } of look({ text, intent: 'give' })) expect(0 <= at[0] && at[0] <= at[1] && at[1] <= text.length).toBe(true)
    }))
  })
})
