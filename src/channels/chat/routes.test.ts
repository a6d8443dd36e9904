import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Ctx, Draft } from '#kit/channel.ts'
import { newId } from '#kit/id.ts'
import { conversations, messages } from '#core/conversations/tables.ts'
import { mergesOf, undoMerge } from '#core/contacts/merge.ts'
import { contacts } from '#core/contacts/tables.ts'
import { events } from '#core/events/tables.ts'
import { PRESENCE } from '#kit/presence.ts'
import type { Database } from '#db/database.ts'
import { testDatabase } from '#db/testing.ts'
import { pace } from './pace.ts'
import { publish } from './publish.ts'
import { chatWorld, overheard, site, vouch, type ChatWorld } from './test-world.ts'
import { refOf } from './wire.ts'

let database: Database
let world: ChatWorld
let now: Date
beforeAll(async () => { database = await testDatabase() })
afterAll(() => database.close())
beforeEach(async () => { now = new Date('2026-10-20T09:00:00.000Z'); world = await chatWorld(database, { now: () => now }) })

const said = () => database.read(world.workspaceId, (db) => db.select().from(messages))
const talks = () => database.read(world.workspaceId, (db) => db.select().from(conversations))
const visitorIdIn = (token: string): string => token.split('.')[1]!
async function answers(token: string, text: string, key: string = newId()): Promise<void> {
  const draft: Draft = { key, writtenAt: now.toISOString(), kind: 'message', text, lang: 'el', media: [], tags: [], author: { id: world.maria.id, name: 'Μαρία' }, inReplyTo: { channel: 'chat', id: refOf(visitorIdIn(token), newId()) } }
  await publish.send(publish.prepare(draft, world.account), world.account, { host: world.hosts.of(world.workspaceId), now: () => now } as Ctx)
}
interface Lines { readonly lines: readonly { seq: number; text: string; from: string; author: { name: string } | null }[]; readonly state: Record<string, unknown> }
const transcript = async (token: string, query = ''): Promise<Lines> => (await world.ask('GET', `transcript${query}`, { token })).body as unknown as Lines
const code = async (asked: Promise<{ status: number; body: { code?: string } }>): Promise<string> => { const { status, body } = await asked; return `${status} ${body.code ?? ''}` }

describe('saying something', () => {
  test('a message stands in the inbox, private, and in the visitor’s window', async () => {
    const token = await world.visitor()
    const { status, body } = await world.says(token, 'Έχετε ψωμί ζέας αύριο;')
    expect(status).toBe(201)
    expect(body).toMatchObject({ line: { seq: 1, from: 'visitor', text: 'Έχετε ψωμί ζέας αύριο;' } })
    expect(await said()).toEqual([expect.objectContaining({ text: 'Έχετε ψωμί ζέας αύριο;', visibility: 'private', channel: 'chat', lang: 'el', moderation: 'shown' })])
    expect(await talks()).toEqual([expect.objectContaining({ channel: 'chat', state: 'open', asked: true, waitingSince: now })])
  })
  test('the same clientId makes nothing new, also when both come at once', async () => {
    const token = await world.visitor()
    const clientId = newId()
    const all = await Promise.all(Array.from({ length: 6 }, () => world.says(token, 'Καλημέρα!', clientId)))
    expect(all.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 201])
    expect(await said()).toHaveLength(1)
    expect((await transcript(token)).lines).toHaveLength(1)
  })
  test('what follows belongs to the same conversation, and an answer stands with its person', async () => {
    const token = await world.visitor()
    await world.says(token, 'Έχετε ψωμί ζέας;')
    await answers(token, 'Ναι, **κάθε Πέμπτη**.')
    await world.says(token, 'Ευχαριστώ!')
    expect(await talks()).toHaveLength(1)
    const { lines, state } = await transcript(token)
    expect(lines.map(({ seq, from, text }) => [seq, from, text])).toEqual([[1, 'visitor', 'Έχετε ψωμί ζέας;'], [2, 'team', 'Ναι, **κάθε Πέμπτη**.'], [3, 'visitor', 'Ευχαριστώ!']])
    expect(lines[1]).toMatchObject({ html: '<p>Ναι, <strong>κάθε Πέμπτη</strong>.</p>\n', author: { name: 'Μαρία' } })
    expect(state).toMatchObject({ lines: 3, readByTeam: 2, readByVisitor: 3, canRate: true, rated: null })
  })
  test('two visitors never see each other', async () => {
    const [first, second] = [await world.visitor(), await world.visitor()]
    await world.says(first, 'Το τηλέφωνό μου είναι 2610 000000')
    await world.says(second, 'Hello')
    expect((await transcript(second)).lines.map(({ text }) => text)).toEqual(['Hello'])
    expect(await database.read(world.workspaceId, (db) => db.select().from(contacts))).toHaveLength(2)
  })
  test('a visitor who only looks is kept nowhere', async () => {
    const token = await world.visitor()
    expect((await transcript(token)).lines).toEqual([])
    expect(await code(world.ask('POST', 'typing', { token, body: {} }))).toBe('204 ')
    expect(await database.read(world.workspaceId, (db) => db.select().from(contacts))).toEqual([])
  })
})

