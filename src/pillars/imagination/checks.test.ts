import type { Recent, Writing } from '#kit/pillar.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checks } from './checks.ts'

const rye = 'Our rye bread is out of the oven at seven every morning. We bake it with whole flour from Kalavryta.'
const post: Recent = { id: 'rye', title: 'Rye', text: rye, intent: 'give', at: '2026-04-20T22:30:00Z', format: 'note' }
const writing = (given: Partial<Writing>): Writing => ({
  kind: 'post', lang: 'en', title: '', text: '', intent: 'give', format: 'note', author: { name: 'Nikos', signOff: 'Nikos' },
    siteName: 'Φούρνος της Ελένης',
  recent: [post], goesOutAt: '2026-05-04T09:00:00Z', zone: 'Europe/Athens', duty: [], settings: { asksInRow: 2, givePerAsk: 3,
    similarity: 0.6 }, ...given,
})
const look = (given: Partial<Writing>) => checks.flatMap((check) => check.look(writing(given)))

describe('imagination while writing', () => {
  test('shows the earlier post beside the one that is like it, with its day in the workspace’s zone', () => {
    const [found] = look({ text: `Hello! ${rye}` })
    expect(found).toMatchObject({ rule: 'too-like', weight: 'warn', see: { postId: 'rye', title: 'Rye', text: rye } })
    expect(found!.says.en).toMatch(/^This is \d\d % like what we said on 21 April\.$/)
    expect(found!.says.el).toContain('21 Απριλίου')
    expect(look({ text: `Hello! ${rye}`, lang: 'el' })[0]!.instead).toBe('Το γράψαμε και στις 21 Απριλίου· να τι νέο υπάρχει από τότε:')
  })
  test('the team decides how alike is too alike', () => {
    const near = rye.replace('rye', 'spelt').replace('seven', 'six').replace('Kalavryta', 'Arkadia')
    const at = (similarity: number) => look({ text: `Hello! ${near}`, settings: { asksInRow: 2, givePerAsk: 3,
      similarity } }).map((finding) => finding.rule)
    expect(at(0.95)).toEqual([])
    expect(at(0.3)).toEqual(['too-like'])
  })
  test('a worn opening gets a new one', () => {
    const text = 'Our rye bread is older than Nikos. Here is its story.'
    expect(look({ text })).toMatchObject([{ rule: 'same-opening', at: [0, 34],
      instead: 'Something we have not told you yet: Our rye bread is older than Nikos.', see: { postId: 'rye' } }])
  })
  test('a fifth post of one format is noticed; answers are not posts', () => {
    const recent = ['Koulouria need sesame', 'Salt from Messolonghi', 'A mill in winter', 'What Maria reads'].map((text) => ({ ...post,
      text }))
    expect(look({ text: 'Nikos has a new bicycle.', recent }).map((finding) => finding.rule)).toEqual(['same-format'])
    expect(look({ text: rye, kind: 'reply' })).toEqual([])
  })
  test('whatever is written, every place lies inside the text', () => {
    const parts = fc.constantFrom(rye, 'Our rye bread is', ' ', '\n', '**', '> ', '🍞', '. ')
    fc.assert(fc.property(fc.array(fc.oneof(parts, fc.string({ unit: 'grapheme', maxLength: 5 }))).map((list) => list.join('')), (text) => {
      for (const { at } of look({ text })) expect(0 <= at[0] && at[0] <= at[1] && at[1] <= text.length).toBe(true)
    }))
  })
})
