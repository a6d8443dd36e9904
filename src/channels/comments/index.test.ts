import { Hono } from 'hono'
import { solveChallenge } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import type { Challenge } from 'altcha-lib/types'
import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Account, Channel, Ctx, Ref } from '#kit/channel.ts'
import type { HouseEnv } from '#kit/http.ts'
import { problemBody } from '#kit/problem-json.ts'
import { problems } from '#kit/problems.ts'
import { Refusal } from '#kit/refusal.ts'
import { canonical } from '#text/page-address.ts'
import { channelContract } from '../../../test/contracts/channel.ts'
import { draft, maria, TestHouse } from '../porch/test-host.ts'
import { comments } from './index.ts'
import { commentsRoutes } from './routes.ts'
import { accountFor } from './rules.ts'
import { CommentsSettings, type CommentsWire } from './wire.ts'

const blog = 'https://blog.fournos.example'
const page = `${blog}/2026/psomi`
const settings = (over: Partial<CommentsSettings> = {}): CommentsSettings => ({ sites: `${blog} http://localhost:8080`, first: 'nobody', ...over })
const accountWith = (over: Partial<CommentsSettings> = {}): Account<CommentsSettings> =>
  ({ id: 'a-comments', workspaceId: 'w', channel: 'comments', handle: 'blog.fournos.example', name: 'blog.fournos.example', settings: settings(over) })

/** As the house runs it: what was sent, put anew or taken down is kept by the house. */
function keptByTheHouse(stands: Map<string, string>): Channel<CommentsSettings, CommentsWire, null> {
  const own = comments.publish!
  return {
    ...comments, publish: {
      ...own,
      send: async (wire, account, ctx) => { const receipt = await own.send(wire, account, ctx); stands.set(receipt.id, wire.text); return receipt },
      revise: async (ref: Ref, wire, account, ctx) => { await own.revise!(ref, wire, account, ctx); stands.set(ref.id, wire.text) },
      retract: async (ref: Ref, wire, account, ctx) => { await own.retract!(ref, wire, account, ctx); stands.delete(ref.id) },
    },
  }
}
const stands = new Map<string, string>()
const reply = draft({ key: '01990000-0000-7000-9000-00000000ab07', kind: 'reply', inReplyTo: { channel: 'comments', id: 'c1', url: `${page}#stoa-c1` } })
const ctx: Ctx = { fetch: async () => { throw new Error('Comments fetch nothing.') }, now: () => new Date(), signal: new AbortController().signal, log: () => {}, host: new TestHouse('el').host, renew: async (same) => same }
channelContract(keptByTheHouse(stands), {
  account: accountWith(), samples: { post: reply, reply },
  network: () => ({ ctx, faults: {}, standing: async () => Array.from(stands, ([id, text]) => ({ id, text })), close: async () => { stands.clear() } }),
})

test('an answer stands under the page of what it answers', () => {
  expect(comments.publish!.address!(reply, accountWith())).toBe(`${page}#stoa-${reply.key}`)
})

describe('the page a talk is kept under', () => {
  test.each([
    [`${page}?utm_source=x&fbclid=1#top`, page], [`${page}?p=12&utm_medium=mail`, `${page}?p=12`], ['HTTPS://Blog.Fournos.Example:443/2026/psomi', page], [`${page}?replytocom=7`, page],
  ])('%s is %s', (typed, known) => { expect(canonical(typed)?.href).toBe(known) })
  test.each(['', 'psomi', '//blog.example/x', 'javascript:alert(1)', 'data:text/html,x', 'ftp://blog.example/', 'https://a:b@blog.example/', 'https://blog.example/\0', `https://blog.example/${'a'.repeat(2_000)}`, 'https://', '\ud800'])('%j is none', (typed) => {
    expect(canonical(typed)).toBeUndefined()
  })
  test('made canonical twice it is the same, whatever was given', () => {
    fc.assert(fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (typed) => {
      const once = canonical(typed)
      if (once) expect(canonical(once.href)?.href).toBe(once.href)
    }))
  })
  test('belongs to an account by its exact origin and by nothing that looks like it', () => {
    const accounts = [{ sites: [blog] }]
    expect(accountFor(accounts, new URL(page))).toBe(accounts[0])
    for (const other of ['http://blog.fournos.example/', 'https://blog.fournos.example:8443/', 'https://blog.fournos.example.evil.example/', 'https://evil.example/?https://blog.fournos.example/']) expect(accountFor(accounts, new URL(other))).toBeUndefined()
  })
})

