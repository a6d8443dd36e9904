import { expect, test } from 'vitest'
import type { AnyEvent, Events } from '#kit/events.ts'
import { signals, waited } from './signals.ts'

const at = '2026-10-20T09:00:00.000Z'
const heard = (over: Partial<Events['message.received']> = {}, about = {}): AnyEvent => ({
  cursor: '1-1', name: 'message.received', at, conversationId: 'c', contactId: 'katerina', ...about,
  data: { messageId: 'm', channel: 'porch', lang: 'el', opensWait: true, imported: false, isQuestion: true, asked: true, ...over },
})
const answered = (over: Partial<Events['answer.sent']> = {}): AnyEvent => ({
  cursor: '1-2', name: 'answer.sent', at, conversationId: 'c', memberId: 'maria',
  data: { messageId: 'a', channel: 'porch', waitingSince: '2026-10-20T07:30:00.000Z', minutesWaited: 90, named: true, similarity: 0.1, turns: 1, findings: [], first: true, ...over },
})
const says = (id: string, event: AnyEvent) => signals.find((signal) => signal.id === id)!.weigh(event)

test('a wait counts from when it began, whenever it is answered', () => {
  expect(says('answered-share', heard())).toMatchObject({ num: 0, den: 1 })
  expect(says('answered-share', answered())).toMatchObject({ at: '2026-10-20T07:30:00.000Z', num: 1, den: 0, because: { el: 'Απαντήθηκε μετά από 2 ώρες.' } })
})
test('a second word while somebody already waits opens no second wait, and a word that nobody waited for answers none', () => {
  expect(says('answered-share', heard({ opensWait: false }))).toBeUndefined()
  expect(says('answered-share', answered({ waitingSince: null, minutesWaited: null }))).toBeUndefined()
})
test('imported history neither waits nor speaks', () => {
  for (const id of ['answered-share', 'voices-heard']) expect(says(id, heard({ imported: true }))).toBeUndefined()
})
test('only the first answer of a conversation says how long people wait for one', () => {
  expect(says('first-answer', answered())).toMatchObject({ value: 90 })
  expect(says('first-answer', answered({ first: false }))).toBeUndefined()
})
test('a wait is counted in the hours when somebody was there', () => {
  for (const id of ['first-answer', 'first-answer-p90']) {
    expect(says(id, answered({ dutyMinutes: 20 }))).toMatchObject({ value: 20, because: { el: 'Η πρώτη απάντηση ήρθε μετά από 20 λεπτά.' } })
    expect(says(id, answered({ dutyMinutes: 0 }))).toMatchObject({ value: 0 })
    expect(says(id, answered({ minutesWaited: null, dutyMinutes: null }))).toBeUndefined()
  }
})
test('a question put to nobody counts once when overheard and once when answered', () => {
  const [overheard, more] = [heard({ asked: false }), heard({ asked: false, messageId: 'n' })].map((event) => says('unasked-answered', event)!)
  expect(overheard).toMatchObject({ num: 0, den: 1, once: more!.once })
  expect(says('unasked-answered', heard())).toBeUndefined()
  expect(says('unasked-answered', answered({ unasked: true }))).toMatchObject({ num: 1, den: 0 })
  expect(says('unasked-answered', answered())).toBeUndefined()
})
test.each([[5, 1], [4, 1], [3, 0], [1, 0]])('a rating of %i of 5 adds %i', (score, num) => {
  expect(says('csat', { cursor: '1-3', name: 'conversation.rated', at, conversationId: 'c', data: { channel: 'chat', score, words: '' } })).toMatchObject({ num, den: 1 })
})
test('a conversation is joined once and goes on once, however long it becomes', () => {
  const [begun, on, further] = [answered(), answered({ first: false, turns: 3 }), answered({ first: false, turns: 5 })].map((event) => says('two-way-share', event)!)
  expect([begun, on]).toMatchObject([{ num: 0, den: 1 }, { num: 1, den: 0 }])
  expect(further!.once).toBe(on!.once)
  expect(begun!.once).not.toBe(on!.once)
})
test('a person who speaks twice is one voice; one we only overheard is none', () => {
  expect(says('voices-heard', heard())!.once).toBe(says('voices-heard', heard({ messageId: 'another' }))!.once)
  expect(says('voices-heard', heard({ asked: false }))).toBeUndefined()
})
test.each([[0.4, '0 min', '0 λεπτά'], [1, '1 min', '1 λεπτό'], [59.2, '59 min', '59 λεπτά'], [61, '1 hour', '1 ώρα'], [180, '3 hours', '3 ώρες'], [4320, '3 days', '3 ημέρες']] as const)(
  '%s minutes are said as %s and %s', (minutes, en, el) => { expect(waited(minutes)).toEqual({ en, el }) })
