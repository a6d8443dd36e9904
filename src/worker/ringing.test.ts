import { createDecipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { and, eq, gt } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Channel } from '#kit/channel.ts'
import type { Member } from '#kit/http.ts'
import { newId } from '#kit/id.ts'
import { accountOf, accountById, keepAccount } from '#core/accounts/store.ts'
import { keysOf } from '#core/accounts/seal.ts'
import { addDevice } from '#core/bells/devices.ts'
import { bellHandler } from '#core/bells/moments.ts'
import { look } from '#core/bells/ring.ts'
import { usual, type Moment, type Way } from '#core/bells/rules.ts'
import { bellOf, setBell, type Bell } from '#core/bells/settings.ts'
import { bellCalls, bellDevices, bellPushes } from '#core/bells/tables.ts'
import { arrange, note } from '#core/conversations/act.ts'
import { hear } from '#core/conversations/hear.ts'
import { conversations, messages } from '#core/conversations/tables.ts'
import { emit, eventOf } from '#core/events/store.ts'
import { events } from '#core/events/tables.ts'
import { makeHosts } from '#core/hosts.ts'
import type { House } from '#core/house.ts'
import { letters } from '#core/letters/tables.ts'
import { stopLetters } from '#core/letters/store.ts'
import { members } from '#core/members/tables.ts'
import { answerTargets } from '#core/routing/tables.ts'
import { tellMissed } from '#core/routing/due.ts'
import type { Database, Tx } from '#db/database.ts'
import { testDatabase } from '#db/testing.ts'
import { createNet, type Net } from '#net/guarded-fetch.ts'
import { bakery, houseOf, type Bakery } from '../../test/world/bakery.ts'
import { makeRinger } from './ringing.ts'

interface Got { readonly path: string; readonly headers: IncomingHttpHeaders; readonly body: Buffer }
let database: Database
let net: Net
let service: Server
let address: string
let got: Got[]
let says: (path: string) => { status: number; headers?: Record<string, string> }
let world: Bakery
let house: House
let now: Date
let told: number
let heard: number

beforeAll(async () => {
  database = await testDatabase()
  net = createNet({ allowPrivate: true })
  service = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part)).on('end', () => {
      got.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(parts) })
      const { status, headers } = says(request.url ?? '')
      response.writeHead(status, headers).end()
    })
  })
  await new Promise<void>((done) => { service.listen(0, '127.0.0.1', done) })
  address = `http://127.0.0.1:${(service.address() as AddressInfo).port}`
})
afterAll(async () => { service.close(); await net.close(); await database.close() })

const mail = { id: 'mail', name: 'E-mail', letters: {} } as unknown as Channel
beforeEach(async () => {
  await database.write('*', async (tx) => { await tx.client.query('delete from bell_calls'); await tx.client.query('delete from bell_devices') })
  world = await bakery(database)
  now = new Date('2026-10-20T09:00:00Z')
  got = []
  heard = 0
  says = () => ({ status: 201 })
  house = houseOf(database, { channels: [mail, { id: 'memory', name: 'Πλατεία' } as unknown as Channel], now: () => now, hosts: makeHosts({ database, origin: 'https://fournos.gr', secret: 'secret', fetch: net.fetch, now: () => now }) })
  told = 0
})