describe('what the form takes', () => {
  test.each([['https://blog.example', 'https://blog.example'], ['blog.example', 'https://blog.example'], [' https://a.example/journal/ , http://b.example:8080 a.example ', 'https://a.example http://b.example:8080']])('%j as %j', (sites, kept) => {
    expect(CommentsSettings.parse({ sites }).sites).toBe(kept)
    expect(CommentsSettings.parse({ sites: kept }).sites).toBe(kept)
  })
  test.each(['', '*', 'https://*.example', 'javascript:alert(1)', 'https://u:p@blog.example', 'blog', "https://blog.example 'none'", 'https://blog.example; script-src *'])('%j not at all', (sites) => {
    expect(CommentsSettings.safeParse({ sites }).success).toBe(false)
  })
})

let house: TestHouse
let app: Hono<HouseEnv>
const later = (ms: number) => { house.clock = new Date(house.clock.getTime() + ms) }
const open = (over: Partial<CommentsSettings> = {}) => { house.others.splice(0, 1, accountWith(over)) }
beforeEach(() => {
  house = new TestHouse('el')
  open()
  app = new Hono<HouseEnv>()
  app.use(async (c, next) => { c.set('ip', c.req.header('x-test-ip') ?? '203.0.113.7'); c.set('requestId', 'r1'); await next() })
  app.onError((error, c) => { if (!(error instanceof Refusal)) throw error; return c.json(problemBody(error, 'el', 'r1'), problems[error.code].status as 400) })
  app.route('/', commentsRoutes(house, { now: () => house.clock }) as unknown as Hono<HouseEnv>)
})
const query = (over: Record<string, string> = {}) => new URLSearchParams({ page, title: 'Ψωμί', ...over }).toString()
const frame = async (over: Record<string, string> = {}) => app.request(`/comments/frame?${query(over)}`)
const post = (path: string, fields: Record<string, string>, accept = 'text/html') => app.request(path, { method: 'POST', body: new URLSearchParams(fields).toString(), headers: { 'content-type': 'application/x-www-form-urlencoded', accept } })
async function says(over: Record<string, string> = {}): Promise<Response> {
  const form = /name="form" value="([^"]+)"/.exec(await (await frame()).text())![1]!
  later(5_000)
  const fields = { name: 'Γιώργος', text: 'Θα έχετε και το Σάββατο;', form, ...over }
  const asked = await (await post(`/comments/say?${query()}`, fields, 'application/json')).json() as { challenge: Challenge }
  const proof = btoa(JSON.stringify({ challenge: asked.challenge, solution: await solveChallenge({ challenge: asked.challenge, deriveKey }) }))
  return post(`/comments/say?${query()}`, { ...fields, proof })
}

describe('the window on another site', () => {
  test('is for the account’s sites alone and lets in nothing from elsewhere', async () => {
    const response = await frame()
    expect(response.status).toBe(200)
    const policy = response.headers.get('content-security-policy')!
    expect(policy).toContain(`frame-ancestors ${blog} http://localhost:8080;`)
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self'")
    expect(policy).not.toContain('unsafe')
    expect(response.headers.get('set-cookie')).toBeNull()
  })
  test.each(['https://evil.example/psomi', 'http://blog.fournos.example/', 'psomi', ''])('does not open for %j', async (other) => {
    const response = await frame({ page: other })
    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([404, 'comments_site_unknown'])
  })
  test('speaks the language that was asked for, else that of the account', async () => {
    expect(await (await frame({ lang: 'en' })).text()).toContain('Say something')
    expect(await (await frame({ lang: 'xx' })).text()).toContain('Πείτε μας τη γνώμη σας')
    open({ lang: 'en' })
    expect(await (await frame()).text()).toContain('<html lang="en"')
  })
  test('opens what leads away beside it, and keeps its own steps in itself', async () => {
    house.says(page, { id: 'c1', channel: 'comments', ref: { channel: 'comments', id: 'r1' }, text: 'Επιτέλους!' })
    house.says(page, { id: 'c2', channel: 'comments', ref: { channel: 'comments', id: 'k2' }, from: 'team', author: maria, text: 'x', html: '<p>Δείτε <a href="https://fournos.example/x">εδώ</a></p>', parentId: 'c1' })
    const body = await (await frame()).text()
    expect(body).toContain('<base target="_blank">')
    expect(body).toMatch(/<form target="_self"/)
    expect(body).toMatch(/<a target="_self" [^>]*href="\/comments\/frame\?[^"]*answer=c1#write"/)
    expect(body).toMatch(/<a (?!target)[^>]*href="https:\/\/fournos.example\/x"/)
    expect(body).toContain('Μαρία Δήμου')
    expect(body).toContain('id="c-k2"')
  })
})

