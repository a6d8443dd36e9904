import { expect, test } from 'vitest'
import type { AnyEvent, Events } from '#kit/events.ts'
import { signals } from './signals.ts'

const at = '2026-10-20T09:00:00.000Z'
const answer = (over: Partial<Events['answer.sent']> = {}): AnyEvent => ({
  cursor: '1-1', name: 'answer.sent', at, conversationId: 'c', memberId: 'maria',
  data: { messageId: 'a', channel: 'porch', waitingSince: null, minutesWaited: null, named: true, similarity: 0, turns: 1, findings: [], first: true, ...over },
})
const post: AnyEvent = {
  cursor: '1-2', name: 'post.published', at, postId: 'rye',
  data: { publicationId: 'p', channel: 'porch', intent: 'talk', lang: 'el', title: 'Σίκαλη', similarity: 0, similarTo: null, findings: [], format: 'story', invites: true },
}
const says = (id: string, event: AnyEvent) => signals.find((signal) => signal.id === id)!.weigh(event)

test('an answer nobody signs counts against us', () => { expect([answer(), answer({ named: false })].map((one) => says('named-share', one)!.num)).toEqual([1, 0]) })
test('an answer that repeats an earlier one is not in our own words', () => {
  expect(says('own-words', answer({ similarity: 0.25 }))).toMatchObject({ value: 0.75, because: { en: '25 % like an earlier answer.' } })
})
test('answers beside posts tell whether we talk with people or at them', () => {
  expect([answer(), post].map((event) => says('conversation-share', event))).toMatchObject([{ num: 1, den: 1 }, { num: 0, den: 1, once: 'rye' }])
})
test('a logo that speaks counts here; an evasion is another pillar’s matter', () => {
  expect([answer({ findings: ['evasion'] }), answer({ findings: ['logo-speak'] })].map((event) => says('as-people', event)!.num)).toEqual([1, 0])
})
