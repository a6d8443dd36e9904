import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Ctx, Draft } from '#kit/channel.ts'
import { newId } from '#kit/id.ts'
import { moderate } from '#core/conversations/act.ts'
import { messages } from '#core/conversations/tables.ts'
import { EVERY } from '#db/database.ts'
import { createNet } from '#net/guarded-fetch.ts'
import { fediverseDelivery } from '../../fediverse/deliver.ts'
import { publicly, signed, testPeer, type Forgery, type TestActor, type TestPeer } from '../../fediverse/test-peer.ts'
import { toolsOf } from '../../fediverse/tools.ts'
import { forum } from '../index.ts'
import { lockTopic, mergeTopics, moveTopic, renameTopic, keepCategory } from '../manage.ts'
import { forumPosts, forumTopics } from '../tables.ts'
import { topicById } from '../topics.ts'
import { origin, testForum, type TestForum, type Visitor } from '../test-forum.ts'
import { federateRound } from './round.ts'

type Json = Record<string, unknown>
const object = 'application/activity+json'
const net = createNet({ allowPrivate: true, limits: { timeoutMs: 5_000 } })
let room: TestForum
let peer: TestPeer
let anna: TestActor
let giorgos: Visitor
let topic = ''
let speaker = ''
let opener = ''
let category = ''
beforeAll(async () => {
  room = await testForum({ firstPosts: 'shown', federated: 'yes', federatedSince: '2026-01-11T00:00:00Z' }, net.fetch)
  peer = await testPeer()
  anna = peer.actor('anna')
  giorgos = await room.join('Γιώργος')
  topic = (await room.ask(giorgos, 'Πόσο νερό θέλει το ζέας;', 'Έχω **500** γραμμάρια.', { tags: 'ζέα' })).location
  const row = await topicAt(topic)
  speaker = `${origin}/ap/forum/t/${row.code}`
  opener = `${origin}/forum/p/${row.openerId}`
  category = `${origin}/ap/forum/c/${room.category.id}`
})
afterAll(async () => { await room.close(); await peer.close(); await net.close() })

const read = <T>(work: Parameters<typeof room.database.read<T>>[1]): Promise<T> => room.database.read(room.world.workspaceId, work)
const topicAt = async (path: string) => (await read((db) => db.select().from(forumTopics).where(eq(forumTopics.code, path.slice(-8)))))[0]!
const postsIn = async (path: string) => { const { id } = await topicAt(path); return await read((db) => db.select().from(forumPosts).where(eq(forumPosts.topicId, id)).orderBy(forumPosts.at)) }
const get = async (uri: string, accept = object): Promise<{ status: number; json: Json; type: string; location: string }> => {
  const answer = await room.request(new Request(uri, { headers: { accept } }))
  const text = await answer.text()
  const type = answer.headers.get('content-type') ?? ''
  return { status: answer.status, type, location: answer.headers.get('location') ?? '', json: type.includes('json') ? JSON.parse(text) as Json : {} }
}
const fresh = (actor: TestActor, kind = 'a') => `${new URL(actor.uri).origin}/${kind}/${randomUUID()}`
const note = (by: TestActor, over: Json = {}): Json => ({ id: fresh(by, 'notes'), type: 'Note', attributedTo: by.uri, content: `<p><a href="${speaker}" class="u-url mention">@<span>topic_${speaker.slice(-8)}</span></a> Βάλε <b>340 ml</b>, ${randomUUID()}.</p>`, to: [publicly], cc: [speaker], inReplyTo: opener, ...over })
const create = (by: TestActor, said: Json, over: Json = {}): Json => ({ id: fresh(by), type: 'Create', actor: by.uri, object: said, to: [publicly], cc: [speaker], ...over })
let second = 0
const begun = Date.now()
/** Each signed at a second of its own, so that none is taken for a repeat. */
const send = async (by: TestActor, body: Json, over: Partial<Forgery> = {}): Promise<number> =>
  (await room.request(signed({ to: `${origin}/ap/forum/inbox`, by, body, date: new Date(begun - second++ * 1_000), ...over }))).status
