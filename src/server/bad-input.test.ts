import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#kit/id.ts'
import { openStoa, password, type Caller, type OpenStoa } from '../../test/world/stoa.ts'

let stoa: OpenStoa
let eleni: Caller
beforeAll(async () => {
  stoa = await openStoa()
  eleni = await stoa.found()
})
afterAll(() => stoa.stop())

interface Bare { readonly status: number; readonly type: string; readonly allow: string | undefined; readonly text: string }
/** A request as it is given: no client in between puts its address right. */
const bare = (method: string, path: string, headers: Record<string, string> = {}): Promise<Bare> => new Promise((done, fail) => {
  const { hostname, port } = new URL(stoa.origin)
  request({ hostname, port, method, path, headers: { accept: 'application/json', ...headers } }, (response) => {
    let text = ''
    response.setEncoding('utf8').on('data', (part: string) => { text += part }).on('end', () => done({ status: response.statusCode!, type: response.headers['content-type'] ?? '', allow: response.headers.allow, text }))
  }).on('error', fail).end()
})

describe('an address nobody meant', () => {
  const unreadable = ['%', '%ff', '%00', '%zz', '%ed%a0%80', '..%2f..%2fetc%2fpasswd', '%e2%80%ae', 'a'.repeat(5_000), '__proto__']
  const places = ['/', '/p/', '/tag/', '/media/', '/app/', '/app/assets/', '/ap/notes/', '/ap/actors/', '/api/v1/posts/', '/api/v1/invitations/by-token/', '/?before=', '/p/x?answer=', '/.well-known/webfinger?resource=', '/api/v1/conversations?q=', '/api/v1/posts?cursor=']
  test('is never a fault of ours, wherever it stands', async () => {
    for (const place of places) for (const end of unreadable) {
      const said = await bare('GET', place + end, { cookie: eleni.cookie })
      expect(said.status, place + end).toBeLessThan(500)
      // The porch is read by people: who finds nothing there gets a page.
      if (said.status >= 400) expect(said.type, place + end).toMatch(/^(application\/problem\+json|text\/html)/)
      expect(said.text).not.toMatch(/node_modules|\.ts:\d|Failed query/)
    }
  })
  test.each(['/?before=0000-01-01T00:00:00Z', '/tag/x?before=0000-01-01T00:00:00%2B14:00'])('%s is not there', async (path) => {
    expect((await bare('GET', path)).status).toBe(404)
  })
})

describe('a method an address does not know', () => {
  test.each([
    ['PUT', '/', 'GET, HEAD'], ['DELETE', '/p/psomi', 'GET, HEAD'], ['POST', '/feed.xml', 'GET, HEAD'], ['PATCH', '/sitemap.xml', 'GET, HEAD'], ['PUT', '/app/inbox', 'GET, HEAD'],
    ['GET', '/ap/inbox', 'POST'], ['DELETE', `/media/${newId()}.webp`, 'GET, HEAD'], ['OPTIONS', '/healthz', 'GET, HEAD'], ['PROPFIND', '/about', 'GET, HEAD'],
    ['PUT', '/api/v1/session', 'GET, HEAD, POST, DELETE'], ['GET', '/api/v1/setup', 'POST'], ['PUT', '/api/openapi.json', 'GET, HEAD'],
  ])('%s %s is refused as such, and told what would do', async (method, path, allow) => {
    const said = await bare(method, path, { cookie: eleni.cookie })
    expect([said.status, said.type, said.allow]).toEqual([405, 'application/problem+json; charset=utf-8', allow])
    expect(JSON.parse(said.text)).toMatchObject({ code: 'method_not_allowed', status: 405 })
  })
  test('and an unknown address stays unknown, whatever the method', async () => {
    for (const method of ['GET', 'POST', 'PUT', 'DELETE']) for (const path of ['/api/v1/nothing', '/nothing/here']) expect((await bare(method, path)).status).toBe(404)
  })
})

describe('a place or a time that is none', () => {
  test.each(['a_b', '2026-01-01T00:00:00Z_x', `0000-01-01T00:00:00.000Z_${newId()}`, `9999-99-99T99:99:99.999Z_${newId()}`])('the cursor %s begins every list anew', async (cursor) => {
    for (const list of ['posts', 'contacts', 'conversations']) expect((await eleni.ask('GET', `${list}?cursor=${encodeURIComponent(cursor)}`)).status, list).toBe(200)
  })
  test.each(['+275760-09-13T00:00:00Z', '-271821-04-20T00:00:00Z', '0000-01-01'])('%s is no time for a list of posts', async (at) => {
    expect((await eleni.ask('GET', `posts?to=${encodeURIComponent(at)}`)).body).toMatchObject({ code: 'invalid_input', field: 'to' })
  })
  test('the fediverse’s outbox has no page before the calendar', async () => {
    const { body } = await eleni.ask('GET', 'accounts') as unknown as { body: { items: { id: string; channel: string }[] } }
    const id = body.items.find((one) => one.channel === 'fediverse')!.id
    for (const cursor of ['0000-01-01', '99999-01-01', 'x']) {
      expect((await bare('GET', `/ap/actors/${id}/outbox?cursor=${cursor}`, { accept: 'application/activity+json' })).status, cursor).toBe(404)
    }
  })
})