describe('what is refused', () => {
  test('texts and bodies that are none', async () => {
    const token = await world.visitor()
    const clientId = newId()
    const send = (given: unknown) => code(world.ask('POST', 'messages', { token, body: given }))
    expect(await send({ clientId, text: ' \u200b\n' })).toBe('400 empty_message')
    expect(await send({ clientId, text: 'ω'.repeat(4_001) })).toBe('400 message_too_long')
    expect(await send({ clientId, text: 'α\0β' })).toBe('400 invalid_text')
    expect(await send({ clientId, text: 'α\ud800' })).toBe('400 invalid_text')
    expect(await send({ clientId, text: 'α', admin: true })).toBe('400 unknown_field')
    expect(await send({ clientId: 'x', text: 'α' })).toBe('400 invalid_input')
    expect(await send({ clientId, text: 'α', files: [newId()] })).toBe('422 file_unknown')
    expect(await code(world.ask('POST', 'messages', { token, raw: '{', headers: { 'content-type': 'application/json' } }))).toBe('400 invalid_json')
    expect(await code(world.ask('POST', 'messages', { token, raw: new Uint8Array([0x22, 0xff, 0x22]), headers: { 'content-type': 'application/json' } }))).toBe('400 invalid_text')
    expect(await code(world.ask('POST', 'messages', { token, raw: 'text=x', headers: { 'content-type': 'application/x-www-form-urlencoded' } }))).toBe('415 unsupported_type')
    expect(await code(world.ask('POST', 'messages', { token, raw: 'x'.repeat(70_000), headers: { 'content-type': 'application/json' } }))).toBe('413 body_too_large')
    expect(await code(world.ask('PUT', 'messages', { token, body: {} }))).toBe('405 method_not_allowed')
    expect(await said()).toEqual([])
  })
  test('a token that is missing, forged, of another chat, or grown old', async () => {
    const token = await world.visitor()
    const other = await (await chatWorld(database, { now: () => now })).visitor()
    const [version, id, until, mac] = token.split('.') as [string, string, string, string]
    for (const bad of [undefined, 'x', other, `${version}.${newId()}.${until}.${mac}`, `${version}.${id}.zzzzzzzz.${mac}`, `${token}.x`]) {
      expect(await code(world.ask('GET', 'transcript', bad === undefined ? {} : { token: bad })), String(bad)).toBe('401 visitor_token_invalid')
    }
    now = new Date(now.getTime() + 181 * 86_400_000)
    expect(await code(world.ask('GET', 'transcript', { token }))).toBe('401 visitor_token_invalid')
  })
  test('a site that is not on the list is told so, and gets no leave to read it', async () => {
    for (const origin of ['https://evil.example', 'https://fournos.gr.evil.example', 'http://fournos.gr', 'https://fournos.gr:8443', 'null']) {
      const { status, body, headers } = await world.ask('POST', 'visitors', { body: {}, origin })
      expect([status, body.code, headers.get('access-control-allow-origin')], origin).toEqual([403, 'origin_not_allowed', null])
    }
    expect(await code(world.ask('POST', 'visitors', { body: {}, origin: null }))).toBe('403 origin_not_allowed')
    const allowed = await world.ask('OPTIONS', 'messages', { headers: { 'access-control-request-method': 'POST' } })
    expect([allowed.status, allowed.headers.get('access-control-allow-origin'), allowed.headers.get('access-control-allow-headers'), allowed.headers.get('access-control-allow-credentials')]).toEqual([204, site, 'authorization, content-type', null])
    const refused = await world.ask('POST', 'messages', { token: 'x', body: {} })
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([401, site])
    expect(await code(world.ask('GET', `https://${world.workspaceId}.example/chat/${newId()}/hello`))).toBe('404 not_found')
  })
  test('who floods waits, and is told how long', async () => {
    const paced = await chatWorld(database, { now: () => now, pace: pace() })
    const token = await paced.visitor()
    const all = await Promise.all(Array.from({ length: 70 }, (_, n) => paced.says(token, `μήνυμα ${n}`)))
    const refused = all.filter(({ status }) => status === 429)
    expect(refused).toHaveLength(10)
    expect(Number(refused[0]!.headers.get('retry-after'))).toBeGreaterThan(0)
  })
})