const carry = async (): Promise<Json[]> => {
  while (await federateRound(room.hosts, new Date(Date.now() + 60_000), (text, facts) => { throw new Error(`${text} ${JSON.stringify(facts)}`) }) > 0);
  const delivery = fediverseDelivery({ ...toolsOf(room.hosts), now: () => new Date(Date.now() + 120_000) })
  while (await delivery.round() > 0);
  return peer.received.splice(0)
}
const follow = (by: TestActor, whom: string): Json => ({ id: fresh(by), type: 'Follow', actor: by.uri, object: whom })
const rows = async (): Promise<string> => await room.database.read(EVERY, async (db) => {
  const tables = ['forum_posts', 'forum_topics', 'forum_followers', 'forum_tellings', 'fediverse_seen', 'fediverse_deliveries', 'messages', 'conversations', 'reactions']
  const one = (name: string) => `(select coalesce(json_agg(t order by t::text), '[]')::text from ${name} t)`
  return (await db.client.query<{ all: string }>(`select concat_ws(chr(10), ${tables.map(one).join(', ')}) as all`)).rows[0]!.all
})
const ctx = (): Ctx => ({ fetch: net.fetch, now: () => room.clock, signal: new AbortController().signal, log: () => undefined, host: room.hosts.of(room.world.workspaceId), renew: async (same) => same })
const memberSays = async (text: string, under: string): Promise<string> => {
  const draft: Draft = { key: newId(), writtenAt: room.clock.toISOString(), kind: 'reply', text, lang: 'el', media: [], tags: [], author: { id: room.world.maria.id, name: 'Μαρία Δήμου' }, inReplyTo: { channel: 'forum', id: under } }
  await forum.publish!.send(forum.publish!.prepare(draft, room.account), room.account, ctx())
  return draft.key
}

describe('what others find', () => {
  test('a topic’s page is its opening words for whoever asks for the object, and a page for people', async () => {
    const { status, json, type } = await get(`${origin}${topic}`)
    expect([status, type.split(';')[0]]).toEqual([200, object])
    expect(json).toMatchObject({ id: opener, type: 'Note', attributedTo: speaker, audience: category, context: `${speaker}/context`, to: [publicly], tag: [{ type: 'Hashtag', name: '#ζέα' }] })
    expect(json['content']).toContain('<strong>Πόσο νερό θέλει το ζέας;</strong>')
    expect(json['content']).toContain('— Γιώργος, στο φόρουμ')
    expect((await get(opener)).json['id']).toBe(opener)
    const page = await giorgos.get(topic)
    expect(page.html).toContain(`@topic_${speaker.slice(-8)}@bakery.test`)
    expect(page.html).toContain('Ό,τι γράψετε εδώ φεύγει και προς το fediverse')
    expect(page.headers.get('vary')).toContain('Accept')
  })
  test('the topic, its category and the forum are actors, found by name and by page', async () => {
    for (const [resource, id] of [[`acct:topic_${speaker.slice(-8)}@bakery.test`, speaker], ['acct:forum_sourdough@bakery.test', category], ['acct:forum@bakery.test', `${origin}/ap/forum`], [`${origin}${topic}`, speaker], [`${origin}/forum/c/sourdough`, category]] as const) {
      const { json } = await get(`${origin}/.well-known/webfinger?resource=${encodeURIComponent(resource)}`)
      expect((json['links'] as Json[])[0]).toMatchObject({ rel: 'self', href: id })
      const actor = (await get(id)).json
      expect(actor).toMatchObject({ id, type: 'Group', inbox: `${id}/inbox`, publicKey: { id: `${id}#main-key`, owner: id } })
      expect(json['subject']).toBe(`acct:${String(actor['preferredUsername'])}@bakery.test`)
    }
    expect(await get(speaker, 'text/html')).toMatchObject({ status: 302, location: `${origin}${topic}` })
    expect((await get(`${origin}/.well-known/webfinger?resource=acct:nobody@bakery.test`)).status).toBe(404)
  })
  test('what was written before the forum said so stays here', async () => {
    const { id, openerId } = await topicAt((await room.ask(giorgos, 'Κάτι παλιό', 'Από τότε που δεν το ξέραμε.')).location)
    await room.database.write(room.world.workspaceId, (tx) => tx.execute(`update forum_topics set opened_at = '2026-01-01' where id = '${id}'; update forum_posts set at = '2026-01-01' where topic_id = '${id}'`))
    expect((await get(`${origin}/forum/p/${openerId}`)).status).toBe(404)
    expect(await carry()).toEqual([])
  })
})

