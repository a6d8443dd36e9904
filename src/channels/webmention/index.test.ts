import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Hono } from 'hono'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Account, Ctx, Draft } from '#kit/channel.ts'
import type { Hosts } from '#kit/host.ts'
import type { HouseEnv } from '#kit/http.ts'
import { newId } from '#kit/id.ts'
import { makeHosts } from '#core/hosts.ts'
import { messages } from '#core/conversations/tables.ts'
import { publications } from '#core/publications/tables.ts'
import type { Database } from '#db/database.ts'
import { testDatabase } from '#db/testing.ts'
import { NetError } from '#net/net-error.ts'
import { answerError, type Ask } from '../../server/guard.ts'
import { channelContract } from '../../../test/contracts/channel.ts'
import { bakery, type Bakery } from '../../../test/world/bakery.ts'
import { endpointInHeader, endpointInPage, linksIn } from './endpoint.ts'
import { webmention } from './index.ts'
import { lookRound, type Tools } from './look.ts'
import { entryIn, linksTo } from './microformats.ts'
import { planTelling } from './store.ts'
import { webmentionsIn, webmentionsOut } from './tables.ts'
import { tellRound } from './tell.ts'

const account: Account<Record<string, never>> = { id: 'a1', workspaceId: 'w1', channel: 'webmention', handle: 'porch', name: 'Φούρνος της Ελένης', settings: {} }
const post: Draft = { key: 'k', writtenAt: '2026-11-23T08:00:00Z', kind: 'post', text: 'x', lang: 'el', media: [], tags: [], author: { id: 'm1', name: 'Μαρία' } }
channelContract(webmention, { account, samples: { post }, network: () => ({ ctx: {} as Ctx, faults: {}, standing: async () => [], close: async () => undefined }) })

let database: Database
let world: Bakery
let hosts: Hosts
let tools: Tools
let now: Date
/** Their side of the web: what stands at each address, and what was posted there. */
let web: Map<string, { status?: number; type?: string; body?: string; link?: string; fails?: string }>
let posted: string[]
const origin = 'http://bakery.test'
const target = `${origin}/p/psomi-zeas`
const source = 'https://mylos.example/apantisi'
const later = (minutes: number): void => { now = new Date(now.getTime() + minutes * 60_000) }

const fetchWeb: typeof globalThis.fetch = async (input, init) => {
  const url = String(input instanceof Request ? input.url : input)
  const page = web.get(url)
  if (init?.method === 'POST') posted.push(`${url} ${String(init.body)}`)
  if (!page || page.fails) throw new NetError((page?.fails ?? 'unreached') as 'unreached', 'no', { left: false })
  const answer = new Response(page.body ?? '', { status: page.status ?? 200, headers: { 'content-type': page.type ?? 'text/html', ...(page.link ? { link: page.link } : {}) } })
  Object.defineProperty(answer, 'url', { value: url })
  return answer
}
beforeAll(async () => { database = await testDatabase() })
afterAll(() => database.close())
beforeEach(async () => {
  await database.write('*', async (tx) => { await tx.client.query("update webmentions_in set state = 'given-up'; update webmentions_out set state = 'given-up'; update workspaces set host = id::text") })
  world = await bakery(database)
  web = new Map()
  posted = []
  now = new Date(Date.now() + 60_000)
  hosts = makeHosts({ database, origin, secret: 'secret', fetch: fetchWeb, now: () => now })
  tools = { database, fetch: fetchWeb, hosts, now: () => now, log: (message, facts) => { throw new Error(`${message} ${JSON.stringify(facts)}`) } }
  await database.write(world.workspaceId, (tx) => tx.insert(publications).values({
    postId: newId(), accountId: world.accounts.porch, channel: 'porch', kind: 'post', state: 'confirmed', key: newId(), writtenAt: now, wire: { html: '' }, wireHash: '', lang: 'el', dueAt: now, deadline: now,
    remoteId: 'psomi-zeas', remoteUrl: target, confirmedAt: now,
  }))
})
async function send(form: Record<string, string>): Promise<number> {
  const app = new Hono<HouseEnv>()
  app.onError((error, c) => answerError(() => undefined)(error, c as Ask))
  app.route('/', webmention.routes!(hosts) as unknown as Hono<HouseEnv>)
  return (await app.request(`${origin}/webmention`, { method: 'POST', body: new URLSearchParams(form) })).status
}
const said = async () => (await database.read(world.workspaceId, (db) => db.select().from(messages))).map(({ text, html, authorName, moderation, heldBecause, withdrawnAt, remoteUrl, postId }) => ({ text, html, authorName, moderation, heldBecause, gone: withdrawnAt !== null, remoteUrl, under: postId !== null }))
const rowIn = async () => (await database.read(world.workspaceId, (db) => db.select().from(webmentionsIn)))[0]!
const reply = (words: string): string => `<html><body><article class="h-entry"><a class="p-author h-card" href="https://mylos.example/">Άννα του Μύλου</a><a class="u-in-reply-to" href="${target}">απάντηση</a><div class="e-content"><p>${words}</p></div><time class="dt-published" datetime="2026-10-20T08:00:00Z"></time></article></body></html>`

