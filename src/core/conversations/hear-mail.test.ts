import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { eq } from 'drizzle-orm'
import type { Incoming } from '#kit/channel.ts'
import { newId } from '#kit/id.ts'
import type { Database } from '#db/database.ts'
import { bakery, type Bakery } from '../../../test/world/bakery.ts'
import { testDatabase } from '#db/testing.ts'
import { keepAccount } from '../accounts/store.ts'
import { hear } from './hear.ts'
import { conversations, messages } from './tables.ts'

let database: Database
let world: Bakery
let accountId: string
const now = new Date('2026-11-23T09:00:00Z')
beforeAll(async () => { database = await testDatabase() })
afterAll(() => database.close())
beforeEach(async () => {
  world = await bakery(database)
  accountId = newId()
  await database.write(world.workspaceId, (tx) => keepAccount(tx, { id: accountId, channel: 'mail', handle: 'info@fournos.gr', name: 'Φούρνος', settings: {}, remoteId: 'info@fournos.gr', endsAt: null, at: now }))
})

type Says = Extract<Incoming, { does: 'says' }>
const mail = (id: string, given: Partial<Says> = {}): Says => ({
  does: 'says', ref: { channel: 'mail', id }, at: now.toISOString(), author: { id: 'giorgos@pelatis.gr', name: 'Γιώργος' }, email: 'giorgos@pelatis.gr', text: `Κείμενο ${id}`, visibility: 'private', subject: 'Ψωμί ζέας', ...given,
})
const heard = (...items: Incoming[]) => database.write(world.workspaceId, (tx) => hear({ tx, account: { id: accountId, channel: 'mail' }, now }, items))
const talks = async () => (await database.read(world.workspaceId, (db) => db.select().from(conversations).where(eq(conversations.accountId, accountId))))

test('a mail stands under the nearest we know of what it names', async () => {
  await heard(mail('a@p.gr'), mail('b@p.gr', { inReplyTo: { channel: 'mail', id: 'unknown@x.gr' }, references: ['also-unknown@x.gr', 'a@p.gr'] }))
  expect((await talks()).map(({ subject, messageCount }) => [subject, messageCount])).toEqual([['Ψωμί ζέας', 2]])
})
test('an answer under nothing we know belongs to the talk with the same person about the same', async () => {
  await heard(mail('a@p.gr'), mail('b@p.gr', { continues: true, subject: 'ψωμι ζεας' }))
  expect(await talks()).toHaveLength(1)
})
test('a subject alone leads nobody into the talk of another, and begins none anew', async () => {
  await heard(mail('a@p.gr'), mail('b@p.gr', { continues: true, author: { id: 'allos@pelatis.gr', name: 'Άλλος' }, email: 'allos@pelatis.gr' }), mail('c@p.gr'))
  expect(await talks()).toHaveLength(3)
})
test('nobody waits for an answer to a machine, and what was folded is kept apart', async () => {
  await heard(mail('a@p.gr', { automatic: true, text: 'Μπορείτε να μου γράψετε τη Δευτέρα;', folded: '> παλιό' }))
  expect(await talks()).toEqual([expect.objectContaining({ waitingSince: null, asked: false, state: 'done' })])
  const [row] = await database.read(world.workspaceId, (db) => db.select().from(messages).where(eq(messages.remoteId, 'a@p.gr')))
  expect(row).toMatchObject({ automatic: true, folded: '> παλιό' })
})
test('what came back that is not ours changes nothing', async () => {
  expect(await heard({ does: 'bounces', ref: { channel: 'mail', id: 'd@mx.gr' }, at: now.toISOString(), author: { id: 'mailer-daemon@mx.gr', name: 'mx' }, about: { channel: 'mail', id: 'strange@x.gr' }, because: '550' })).toEqual([{ state: 'ignored' }])
})
