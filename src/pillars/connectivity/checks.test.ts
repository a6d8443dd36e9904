import type { Recent, Writing } from '#kit/pillar.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checks } from './checks.ts'

const shop = [1, 2, 3, 4, 5].map((day) => ({ day, from: 7 * 60, to: 15 * 60 }))
const writing = (given: Partial<Writing>): Writing => ({
  kind: 'post', lang: 'en', title: '', text: '', intent: 'give', format: 'note', author: { name: 'Maria', signOff: 'Maria' },
    siteName: 'Φούρνος της Ελένης',
  recent: [], goesOutAt: '2026-05-04T09:00:00Z', zone: 'Europe/Athens', duty: shop, settings: { asksInRow: 2, givePerAsk: 3,
    similarity: 0.6 }, ...given,
})
const look = (given: Partial<Writing>) => checks.flatMap((check) => check.look(writing(given)))

describe('connectivity while writing', () => {
  test('a post that invites nobody gets a question at its end', () => {
    const text = 'Βγήκε η σίκαλη.\n\nΗ Μαρία την έψησε στις πέντε.'
    const [found] = look({ text, lang: 'el' })
    expect(found).toMatchObject({ rule: 'invites-nobody', weight: 'note' })
    const better = text.slice(0, found!.at[0]) + found!.instead + text.slice(found!.at[1])
    expect(better).toBe(`${text} Εσείς τι λέτε; Γράψτε μας εδώ.`)
    expect(look({ text: better, lang: 'el' })).toEqual([])
  })
  test('the question goes before a signature', () => {
    const text = 'Rye is out.\n\nMaria'
    const [found] = look({ text })
    expect(text.slice(0, found!.at[0]) + found!.instead + text.slice(found!.at[1])).toBe('Rye is out. And you, what do you think? Tell us here.\n\nMaria')
  })
  test('says when somebody is next there to answer', () => {
    const [found] = look({ text: 'What do you eat?', goesOutAt: '2026-05-08T18:00:00Z' })
    expect(found).toMatchObject({ rule: 'nobody-on-duty', weight: 'warn', at: [0, 0],
      instead: 'We read and answer on Monday from 07:00; write to us until then.' })
    expect(found!.says.el).toContain('τη Δευτέρα από τις 07:00')
    expect(look({ text: 'What do you eat?', duty: [] })[0]?.says.en).toBe('Nobody is ever on duty: no hours are set.')
  })
  test('knows the hours of each member and the days off, and names the date where it is far', () => {
    const at = (day: string, hour: string) => `2026-05-${day}T${hour}:00:00.000Z`
    const watch = { until: at('31', '00'), spans: [{ from: at('06', '05'), to: at('06', '09') }, { from: at('09', '16'), to: at('09', '19') }, { from: at('25', '05'), to: at('25', '09') }] }
    const says = (goesOutAt: string) => look({ text: 'What do you eat?', goesOutAt, watch })[0]?.says.en
    expect(says(at('06', '08'))).toBeUndefined()
    expect(says(at('06', '10'))).toContain('on Saturday from 19:00')
    expect(says(at('09', '14'))).toContain('on Saturday from 19:00')
    expect(says(at('09', '15'))).toBeUndefined()
    expect(says(at('10', '12'))).toContain('on 25/05 from 08:00')
    expect(says(at('26', '12'))).toBe('Nobody is ever on duty: no hours are set.')
    // Beyond what is known of days off, the week says it.
    expect(look({ text: 'What do you eat?', goesOutAt: '2026-06-01T09:00:00Z', watch })).toEqual([])
  })
  test('a streak of telling weighs more than one post of it', () => {
    const recent = Array.from({ length: 5 }, (_, day): Recent => ({ id: `${day}`, title: '', text: `Day ${day}: rye.`, intent: 'give',
      at: '2026-05-01T09:00:00Z', format: 'note' }))
    expect(look({ text: 'Rye again.', recent }).map(({ rule, weight }) => [rule, weight])).toEqual([['invites-nobody', 'note'],
      ['one-way-streak', 'warn']])
  })
  test('an answer beside the question is offered an honest one', () => {
    const given = { kind: 'reply', text: 'We love all our guests.', answering: { text: 'Do you bake gluten free rye bread?',
      name: 'Nikos' } } as const
    const [found] = look(given)
    expect(found).toMatchObject({ rule: 'unanswered-question', at: [0, 23] })
    expect(look({ ...given, text: found!.instead! })).toEqual([])
  })
  test('an empty page is not blamed', () => expect(look({ text: ' \u200b' })).toEqual([]))
  test('whatever is written, every place lies inside the text', () => {
    const parts = fc.constantFrom('tell us', 'πείτε μας', ';', '?', '. ', '\n\n', '**', '«', '»', '🍞', '> ', 'We bake.')
    fc.assert(fc.property(fc.array(fc.oneof(parts, fc.string({ unit: 'grapheme', maxLength: 5 }))).map((list) => list.join('')), (text) => {
      for (const { at } of [...look({ text, duty: [] }), ...look({ text, kind: 'reply', answering: { text: 'Do you bake rye bread?',
        name: text } })]) {
        expect(0 <= at[0] && at[0] <= at[1] && at[1] <= text.length).toBe(true)
      }
    }))
  })
})
