import { expect, test } from 'vitest'
import type { Finding } from '#kit/pillar.ts'
import { unreasoned, writingOf, type WritingGround } from './review.ts'

const ground: WritingGround = {
  recent: [
    { id: 'rye', title: 'Rye on Monday', text: 'We bake rye on Monday.', intent: 'talk', at: '2026-11-20T08:00:00Z', format: 'story' },
    { id: 'starter', title: 'Free starter', text: 'Come and take some.', intent: 'give', at: '2026-11-18T08:00:00Z', format: 'guide' },
  ],
  duty: [], watch: { until: '2026-01-01T00:00:00Z', spans: [] }, settings: { asksInRow: 3, givePerAsk: 2, similarity: 0.7, holds: [], off: [] },
  siteName: 'Φούρνος της Ελένης', zone: 'Europe/Athens', voices: [{ memberId: 'maria', name: 'Maria', signOff: '–Maria' }],
}
const written = { kind: 'post', lang: 'en', title: '', text: 'No comment.', intent: 'talk', format: 'story', goesOutAt: '2026-11-23T09:00:00Z' } as const
const held = (rule: string, weight: Finding['weight']): Finding =>
  ({ pillar: 'honesty', rule, at: [0, 10], says: { en: '', el: '' }, because: { en: '', el: '' }, weight })

test('a post being edited is not compared with itself, and speaks with the voice of its member', () => {
  const writing = writingOf({ ...written, postId: 'rye' }, ground, 'maria')
  expect(writing.recent.map((post) => post.id)).toEqual(['starter'])
  expect(writing.author?.name).toBe('Maria')
})

test('nobody signs for a member without a voice', () => {
  expect(writingOf(written, ground, 'nikos').author).toBeUndefined()
})

test('only what holds asks for a reason, once for each rule, and a blank one is none', () => {
  const findings = [held('evasive', 'stop'), held('evasive', 'stop'), held('shouts', 'stop'), held('invites-nobody', 'warn')]
  expect(unreasoned(findings, {})).toEqual(['evasive', 'shouts'])
  expect(unreasoned(findings, { evasive: 'It is a quotation.', shouts: '  ' })).toEqual(['shouts'])
})
