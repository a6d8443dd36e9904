import { solveChallenge } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import type { Challenge } from 'altcha-lib/types'
import { Hono } from 'hono'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Hosts } from '#kit/host.ts'
import type { HouseEnv } from '#kit/http.ts'
import { newId } from '#kit/id.ts'
import { accountOf, ensureAccount } from '#core/accounts/store.ts'
import { moderate } from '#core/conversations/act.ts'
import { messages, spamWords } from '#core/conversations/tables.ts'
import { makeHosts } from '#core/hosts.ts'
import { publications } from '#core/publications/tables.ts'
import type { Database } from '#db/database.ts'
import { testDatabase } from '#db/testing.ts'
import { answerError, type Ask } from '../../server/guard.ts'
import { openBakery, type Bakery } from '../../../test/world/inbox.ts'
import { heard } from './listen.ts'
import { publish } from './publish.ts'
import { porchRoutes } from './routes.ts'
import { draft } from './test-host.ts'

// The porch as the house runs it, on a database: what is held is held by the house itself.
let database: Database
let bakery: Bakery
let app: Hono<HouseEnv>
let post: string
let clock: Date
let hosts: Hosts
beforeAll(async () => { database = await testDatabase() })
afterAll(() => database.close())
beforeEach(async () => {
  bakery = await openBakery(database)
  clock = new Date()
  const ours = { ...bakery.account, settings: {} }
  const wire = publish.prepare(draft(), ours)
  const at = new Date(draft().writtenAt)
  post = (await publish.send(wire, ours, undefined as never)).id
  await bakery.write(async (tx) => {
    const porch = accountOf(await ensureAccount(tx, { channel: 'porch', handle: 'fournos', name: 'Φούρνος της Ελένης' }))
    await tx.insert(publications).values({ postId: bakery.postId, accountId: porch.id, channel: 'porch', kind: 'post', state: 'confirmed', key: draft().key, writtenAt: at, wire: wire as never, wireHash: '', lang: 'el', dueAt: at, deadline: at, remoteId: post, remoteUrl: `http://fournos.test/p/${post}`, confirmedAt: at })
  })
  hosts = makeHosts({ database, origin: 'http://fournos.test', secret: newId(), fetch: async () => { throw new Error('The porch fetches nothing.') }, now: () => clock })
  const here = { ...hosts, at: async () => hosts.of(bakery.workspaceId) }
  app = new Hono<HouseEnv>()
  app.use(async (c, next) => { c.set('requestId', 'r1'); c.set('lang', 'el'); c.set('ip', c.req.header('x-test-ip') ?? '203.0.113.7'); await next() })
  app.onError((error, c) => answerError((message, facts) => { throw new Error(`${message} ${JSON.stringify(facts)}`) })(error, c as Ask))
  app.route('/', porchRoutes(here, { now: () => clock, freshFor: 0 }) as unknown as Hono<HouseEnv>)
})

const get = async (path: string): Promise<string> => (await app.request(`http://fournos.test${path.split('#')[0]!}`)).text()
const send = (fields: Record<string, string>, headers: Record<string, string> = {}) => app.request(`http://fournos.test/p/${post}/comments`, { method: 'POST', body: new URLSearchParams(fields).toString(), headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers } })
let seats = 0
/** How long the last comment took to be answered, the puzzle not counted. */
let took = 0
async function says(text: string, over: Record<string, string> = {}): Promise<Response> {
  const ip = { 'x-test-ip': `198.51.100.${++seats}` }
  const form = /name="form" value="([^"]+)"/.exec(await get(`/p/${post}`))![1]!
  clock = new Date(clock.getTime() + 5_000)
  const fields = { name: 'Γιώργος', text, form, ...over }
  const { challenge } = await (await send(fields, { ...ip, accept: 'application/json' })).json() as { challenge: Challenge }
  const proof = btoa(JSON.stringify({ challenge, solution: await solveChallenge({ challenge, deriveKey }) }))
  const from = performance.now()
  const response = await send({ ...fields, proof }, { ...ip, accept: 'text/html' })
  took = performance.now() - from
  return response
}
const rows = () => bakery.write((tx) => tx.select().from(messages))
const rule = (id: string, to: 'shown' | 'hidden' | 'spam', reason = '') => bakery.write((tx) => moderate({ tx, member: bakery.maria, now: clock }, id, { to, reason }))

