import type { Writing } from '#kit/pillar.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checks } from './checks.ts'

const writing = (given: Partial<Writing>): Writing => ({
  kind: 'reply', lang: 'en', title: '', text: '', intent: 'talk', format: 'note', author: { name: 'Maria', signOff: 'Maria' },
    siteName: 'Φούρνος της Ελένης',
  recent: [], goesOutAt: '2026-05-04T09:00:00Z', zone: 'Europe/Athens', duty: [], settings: { asksInRow: 2, givePerAsk: 3,
    similarity: 0.6 }, ...given,
})
const look = (given: Partial<Writing>) => checks.flatMap((check) => check.look(writing(given)))

describe('personality while writing', () => {
  test('an answer nobody signs is held; a post is only looked at', () => {
    expect(look({ text: 'Yes, rye.', author: undefined })).toMatchObject([{ pillar: 'personality', rule: 'nobody-signs', weight: 'stop' }])
    expect(look({ text: 'Yes, rye.', author: undefined, kind: 'post' })).toMatchObject([{ weight: 'warn' }])
  })
  test('a company turns into people when the offer is taken', () => {
    const [found] = look({ text: 'Η εταιρεία μας ανακοινώνει νέο ωράριο.', lang: 'el' })
    expect(found).toMatchObject({ rule: 'logo-speak', at: [0, 26], instead: 'Ανακοινώνουμε' })
    expect(found!.says.el).toBe('Στο «Η εταιρεία μας ανακοινώνει» μιλά ένα λογότυπο.')
  })
  test('an answer that fits anybody is offered a name', () => {
    const answering = { text: 'Κάνετε ψωμί σίκαλης χωρίς γλουτένη;', name: 'Νίκος Παπάς' }
    expect(look({ text: 'Χαιρόμαστε που μας γράψατε σήμερα. Να είστε καλά.', lang: 'el',
      answering })).toMatchObject([{ rule: 'ignores-name', weight: 'note',
      instead: 'Γεια σας, Νίκο! Χαιρόμαστε που μας γράψατε σήμερα.' }])
  })
  test('a calm, signed text with a name in it passes', () => {
    expect(look({ text: 'Hello Nikos, yes: on Sundays too.\n\nMaria', answering: { text: 'Do you bake rye bread on Sunday?',
      name: 'Nikos' } })).toEqual([])
  })
  test('whatever is written, every place lies inside the text', () => {
    const parts = fc.constantFrom('OUR COMPANY IS', 'η εταιρεία μας ', 'BUY NOW', '!!!', ';;;', '\n', 'The team', 'Αγαπητοί πελάτες',
      '**', '«', '🍞', '. ', 'ΑΓΟΡΑΣΤΕ ΤΩΡΑ')
    const text = fc.array(fc.oneof(parts, fc.string({ unit: 'grapheme', maxLength: 5 }))).map((list) => list.join(''))
    fc.assert(fc.property(text, fc.string({ unit: 'grapheme', maxLength: 8 }), (said, name) => {
      for (const { at } of look({ text: said, siteName: name, answering: { text: 'rye bread on Sunday?', name } })) {
        expect(0 <= at[0] && at[0] <= at[1] && at[1] <= said.length).toBe(true)
      }
    }))
  })
})
