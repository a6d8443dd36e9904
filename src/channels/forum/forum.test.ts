import { desc, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Ctx, Draft } from '#kit/channel.ts'
import { newId } from '#kit/id.ts'
import { conversations, messages } from '#core/conversations/tables.ts'
import { moderate } from '#core/conversations/act.ts'
import { forum } from './index.ts'
import { forumPeople, forumTopics } from './tables.ts'
import { origin, passphrase, testForum, type Page, type TestForum, type Visitor } from './test-forum.ts'

let room: TestForum
let giorgos: Visitor
let anna: Visitor
beforeAll(async () => {
  room = await testForum()
  giorgos = await room.join('Γιώργος')
  anna = await room.join('Άννα του Μύλου')
})
afterAll(() => room.close())

const read = <T>(work: Parameters<typeof room.database.read<T>>[1]): Promise<T> => room.database.read(room.world.workspaceId, work)
const talks = () => read((db) => db.select().from(conversations).where(eq(conversations.channel, 'forum')).orderBy(desc(conversations.lastMessageAt)))
const said = () => read((db) => db.select().from(messages).orderBy(desc(messages.heardAt)))
const lands = async (who: Visitor, sent: Page): Promise<Page> => {
  expect([sent.status, sent.html]).toEqual([303, ''])
  const next = await who.get(sent.location)
  return [301, 302].includes(next.status) ? who.get(next.location) : next
}
const ctx = (): Ctx => ({ fetch: async () => { throw new Error('The forum fetches nothing.') }, now: () => room.clock, signal: new AbortController().signal, log: () => undefined, host: room.hosts.of(room.world.workspaceId), renew: async (same) => same })
const idIn = (html: string, words: string): string => new RegExp(`id="p-([0-9a-f-]{36})"(?:(?!id="p-)[^])*?${words}`).exec(html)?.[1] ?? ''
const topicOf = (code: string) => read(async (db) => (await db.select().from(forumTopics).where(eq(forumTopics.code, code)))[0]!)

