import { expect, test } from 'vitest'
import type { AnyEvent, Intent } from '#kit/events.ts'
import { signals } from './signals.ts'

const post = (intent: Intent, postId = 'rye'): AnyEvent => ({
  cursor: '1-1', name: 'post.published', at: '2026-10-20T09:00:00.000Z', postId,
  data: { publicationId: 'p', channel: 'porch', intent, lang: 'el', title: 'Σίκαλη', similarity: 0, similarTo: null, findings: [], format: 'story', invites: true },
})
const says = (id: string, event: AnyEvent) => signals.find((signal) => signal.id === id)!.weigh(event)
const at = '2026-10-20T10:00:00.000Z'

test('a gift counts for, an ask against, and talk neither way', () => {
  expect([post('give'), post('ask'), post('talk')].map((event) => says('give-per-ask', event))).toMatchObject([{ num: 1, den: 0 }, { num: 0, den: 1 }, undefined])
})
test('a post on two accounts is one gift', () => { expect(says('gifts', post('give'))!.once).toBe('rye') })
test('what comes back is counted, and what is taken back is taken off', () => {
  const like = (taken: boolean): AnyEvent => ({ cursor: '1-2', name: 'reaction.given', at, data: { kind: 'like', channel: 'fediverse', taken } })
  const follow = (change: 1 | -1): AnyEvent => ({ cursor: '1-3', name: 'follower.changed', at, data: { channel: 'fediverse', change, handle: '@kostas@example.social' } })
  expect([like(false), like(true), follow(1), follow(-1)].map((event) => says('gave-back', event)!.num)).toEqual([1, -1, 1, -1])
  expect(says('gave-back', post('talk'))).toMatchObject({ num: 0, den: 1 })
})