describe('the stream', () => {
  test('from any cursor nothing is missed and nothing comes twice, and what comes is there at once', async () => {
    const token = await world.visitor()
    for (let n = 1; n <= 5; n++) await world.says(token, `μήνυμα ${n}`)
    for (const cursor of [0, 2, 5]) {
      const seen = await overheard(world.app, `${world.chatPath}/stream?cursor=${cursor}`, { token, until: (told) => told.filter(({ event }) => event === 'line').length >= 5 - cursor + 1, doing: () => answers(token, `απάντηση ${cursor}`) })
      const ids = seen.filter(({ event }) => event === 'line').map(({ id }) => Number(id))
      expect(ids[0]).toBe(cursor + 1)
      expect(ids).toEqual(ids.map((_, place) => cursor + 1 + place))
    }
  })
  test('it tells that a member writes and has read', async () => {
    const token = await world.visitor()
    await world.says(token, 'Καλημέρα')
    const [talk] = await talks()
    const call = (does: string) => database.pool.query('select pg_notify($1, $2)', [PRESENCE, JSON.stringify({ workspaceId: world.workspaceId, accountId: world.account.id, root: talk!.rootRef, from: 'team', does, name: 'Μαρία', at: now.toISOString() })])
    const seen = await overheard(world.app, `${world.chatPath}/stream?cursor=0`, {
      token, until: (told) => told.some(({ event }) => event === 'read'),
      // The first line says that the window listens; what is called out before is gone, as it should be.
      doing: async () => { setTimeout(() => { void call('typing').then(() => call('read')) }, 200) },
    })
    expect(seen.find(({ event }) => event === 'typing')?.data).toEqual({ name: 'Μαρία', picture: null })
    expect(seen.find(({ event }) => event === 'read')?.data).toEqual({ seq: 1 })
  })
})