describe('somebody asks', () => {
  let topic = ''
  test('a question stands in its category, and waits in the inbox as a conversation', async () => {
    const sent = await room.ask(giorgos, 'Πόσο νερό θέλει το αλεύρι ζέας;', 'Έχω **500 γραμμάρια**.\n\n```\nνερό = ?\n```\n\n> λίγο λίγο', { tags: '#Ζέα, νερό' })
    topic = sent.location
    expect(topic).toMatch(/^\/forum\/t\/poso-nero-thelei-to-alevri-zeas-[0-9a-z]{8}$/)
    const page = await lands(giorgos, sent)
    expect(page.html).toContain('<strong>500 γραμμάρια</strong>')
    expect(page.html).toContain('<pre><code>νερό = ?')
    expect(page.html).toContain('<blockquote>')
    expect(page.html).toContain('/forum/tag/%CE%B6%CE%AD%CE%B1')
    expect((await giorgos.get('/forum/c/sourdough')).html).toContain('Πόσο νερό θέλει')
    expect((await giorgos.get('/forum/unanswered')).html).toContain('Πόσο νερό θέλει')
    const [talk] = await talks()
    expect(talk).toMatchObject({ channel: 'forum', state: 'open', lang: 'el', visibility: 'public' })
    expect(talk!.waitingSince).not.toBeNull()
    expect((await said())[0]).toMatchObject({ authorName: 'Γιώργος', direction: 'in', text: expect.stringMatching(/^Πόσο νερό θέλει/) })
  })
  test('a member’s answer from the inbox stands in the topic under their own name', async () => {
    const [opener] = await said()
    const draft: Draft = { key: newId(), writtenAt: room.clock.toISOString(), kind: 'reply', text: 'Γύρω στα **340 ml**.', lang: 'el', media: [], tags: [], author: { id: room.world.maria.id, name: 'Μαρία', picture: '/media/maria.webp', signOff: 'Μαρία' }, inReplyTo: { channel: 'forum', id: opener!.remoteId! } }
    const wire = forum.publish!.prepare(draft, room.account)
    const receipt = await forum.publish!.send(wire, room.account, ctx())
    expect(await forum.publish!.send(wire, room.account, ctx())).toEqual(receipt)
    const { html } = await anna.get(topic)
    expect(html.match(/340 ml/g)).toHaveLength(1)
    expect(html).toContain('src="/media/maria.webp"')
    expect(html).toMatch(/<bdi class="name">Μαρία<\/bdi> <span class="badge">Φούρνος της Ελένης/)
    expect((await anna.get('/forum/unanswered')).html).not.toContain('Πόσο νερό θέλει')
  })
  test('what another visitor adds is heard in the same conversation and asks nothing of us', async () => {
    await lands(anna, await room.answer(anna, topic, 'Εγώ βάζω 350 και φουσκώνει ωραία.'))
    expect(await talks()).toHaveLength(1)
    expect((await said())[0]).toMatchObject({ authorName: 'Άννα του Μύλου', text: 'Εγώ βάζω 350 και φουσκώνει ωραία.' })
  })
  test('whoever asked marks the answer that helped, and nobody else but the team may', async () => {
    const { html } = await giorgos.get(topic)
    const id = idIn(html, '350 και')
    expect((await anna.post(`/forum/p/${id}/act`, { do: 'accept' })).status).toBe(403)
    await lands(giorgos, await giorgos.post(`/forum/p/${id}/act`, { do: 'accept' }))
    expect((await anna.get(topic)).html).toContain('Η απάντηση που βοήθησε')
    expect(await read(async (db) => (await db.select().from(forumPeople).where(eq(forumPeople.name, 'Άννα του Μύλου')))[0])).toMatchObject({ accepted: 1, posts: 1 })
  })
  test('thanks count once, and not for oneself', async () => {
    const { html } = await giorgos.get(topic)
    const id = idIn(html, '350 και')
    for (let time = 0; time < 3; time++) await giorgos.post(`/forum/p/${id}/act`, { do: 'thank' })
    expect((await giorgos.get(topic)).html).toContain('1 ευχαριστώ')
    expect((await anna.post(`/forum/p/${id}/act`, { do: 'thank' })).status).toBe(403)
    await giorgos.post(`/forum/p/${id}/act`, { do: 'unthank' })
    expect((await giorgos.get(topic)).html).not.toContain('1 ευχαριστώ')
  })
  test('it is found by any form of its words, in any case, and while somebody types', async () => {
    for (const q of ['αλεύρι', 'ΑΛΕΥΡΙΑ', 'νερα ζεας', '350', 'φουσκώ']) expect((await anna.get(`/forum/search?q=${encodeURIComponent(q)}`)).html, q).toContain('Πόσο νερό θέλει')
    expect(JSON.parse((await anna.get(`/forum/suggest?any=1&q=${encodeURIComponent('τι νερό να βάλω στη ζέα')}`)).html)).toMatchObject({ items: [{ title: 'Πόσο νερό θέλει το αλεύρι ζέας;', url: topic, note: 'Απαντήθηκε' }] })
    expect((await anna.get('/forum/search?q=%22%27%3A%26%21%28')).status).toBe(200)
    expect((await anna.post('/forum/new', { title: 'νερό στη ζέα', text: 'x', do: 'preview' })).html).toContain('Ίσως έχει ήδη απαντηθεί')
  })
  test('the words may be worded anew for half an hour, by their author alone, and the inbox hears of it', async () => {
    const { html } = await anna.get(topic)
    const id = idIn(html, '350 και')
    expect((await giorgos.post(`/forum/p/${id}/edit`, { text: 'κάτι άλλο' })).status).toBe(403)
    await lands(anna, await anna.post(`/forum/p/${id}/edit`, { text: 'Εγώ βάζω 360.' }))
    expect((await said()).map(({ text }) => text)).toContain('Εγώ βάζω 360.')
    room.later(31)
    expect((await anna.post(`/forum/p/${id}/edit`, { text: 'Εγώ βάζω 370.' })).status).toBe(403)
  })
  test('feeds tell of it, by topic, category and forum', async () => {
    for (const path of [`${topic}/feed.xml`, '/forum/c/sourdough/feed.xml', '/forum/feed.xml']) {
      const { html, headers } = await anna.get(path)
      expect(headers.get('content-type')).toContain('atom+xml')
      expect(html).toContain('Εγώ βάζω 360.')
    }
  })
  test('renamed, moved or merged, every address it ever had leads to it', async () => {
    const desk = room.visitor(room.world.nikos)
    const { id } = await topicOf(topic.slice(-8))
    await desk.post(`/forum/manage/t/${id}`, { do: 'rename', title: 'Νερό για τη ζέα' })
    const renamed = (await anna.get(topic)).location
    expect(renamed).toBe(`/forum/t/nero-gia-ti-zea-${topic.slice(-8)}`)
    const other = (await room.ask(anna, 'Και για τη σίκαλη;', 'Το ίδιο ρωτώ για τη σίκαλη.')).location
    const post = idIn((await anna.get(other)).html, 'Το ίδιο ρωτώ')
    expect((await desk.post(`/forum/manage/t/${(await topicOf(other.slice(-8))).id}`, { do: 'merge', into: `${origin}${renamed}` })).location).toBe(renamed)
    expect((await anna.get(other))).toMatchObject({ status: 301, location: renamed })
    expect((await anna.get(`/forum/p/${post}`)).location).toContain(renamed)
    expect((await anna.get(renamed)).html).toContain('Το ίδιο ρωτώ')
    expect((await desk.post(`/forum/manage/t/${id}`, { do: 'merge', into: renamed })).status).toBe(409)
  })
  test('a closed topic takes no more answers', async () => {
    const desk = room.visitor(room.world.nikos)
    const { id } = await topicOf(topic.slice(-8))
    const at = (await anna.get(topic)).location
    await desk.post(`/forum/manage/t/${id}`, { do: 'lock' })
    expect((await anna.get(at)).html).toContain('Το θέμα έκλεισε')
    expect((await anna.post(`${at}/answer`, { text: 'κι άλλο', do: 'send' })).status).toBe(400)
    await desk.post(`/forum/manage/t/${id}`, { do: 'unlock' })
  })
})

