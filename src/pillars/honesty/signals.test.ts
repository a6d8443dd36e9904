import { expect, test } from 'vitest'
import type { AnyEvent } from '#kit/events.ts'
import { signals } from './signals.ts'

const at = '2026-10-20T09:00:00.000Z'
const post = (findings: readonly string[]): AnyEvent => ({
  cursor: '1-1', name: 'post.published', at, postId: 'salt',
  data: { publicationId: 'p', channel: 'porch', intent: 'talk', lang: 'el', title: 'Συγγνώμη', similarity: 0, similarTo: null, findings, format: 'news', invites: true },
})
const says = (id: string, event: AnyEvent) => signals.find((signal) => signal.id === id)!.weigh(event)

test('a text is straight unless a finding of honesty was left open in it', () => {
  expect([post([]), post(['shouting', 'invites-nobody']), post(['evasion'])].map((event) => says('straight-share', event)!.num)).toEqual([1, 1, 0])
})
test('only holds of honesty count as overruled here, each beside all that was sent', () => {
  const overruled = (pillar: string): AnyEvent => ({ cursor: '1-2', name: 'check.overruled', at, data: { rule: 'evasion', pillar, reason: 'Το ζήτησε ο ιδιοκτήτης.', weight: 'stop' } })
  expect(says('overruled', overruled('honesty'))).toMatchObject({ num: 1, den: 0, because: { el: 'Παρακάμφθηκε το evasion: «Το ζήτησε ο ιδιοκτήτης.»' } })
  expect(says('overruled', overruled('personality'))).toBeUndefined()
  expect(says('overruled', post([]))).toMatchObject({ num: 0, den: 1 })
})
test('a change is owned up to when its note says something', () => {
  const change = (name: 'post.edited' | 'post.retracted', note: string): AnyEvent => ({ cursor: '1-3', name, at, postId: 'salt', data: { publicationId: 'p', channel: 'porch', note } })
  expect([change('post.edited', 'Το νερό έγινε 330.'), change('post.edited', '  '), change('post.retracted', 'Αναβλήθηκε.')].map((event) => says('owned-up', event)!.num)).toEqual([1, 0, 1])
})
