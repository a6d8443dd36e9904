import { asc, sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#kit/id.ts'
import { accounts } from '#core/accounts/tables.ts'
import { stopLetters } from '#core/letters/store.ts'
import { letters } from '#core/letters/tables.ts'
import { tellRound } from './tell.ts'
import { testForum, type TestForum, type Visitor } from './test-forum.ts'

let room: TestForum
let anna: Visitor
let topic: string
const reader = 'dimitra@example.org'
beforeAll(async () => {
  room = await testForum()
  anna = await room.join('Άννα του Μύλου')
  topic = (await room.ask(anna, 'Πόσο κρατά το προζύμι;', 'Το έχω μια εβδομάδα στο ψυγείο.')).location
})
afterAll(() => room.close())
// Of letters written at the same moment, those written first lie first in the table.
const post = () => room.database.read(room.world.workspaceId, (db) => db.select().from(letters).orderBy(asc(letters.writtenAt), sql`ctid`))
const linkIn = (text: string): string => /http:\/\/bakery\.test(\/forum\/\S+)/.exec(text)![1]!
const idOf = async (path: string): Promise<string> => /name="id" value="([^"]+)"/.exec((await anna.get(path)).html)![1]!

test('without an e-mail account no letters are offered', async () => {
  expect((await anna.get(topic)).html).not.toContain('action="/forum/follow"')
  expect((await anna.get('/forum/sign-in')).html).not.toContain('value="link"')
  expect((await room.visitor().post('/forum/follow', { about: 'topic', id: newId(), email: reader })).status).toBe(404)
})

test('a topic is followed by a confirmed address only, until its reader says stop', async () => {
  await room.database.write(room.world.workspaceId, (tx) => tx.insert(accounts).values({ channel: 'mail', handle: 'geia@fournos.gr', name: 'Φούρνος', connectedAt: room.clock }))
  const id = await idOf(topic)
  const dimitra = room.visitor()
  expect((await dimitra.post('/forum/follow', { about: 'topic', id, email: 'όχι' })).status).toBe(400)
  expect((await dimitra.post('/forum/follow', { about: 'topic', id, email: reader })).status).toBe(200)
  await room.answer(anna, topic, 'Πρώτη απάντηση, πριν από την επιβεβαίωση.')
  expect((await post()).map(({ to, stoppable }) => [to, stoppable])).toEqual([[reader, false]])
  const link = linkIn((await post())[0]!.text)
  await dimitra.get(link)
  expect((await dimitra.post(`${link.slice(0, -4)}abcd`, {})).status).toBe(400)
  expect((await dimitra.post(link, {})).status).toBe(200)
  await room.answer(anna, topic, 'Δεύτερη απάντηση, με **έμφαση**.')
  expect((await post()).at(-1)).toMatchObject({ to: reader, stoppable: true, subject: 'Νέα στο «Πόσο κρατά το προζύμι;»', text: expect.stringContaining('Δεύτερη απάντηση, με έμφαση.') })
  await room.database.write(room.world.workspaceId, (tx) => stopLetters(tx, reader, { kind: 'forum', id }))
  const before = (await post()).length
  await room.answer(anna, topic, 'Τρίτη απάντηση.')
  expect(await post()).toHaveLength(before)
})

test('who follows a category hears of new topics, and of nothing that is held', async () => {
  const fan = room.visitor()
  await fan.post('/forum/follow', { about: 'category', id: room.category.id, email: 'fan@example.org' })
  await fan.post(linkIn((await post()).at(-1)!.text), {})
  const before = (await post()).length
  const bot = await room.join('Καλές Τιμές')
  await room.ask(bot, 'Φτηνά ρολόγια', 'Αγοράστε', { website: 'x' })
  expect(await post()).toHaveLength(before)
  await room.ask(anna, 'Ποιο αλεύρι;', 'Για αρχή, ποιο να πάρω;')
  expect((await post()).slice(before).map(({ to }) => to)).toEqual(['fan@example.org'])
})

test('a link by e-mail signs in once, by its button, and makes somebody new under a name of their own', async () => {
  const kostas = room.visitor()
  await kostas.post('/forum/sign-in', { do: 'link', email: 'kostas@example.org', to: '/forum/new' })
  const link = linkIn((await post()).at(-1)!.text)
  expect((await kostas.get(link)).html).toContain('name="name"')
  expect(await kostas.post(link, { name: 'Κώστας' })).toMatchObject({ status: 303, location: '/forum/new' })
  expect((await kostas.get('/forum/me')).html).toContain('Κώστας')
  expect((await room.visitor().post(link, {})).status).toBe(400)
  room.later(21)
  await kostas.post('/forum/sign-in', { do: 'link', email: 'kostas@example.org' })
  const late = linkIn((await post()).at(-1)!.text)
  room.later(21)
  expect((await kostas.get(late)).status).toBe(400)
})

test('whose words are hidden is told by letter, once, with the reason and the way to object', async () => {
  const kostas = room.visitor()
  await kostas.post('/forum/sign-in', { do: 'link', email: 'kostas@example.org' })
  await kostas.post(linkIn((await post()).at(-1)!.text), {})
  const said = (await room.answer(kostas, topic, 'Κάτι άσχετο.')).location.split('/').at(-1)!
  await room.visitor(room.world.maria).post(`/forum/manage/p/${said}`, { to: 'hidden', reason: 'Δεν αφορά το θέμα.' })
  expect(await tellRound(room.hosts, room.clock)).toBe(1)
  expect(await tellRound(room.hosts, room.clock)).toBe(0)
  expect((await post()).at(-1)).toMatchObject({ to: 'kostas@example.org', text: expect.stringMatching(/Δεν αφορά το θέμα\.[^]*\/forum\/decisions\//) })
})