describe('who takes part', () => {
  test('a name belongs to one, and those of the house and the team to nobody', async () => {
    for (const name of ['ΓΙΩΡΓΟΣ', 'γιωργος', 'Φούρνος της Ελένης', 'Μαρία']) expect((await room.visitor().post('/forum/sign-in', { do: 'join', name, passphrase })).status, name).toBe(409)
  })
  test('only the right passphrase opens, and not for ever', async () => {
    const thief = room.visitor()
    expect((await thief.post('/forum/sign-in', { do: 'in', name: 'Γιώργος', passphrase: 'κάτι άλλο εντελώς' })).status).toBe(401)
    expect((await thief.post('/forum/sign-in', { do: 'in', name: 'Κανένας', passphrase })).status).toBe(401)
    const again = room.visitor()
    expect((await again.post('/forum/sign-in', { do: 'in', name: 'Γιώργος', passphrase, to: '/forum/me' })).location).toBe('/forum/me')
    expect((await again.post('/forum/sign-in', { do: 'in', name: 'Γιώργος', passphrase, to: '//evil.example' })).location).toBe('/forum')
    const tries = await Promise.all(Array.from({ length: 10 }, () => thief.post('/forum/sign-in', { do: 'in', name: 'Γιώργος', passphrase: 'κάτι άλλο εντελώς' })))
    expect(tries.map(({ status }) => status)).toContain(429)
  })
  test('nobody writes without signing in, and what was typed is kept', async () => {
    const page = await room.ask(room.visitor(), 'Ένα ψωμί', 'Τι ώρα βγαίνει;')
    expect(page.status).toBe(401)
    expect(page.html).toContain('Τι ώρα βγαίνει;')
  })
  test('a draft waits on the server until it is sent', async () => {
    expect((await giorgos.post('/forum/draft', { place: 'new', title: 'Μισή σκέψη', text: 'Άλλη μισή' })).status).toBe(204)
    expect((await giorgos.get('/forum/new')).html).toContain('Άλλη μισή')
    await room.ask(giorgos, 'Ολόκληρη σκέψη', 'Πόσο κρατά το προζύμι στο ψυγείο;')
    expect((await giorgos.get('/forum/new')).html).not.toContain('Άλλη μισή')
  })
})

