import { expect, test } from 'vitest'
import { channelNames } from '#ui/channel-name.ts'
import { channels } from './stoa.ts'

test('a channel whose name is a word is called the same on every screen and in every refusal', () => {
  const worded = channels.filter((one) => one.called).map((one) => [one.id, one.called])
  expect(worded.length).toBeGreaterThan(4)
  for (const [id, called] of worded) expect(channelNames).toMatchObject({ [id as string]: called })
})