describe('being told', () => {
  test('an answer on another site waits under the post for a look', async () => {
    web.set(source, { body: reply('Τι αλεύρι βάζετε; <script>alert(1)</script>') })
    expect(await send({ source, target })).toBe(202)
    expect(await said()).toEqual([])
    await lookRound(tools)
    expect(await said()).toEqual([{ text: 'Τι αλεύρι βάζετε;', html: '<p>Τι αλεύρι βάζετε; </p>', authorName: 'Άννα του Μύλου', moderation: 'held', heldBecause: 'webmention', gone: false, remoteUrl: source, under: true }])
  })
  test('the same told again changes nothing, and new words take the place of the old', async () => {
    web.set(source, { body: reply('Πρώτη γραφή') })
    for (let time = 0; time < 3; time++) { await send({ source, target }); await lookRound(tools) }
    expect((await said()).map(({ text }) => text)).toEqual(['Πρώτη γραφή'])
    web.set(source, { body: reply('Δεύτερη γραφή') })
    later(1)
    await send({ source, target })
    await lookRound(tools)
    expect((await said()).map(({ text }) => text)).toEqual(['Δεύτερη γραφή'])
  })
  test.each<[string, { status?: number; body?: string }]>([['is gone', { status: 410 }], ['cannot be found', { status: 404 }], ['links to us no more', { body: '<p>Άλλα λόγια</p>' }]])('a page that %s takes its words back', async (_, after) => {
    web.set(source, { body: reply('Για λίγο') })
    await send({ source, target })
    await lookRound(tools)
    web.set(source, after)
    await send({ source, target })
    await lookRound(tools)
    expect(await said()).toMatchObject([{ text: '', gone: true }])
    expect(await rowIn()).toMatchObject({ state: 'gone', stands: false })
  })
  test('a like is a like and leaves no words', async () => {
    web.set(source, { body: `<div class="h-entry"><a class="u-like-of" href="${target}">μου αρέσει</a><a class="p-author h-card" href="https://mylos.example/">Άννα</a></div>` })
    await send({ source, target })
    await lookRound(tools)
    expect(await said()).toEqual([])
    expect(await rowIn()).toMatchObject({ state: 'heard', does: 'likes' })
  })
  test.each<[string, { source: string; target: string }]>([
    ['itself', { source: target, target }], ['a page of another site', { source, target: 'https://mylos.example/p/psomi-zeas' }], ['a post that is not', { source, target: `${origin}/p/allo` }], ['no post', { source, target: `${origin}/about` }],
    ['a file', { source: 'file:///etc/passwd', target }], ['nothing', { source: '', target: '' }], ['a password', { source: 'https://a:b@mylos.example/', target }], ['an endless address', { source: `https://mylos.example/${'a'.repeat(3000)}`, target }],
  ])('about %s is refused at the door', async (_, form) => { expect(await send(form)).toBe(400) })
  test.each<[string, { body?: string; type?: string; fails?: string }]>([['does not link to us', { body: `<p>${target}</p><!-- <a href="${target}"> -->` }], ['is no page', { body: target, type: 'text/plain' }], ['is inside our network', { fails: 'blocked' }]])('a page that %s says nothing', async (_, page) => {
    web.set(source, page)
    await send({ source, target })
    await lookRound(tools)
    expect(await said()).toEqual([])
    expect((await rowIn()).state).toBe('refused')
  })
  test('a page that does not answer is asked again, ever later, and then no more', async () => {
    await send({ source, target })
    const waits: number[] = []
    for (let time = 0; time < 8; time++) {
      await lookRound(tools)
      const { dueAt, state } = await rowIn()
      if (state !== 'waiting') break
      waits.push(Math.round((dueAt.getTime() - now.getTime()) / 60_000))
      later(waits.at(-1)!)
    }
    expect(waits).toEqual([1, 5, 30, 120, 720])
    expect((await rowIn()).state).toBe('given-up')
  })
  test('one host fills no more than its share', async () => {
    const answers: number[] = []
    for (let n = 0; n < 23; n++) answers.push(await send({ source: `https://spam.example/${n}`, target }))
    expect(answers.filter((status) => status === 202)).toHaveLength(20)
    expect(answers.filter((status) => status === 429)).toHaveLength(3)
    expect(await send({ source, target })).toBe(202)
  })
})