const inside = <T>(work: (tx: Tx) => Promise<T>) => database.write(world.workspaceId, work)
const pass = (minutes: number): void => { now = new Date(now.getTime() + minutes * 60_000) }
const ringer = () => makeRinger(house, { fetch: net.fetch })
/** What happened since is told, as the dispatcher does it. */
async function tell(): Promise<void> {
  // By their number: whether one is settled depends on what other tests have open on the same PostgreSQL.
  const rows = await database.read(world.workspaceId, (db) => db.select().from(events).where(and(eq(events.workspaceId, world.workspaceId), gt(events.seq, told))).orderBy(events.seq))
  told = rows.at(-1)?.seq ?? told
  await inside((tx) => bellHandler.take(rows.map(eventOf).filter((one) => bellHandler.names!.includes(one.name)), tx, house))
}
async function round(): Promise<void> { await tell(); await ringer().tick(); await ringer().push() }
async function wish(member: Member, wishes: Partial<Record<Moment, readonly Way[]>>, rest: Partial<Bell> = {}): Promise<void> {
  await inside(async (tx) => setBell(tx, member.id, { ...await bellOf(tx, member.id), ...rest, wishes: { ...usual, ...wishes } }))
}
/** A browser that can read what was sent to it. */
async function browser(member: Member, path = '/maria'): Promise<(message: Buffer) => unknown> {
  const pair = createECDH('prime256v1')
  const [point, auth] = [pair.generateKeys(), randomBytes(16)]
  await inside((tx) => addDevice(tx, { memberId: member.id, subscription: { endpoint: `${address}${path}`, keys: { p256dh: point.toString('base64url'), auth: auth.toString('base64url') } }, name: 'Firefox', now, keys: keysOf(house) }))
  return (message) => {
    const [salt, theirs] = [message.subarray(0, 16), message.subarray(21, 86)]
    const shared = Buffer.from(hkdfSync('sha256', pair.computeSecret(theirs), auth, Buffer.concat([Buffer.from('WebPush: info\0'), point, theirs]), 32))
    const key = (what: string, length: number) => Buffer.from(hkdfSync('sha256', shared, salt, `Content-Encoding: ${what}\0`, length))
    const open = createDecipheriv('aes-128-gcm', key('aes128gcm', 16), key('nonce', 12)).setAuthTag(message.subarray(-16))
    const plain = Buffer.concat([open.update(message.subarray(86, -16)), open.final()])
    return JSON.parse(plain.subarray(0, plain.lastIndexOf(2)).toString()) as unknown
  }
}
/** Somebody outside says something. */
async function says_(text: string, by = 'Γιώργος'): Promise<string> {
  await inside(async (tx) => {
    const row = await accountById(tx, world.accounts.memory)
    await hear({ tx, account: accountOf(row!), now }, [{ does: 'says', ref: { channel: 'memory', id: `m${++heard} ${world.workspaceId}` }, at: now.toISOString(), author: { id: by, name: by }, text, visibility: 'public' }])
  })
  return (await database.read(world.workspaceId, (db) => db.select({ id: messages.conversationId }).from(messages).where(and(eq(messages.workspaceId, world.workspaceId), eq(messages.text, text)))))[0]!.id
}
const doing = (tx: Tx, member: Member) => ({ tx, member, now, channels: house.channels })
const give = (id: string, to: Member, by: Member) => inside((tx) => arrange(doing(tx, by), id, { assigneeId: to.id }))
const calls = () => database.read(world.workspaceId, (db) => db.select().from(bellCalls).where(eq(bellCalls.workspaceId, world.workspaceId)).orderBy(bellCalls.at, bellCalls.id))
const letterTexts = async () => (await database.read(world.workspaceId, (db) => db.select().from(letters).where(eq(letters.workspaceId, world.workspaceId)))).map((one) => one.text)

describe('a push message', () => {
  test('reaches the device once, encrypted, without the words of the person, and opens the conversation', async () => {
    await wish(world.maria, { given: ['push', 'sound'] })
    const read = await browser(world.maria)
    const id = await says_('Κρατάτε μου δύο καρβέλια;')
    await give(id, world.maria, world.eleni)
    await round()
    await round()
    expect(got).toHaveLength(1)
    expect(read(got[0]!.body)).toEqual({ id: expect.any(String) as string, title: 'Σας ανατέθηκε μια συνομιλία', text: 'Πλατεία', path: `/app/inbox?view=all&c=${id}`, tag: id, silent: false })
    expect(got[0]!.headers).toMatchObject({ 'content-encoding': 'aes128gcm', ttl: '14400', urgency: 'high', authorization: expect.stringMatching(/^vapid t=[\w-]+\.[\w-]+\.[\w-]+, k=[\w-]{87}$/) as string })
  })
  test('holds who wrote and the first words only for who wants that', async () => {
    await wish(world.maria, { answer: ['push'] }, { withWords: true })
    const read = await browser(world.maria)
    const id = await says_('Ανοίγετε Κυριακή;')
    await inside((tx) => tx.update(conversations).set({ assigneeId: world.maria.id }).where(eq(conversations.id, id)))
    await round()
    expect(read(got[0]!.body)).toMatchObject({ title: 'Νέο μήνυμα σε συνομιλία σας', text: 'Γιώργος: Ανοίγετε Κυριακή;', silent: true })
  })
  test.each([404, 410])('to a browser that is gone (%s) is the last one to it', async (status) => {
    await wish(world.maria, { given: ['push'] })
    await browser(world.maria)
    says = () => ({ status })
    await give(await says_('Γεια'), world.maria, world.eleni)
    await round()
    expect(await database.read(world.workspaceId, (db) => db.$count(bellDevices, eq(bellDevices.memberId, world.maria.id)))).toBe(0)
  })
  test('waits as long as the service asks, and is then sent once', async () => {
    await wish(world.maria, { given: ['push'] })
    await browser(world.maria)
    says = () => ({ status: 429, headers: { 'retry-after': '300' } })
    await give(await says_('Γεια'), world.maria, world.eleni)
    await round()
    pass(4)
    await round()
    expect(got).toHaveLength(1)
    says = () => ({ status: 201 })
    pass(2)
    await round()
    pass(10)
    await round()
    expect(got).toHaveLength(2)
  })
  test('of which nobody knows whether it left is not sent again', async () => {
    await wish(world.maria, { given: ['push'] })
    await browser(world.maria)
    await give(await says_('Γεια'), world.maria, world.eleni)
    await tell()
    await database.write(world.workspaceId, (tx) => tx.update(bellPushes).set({ state: 'sending' }).where(eq(bellPushes.workspaceId, world.workspaceId)))
    await round()
    const [row] = await database.read(world.workspaceId, (db) => db.select().from(bellPushes).where(eq(bellPushes.workspaceId, world.workspaceId)))
    expect([got.length, row!.state]).toEqual([0, 'doubtful'])
  })
  test('goes to no address inside the house', async () => {
    await wish(world.maria, { given: ['push'] })
    await browser(world.maria)
    const strict = createNet({ allowPrivate: false })
    await give(await says_('Γεια'), world.maria, world.eleni)
    await tell()
    await makeRinger(house, { fetch: strict.fetch }).push()
    await strict.close()
    expect([got.length, await database.read(world.workspaceId, (db) => db.$count(bellDevices, eq(bellDevices.memberId, world.maria.id)))]).toEqual([0, 0])
  })
})