const blatant = 'Earn $500 per day from home! Subscribe to my channel https://bit.ly/x1'
describe('whoever spams', () => {
  test('sees what somebody welcome sees, in the page that answers and in the one behind it; nobody else sees any of it', async () => {
    const of = async (response: Response) => {
      const location = response.headers.get('location') ?? ''
      const headers = [...response.headers].filter(([name]) => name !== 'location').toSorted()
      return { status: response.status, headers, location: location.replace(/mine=[^#]+/, 'mine').replace(/c-.*/, 'c'), page: (await get(location)).replace(/c-[0-9a-f-]{36}|id="c-[\w-]{22}"|answer=[0-9a-f-]{36}|own\/[\w.-]+|name="form" value="[^"]+"|datetime="[^"]+"|\d\d:\d\d(?::\d\d)?/g, '') }
    }
    const welcome = await of(await says('Θα έχετε και το Σάββατο;'))
    await bakery.write(async (tx) => { await tx.delete(messages) })
    const spam = await of(await says(blatant))
    expect(spam.status).toBe(303)
    expect({ ...spam, page: spam.page.replace(blatant, '') }).toEqual({ ...welcome, page: welcome.page.replace('Θα έχετε και το Σάββατο;', '').replace('<div class="words" lang="el"', '<div class="words" lang="en"') })
    expect(spam.page).toContain(blatant)
    const [kept] = await rows()
    expect(kept).toMatchObject({ moderation: 'held', heldBecause: 'spam' })
    expect(kept!.heldSigns!.map((one) => one.sign)).toEqual(expect.arrayContaining(['money', 'channel', 'shortened']))
    for (const path of [`/p/${post}`, '/comments.atom', `/p/${post}/comments.xml`]) expect(await get(path)).not.toContain('Subscribe')
  })
  test('takes as long to be answered as anybody, within what a network hides', async () => {
    const time = async (text: string): Promise<number> => { await says(text); return took }
    await says('Πρώτο, για να ζεσταθεί ο φούρνος.')
    const all: { welcome: number; spam: number }[] = []
    for (let turn = 0; turn < 2; turn++) all.push({ welcome: await time(`Καλημέρα, ${'α'.repeat(turn + 1)}`), spam: await time(`${blatant}${'b'.repeat(turn)}`) })
    const least = (which: 'welcome' | 'spam') => Math.min(...all.map((one) => one[which]))
    expect(Math.abs(least('welcome') - least('spam'))).toBeLessThan(100)
  })
  test('an edit into spam is taken out of sight in the same silence', async () => {
    const location = (await says('Ωραίο ψωμί!')).headers.get('location')!
    const own = `/p/${post}/comments/own/${/mine=([^#]+)/.exec(location)![1]!}`
    const edited = await app.request(`http://fournos.test${own}`, { method: 'POST', body: new URLSearchParams({ do: 'edit', text: blatant }).toString(), headers: { 'content-type': 'application/x-www-form-urlencoded' } })
    expect(edited.headers.get('location')).toContain('?mine=')
    expect(await get(edited.headers.get('location')!)).toContain(blatant)
    expect(await get(`/p/${post}`)).not.toContain('Subscribe')
  })
})

describe('whoever is honest', () => {
  test('is told when somebody looks first, and reads there what became of it; a release teaches the filter', async () => {
    const response = await says('Check out my new recipe book, everyone!')
    expect(response.status).toBe(202)
    const page = await response.text()
    expect(page).toContain('Κάποιος από εμάς διαβάζει το σχόλιό σας')
    const own = /\/p\/[^"]+\/own\/[\w.-]+/.exec(page)![0]
    const [held] = await rows()
    expect(held).toMatchObject({ heldBecause: 'filter' })
    await rule(held!.id, 'shown')
    expect(await get(`/p/${post}`)).toContain('recipe book')
    expect(await get(own)).toContain('Φαίνεται εκεί που το διαβάζουν όλοι.')
    const learned = await bakery.write((tx) => tx.select().from(spamWords))
    expect(learned.find((one) => one.word === '')).toMatchObject({ fine: 1, spam: 0 })
    await rule(held!.id, 'spam')
    expect((await bakery.write((tx) => tx.select().from(spamWords))).find((one) => one.word === '')).toMatchObject({ fine: 0, spam: 1 })
  })
  test('asks for another look at what was hidden, and the team finds it waiting with their words', async () => {
    const location = (await says('Ο άλλος φούρνος είναι καλύτερος.')).headers.get('location')!
    const own = `/p/${post}/comments/own/${/mine=([^#]+)/.exec(location)![1]!}`
    const [said] = await rows()
    await rule(said!.id, 'hidden', 'Μιλά για άλλους.')
    const ask = (text: string) => app.request(`http://fournos.test${own}`, { method: 'POST', body: new URLSearchParams({ do: 'appeal', text }).toString(), headers: { 'content-type': 'application/x-www-form-urlencoded' } })
    expect((await ask('Είναι μια γνώμη.')).status).toBe(303)
    expect((await ask('Ξανά!')).status).toBe(410)
    expect((await rows())[0]).toMatchObject({ moderation: 'held', heldBecause: 'appeal', appeal: 'Είναι μια γνώμη.' })
    expect(await get(own)).toContain('Ζητήσατε να το ξαναδούμε.')
    await rule(said!.id, 'hidden', 'Μένει έτσι.')
    expect(await get(own)).toContain('μένει όπως είναι')
    await rule(said!.id, 'shown')
    expect(await get(`/p/${post}`)).toContain('Ο άλλος φούρνος')
  })
})

test('after ten decisions of each kind what the house called spam is held, and nothing before', async () => {
  const host = hosts.of(bakery.workspaceId)
  const porch = (await host.account('porch'))!
  let turn = 0
  const tell = async (text: string) => (await host.hear(porch, [heard('porch', { id: newId(), at: clock.toISOString(), url: 'http://fournos.test', author: { id: `v${++turn}`, name: 'Γ' }, text, email: undefined, hold: undefined, inReplyTo: { channel: 'porch', id: post } })]))[0]!
  const curtain = 'Κουρτίνες και στόρια στα μέτρα σας, δείγματα στον χώρο σας.'
  expect((await tell(curtain)).state).toBe('new')
  for (let told = 1; told <= 10; told++) {
    await rule((await tell(`${curtain} ${'α'.repeat(told + 2)}`)).messageId!, 'spam')
    const fine = (await tell(`Το προζύμι φουσκώνει αργά, τι φταίει ${'β'.repeat(told + 2)};`)).messageId!
    await rule(fine, 'hidden', 'Για τη δοκιμή.')
    await rule(fine, 'shown')
  }
  expect(await tell('Στόρια και κουρτίνες, φέρνουμε δείγματα στον χώρο.')).toMatchObject({ state: 'held', held: { signs: ['learned'], silently: false } })
  const held = (await rows()).find((one) => one.text.startsWith('Στόρια'))
  expect(held!.heldSigns).toEqual([expect.objectContaining({ sign: 'learned', words: expect.arrayContaining(['κουρτιν']) })])
  expect((await tell('Το προζύμι μου φουσκώνει καλά!')).state).toBe('new')
})
