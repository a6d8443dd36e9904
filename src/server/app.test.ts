import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Role } from '#kit/rights.ts'
import { roles } from '#kit/rights.ts'
import { newId } from '#kit/id.ts'
import { openStoa, password, type Caller, type OpenStoa } from '../../test/world/stoa.ts'

let stoa: OpenStoa
const team = {} as Record<Role, Caller>
interface Operation { readonly method: string; readonly path: string }
let operations: Operation[]

beforeAll(async () => {
  stoa = await openStoa()
  team.owner = await stoa.found()
  for (const role of roles) if (role !== 'owner') team[role] = await stoa.invite(team.owner, role, `Άνθρωπος ${role}`)
  const { body } = await stoa.stranger.ask('GET', '/api/openapi.json') as unknown as { body: { paths: Record<string, Record<string, unknown>> } }
  operations = Object.entries(body.paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => ({ method: method.toUpperCase(), path: path.replaceAll(/\{\w+\}/g, newId()) })))
})
afterAll(() => stoa.stop())

const open = [/^\/session$/, /^\/setup$/, /^\/invitations\/(accept|by-token)/, /^\/calendar\.ics$/, /^\/review\/[^/]+$/]
const isOpen = (path: string): boolean => open.some((pattern) => pattern.test(path))
const call = (who: Caller, { method, path }: Operation) => who.ask(method, `/api/v1${path}`, method === 'GET' || method === 'DELETE' ? undefined : {})

describe('rights', () => {
  test('every route but the way in asks a stranger to sign in', async () => {
    expect(operations.length).toBeGreaterThan(50)
    for (const operation of operations.filter(({ path }) => !isOpen(path))) {
      const said = await call(stoa.stranger, operation)
      expect([said.status, said.body['code'], operation], JSON.stringify(operation)).toEqual([401, 'sign_in_needed', operation])
    }
  })
  test('a viewer changes nothing but what is their own', async () => {
    const own = [/^\/me/, /^\/session$/, /^\/setup$/, /^\/invitations\/accept$/, /^\/posts\/[^/]+\/review$/, /^\/calendar\/ics-link$/, /^\/review\/[^/]+$/, /^\/conversations\/[^/]+\/(read|seen)$/, /^\/inbox\/(bell|filters|calls)/]
    for (const operation of operations.filter(({ method, path }) => method !== 'GET' && !own.some((pattern) => pattern.test(path)))) {
      expect((await call(team.viewer, operation)).status, JSON.stringify(operation)).toBe(403)
    }
  })
  test.each([['responder', 'PATCH', '/workspace'], ['editor', 'POST', '/invitations'], ['responder', 'POST', `/posts/${newId()}/publish`], ['admin', 'POST', '/setup/door']] as const)('a %s may not %s %s', async (role, method, path) => {
    expect([403, 404]).toContain((await team[role].ask(method, `/api/v1${path}`, {})).status)
  })
  test('no route answers anybody with a fault of ours, whatever ids it is given', async () => {
    for (const operation of operations) expect((await call(team.admin, operation)).status, JSON.stringify(operation)).toBeLessThan(500)
  }, 60_000)
  test('a member who has left is out at once', async () => {
    const gone = await stoa.invite(team.owner, 'responder', 'Όσοι φεύγουν νωρίς')
    const { body } = await gone.ask('GET', 'session') as unknown as { body: { member: { id: string } } }
    expect((await team.owner.ask('PATCH', `members/${body.member.id}`, { left: true })).status).toBe(200)
    expect((await gone.ask('GET', 'members')).status).toBe(401)
  })
  test('the last owner cannot be taken away', async () => {
    const { body } = await team.owner.ask('GET', 'session') as unknown as { body: { member: { id: string } } }
    expect((await team.owner.ask('PATCH', `members/${body.member.id}`, { role: 'viewer' })).body['code']).toBe('last_owner')
  })
})