describe('a comment under a page', () => {
  test('stands there, and the house hears the page it is under', async () => {
    const response = await says()
    expect(response.status).toBe(303)
    expect(house.heard[0]).toMatchObject({ does: 'says', page: { url: page, title: 'Ψωμί' }, ref: { channel: 'comments', url: expect.stringContaining(`${page}#stoa-`) } })
    const mine = await (await app.request(response.headers.get('location')!.split('#')[0]!)).text()
    expect(mine).toContain('Θα έχετε και το Σάββατο;')
    expect(mine).toContain('/comments/own/')
    expect(await (await frame({ page: `${page}/allo` })).text()).not.toContain('Σάββατο')
  })
  test('may be changed and taken back by whoever wrote it', async () => {
    const own = `/comments/own/${/mine=([^#&]+)/.exec((await says()).headers.get('location')!)![1]!}?${query()}`
    expect((await post(own, { do: 'edit', text: 'Και την Κυριακή;' })).status).toBe(303)
    expect(await (await frame()).text()).toContain('Και την Κυριακή;')
    expect((await post(own, { do: 'withdraw' })).status).toBe(303)
    expect(await (await frame()).text()).not.toContain('Κυριακή')
    expect((await post(own.replace('own/', 'own/x'), { do: 'withdraw' })).status).toBe(410)
  })
  test('is read first when it is somebody’s first, or when all are', async () => {
    open({ first: 'strangers' })
    expect((await says()).status).toBe(202)
    expect(house.heard[0]).toMatchObject({ hold: 'first' })
    house.says(page, { id: 'c9', text: 'Καλημέρα', author: house.heard[0]!.author })
    expect((await says({ text: 'Κάτι άλλο' })).status).toBe(303)
    open({ first: 'everybody' })
    expect((await says({ text: 'Και τρίτο' })).status).toBe(202)
    expect(house.heard.at(-1)).toMatchObject({ hold: 'every' })
  })
  test('comes too late for a page that is closed', async () => {
    open({ closeAfterDays: '30' })
    house.says(page, { id: 'c1', text: 'Πρώτο', at: new Date(house.clock.getTime() - 31 * 86_400_000).toISOString() })
    expect(await (await frame()).text()).not.toContain('<form')
    const late = await post(`/comments/say?${query()}`, { name: 'Γ', text: 'Αργά', form: 'x' }, 'application/json')
    expect([late.status, ((await late.json()) as { code: string }).code]).toEqual([403, 'comments_closed'])
  })
  test.each([
    ['no words', { text: '' }, 400, 'empty_message'], ['4,001 letters', { text: 'α'.repeat(4_001) }, 400, 'message_too_long'], ['a name over two lines', { name: 'Γ\nΔ' }, 400, 'invalid_name'],
    ['no form', { form: '' }, 400, 'form_expired'], ['an unknown field', { admin: '1' }, 400, 'unknown_field'], ['a parent of another page', { parent: 'c9' }, 400, 'parent_mismatch'], ['no proof', {}, 400, 'proof_required'],
  ])('is refused with its reason: %s', async (_what, over, status, code) => {
    const form = /name="form" value="([^"]+)"/.exec(await (await frame()).text())![1]!
    later(5_000)
    const response = await post(`/comments/say?${query()}`, { name: 'Γιώργος', text: 'Θα έχετε;', form, ...over } as Record<string, string>, 'application/json')
    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([status, code])
    expect(house.heard).toEqual([])
  })
  test('never with the form of another page', async () => {
    const form = /name="form" value="([^"]+)"/.exec(await (await frame({ page: `${page}/allo` })).text())![1]!
    later(5_000)
    expect((await post(`/comments/say?${query()}`, { name: 'Γ', text: 'Θα έχετε;', form }, 'application/json')).status).toBe(400)
    expect(house.heard).toEqual([])
  })
})
