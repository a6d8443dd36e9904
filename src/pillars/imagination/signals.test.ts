import { expect, test } from 'vitest'
import type { AnyEvent, Events } from '#kit/events.ts'
import { mondayOf, signals } from './signals.ts'

const post = (over: Partial<Events['post.published']> = {}, at = '2026-10-20T09:00:00.000Z'): AnyEvent => ({
  cursor: '1-1', name: 'post.published', at, postId: 'rye',
  data: { publicationId: 'p', channel: 'porch', intent: 'talk', lang: 'el', title: 'Σίκαλη', similarity: 0, similarTo: null, findings: [], format: 'story', invites: true, ...over },
})
const says = (id: string, event: AnyEvent) => signals.find((signal) => signal.id === id)!.weigh(event)

test.each([['2026-10-19T00:00:00.000Z', '2026-10-19'], ['2026-10-25T23:59:59.000Z', '2026-10-19'], ['2027-01-02T12:00:00.000Z', '2026-12-28']])('the week of %s began on %s', (at, monday) => {
  expect(mondayOf(at)).toBe(monday)
})
test('two posts in one week are one week with something new', () => {
  expect(says('rhythm', post({}, '2026-10-19T08:00:00.000Z'))!.once).toBe(says('rhythm', post({}, '2026-10-25T20:00:00.000Z'))!.once)
})
test('a post like an earlier one is less fresh', () => { expect(says('freshness', post({ similarity: 0.4 }))!.value).toBeCloseTo(0.6) })
test('contests, promotions and games are plays; stories are not', () => {
  expect(['contest', 'promotion', 'game', 'story', 'offer'].map((format) => says('play-this-quarter', post({ format }))!.num)).toEqual([1, 1, 1, 0, 0])
})
