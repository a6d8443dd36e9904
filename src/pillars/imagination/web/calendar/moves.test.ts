import { expect, test } from 'vitest'
import { nowhere, type Item } from './item.ts'
import { laneFor } from './moves.ts'

const item: Item = {
  id: 'p1', version: 1, kind: 'post', title: 'Σίκαλη', excerpt: '', lang: 'el', intent: 'give', state: 'scheduled', campaignId: 'autumn', authorId: 'nikos', authorName: 'Νίκος', accountIds: ['porch', 'fediverse'],
  at: '2026-11-23T07:30:00Z', wallTime: '2026-11-23T09:30', zone: 'Europe/Athens', seriesId: null, occurrence: null, changed: false, problem: null,
}

test('a lane of campaigns or intents says what a post is meant for from now on', () => {
  expect(laneFor(item, 'intent', 'ask')).toEqual({ intent: 'ask' })
  expect(laneFor(item, 'campaign', 'winter')).toEqual({ campaignId: 'winter' })
  expect(laneFor(item, 'campaign', nowhere)).toEqual({ campaignId: null })
})

test('a lane of accounts does not decide where a post goes: its own lanes are free, the others are asked about', () => {
  expect(laneFor(item, 'account', 'fediverse')).toBeUndefined()
  expect(laneFor(item, 'account', 'mastodon')).toBe('account')
  expect(laneFor(item, 'account', nowhere)).toBe('account')
})

test('where there are no lanes, and in its own, nothing changes but the time', () => {
  expect(laneFor(item, undefined, 'ask')).toBeUndefined()
  expect(laneFor(item, 'intent', undefined)).toBeUndefined()
  expect(laneFor(item, 'intent', 'give')).toBeUndefined()
  expect(laneFor(item, 'intent', 'nonsense')).toBeUndefined()
})