describe('bad input', () => {
  const post = { title: '', text: 'Καλημέρα', lang: 'el', intent: 'talk', format: 'story', tags: [], media: [], campaignId: null, accountIds: [] }
  test.each([
    ['not JSON at all', '{"title": ', 'invalid_json'], ['a list', '[]', 'invalid_input'], ['an unknown field', { ...post, workspaceId: newId() }, 'unknown_field'],
    ['a NUL in the text', { ...post, text: 'α\0β' }, 'invalid_text'], ['a lone surrogate', { ...post, text: 'α\ud800' }, 'invalid_text'], ['a wrong type', { ...post, text: 7 }, 'invalid_input'],
    ['a field that is missing', { ...post, lang: undefined }, 'invalid_input'], ['too long a title', { ...post, title: 'α'.repeat(201) }, 'invalid_input'], ['a language that is none', { ...post, lang: 'fr' }, 'invalid_input'],
  ])('%s is a clear refusal', async (_, body, code) => {
    const said = await team.editor.ask('POST', 'posts', body)
    expect(said.status).toBe(400)
    expect(said.headers.get('content-type')).toContain('application/problem+json')
    expect(said.body).toMatchObject({ code, status: 400, requestId: expect.any(String) as string })
  })
  test('is explained to a member in the language of their screen, and else in the one they chose', async () => {
    const wrong = (headers: Record<string, string>) => team.owner.ask('PATCH', 'me', { zone: 'Patras/Agora' }, headers)
    const [bare, english] = [await wrong({ 'accept-language': '*' }), await wrong({ 'accept-language': 'en' })]
    expect([bare.body['title'], english.body['title']]).toEqual(['Ελέγξτε αυτό το πεδίο', 'Please check this field'])
  })

  test('names a wrong e-mail in words', async () => {
    const said = await stoa.stranger.ask('POST', 'setup', { code: 'x', name: 'Ξένος', email: 'x@nowhere', password, siteName: 'Ξένο', zone: 'Europe/Athens', lang: 'el' }, { 'accept-language': 'el' })
    expect(said).toMatchObject({ status: 400, body: { code: 'invalid_email', field: 'email', title: 'Ελέγξτε το e-mail' } })
  })

  test('is explained in the reader’s language', async () => {
    const setup = (lang: string) => stoa.stranger.ask('POST', 'setup', { nothing: true }, { 'accept-language': lang })
    expect((await setup('el-GR,el;q=0.9')).body['title']).toMatch(/[Α-ω]/)
    expect((await setup('en')).body['title']).toMatch(/^[\x20-\x7e]+$/)
  })
  test('a form of another site, a body that is too large and a wrong content type are turned away', async () => {
    expect((await team.editor.ask('POST', 'posts', post, { origin: 'https://evil.example' })).body['code']).toBe('origin_not_allowed')
    expect((await team.editor.ask('POST', 'posts', post, { 'sec-fetch-site': 'cross-site' })).body['code']).toBe('origin_not_allowed')
    expect((await team.editor.ask('POST', 'posts', 'title=x', { 'content-type': 'application/x-www-form-urlencoded' })).body['code']).toBe('unsupported_type')
    expect((await team.editor.ask('POST', 'posts', { ...post, text: 'α'.repeat(1_100_000) })).body['code']).toBe('body_too_large')
  })
  test('what is in another workspace, or nowhere, is not there', async () => {
    expect((await team.owner.ask('GET', `posts/${newId()}`)).body['code']).toBe('post_not_found')
    expect((await team.owner.ask('GET', `conversations/${newId()}`)).body['code']).toBe('conversation_not_found')
    expect((await team.owner.ask('GET', 'nothing/here')).status).toBe(404)
    expect((await stoa.stranger.ask('GET', '/media/../../secret')).status).toBe(404)
  })
  test('passwords cannot be guessed in a hurry, and a wrong one says no more than an unknown address', async () => {
    const wrong = await stoa.stranger.ask('POST', 'session', { email: 'eleni@fournos.gr', password: 'not this one' })
    const unknown = await stoa.stranger.ask('POST', 'session', { email: 'nobody@fournos.gr', password: 'not this one' })
    expect([wrong.status, wrong.body['code'], wrong.body['detail']]).toEqual([unknown.status, unknown.body['code'], unknown.body['detail']])
    let last = wrong
    for (let attempt = 0; attempt < 11; attempt++) last = await stoa.stranger.ask('POST', 'session', { email: 'eleni@fournos.gr', password: `guess ${attempt}` })
    expect([last.status, Number(last.headers.get('retry-after')) > 0]).toEqual([429, true])
  })
  test('an invitation works once and says so', async () => {
    const { body } = await team.owner.ask('POST', 'invitations', { role: 'editor', name: 'Νίκος' }) as unknown as { body: { link: string } }
    const token = new URL(body.link).searchParams.get('token')
    const join = (email: string) => stoa.stranger.ask('POST', 'invitations/accept', { token, name: 'Νίκος', email, password })
    expect((await join('nikos@fournos.gr')).status).toBe(201)
    expect((await join('nikos2@fournos.gr')).body['code']).toBe('link_used')
  })
  test('set-up is over once there is an owner', async () => {
    expect((await stoa.stranger.ask('POST', 'setup', { code: 'x', name: 'Ξένος', email: 'x@example.com', password, siteName: 'Ξένο', zone: 'Europe/Athens', lang: 'el' })).body['code']).toBe('setup_done')
  })
})

describe('the pages of the workspace', () => {
  test('let no script run but their own, and nobody frame them', async () => {
    const policy = (await stoa.stranger.ask('GET', '/app/')).headers.get('content-security-policy') ?? ''
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toMatch(/script-src[^;]*unsafe/)
  })
  test('answer to no name but the site’s own', async () => {
    const { hostname, port } = new URL(stoa.origin)
    const { request } = await import('node:http')
    const status = await new Promise((done) => request({ hostname, port, path: '/', headers: { host: 'evil.example' } }, (response) => { response.resume(); done(response.statusCode) }).end())
    expect(status).toBe(421)
  })
})