describe('a plan outside of all counting', () => {
  test.each([[{ version: 2_147_483_648 }], [{ startsOn: '0000-01-01' }]])('%j is refused, for a campaign and a post', async (wrong) => {
    const campaign = (await eleni.ask('POST', 'campaigns', { name: 'Σίκαλη' })).body as unknown as { id: string; version: number; name: string; brief: object }
    const plan = { name: 'Σίκαλη', brief: campaign.brief, startsOn: null, endsOn: null, version: campaign.version }
    expect((await eleni.ask('PUT', `campaigns/${campaign.id}`, plan)).status).toBe(200)
    expect((await eleni.ask('PUT', `campaigns/${campaign.id}`, { ...plan, version: campaign.version + 1, ...wrong })).body).toMatchObject({ code: 'invalid_input', field: Object.keys(wrong)[0] })
    const post = { title: '', text: 'Καλημέρα', lang: 'el', intent: 'talk', format: 'story', tags: [], media: [], campaignId: null, accountIds: [] }
    const { id } = (await eleni.ask('POST', 'posts', post)).body as unknown as { id: string }
    expect((await eleni.ask('PUT', `posts/${id}`, { ...post, version: 2_147_483_648 })).body).toMatchObject({ code: 'invalid_input', field: 'version' })
  })
})

describe('an address no database can hold', () => {
  test.each(['https://fournos.gr/\0', 'https://fournos.gr/\ud800'])('%j is refused as such, wherever one is taken', async (url) => {
    const post = { title: '', text: 'Καλημέρα', lang: 'el', intent: 'talk', format: 'story', tags: [], media: [], campaignId: null, accountIds: [], card: { url } }
    for (const [path, given] of [['posts', post], ['cards', { url }], ['short-links', { target: url }]] as const) expect([path, (await eleni.ask('POST', path, given)).body['code']]).toEqual([path, 'invalid_text'])
  })
})

describe('what is not here', () => {
  test.each(['accounts/{id}/due', 'posts/{id}/review-links', 'posts/{id}/comments', 'posts/{id}/versions', 'posts/{id}/warnings', 'series/{id}', 'uploads/{id}'])('%s says so, instead of being empty', async (path) => {
    expect((await eleni.ask('GET', path.replace('{id}', newId()))).status).toBe(404)
  })
})