describe('somebody elsewhere follows and answers', () => {
  let theirs: Json
  test('following a topic and its category is granted', async () => {
    expect(await send(anna, follow(anna, speaker))).toBe(202)
    expect(await send(anna, follow(anna, category))).toBe(202)
    expect((await carry()).filter(({ type }) => type === 'Accept').map(({ actor }) => actor).toSorted()).toEqual([category, speaker].toSorted())
    expect((await get(`${speaker}/followers`)).json['totalItems']).toBe(1)
  })
  test('their answer stands in the topic with their address, once, and is heard in the inbox', async () => {
    theirs = note(anna)
    const body = create(anna, theirs)
    expect(await send(anna, body)).toBe(202)
    const before = await rows()
    expect(await send(anna, body)).toBe(202)
    expect(await send(anna, create(anna, theirs, { id: fresh(anna) }))).toBe(202)
    expect((await rows()).match(/340 ml/g)?.length).toBe(before.match(/340 ml/g)?.length)
    const { html } = await giorgos.get(topic)
    expect(html.match(/<b>340 ml<\/b>/g)).toHaveLength(1)
    expect(html).toContain(`@anna@${new URL(peer.origin).host}`)
    expect(html).not.toContain('@<span>topic_')
    const [heard] = await read((db) => db.select().from(messages).where(eq(messages.authorName, 'anna Π.')))
    expect(heard).toMatchObject({ direction: 'in', visibility: 'public' })
    const passed = (await carry()).filter(({ type }) => type === 'Announce')
    expect(passed.map(({ actor, object: what }) => [actor, what]).toSorted()).toEqual([[category, theirs['id']], [speaker, theirs['id']]].toSorted())
  })
  test('a member’s answer goes to them by name, and its new wording and taking down follow', async () => {
    const mine = (await postsIn(topic)).at(-1)!
    const key = await memberSays('Σωστά, Άννα.', mine.id)
    const said = (await carry()).find(({ type }) => type === 'Create')!
    expect(said).toMatchObject({ actor: speaker, object: { id: `${origin}/forum/p/${key}`, inReplyTo: theirs['id'], tag: [{ type: 'Mention', href: anna.uri }] }, cc: expect.arrayContaining([anna.uri]) })
    expect((said['object'] as Json)['content']).toContain('— Μαρία Δήμου · Φούρνος της Ελένης')
    const wire = forum.publish!.prepare({ key, writtenAt: room.clock.toISOString(), kind: 'reply', text: 'Σωστά, 350.', lang: 'el', media: [], tags: [], author: { id: room.world.maria.id, name: 'Μαρία Δήμου' } }, room.account)
    await forum.publish!.revise!({ channel: 'forum', id: key }, wire, room.account, ctx())
    expect((await carry()).filter(({ type }) => type === 'Update')).toHaveLength(1)
    await forum.publish!.retract!({ channel: 'forum', id: key }, wire, room.account, ctx())
    expect(await carry()).toMatchObject([{ type: 'Delete', actor: speaker, object: { type: 'Tombstone', id: `${origin}/forum/p/${key}` } }])
    expect(await get(`${origin}/forum/p/${key}`)).toMatchObject({ status: 410, json: { type: 'Tombstone' } })
  })
  test('a like is a thank-you, taken back with it', async () => {
    const like = { id: fresh(anna), type: 'Like', actor: anna.uri, object: opener }
    await send(anna, like)
    await send(anna, { ...like, id: fresh(anna) })
    expect((await postsIn(topic))[0]!.thanks).toBe(1)
    await send(anna, { id: fresh(anna), type: 'Undo', actor: anna.uri, object: like.id })
    expect((await postsIn(topic))[0]!.thanks).toBe(0)
  })
  test('their new wording and their taking back are theirs to make', async () => {
    await send(anna, { id: fresh(anna), type: 'Update', actor: anna.uri, object: { ...theirs, content: '<p>Βάλε <b>360 ml</b>.</p>' } })
    expect((await giorgos.get(topic)).html).toContain('<b>360 ml</b>')
    await send(anna, { id: fresh(anna), type: 'Delete', actor: anna.uri, object: { type: 'Tombstone', id: theirs['id'] } })
    expect((await giorgos.get(topic)).html).not.toContain('360 ml')
    expect((await carry()).map(({ type }) => type)).toEqual(['Undo', 'Undo'])
    await send(anna, create(anna, theirs))
    expect((await giorgos.get(topic)).html).not.toContain('340 ml')
  })
  test('whoever wants it no more is told nothing more', async () => {
    const nikos = peer.actor('nikos')
    const asked = follow(nikos, speaker)
    await send(nikos, asked)
    await send(nikos, { id: fresh(nikos), type: 'Undo', actor: nikos.uri, object: asked })
    expect((await get(`${speaker}/followers`)).json['totalItems']).toBe(1)
    await carry()
  })
})

