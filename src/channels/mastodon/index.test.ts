import { describe, expect, test } from 'vitest'
import { idempotencyOf } from '#kit/channel.ts'
import { channelContract } from '../../../test/contracts/channel.ts'
import { mastodon } from './index.ts'
import { account, giorgos, post, underTest } from './test-world.ts'
import { TestServer } from './test-server.ts'

describe.each([['mastodon', 'keyed-ttl'], ['gotosocial', 'read-back'], ['pleroma', 'read-back']] as const)('an account on %s', (software, idempotency) => {
  test(`is of the class ${idempotency}`, () => { expect(idempotencyOf(mastodon.publish!, account({ software }))).toBe(idempotency) })
  channelContract(mastodon, {
    account: account({ software }), network: () => underTest(new TestServer({ software })),
    samples: { post, reply: { ...post, kind: 'reply', inReplyTo: { channel: 'mastodon', id: '100001', author: giorgos } } },
  })
})

test('a server that does not say what it is gets read back', () => {
  const { software: _, ...unknown } = account().settings
  expect(idempotencyOf(mastodon.publish!, { ...account(), settings: unknown })).toBe('read-back')
})