describe('quiet hours', () => {
  const night = { days: [1, 2, 3, 4, 5, 6, 7], from: 22 * 60, to: 7 * 60 }
  test('ring nothing; what came meanwhile comes as one message when they end', async () => {
    await wish(world.maria, { answer: ['push', 'sound'], new: ['push'] }, { quiet: night })
    const read = await browser(world.maria)
    now = new Date('2026-10-20T20:00:00Z')
    for (const text of ['Πρώτο', 'Δεύτερο', 'Τρίτο']) await says_(text, text)
    await round()
    pass(7 * 60)
    await round()
    expect(got).toHaveLength(0)
    now = new Date('2026-10-21T04:00:01Z')
    await round()
    await round()
    expect(got.map((one) => read(one.body))).toEqual([expect.objectContaining({ title: 'Στο μεταξύ ήρθαν 3 ειδοποιήσεις', silent: true })])
  })
  test('are read on the member’s own clock', async () => {
    await inside((tx) => tx.update(members).set({ zone: 'America/New_York' }).where(eq(members.id, world.nikos.id)))
    await wish(world.nikos, { new: ['push'] }, { quiet: night })
    const read = await browser(world.nikos, '/nikos')
    now = new Date('2026-10-20T20:00:00Z')
    await says_('Πρώτο')
    await round()
    expect(got.map((one) => read(one.body))).toMatchObject([{ title: 'A new message that is nobody’s yet' }])
  })
  test('leave out what was seen meanwhile', async () => {
    await wish(world.maria, { new: ['push'] }, { quiet: night })
    await browser(world.maria)
    now = new Date('2026-10-20T20:00:00Z')
    const id = await says_('Πρώτο')
    await round()
    await inside((tx) => look(tx, { memberId: world.maria.id, conversationId: id, until: now, now }))
    now = new Date('2026-10-21T05:00:00Z')
    await round()
    expect(got).toHaveLength(0)
  })
})

