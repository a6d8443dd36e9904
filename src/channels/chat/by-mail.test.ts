import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { asc, eq } from 'drizzle-orm'
import type { Ctx, Draft, Incoming } from '#kit/channel.ts'
import { newId } from '#kit/id.ts'
import { accounts } from '#core/accounts/tables.ts'
import { hear } from '#core/conversations/hear.ts'
import { conversations, messages } from '#core/conversations/tables.ts'
import { letters } from '#core/letters/tables.ts'
import type { Database } from '#db/database.ts'
import { testDatabase } from '#db/testing.ts'
import { letterAnswered } from './by-mail.ts'
import { postRound } from './post.ts'
import { publish } from './publish.ts'
import { chatWorld, type ChatWorld } from './test-world.ts'
import { refOf } from './wire.ts'

let database: Database
let world: ChatWorld
let now: Date
let token: string
let mail: { readonly id: string; readonly channel: string }
beforeAll(async () => { database = await testDatabase() })
afterAll(() => database.close())
beforeEach(async () => {
  now = new Date('2026-10-20T09:00:00.000Z')
  world = await chatWorld(database, { now: () => now })
  mail = { id: newId(), channel: 'mail' }
  await write((tx) => tx.insert(accounts).values({ ...mail, handle: 'info@fournos.gr', name: 'Φούρνος', settings: {} }))
  token = await world.visitor()
  await world.says(token, 'Έχετε ψωμί ζέας αύριο;')
  await world.ask('POST', 'email', { token, body: { email: 'anna@pelatis.gr' } })
})

const write = <T>(work: Parameters<typeof database.write<T>>[1]): Promise<T> => database.write(world.workspaceId, work)
const later = (minutes: number): void => { now = new Date(now.getTime() + minutes * 60_000) }
async function answers(text: string): Promise<void> {
  const draft: Draft = { key: newId(), writtenAt: now.toISOString(), kind: 'message', text, lang: 'el', media: [], tags: [], author: { id: world.maria.id, name: 'Μαρία' }, inReplyTo: { channel: 'chat', id: refOf(token.split('.')[1]!, newId()) } }
  await publish.send(publish.prepare(draft, world.account), world.account, { host: world.hosts.of(world.workspaceId), now: () => now } as Ctx)
}
/** The letters so far, each sent under an id of its own. */
async function post() {
  await postRound(world.hosts, { database, now: () => now, log: (message) => { throw new Error(message) } })
  return await write(async (tx) => {
    const all = await tx.select().from(letters).where(eq(letters.workspaceId, world.workspaceId)).orderBy(asc(letters.writtenAt), asc(letters.id))
    for (const [n, row] of all.entries()) await tx.update(letters).set({ state: 'sent', wakeAt: null, remoteId: `letter-${n + 1}@fournos.gr` }).where(eq(letters.id, row.id))
    return all
  })
}
const mailing = (text: string, under: string, more: Partial<Extract<Incoming, { does: 'says' }>> = {}): Incoming => ({
  does: 'says', ref: { channel: 'mail', id: `${text.length}@pelatis.gr` }, at: now.toISOString(), author: { id: 'anna@pelatis.gr', name: 'Άννα' }, email: 'anna@pelatis.gr', text, visibility: 'private', subject: 'Απάντηση', continues: true, inReplyTo: { channel: 'mail', id: under }, ...more,
})
const arrives = (...items: Incoming[]) => write((tx) => hear({ tx, account: mail, now, channels: [{ id: 'mail', letters: {} as never }, { id: 'chat', letterAnswered }] }, items))
const talks = () => write((tx) => tx.select().from(conversations).where(eq(conversations.workspaceId, world.workspaceId)))
const said = async () => (await write((tx) => tx.select().from(messages).where(eq(messages.workspaceId, world.workspaceId)).orderBy(asc(messages.heardAt)))).filter((one) => one.direction === 'in').map((one) => `${one.channel}: ${one.text}`)
const lines = async () => ((await world.ask('GET', 'transcript', { token })).body as unknown as { lines: { text: string; from: string }[] }).lines.map(({ from, text }) => `${from}: ${text}`)

describe('a talk that goes on by mail', () => {
  test('what is answered to a letter stands in the same talk and in the window, once, however often it is heard', async () => {
    await answers('Ναι, από τις επτά.')
    later(3)
    expect((await post()).map(({ to, inReplyTo }) => [to, inReplyTo])).toEqual([['anna@pelatis.gr', null]])
    const answer = mailing('Κρατήστε μου δύο.', 'letter-1@fournos.gr', { folded: '> Ναι, από τις επτά.' })
    expect(await arrives(answer)).toMatchObject([{ state: 'new' }])
    expect(await arrives(answer)).toMatchObject([{ state: 'known' }])
    expect(await said()).toEqual(['chat: Έχετε ψωμί ζέας αύριο;', 'chat: Κρατήστε μου δύο.'])
    expect(await talks()).toMatchObject([{ channel: 'chat', lastText: 'Κρατήστε μου δύο.', lastFrom: 'contact' }])
    expect(await lines()).toEqual(['visitor: Έχετε ψωμί ζέας αύριο;', 'team: Ναι, από τις επτά.', 'visitor: Κρατήστε μου δύο.'])
  })
  test('what we say next goes there at once, under their mail; back in the window, it waits there again', async () => {
    await answers('Ναι, από τις επτά.')
    later(3)
    await post()
    await arrives(mailing('Κρατήστε μου δύο.', 'letter-1@fournos.gr'))
    later(1)
    await answers('Σας τα κρατάμε.')
    const all = await post()
    expect(all.map(({ inReplyTo, text }) => [inReplyTo, text.includes('Σας τα κρατάμε.'), text.includes('Ναι, από τις επτά.')])).toEqual([[null, false, true], ['17@pelatis.gr', true, false]])
    expect(all[1]!.subject).toMatch(/^Re: /)
    expect(await post()).toHaveLength(2)
    await arrives(mailing('Ευχαριστώ πολύ!', 'letter-2@fournos.gr'))
    await world.says(token, 'Γύρισα εδώ.')
    await answers('Καλώς ήρθατε.')
    expect(await post()).toHaveLength(2)
    later(3)
    expect((await post()).at(-1)).toMatchObject({ inReplyTo: null })
    expect(await talks()).toHaveLength(1)
  })
  test('what came in between and was not mailed is not taken for read', async () => {
    await answers('Ναι, από τις επτά.')
    later(3)
    await post()
    later(1)
    await answers('Και με σουσάμι.')
    await arrives(mailing('Κρατήστε μου δύο.', 'letter-1@fournos.gr'))
    expect((await post()).at(-1)!.text).toContain('Και με σουσάμι.')
  })
  test('somebody else, a machine, and an answer to no letter of ours begin a mail of their own', async () => {
    await answers('Ναι, από τις επτά.')
    later(3)
    await post()
    await arrives(mailing('Από άλλον', 'letter-1@fournos.gr', { author: { id: 'kakos@elsewhere.gr', name: 'Κ' }, email: 'kakos@elsewhere.gr' }))
    await arrives(mailing('Λείπω ως τη Δευτέρα', 'letter-1@fournos.gr', { automatic: true }))
    await arrives(mailing('Κάτι άλλο τώρα', 'allo@pelatis.gr'))
    expect((await said()).slice(1)).toEqual(['mail: Από άλλον', 'mail: Λείπω ως τη Δευτέρα', 'mail: Κάτι άλλο τώρα'])
    expect(await lines()).toHaveLength(2)
  })
})