describe('what is not theirs changes no row', () => {
  const cases: readonly (readonly [string, number, () => Promise<number>])[] = [
    ['unsigned', 401, async () => (await room.request(new Request(`${origin}/ap/forum/inbox`, { method: 'POST', body: JSON.stringify(create(anna, note(anna))), headers: { 'content-type': object } }))).status],
    ['signed by another of the same house', 401, () => send(peer.actor('mallory'), create(anna, note(anna)))],
    ['words that name another as their author', 403, () => send(anna, create(anna, note(anna, { attributedTo: `${peer.origin}/users/nikos` })))],
    ['words of another house', 403, () => send(anna, create(anna, note(anna, { id: 'https://elsewhere.example/notes/1' })))],
    ['the taking down of a post of ours', 403, () => send(anna, { id: fresh(anna), type: 'Delete', actor: anna.uri, object: opener })],
    ['a new wording of a post of ours', 403, () => send(anna, { id: fresh(anna), type: 'Update', actor: anna.uri, object: { id: opener, type: 'Note', attributedTo: anna.uri, content: 'x', to: [publicly] } })],
    ['an answer to a few', 202, () => send(anna, create(anna, note(anna, { to: [speaker], cc: [] }), { to: [speaker], cc: [] }))],
    ['an answer to nothing here', 202, () => send(anna, create(anna, note(anna, { inReplyTo: `${origin}/forum/p/${newId()}` })))],
    ['a follow of nobody here', 202, () => send(anna, follow(anna, `${origin}/ap/forum/t/zzzzzzzz`))],
  ]
  test.each(cases)('%s', async (_name, status, act) => {
    const before = await rows()
    expect(await act()).toBe(status)
    expect(await rows()).toBe(before)
  })
  test('another of the same house can change nothing of hers', async () => {
    const trudy = peer.actor('trudy')
    const hers = note(anna)
    await send(anna, create(anna, hers))
    const before = await rows()
    expect(await send(trudy, { id: fresh(trudy), type: 'Delete', actor: trudy.uri, object: hers['id'] })).toBe(403)
    expect(await send(trudy, { id: fresh(trudy), type: 'Update', actor: trudy.uri, object: { ...hers, content: 'x' } })).toBe(403)
    expect(await rows()).toBe(before)
  })
})

