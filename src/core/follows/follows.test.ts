import { asc } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '#db/database.ts'
import { testDatabase } from '#db/testing.ts'
import { openBakery, settled, type Bakery } from '../../../test/world/inbox.ts'
import { ensureAccount } from '../accounts/store.ts'
import { hear } from '../conversations/hear.ts'
import { messageByRef } from '../conversations/places.ts'
import { catchUp } from '../events/dispatch.ts'
import { stopLetters } from '../letters/store.ts'
import { letters } from '../letters/tables.ts'
import { followHandler } from './handlers.ts'
import { askToFollow, confirmFollow } from './store.ts'
import { answerFollows } from './tables.ts'

let database: Database
let bakery: Bakery
let account: { id: string; channel: string }
beforeAll(async () => { database = await testDatabase(process.env['STOA_TEST_DATABASE']!) })
afterAll(() => database.close())
beforeEach(async () => {
  bakery = await openBakery(database)
  account = await bakery.write((tx) => ensureAccount(tx, { channel: 'comments', handle: 'blog.fournos.example', name: 'Blog' }))
})
const at = new Date('2026-11-20T10:00:00Z')
const mailbox = () => bakery.write((tx) => ensureAccount(tx, { channel: 'mail', handle: 'geia@fournos.example', name: 'Φούρνος' }))
const says = (id: string, author: string, over: { to?: string; hold?: string } = {}) => bakery.write((tx) => hear({ tx, account, now: at }, [{
  does: 'says', visibility: 'public', ref: { channel: 'comments', id }, at: at.toISOString(), author: { id: author, name: author }, text: `Λέει: ${id}`, page: { url: 'https://blog.fournos.example/psomi', title: 'Ψωμί' },
  ...(over.to ? { inReplyTo: { channel: 'comments', id: over.to } } : {}), ...(over.hold ? { hold: over.hold } : {}),
}]))
const asks = (email: string) => bakery.write((tx) => askToFollow(tx, { accountId: account.id, refId: 'c1', email, lang: 'el', place: 'https://blog.fournos.example/psomi#stoa-c1', site: 'Φούρνος της Ελένης', at, confirm: (id) => `https://fournos.example/comments/follow/${id}` }))
const follow = async () => (await bakery.write((tx) => tx.select().from(answerFollows)))[0]!
const confirm = async () => { const { id } = await follow(); await bakery.write((tx) => confirmFollow(tx, id, at)) }
const written = () => bakery.write((tx) => tx.select().from(letters).orderBy(asc(letters.writtenAt), asc(letters.id)))
const settle = async () => { await settled(database, bakery.workspaceId); return await catchUp(bakery.house, bakery.workspaceId, followHandler) }

describe('letters about answers', () => {
  beforeEach(async () => { await mailbox(); await says('c1', 'Γιώργος') })

  test('come only after the mailbox itself said yes', async () => {
    await asks('giorgos@example.gr')
    await says('c2', 'Άννα', { to: 'c1' })
    await settle()
    expect(await written()).toMatchObject([{ to: 'giorgos@example.gr', stoppable: false, text: expect.stringContaining(`https://fournos.example/comments/follow/${(await follow()).id}`) }])
    await confirm()
    await says('c3', 'Άννα', { to: 'c1' })
    await settle()
    await settle()
    expect((await written()).filter((one) => one.stoppable)).toMatchObject([{ to: 'giorgos@example.gr', stoppable: true, subject: 'Απάντηση στο σχόλιό σας: Άννα, Φούρνος της Ελένης', text: expect.stringContaining('Λέει: c3') }])
  })
  test('tell of no words of one’s own, of nothing that is held, and of nothing that answers somebody else', async () => {
    await asks('giorgos@example.gr')
    await confirm()
    await says('c2', 'Γιώργος', { to: 'c1' })
    await says('c3', 'Άννα', { to: 'c1', hold: 'links' })
    await says('c4', 'Άννα', { to: 'c2' })
    await settle()
    expect(await written()).toHaveLength(1)
  })
  test('end with one click, and begin again when that is asked', async () => {
    await asks('giorgos@example.gr')
    await confirm()
    const message = await bakery.write((tx) => messageByRef(tx, account.id, 'c1'))
    await bakery.write((tx) => stopLetters(tx, 'giorgos@example.gr', { kind: 'comment', id: message!.id }))
    await says('c2', 'Άννα', { to: 'c1' })
    await settle()
    expect(await written()).toHaveLength(1)
    await asks('giorgos@example.gr')
    await says('c3', 'Άννα', { to: 'c1' })
    await settle()
    expect(await written()).toHaveLength(2)
  })
  test('are asked of the same mailbox once, and of three at most', async () => {
    await asks('a@example.gr')
    await asks('A@example.gr')
    await asks('b@example.gr')
    await asks('c@example.gr')
    await expect(asks('d@example.gr')).rejects.toMatchObject({ code: 'rate_limited' })
    expect(await written()).toHaveLength(3)
  })
  test.each(['', 'giorgos', 'a@b.gr, c@d.gr', 'a@b.gr\r\nBcc: x@y.gr'])('go to no address such as %j', async (email) => {
    await expect(asks(email)).rejects.toMatchObject({ code: 'invalid_email' })
    expect(await written()).toEqual([])
  })
})

test('without an e-mail account nobody is promised a letter', async () => {
  await says('c1', 'Γιώργος')
  await expect(asks('giorgos@example.gr')).rejects.toMatchObject({ code: 'link_expired' })
})
