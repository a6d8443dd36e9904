import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Account, Ctx, Draft } from '#kit/channel.ts'
import { newId } from '#kit/id.ts'
import type { Database } from '#db/database.ts'
import { testDatabase } from '#db/testing.ts'
import { channelContract } from '../../../test/contracts/channel.ts'
import { chat } from './index.ts'
import { linesAfter } from './store.ts'
import { chatWorld, settings, type ChatWorld } from './test-world.ts'
import { refOf } from './wire.ts'

let database: Database
let world: ChatWorld
let visitorId = newId()
beforeAll(async () => { database = await testDatabase(); world = await chatWorld(database) })
afterAll(() => database.close())

const sameId = newId()
const account: Account<typeof settings> = { id: newId(), workspaceId: '', channel: 'chat', handle: 'Φούρνος της Ελένης', name: 'Φούρνος της Ελένης', settings }
const post: Draft = {
  key: '01990000-0000-7000-9000-000000000001', writtenAt: '2026-11-23T08:00:00Z', kind: 'message', text: 'Βεβαίως, το κρατάμε για εσάς.', lang: 'el', media: [], tags: [], author: { id: 'm1', name: 'Μαρία' },
  get inReplyTo() { return { channel: 'chat', id: refOf(visitorId, sameId) } },
}
const here = new Proxy(account, { get: (target, name) => (name === 'workspaceId' ? world.workspaceId : Reflect.get(target, name)) })

describe('an answer in the chat', () => {
  channelContract(chat, {
    account: here, samples: { post },
    network: async () => {
      const token = await world.visitor()
      visitorId = token.split('.')[1]!
      await world.says(token, 'Έχετε ψωμί ζέας αύριο;')
      const ctx: Ctx = { fetch, now: () => new Date(), signal: new AbortController().signal, log: () => undefined, host: world.hosts.of(world.workspaceId), renew: async (same) => same }
      const stands = () => database.read(world.workspaceId, (db) => linesAfter(db, visitorId, { after: 0, limit: 100 }))
      return { ctx, faults: {}, standing: async () => (await stands()).filter(({ from }) => from === 'team').map(({ key, text }) => ({ id: key, text })), close: async () => undefined }
    },
  })
  test('it is refused where the visitor is no longer here', async () => {
    const wire = chat.publish!.prepare({ ...post, inReplyTo: { channel: 'chat', id: refOf(newId(), newId()) } }, here)
    await expect(chat.publish!.send(wire, here, { host: world.hosts.of(world.workspaceId), now: () => new Date() } as Ctx)).rejects.toMatchObject({ trouble: { kind: 'refused' } })
  })
})