describe('what the team decides', () => {
  test('many links wait for a person; what waits is neither shown nor passed on, and what is shown is', async () => {
    const nikos = peer.actor('links')
    await carry()
    expect(await send(nikos, create(nikos, note(nikos, { content: '<p>Δες <a href="https://a.example">εδώ</a>, <a href="https://b.example">εδώ</a></p>' })))).toBe(202)
    const held = (await postsIn(topic)).find(({ authorName }) => authorName === 'links Π.')!
    expect(held).toMatchObject({ state: 'held', heldBecause: 'links' })
    expect((await room.visitor().get(topic)).html).not.toContain('a.example')
    expect(await carry()).toEqual([])
    const [message] = await read((db) => db.select().from(messages).where(eq(messages.remoteId, held.id)))
    await room.database.write(room.world.workspaceId, (tx) => moderate({ tx, member: room.world.maria, now: new Date(), channels: [forum as never] }, message!.id, { to: 'shown', reason: '' }))
    expect((await room.visitor().get(topic)).html).toContain('a.example')
    expect((await carry()).map(({ type }) => type)).toEqual(['Announce', 'Announce'])
    await room.database.write(room.world.workspaceId, (tx) => moderate({ tx, member: room.world.maria, now: new Date(), channels: [forum as never] }, message!.id, { to: 'hidden', reason: 'Διαφήμιση.' }))
    expect((await room.visitor().get(topic)).html).not.toContain('a.example')
    expect((await carry()).map(({ type }) => type)).toEqual(['Undo', 'Undo'])
  })
  test('a closed topic takes no answer from elsewhere, and says so', async () => {
    const { id } = await topicAt(topic)
    await room.database.write(room.world.workspaceId, (tx) => lockTopic(tx, id, room.clock))
    const late = create(anna, note(anna))
    expect(await send(anna, late)).toBe(202)
    expect((await giorgos.get(topic)).html).not.toContain(String((late['object'] as Json)['id']))
    expect(await carry()).toMatchObject([{ type: 'Reject', actor: speaker, object: { id: late['id'] } }])
    await room.database.write(room.world.workspaceId, (tx) => lockTopic(tx, id, null))
  })
  test('a new title, another category and a merger break no address, and followers are led on', async () => {
    const row = (await standing())!
    const other = await room.database.write(room.world.workspaceId, (tx) => keepCategory(tx, undefined, { nameEn: 'Flour', nameEl: 'Αλεύρια', aboutEn: '', aboutEl: '', place: 2, slug: '' }))
    await room.database.write(room.world.workspaceId, async (tx) => { await renameTopic(tx, row, 'Νερό για ζέα'); await moveTopic(tx, row, other) })
    expect((await carry()).find(({ type }) => type === 'Update')).toMatchObject({ object: { id: opener, audience: `${origin}/ap/forum/c/${other.id}` } })
    const into = await topicAt((await room.ask(giorgos, 'Όλα για το ζέας', 'Μαζεύω εδώ ό,τι ξέρουμε.')).location)
    await carry()
    await room.database.write(room.world.workspaceId, async (tx) => { await mergeTopics(tx, (await topicById(tx, row.id))!, into.id) })
    const moved = `${origin}/ap/forum/t/${into.code}`
    expect((await carry()).find(({ type }) => type === 'Move')).toMatchObject({ actor: speaker, target: moved })
    expect((await get(opener)).json).toMatchObject({ id: opener, attributedTo: speaker, context: `${moved}/context` })
    expect((await get(speaker)).json['movedTo']).toBe(moved)
    expect((await get(moved)).json['alsoKnownAs']).toEqual([speaker])
    const later = (await room.answer(giorgos, `/forum/t/${into.slug}-${into.code}`, 'Κι άλλο ένα.')).location
    expect((await carry()).filter(({ type, actor }) => type === 'Announce' && actor === speaker)).toMatchObject([{ object: `${origin}${later}` }])
    const { json } = await get(`${moved}/context?after=start`)
    expect(json['orderedItems']).toEqual(expect.arrayContaining([opener, `${origin}${later}`]))
  })
})
const standing = async () => { const { id } = await topicAt(topic); return await read((db) => topicById(db, id)) }

test('a forum that is not federated has none of this, and its forms say nothing of it', async () => {
  const quiet = await testForum({ firstPosts: 'shown' })
  try {
    const stella = await quiet.join('Στέλλα')
    const { location } = await quiet.ask(stella, 'Μόνο εδώ;', 'Ναι.')
    const page = await stella.get(location, { accept: object })
    expect([page.status, page.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/html')])
    expect(page.html).not.toContain('fediverse')
    for (const path of ['/ap/forum', `/ap/forum/t/${location.slice(-8)}`, `/ap/forum/c/${quiet.category.id}`]) expect((await stella.get(path, { accept: object })).status).toBe(404)
    expect((await stella.post('/ap/forum/inbox', '{}')).status).toBe(404)
  } finally { await quiet.close() }
})