describe('a body that is not what it says', () => {
  const post = (text: Uint8Array) => fetch(`${stoa.origin}/api/v1/posts`, { method: 'POST', headers: { cookie: eleni.cookie, 'content-type': 'application/json' }, body: Buffer.concat([
    Buffer.from('{"title":"","lang":"el","intent":"talk","format":"story","tags":[],"media":[],"campaignId":null,"accountIds":[],"text":"'), text, Buffer.from('"}')]) })
  test('is refused where it is not UTF-8, and nothing is kept with holes in it', async () => {
    const said = await post(Buffer.from([0xcf, 0x88, 0xff, 0xfe]))
    expect([said.status, (await said.json() as { code: string }).code]).toEqual([400, 'invalid_text'])
    expect((await post(Buffer.from('ψωμί'))).status).toBe(201)
  })
  test('is measured as it comes when it names no length', async () => {
    const parts = Array.from({ length: 40 }, () => Buffer.alloc(65_536, 'x'))
    const status = await new Promise<number>((done, fail) => {
      const { hostname, port } = new URL(stoa.origin)
      const sent = request({ hostname, port, method: 'POST', path: '/api/v1/posts', headers: { cookie: eleni.cookie, 'content-type': 'application/json', 'transfer-encoding': 'chunked' } }, (response) => { response.resume(); done(response.statusCode!) })
      sent.on('error', fail)
      for (const part of parts) sent.write(part)
      sent.end()
    })
    expect(status).toBe(413)
  })
  test.each([['text/csv', 'x'], ['application/octet-stream', 'x'], ['application/x-ndjson', '{}'], ['multipart/form-data; boundary=x', '--x--'], ['application/x-www-form-urlencoded', 'name=x']])('as %s is not taken for an empty JSON', async (type, body) => {
    for (const [method, path] of [['PATCH', 'me'], ['PATCH', 'workspace'], ['POST', 'posts'], ['POST', 'calendar/ics-link']] as const) expect([(await eleni.ask(method, path, body, { 'content-type': type })).status, path]).toEqual([415, path])
  })
  test('is a file where files are taken, also when its type is JSON', async () => {
    const file = '{"text":"Ανοίγετε Κυριακή;","author":"Άννα"}\n'
    expect(await eleni.ask('POST', 'imports?name=logia.json', file)).toMatchObject({ status: 201, body: { format: 'jsonl', columns: ['text', 'author'] } })
    expect((await eleni.ask('POST', 'imports?name=logia.json', '{}')).body['code']).toBe('file_broken')
  })
  test('is no form larger than a picture, whatever it is for', async () => {
    const form = new FormData()
    form.set('file', new File([new Uint8Array(22 * 1024 * 1024)], 'λόγια.csv'))
    for (const path of ['media', 'imports']) {
      const said = await fetch(`${stoa.origin}/api/v1/${path}`, { method: 'POST', headers: { cookie: eleni.cookie }, body: form })
      expect([said.status, (await said.json() as { code: string }).code], path).toEqual([413, 'body_too_large'])
    }
  })
  test.each([['nothing at all', new Uint8Array(), 422, 'file_broken'], ['a page', Buffer.from('<html>'), 415, 'file_type_not_allowed']])('a picture that holds %s is refused', async (_, bytes, status, code) => {
    const form = new FormData()
    form.set('file', new File([bytes as Uint8Array<ArrayBuffer>], 'ψωμί.png', { type: 'image/png' }))
    const said = await fetch(`${stoa.origin}/api/v1/media`, { method: 'POST', headers: { cookie: eleni.cookie }, body: form })
    expect([said.status, (await said.json() as { code: string }).code]).toEqual([status, code])
  })
  test.each([['setup'], ['session'], ['invitations/accept'], ['posts']])('%s takes no list, no number, no depth of a hundred thousand, and nothing meant for a prototype', async (path) => {
    for (const body of ['[]', '1', 'null', '"x"', '', '{"a":'.repeat(100_000) + '1' + '}'.repeat(100_000), '['.repeat(100_000), '{"__proto__":{"role":"owner"},"constructor":{"prototype":1}}']) {
      const said = await eleni.ask('POST', path, body)
      expect([said.status, said.body['code']], body.slice(0, 30)).toEqual([400, expect.stringMatching(/^(invalid_json|invalid_input|unknown_field)$/)])
    }
  })
})

describe('a change of nothing', () => {
  test('is taken for what it is', async () => {
    const { body } = await eleni.ask('GET', 'session') as unknown as { body: { member: { id: string } } }
    expect((await eleni.ask('PATCH', 'me', {})).status).toBe(200)
    expect((await eleni.ask('PATCH', `members/${body.member.id}`, {})).status).toBe(200)
    expect((await eleni.ask('PATCH', 'workspace', {})).status).toBe(200)
  })
})

describe('two at once', () => {
  const codes = (all: readonly { status: number; body: { code?: string } }[]) => all.map(({ status, body }) => [status, body.code ?? null]).toSorted()
  test('who take one invitation become one member, and the other’s address stays free', async () => {
    const invite = async () => new URL(((await eleni.ask('POST', 'invitations', { role: 'editor', name: 'Νίκος' })) as unknown as { body: { link: string } }).body.link).searchParams.get('token')
    const join = (token: string | null, email: string) => stoa.stranger.ask('POST', 'invitations/accept', { token, name: 'Νίκος', email, password })
    const token = await invite()
    const both = await Promise.all(['nikos@fournos.gr', 'nikos.b@fournos.gr'].map((email) => join(token, email)))
    expect(codes(both)).toEqual([[201, null], [410, 'link_used']])
    const other = both[0]!.status === 201 ? 'nikos.b@fournos.gr' : 'nikos@fournos.gr'
    expect((await join(await invite(), other)).status).toBe(201)
  })
  test('who press the same door find one story behind it', async () => {
    const both = await Promise.all([1, 2].map(() => eleni.ask('POST', 'setup/door', { door: 'story' })))
    expect(codes(both)).toEqual([[200, null], [409, 'wrong_state']])
    const { body } = await eleni.ask('GET', 'members') as unknown as { body: { items: { signsIn: boolean }[] } }
    expect(body.items.filter((one) => !one.signsIn)).toHaveLength(2)
    expect((await eleni.ask('GET', 'session')).body).toMatchObject({ workspace: { door: 'story' } })
  }, 60_000)
})