describe('who somebody is', () => {
  const claims = (over: Record<string, unknown> = {}) => ({ sub: 'pelatis-42', aud: world.account.id, iat: Math.floor(now.getTime() / 1_000), jti: newId(), name: 'Άννα Γεωργίου', email: 'anna@example.gr', ...over })
  const cards = async () => (await database.read(world.workspaceId, (db) => db.select().from(contacts))).filter(({ mergedInto }) => mergedInto === null)
  const people = async () => (await cards()).map(({ name, email }) => [name, email])
  const annaId = async () => (await cards()).find(({ email }) => email === 'anna@example.gr')!.id
  const arrive = (identity: string, token?: string) => world.ask('POST', 'visitors', { body: { identity }, ...(token ? { token } : {}) })
  test('is believed by the site’s own signature alone, for this chat, minutes ago, and once', async () => {
    const at = Math.floor(now.getTime() / 1_000)
    const bad = [
      vouch(claims(), { alg: 'none' }), vouch(claims(), { key: 'another secret that is long enough' }), vouch(claims(), { alg: 'HS512' }), vouch(claims({ aud: newId() })), vouch(claims({ iat: at - 301 })), vouch(claims({ iat: at + 120 })),
      vouch(claims({ exp: at - 1 })), vouch(claims({ jti: '' })), vouch(claims({ sub: undefined })), 'a.b.c', '', `${vouch(claims())}x`,
    ]
    for (const one of bad) expect(await code(arrive(one)), one).toMatch(/^401 identity_not_verified/)
    const good = vouch(claims())
    expect((await arrive(good)).body).toMatchObject({ verified: true, name: 'Άννα Γεωργίου' })
    expect(await code(arrive(good))).toBe('401 identity_not_verified')
  })
  test('what was said as a guest goes with them, on every device, and the guest’s token opens nothing any more', async () => {
    const guest = await world.visitor()
    await world.says(guest, 'Ως επισκέπτρια')
    await answers(guest, 'Γεια σας')
    const { token } = (await arrive(vouch(claims()), guest)).body as unknown as { token: string }
    expect((await transcript(token)).lines.map(({ seq, text }) => [seq, text])).toEqual([[1, 'Ως επισκέπτρια'], [2, 'Γεια σας']])
    expect(await code(world.ask('GET', 'transcript', { token: guest }))).toBe('401 visitor_token_invalid')
    await world.says(token, 'Ως Άννα')
    const elsewhere = (await arrive(vouch(claims()))).body as unknown as { token: string }
    expect((await transcript(elsewhere.token)).lines.map(({ text }) => text)).toEqual(['Ως επισκέπτρια', 'Γεια σας', 'Ως Άννα'])
    // An answer that was on its way to the guest reaches them.
    await answers(guest, 'Άργησα λίγο')
    expect((await transcript(token)).lines.at(-1)).toMatchObject({ seq: 4, text: 'Άργησα λίγο' })
    expect(await talks()).toHaveLength(1)
    expect(await people()).toEqual([['Άννα Γεωργίου', 'anna@example.gr']])
  })
  test('somebody of the team can part a guest again from whom they were proved to be', async () => {
    await arrive(vouch(claims()))
    const guest = await world.visitor()
    await world.says(guest, 'Από τον κοινό υπολογιστή του μαγαζιού')
    await arrive(vouch(claims()), guest)
    expect([await people(), (await talks())[0]!.contactId]).toEqual([[['Άννα Γεωργίου', 'anna@example.gr']], await annaId()])
    const [merge] = await database.read(world.workspaceId, async (db) => await mergesOf(db, await annaId()))
    await database.write(world.workspaceId, (tx) => undoMerge(tx, merge!.id, { memberId: newId(), at: now }))
    expect(await people()).toHaveLength(2)
    expect((await talks())[0]!.contactId).not.toBe(await annaId())
  })
  test('a claimed address shows nobody’s history', async () => {
    const { token } = (await arrive(vouch(claims()))).body as unknown as { token: string }
    await world.says(token, 'Η παραγγελία μου;')
    const other = await world.visitor()
    await world.ask('POST', 'email', { token: other, body: { email: 'anna@example.gr' } })
    await world.says(other, 'Είμαι η Άννα')
    expect((await transcript(other)).lines.map(({ text }) => text)).toEqual(['Είμαι η Άννα'])
  })
})