describe('telling', () => {
  const theirs = 'https://mylos.example/alevri'
  const plan = (targets: readonly string[], wording: string) => database.write(world.workspaceId, (tx) => planTelling(tx, { key: newId(), source: target, targets, wording, at: now }))
  const out = async () => (await database.read(world.workspaceId, (db) => db.select().from(webmentionsOut).orderBy(webmentionsOut.target))).map(({ target: to, state, linked }) => [to, state, linked])
  test('reaches the endpoint a page names, once for each wording', async () => {
    web.set(theirs, { body: '<link rel="webmention" href="/wm?a=1">' })
    web.set('https://mylos.example/wm?a=1', { status: 202 })
    for (let time = 0; time < 3; time++) { await plan([theirs], 'first'); await tellRound(tools) }
    expect(posted).toEqual([`https://mylos.example/wm?a=1 ${new URLSearchParams({ source: target, target: theirs }).toString()}`])
    expect(await out()).toEqual([[theirs, 'sent', true]])
    await plan([theirs], 'edited')
    await tellRound(tools)
    expect(posted).toHaveLength(2)
  })
  test('tells old and new pages of an edit, and all of them of a taking down', async () => {
    for (const name of ['a', 'b', 'c']) { web.set(`https://${name}.example/`, { link: '<https://wm.example/>; rel="webmention"' }) }
    web.set('https://wm.example/', {})
    await plan(['https://a.example/', 'https://b.example/'], '1')
    await tellRound(tools)
    await plan(['https://b.example/', 'https://c.example/'], '2')
    await tellRound(tools)
    expect(posted.map((one) => /target=https%3A%2F%2F(\w)/.exec(one)![1]).sort().join('')).toBe('aabbc')
    await plan([], 'gone')
    await tellRound(tools)
    expect(posted).toHaveLength(7)
    expect((await out()).map(([, state, linked]) => [state, linked])).toEqual([['sent', false], ['sent', false], ['sent', false]])
  })
  test('tries again when nobody answers, and never where it may not go', async () => {
    await plan([theirs, 'http://10.0.0.1/'], '1')
    web.set('http://10.0.0.1/', { fails: 'blocked' })
    web.set(theirs, { status: 503 })
    await tellRound(tools)
    expect(await out()).toEqual([['http://10.0.0.1/', 'refused', true], [theirs, 'waiting', true]])
    web.set(theirs, { body: '<p>Καμία διεύθυνση</p>' })
    later(2)
    await tellRound(tools)
    expect(await out()).toEqual([['http://10.0.0.1/', 'refused', true], [theirs, 'no-endpoint', true]])
    expect(posted).toEqual([])
  })
  test('takes only links out of the house', () => {
    expect(linksIn('<a href="https://mylos.example/a">1</a><a href="https://mylos.example/a">2</a><a href="/p/x">3</a><a href="mailto:a@b.gr">4</a><a href="http://bakery.test/p/y">5</a>', target)).toEqual(['https://mylos.example/a'])
  })
})

