import { expect, test } from 'vitest'
import type { Publication } from '../calls.ts'
import { byAccount, isWrong, mayAnswer } from './outcomes.ts'

const publication = (part: number, state: Publication['state'], more: Partial<Publication> = {}): Publication => ({
  id: `${more.accountId ?? 'bluesky'}-${part}-${state}`, accountId: 'bluesky', channel: 'bluesky', part, state, because: null, why: null, url: null, attempts: 0, dueAt: '2026-11-23T09:00:00Z', confirmedAt: null, pending: null, retryAt: null, change: null, readBackAt: null, ...more,
})

test('a thread that stopped is partly out, and what stopped it stands first', () => {
  const [thread] = byAccount([publication(2, 'waiting'), publication(0, 'confirmed'), publication(1, 'needs-person')])
  expect(thread).toMatchObject({ out: 1, worst: { part: 1, state: 'needs-person' } })
  expect(thread!.parts.map((one) => one.part)).toEqual([0, 1, 2])
})

test('each account stands for itself', () => {
  expect(byAccount([publication(0, 'confirmed'), publication(0, 'refused', { accountId: 'porch', channel: 'porch' })]).map((one) => [one.accountId, one.worst.state])).toEqual([['bluesky', 'confirmed'], ['porch', 'refused']])
})

test('what was called off before a second planning does not hide what came after', () => {
  expect(byAccount([publication(0, 'cancelled'), publication(0, 'scheduled')])[0]!.worst.state).toBe('scheduled')
})

test('three answers where nobody knows; fewer where some make no sense', () => {
  const answers = (state: Publication['state'], because: string | null = null) => (['there', 'send', 'drop'] as const).filter((answer) => mayAnswer({ state, because }, answer))
  expect(answers('needs-person')).toEqual(['there', 'send', 'drop'])
  expect(answers('held', 'restored')).toEqual(['there', 'send', 'drop'])
  expect(answers('refused')).toEqual(['send', 'drop'])
  expect(answers('auth-needed')).toEqual(['there', 'drop'])
  expect(answers('held', 'paused')).toEqual([])
  expect(answers('scheduled')).toEqual([])
  expect(isWrong({ state: 'held', because: 'paused' })).toBe(false)
})