describe('files', () => {
  const hand = (token: string, bytes: Uint8Array<ArrayBuffer>, name = 'a.png') => world.ask('POST', `files?name=${encodeURIComponent(name)}`, { token, raw: bytes, headers: { 'content-type': 'application/octet-stream' } })
  const png = Uint8Array.from(Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64'))
  const text = (words: string) => Uint8Array.from(Buffer.from(words))
  test('are what their bytes are, belong to whoever handed them over, and go with a message', async () => {
    const token = await world.visitor()
    const { status, body } = await hand(token, png, '../../κα\r\nρβέλι.png') as unknown as { status: number; body: { id: string; name: string; type: string; url: string } }
    expect(status).toBe(201)
    expect(body).toMatchObject({ name: 'καρβέλι.png', type: 'image/webp', width: 1, height: 1 })
    expect(body.url).toMatch(new RegExp(`^https://${world.workspaceId}\\.example/files/${body.id}/[\\w-]{22}$`))
    const clientId = newId()
    expect(await code(world.ask('POST', 'messages', { token: await world.visitor(), body: { clientId, text: '', files: [body.id] } }))).toBe('422 file_unknown')
    expect((await world.ask('POST', 'messages', { token, body: { clientId, text: '', files: [body.id] } })).status).toBe(201)
    expect((await said())[0]!.attachments).toEqual([expect.objectContaining({ id: body.id, type: 'image/webp' })])
    expect((await hand(token, text('%PDF-1.7 …'), 'τιμολόγιο.pdf')).body).toMatchObject({ type: 'application/pdf' })
    expect((await hand(token, text('Λίστα: ψωμί'), 'λίστα.txt')).body).toMatchObject({ type: 'text/plain' })
  })
  test('that nobody should be sent are refused', async () => {
    const token = await world.visitor()
    expect(await code(hand(token, text('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'), 'a.png'))).toBe('415 file_type_not_allowed')
    expect(await code(hand(token, text('\ufeff  <html><script>1</script>'), 'a.txt'))).toBe('415 file_type_not_allowed')
    expect(await code(hand(token, Uint8Array.from([0x4d, 0x5a, 0x90, 0]), 'a.pdf'))).toBe('415 file_type_not_allowed')
    expect(await code(hand(token, new Uint8Array(0)))).toBe('422 file_broken')
    expect(await code(hand(token, png.slice(0, 20)))).toBe('422 file_broken')
    expect(await code(hand(token, new Uint8Array(11 * 1024 * 1024)))).toBe('413 body_too_large')
  })
})

describe('at the end', () => {
  test('a talk is rated once, after an answer; what follows is another talk under the same lines', async () => {
    const token = await world.visitor()
    const give = (score: unknown) => code(world.ask('POST', 'csat', { token, body: { score, text: 'Γρήγορα και ευγενικά' } }))
    await world.says(token, 'Έχετε κουλούρια;')
    expect(await give(5)).toBe('409 nothing_to_rate')
    await answers(token, 'Βεβαίως')
    expect(await give(6)).toBe('400 invalid_input')
    expect(await give(5)).toBe('200 ')
    expect(await give(4)).toBe('409 already_rated')
    expect(await talks()).toEqual([expect.objectContaining({ rating: 5, ratingText: 'Γρήγορα και ευγενικά' })])
    expect((await database.read(world.workspaceId, (db) => db.select().from(events))).filter(({ name }) => name === 'conversation.rated').map(({ data }) => data)).toEqual([{ channel: 'chat', score: 5, words: 'Γρήγορα και ευγενικά' }])
    await world.says(token, 'Και κάτι άλλο')
    expect(await talks()).toHaveLength(2)
    expect((await transcript(token)).lines.map(({ seq }) => seq)).toEqual([1, 2, 3])
  })
})

describe('hello', () => {
  interface Hello { open: boolean; opensAt: string | null; lang: string; faces: { name: string }[]; texts: { away: string; welcome: string }; greeting: unknown; email: boolean }
  const hello = async (query = '') => (await world.ask('GET', `hello${query}`)).body as unknown as Hello
  test('in hours it names who is there', async () => {
    expect(await hello('?lang=el')).toMatchObject({ open: true, opensAt: null, lang: 'el', texts: { away: '', welcome: 'Γεια σας! Ρωτήστε μας ό,τι θέλετε.' }, greeting: null, email: false })
  })
  test('out of hours it says so, and when it opens, in the reader’s language', async () => {
    now = new Date('2026-10-24T18:00:00.000Z')   // Saturday evening in Patras; Monday is next
    expect(await hello('?lang=el')).toMatchObject({ open: false, faces: [], waitMinutes: null, texts: { away: 'Είμαστε κλειστά· ανοίγουμε Δευτέρα 26 Οκτωβρίου, στις 07:00. Αφήστε μήνυμα και θα απαντήσουμε μόλις επιστρέψουμε.' } })
    expect((await hello('?lang=en')).texts.away).toBe('We are closed until Monday 26 October, 07:00. Leave a message and we will answer when we are back.')
  })
})