describe('who is called for what', () => {
  const all: readonly Moment[] = ['given', 'mention', 'answer', 'new', 'soon', 'missed', 'failed', 'silent']
  const wanting = () => Object.fromEntries(all.map((moment) => [moment, ['bell']])) as unknown as Record<Moment, readonly Way[]>
  const called = async () => { await round(); return (await calls()).map(({ memberId, moment }) => `${Object.entries(world).find(([, one]) => (one as Partial<Member>).id === memberId)![0]} ${moment}`).toSorted() }
  test('a word nobody has calls all who may answer; one that is given calls whose it is, once', async () => {
    for (const one of [world.eleni, world.maria]) await wish(one, wanting())
    const id = await says_('Πρώτο')
    expect(await called()).toEqual(['eleni new', 'maria new'])
    pass(1)
    await give(id, world.maria, world.eleni)
    expect(await called()).toEqual(['eleni new', 'maria given', 'maria new'])
  })
  test('a mention calls who is named, and one’s own act calls nobody', async () => {
    for (const one of [world.eleni, world.maria]) await wish(one, { ...wanting(), new: [], answer: [] })
    const id = await says_('Πρώτο')
    await inside((tx) => note(doing(tx, world.maria), id, '@Ελένη το βλέπεις;'))
    await give(id, world.maria, world.maria)
    expect(await called()).toEqual(['eleni mention'])
  })
  test('an answer that is due soon calls before, and one that is overdue after, each once', async () => {
    await wish(world.maria, { ...wanting(), new: [], answer: [] })
    await inside((tx) => tx.insert(answerTargets).values({ channel: 'memory', priority: 'normal', first: 60, next: 60 } as never))
    const id = await says_('Πρώτο')
    await inside((tx) => tx.update(conversations).set({ assigneeId: world.maria.id, dueAt: new Date(now.getTime() + 60 * 60_000), dueFor: now, waitingSince: now }).where(eq(conversations.id, id)))
    pass(40)
    expect(await called()).toEqual([])
    pass(6)
    await called()
    expect(await called()).toEqual(['maria soon'])
    pass(15)
    await inside((tx) => tellMissed(tx, now))
    await called()
    expect(await called()).toEqual(['maria missed', 'maria soon'])
  })
  test('a channel that falls silent calls who may mend it', async () => {
    for (const one of [world.eleni, world.maria]) await wish(one, wanting())
    await inside((tx) => emit(tx, 'account.silent', { at: now, data: { accountId: world.accounts.memory, channel: 'memory', handle: 'fournos', heardAt: null } }))
    expect(await called()).toEqual(['eleni silent'])
  })
  test('an answer that did not go out calls its author', async () => {
    for (const one of [world.eleni, world.maria]) await wish(one, { ...wanting(), new: [] })
    const conversationId = await says_('Πρώτο')
    const publicationId = newId()
    await inside(async (tx) => {
      await tx.insert(messages).values({ conversationId, direction: 'out', memberId: world.maria.id, authorName: 'Μαρία', text: 'Ναι', saidAt: now, channel: 'memory', accountId: world.accounts.memory, visibility: 'public', publicationId })
      await emit(tx, 'publication.refused', { at: now, data: { publicationId, channel: 'memory', because: '422' } })
    })
    expect(await called()).toEqual(['maria failed'])
  })
  test('whoever looks at the conversation is not called for it', async () => {
    for (const one of [world.eleni, world.maria]) await wish(one, wanting())
    const id = await says_('Πρώτο')
    await inside((tx) => look(tx, { memberId: world.maria.id, conversationId: id, until: new Date(now.getTime() + 25_000), now }))
    expect(await called()).toEqual(['eleni new'])
  })
  test('of a flood the first ring, and the rest comes together', async () => {
    await wish(world.maria, { new: ['push'] })
    const read = await browser(world.maria)
    for (let n = 0; n < 12; n++) await says_(`Λέξη ${n}`, `Άνθρωπος ${n}`)
    await round()
    expect(got).toHaveLength(5)
    pass(2)
    await round()
    expect(got.slice(5).map((one) => read(one.body))).toMatchObject([{ title: 'Στο μεταξύ ήρθαν 7 ειδοποιήσεις' }])
  })
  test('what was told twice calls once', async () => {
    await wish(world.maria, wanting())
    await says_('Πρώτο')
    await called()
    told = 0
    expect(await called()).toEqual(['maria new'])
  })
})

describe('a letter', () => {
  const connect = () => inside((tx) => keepAccount(tx, { id: newId(), channel: 'mail', handle: 'info@fournos.gr', name: 'Φούρνος', settings: {}, remoteId: 'info@fournos.gr', endsAt: null, at: now }))
  const address_ = () => inside((tx) => tx.update(members).set({ email: 'maria@fournos.gr' }).where(eq(members.id, world.maria.id)))
  test('tells once of all that waits unseen', async () => {
    await Promise.all([connect(), address_()])
    await wish(world.maria, { new: ['mail'] }, { mailAfter: 15 })
    const [first] = [await says_('Πρώτο', 'Άννα'), await says_('Δεύτερο', 'Κώστας')]
    const seen = await says_('Τρίτο', 'Ρένα')
    await round()
    await inside((tx) => look(tx, { memberId: world.maria.id, conversationId: seen, until: now, now }))
    pass(14)
    await round()
    expect(await letterTexts()).toEqual([])
    pass(2)
    await round()
    await round()
    expect(await letterTexts()).toEqual([expect.stringMatching(/^Γεια σας Μαρία Κωστοπούλου,\nστο Stoa σας περιμένουν αυτά:/) as string])
    const [text] = await letterTexts()
    expect([text!.split('http://bakery.test/app/inbox').length - 1, text!.includes(first), text!.includes(seen), text!.includes('Άννα')]).toEqual([2, true, false, false])
  })
  test('is not written about what somebody has dealt with, nor to who stopped them, nor where no account writes', async () => {
    await address_()
    await wish(world.maria, { new: ['mail'] })
    await says_('Χωρίς λογαριασμό')
    await round()
    pass(20)
    await round()
    await connect()
    const id = await says_('Πρώτο', 'Άννα')
    await round()
    await inside((tx) => arrange(doing(tx, world.eleni), id, { state: 'done' }))
    pass(20)
    await round()
    await inside((tx) => stopLetters(tx, 'maria@fournos.gr', { kind: 'bell', id: world.maria.id }))
    await says_('Δεύτερο', 'Κώστας')
    await round()
    pass(20)
    await round()
    expect(await letterTexts()).toEqual([])
  })
})
