import { expect, test } from 'vitest'
import { networks } from '#text/networks/all.ts'
import { byStrictness, roomOf, tightestOf } from './room.ts'

const account = (id: string) => ({ channelName: id, limits: { text: networks[id]!.text } })
const [bluesky, mastodon, x] = [account('bluesky'), account('mastodon'), account('x')]

test('the strictest network comes first', () => {
  expect(byStrictness([mastodon, bluesky, x]).map((one) => one.channelName)).toEqual(['x', 'bluesky', 'mastodon'])
})

test('what is over is counted and marked by the network’s own measure', () => {
  const text = 'ψ'.repeat(301)
  expect(roomOf(bluesky, text)).toMatchObject({ used: 301, max: 300, over: 1, left: -1 })
  expect(tightestOf([mastodon, bluesky], text)).toMatchObject({ account: { channelName: 'bluesky' }, overAt: 300 })
})

test('a long address costs 23 where it does, so another network may be the tighter one', () => {
  const text = `https://fournos.gr/${'psomi/'.repeat(40)}`
  expect(roomOf(mastodon, text).used).toBe(23)
  expect(tightestOf([mastodon, bluesky], text)?.account.channelName).toBe('bluesky')
})

test('nothing chosen, nothing to count', () => { expect(tightestOf([], 'ψωμί')).toBeUndefined() })
