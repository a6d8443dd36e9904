import { expect, test } from 'vitest'
import type { Publication } from '../calls.ts'
import { byAccount, isChangeOpen, isHeld, isLost, isWrong, mayAnswer } from './outcomes.ts'

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

test('what the network took and does not show is answered by there or not there, and stands before what is on its way', () => {
  const unseen = publication(0, 'confirmed', { because: 'not-seen' })
  expect((['there', 'send', 'drop'] as const).filter((answer) => mayAnswer(unseen, answer))).toEqual(['there', 'drop'])
  expect(byAccount([publication(1, 'scheduled'), unseen])[0]!.worst).toBe(unseen)
  expect(isLost(publication(0, 'gone'))).toBe(true)
  expect(isLost(publication(0, 'confirmed'))).toBe(false)
})

test('a change is asked about once it failed or takes too long, not while it goes its way', () => {
  const change = { what: 'revise' as const, since: null, why: { says: { en: 'It', el: 'Το' }, next: { en: 'is', el: 'νέο' } }, overdue: false, stuck: false, retryAt: null }
  const out = (more: Partial<typeof change> | { what: null }) => publication(0, 'confirmed', { change: { ...change, ...more } })
  expect([out({}), out({ stuck: true }), out({ overdue: true }), out({ what: null }), publication(0, 'confirmed')].map(isChangeOpen)).toEqual([false, true, true, true, false])
  expect(byAccount([publication(1, 'confirmed'), out({ stuck: true })])[0]!.worst.part).toBe(0)
})

test('only what a person has to release can be looked for', () => {
  expect([isHeld({ state: 'held', because: 'restored' }), isHeld({ state: 'held', because: 'paused' }), isHeld({ state: 'needs-person', because: 'outcome-unknown' })]).toEqual([true, false, false])
})