describe('the endpoint of a page', () => {
  const url = 'https://mylos.example/1'
  test.each<[string | null, string | undefined]>([
    ['</wm>; rel=webmention', 'https://mylos.example/wm'], ['<https://o.example/wm>; rel="webmention"', 'https://o.example/wm'], ['</other>; rel="other", </wm>; rel="other webmention"', 'https://mylos.example/wm'],
    ['</wm?a=1,2>; title="a, b"; REL=webmention', 'https://mylos.example/wm?a=1,2'], ['</wm>; rel="not-webmention"', undefined], [null, undefined], ['<>; rel=webmention', 'https://mylos.example/1'],
  ])('in the header %j', (header, expected) => { expect(endpointInHeader(header, url)).toBe(expected) })
  test.each<[string, string | undefined]>([
    ['<link rel="webmention" href="/wm">', 'https://mylos.example/wm'], ['<a href="/wm" rel="nofollow webmention">x</a>', 'https://mylos.example/wm'], ['<!-- <link rel="webmention" href="/no"> --><a rel="webmention" href="/wm"></a>', 'https://mylos.example/wm'],
    ['<link rel="webmention"><a rel=webmention href="/wm"></a>', 'https://mylos.example/wm'], ['<link rel="webmention" href="">', url], ['<script>"<link rel=webmention href=/no>"</script>', undefined], ['<base href="https://o.example/"><a rel=webmention href="wm">x</a>', 'https://o.example/wm'],
  ])('in the page %j', (html, expected) => { expect(endpointInPage(html, url)).toBe(expected) })
})

describe('what a page says', () => {
  test('of an h-entry comes with its author, wherever the page keeps it', () => {
    const page = 'https://anna.example/1'
    expect(entryIn('<div class="h-entry"><p class="p-name">Ψωμί</p><span class="p-author h-card"><img class="u-photo" src="/me.jpg" alt=""><a class="p-name u-url" href="/">Άννα</a></span></div>', page)).toMatchObject({ name: 'Ψωμί', author: { name: 'Άννα', url: 'https://anna.example/', photo: 'https://anna.example/me.jpg' } })
    expect(entryIn('<div class="h-card"><a class="u-url p-name" href="/anna">Άννα</a></div><div class="h-entry"><p class="e-content">α</p></div>', page)?.author).toMatchObject({ name: 'Άννα', url: 'https://anna.example/anna' })
    expect(entryIn('<div class="h-entry"><div class="u-in-reply-to h-cite"><a class="u-url p-name" href="https://b.example/">αυτό</a></div><p class="e-content">ναι</p></div>', page)).toMatchObject({ inReplyTo: ['https://b.example/'], content: { text: 'ναι' }, name: undefined })
    expect(entryIn('<p>καμία</p>', page)).toBeUndefined()
  })
  test('links there by a link, not by letters', () => {
    expect(linksTo(`<a href="${target}#x">x</a>`, { url: source, target })).toBe(true)
    expect(linksTo(`<p>${target}</p>`, { url: source, target })).toBe(false)
  })
  test('of a thousand boxes in one another stops nobody', () => {
    expect(entryIn(`${'<div class="h-entry">'.repeat(5_000)}x`, source)).toBeDefined()
    expect(linksTo(`${'<b>'.repeat(50_000)}<a href="${target}">`, { url: source, target })).toBe(false)
  })
})

// The large collection of real pages is not part of the source; where it is, all of it is read.
const collection = process.env['STOA_MICROFORMATS']
test.runIf(collection !== undefined && existsSync(collection))('the h-entries of the collection say what they should', () => {
  const folder = join(collection!, 'h-entry')
  interface Parsed { readonly items: readonly { readonly type: readonly string[]; readonly properties: Readonly<Record<string, readonly unknown[]>> }[] }
  const wrong: string[] = []
  for (const name of readdirSync(folder).filter((one) => one.endsWith('.json'))) {
    const expected = (JSON.parse(readFileSync(join(folder, name), 'utf8')) as Parsed).items.find(({ type }) => type.includes('h-entry'))
    const found = entryIn(readFileSync(join(folder, name.replace('.json', '.html')), 'utf8'), 'http://example.com/')
    const content = expected?.properties['content']?.[0] as { readonly value: string } | undefined
    if (Boolean(found) !== Boolean(expected)) wrong.push(`${name}: ${found ? 'found' : 'not found'}`)
    else if (content && found!.content?.text.replace(/\s+/g, '') !== content.value.replace(/\s+/g, '')) wrong.push(`${name}: ${found!.content?.text}`)
    else if (found?.name !== undefined && found.name !== String(expected?.properties['name']?.[0]).trim().replace(/[^\S\n]+/g, ' ')) wrong.push(`${name}: ${found.name}`)
  }
  expect(wrong).toEqual([])
})