describe('what should not stand', () => {
  test('whoever spams sees no difference, and nobody else sees the spam', async () => {
    const bot = await room.join('Καλές Τιμές')
    const sent = await room.ask(bot, 'Φτηνά ρολόγια', 'Αγοράστε τώρα', { website: 'https://x.example' })
    const seen = await lands(bot, sent)
    expect(seen.html).toContain('Αγοράστε τώρα')
    expect(seen.html).not.toContain('class="note')
    expect(seen.html).not.toContain('noindex')
    expect((await anna.get(sent.location)).status).toBe(404)
    expect((await anna.get('/forum')).html).not.toContain('Φτηνά ρολόγια')
    const [held] = await said()
    expect(held).toMatchObject({ moderation: 'held', heldBecause: 'honeypot' })
    const maria = room.visitor(room.world.maria)
    expect((await maria.get('/forum/manage')).html).toContain('Αγοράστε τώρα')
    await maria.post(`/forum/manage/p/${held!.remoteId}`, { to: 'spam', reason: '' })
    expect((await maria.get('/forum/manage')).html).not.toContain('Αγοράστε τώρα')
    expect((await bot.get('/forum/me')).html).not.toContain('/forum/decisions/')
  })
  test('the honest are told that somebody reads it first, and a word in the inbox lets it stand', async () => {
    const kostas = await room.join('Κώστας')
    const sent = await room.ask(kostas, 'Δύο συνταγές', 'Ποια είναι καλύτερη; https://a.example και https://b.example')
    expect((await lands(kostas, sent)).html).toContain('πρώτα το διαβάζει κάποιος από εμάς')
    expect((await anna.get(sent.location)).status).toBe(404)
    const [held] = await said()
    expect(held).toMatchObject({ moderation: 'held', heldBecause: 'links' })
    await room.database.write(room.world.workspaceId, (tx) => moderate({ tx, member: room.world.maria, now: room.clock, channels: [forum as never] }, held!.id, { to: 'shown', reason: '' }))
    expect((await anna.get(sent.location)).status).toBe(200)
  })
  test('a report, a reasoned decision, an appeal, and another member who judges it', async () => {
    const sent = await room.answer(giorgos, (await room.ask(anna, 'Καλό μαχαίρι;', 'Ποιο μαχαίρι κόβει το ψωμί;')).location, 'Κανένα δεν είναι καλό, είστε άσχετοι.')
    const post = sent.location.split('/').at(-1)!
    expect((await giorgos.post(`/forum/p/${post}/flag`, { kind: 'abuse', says: '' })).status).toBe(404)
    expect((await anna.post(`/forum/p/${post}/flag`, { kind: 'abuse', says: 'Με προσβάλλει' })).status).toBe(200)
    const [maria, nikos] = [room.visitor(room.world.maria), room.visitor(room.world.nikos)]
    expect((await maria.get('/forum/manage')).html).toContain('Με προσβάλλει')
    expect((await maria.post(`/forum/manage/p/${post}`, { to: 'hidden', reason: ' ' })).status).toBe(400)
    expect((await maria.post(`/forum/manage/p/${post}`, { to: 'hidden', reason: 'Προσβάλλει όποιον ρωτά.' })).status).toBe(303)
    const topic = (await giorgos.get(`/forum/p/${post}`)).location.split('#')[0]!
    expect((await anna.get(topic)).html).not.toContain('άσχετοι')
    expect((await giorgos.get(topic)).html).toContain('Το βλέπετε μόνο εσείς και η ομάδα')
    const decision = /href="(\/forum\/decisions\/[^"]+)"/.exec((await giorgos.get('/forum/me')).html)![1]!
    const { html } = await giorgos.get(decision)
    for (const words of ['Προσβάλλει όποιον ρωτά.', 'Μαρία', 'Το είχαν αναφέρει άλλοι.', 'Ένσταση']) expect(html).toContain(words)
    expect((await anna.get(decision)).status).toBe(404)
    await giorgos.post(decision, { text: 'Ήταν αστείο.' })
    expect((await giorgos.post(decision, { text: 'Και πάλι.' })).status).toBe(404)
    const ruling = decision.split('/').at(-1)!
    expect((await maria.post(`/forum/manage/appeals/${ruling}`, { do: 'uphold', reason: 'όχι' })).status).toBe(403)
    expect((await maria.post(`/forum/manage/p/${post}`, { to: 'shown', reason: 'άλλαξα γνώμη' })).status).toBe(403)
    expect((await nikos.post(`/forum/manage/appeals/${ruling}`, { do: 'reverse', reason: 'Άκομψο, μα στέκει.' })).status).toBe(303)
    expect((await anna.get(topic)).html).toContain('άσχετοι')
    expect((await giorgos.get(decision)).html).toContain('φαίνεται και πάλι')
  })
  test('somebody outside the team finds no desk', async () => {
    for (const path of ['/forum/manage', `/forum/manage/p/${newId()}`]) expect((await giorgos.get(path)).status).toBe(404)
    expect((await giorgos.post('/forum/manage/c/new', { nameEn: 'X', nameEl: 'Χ' })).status).toBe(404)
    const guest = room.visitor({ ...room.world.maria, workspaceId: newId() })
    expect((await guest.get('/forum/manage')).status).toBe(404)
  })
  test('a new person who writes too much waits', async () => {
    const busy = await room.join('Πολυλογού')
    const sent: number[] = []
    for (let n = 0; n < 9; n++) sent.push((await room.ask(busy, `Ερώτηση ${n}`, `Τι ώρα βγαίνει το ${n}ο ψωμί;`)).status)
    expect(sent).toEqual([303, 303, 303, 303, 303, 303, 303, 303, 429])
  })
})

describe('the team’s categories', () => {
  test('a category that is named anew is found by its old address, which no other may take', async () => {
    const eleni = room.visitor(room.world.eleni)
    const form = { nameEn: 'Starters', nameEl: 'Προζύμια', aboutEn: '', aboutEl: '', place: '1', slug: 'starters' }
    expect((await eleni.post(`/forum/manage/c/${room.category.id}`, form)).status).toBe(303)
    expect(await anna.get('/forum/c/sourdough')).toMatchObject({ status: 301, location: '/forum/c/starters' })
    expect((await eleni.post('/forum/manage/c/new', { ...form, nameEn: 'Another', slug: 'sourdough' })).status).toBe(409)
    expect((await room.visitor(room.world.maria).post('/forum/manage/c/new', form)).status).toBe(403)
  })
})
