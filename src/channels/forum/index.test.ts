import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { and, eq, isNotNull } from 'drizzle-orm'
import type { Account, Channel, Ctx, Draft } from '#kit/channel.ts'
import { newId } from '#kit/id.ts'
import { channelContract } from '../../../test/contracts/channel.ts'
import { forum } from './index.ts'
import { forumPosts } from './tables.ts'
import { testForum, type TestForum } from './test-forum.ts'
import type { ForumSettings, ForumWire } from './wire.ts'

// The forum is in this house: its network is a database, made once, and emptied of the team's words after each test.
const under = newId()
const account: { -readonly [K in keyof Account<ForumSettings>]: Account<ForumSettings>[K] } = { id: '', workspaceId: '', channel: 'forum', handle: '/forum', name: 'Φόρουμ', settings: { firstPosts: 'shown' } }
let room: TestForum
beforeAll(async () => {
  room = await testForum()
  Object.assign(account, room.account)
  const giorgos = await room.join('Γιώργος')
  const topic = await room.ask(giorgos, 'Πόσο νερό θέλει το αλεύρι ζέας;', 'Έχω 500 γραμμάρια.')
  if (topic.status !== 303) throw new Error(topic.html)
  await room.database.write(room.world.workspaceId, (tx) => tx.execute(`delete from forum_tellings; update forum_topics set opener_id = '${under}'; update forum_posts set id = '${under}'`))
})
afterAll(() => room.close())

const answer: Draft = { key: newId(), writtenAt: '2026-11-20T09:00:00.000Z', kind: 'reply', text: 'Γύρω στα 340 ml.', lang: 'el', media: [], tags: [], author: { id: newId(), name: 'Μαρία' }, inReplyTo: { channel: 'forum', id: under } }
const ctxNow = (): Ctx => ({ fetch: async () => { throw new Error('The forum fetches nothing.') }, now: () => room.clock, signal: new AbortController().signal, log: () => undefined, host: room.hosts.of(room.world.workspaceId), renew: async (same) => same })
const ours = () => room.database.read(room.world.workspaceId, (db) => db.select({ id: forumPosts.id, text: forumPosts.markdown }).from(forumPosts).where(and(isNotNull(forumPosts.memberId), eq(forumPosts.state, 'shown'))))

channelContract(forum as Channel<ForumSettings, ForumWire, null>, {
  account, samples: { post: answer, reply: answer },
  network: () => ({ ctx: ctxNow(), faults: {}, standing: ours, close: () => room.database.write(room.world.workspaceId, async (tx) => { await tx.delete(forumPosts).where(isNotNull(forumPosts.memberId)) }) }),
})

describe('an answer of the team', () => {
  test('has nowhere to stand once its topic is gone, and says so for good', async () => {
    const wire = forum.publish!.prepare({ ...answer, inReplyTo: { channel: 'forum', id: newId() } }, account)
    await expect(forum.publish!.send(wire, account, ctxNow())).rejects.toMatchObject({ trouble: { kind: 'refused' } })
    expect(await ours()).toEqual([])
  })
})
