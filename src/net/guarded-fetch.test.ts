import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, LookupFunction } from 'node:net'
import { gzipSync } from 'node:zlib'
import { MockAgent } from 'undici'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { isPublicAddress, objectionTo } from './addresses.ts'
import { createNet } from './guarded-fetch.ts'
import { channelErrorOf, NetError } from './net-error.ts'

const hits: { path: string; headers: IncomingMessage['headers']; method: string; body: string }[] = []
let canary: Server
let other: Server
let port = 0
let otherPort = 0

const listening = (server: Server) => new Promise<number>((done) => server.listen(0, '127.0.0.1', () => done((server.address() as AddressInfo).port)))

function answer(request: IncomingMessage, response: ServerResponse) {
  const url = new URL(request.url ?? '/', 'http://canary')
  const to = url.searchParams.get('to')
  if (to) return void response.writeHead(Number(url.searchParams.get('status') ?? 302), { location: to }).end()
  if (url.pathname === '/loop') return void response.writeHead(302, { location: '/loop' }).end()
  if (url.pathname === '/bomb') return void response.writeHead(200, { 'content-encoding': 'gzip', 'content-type': 'text/plain' }).end(gzipSync(Buffer.alloc(2_000_000)))
  if (url.pathname === '/slow') return void setTimeout(() => response.end('late'), 2_000).unref()
  if (url.pathname === '/cut') return void response.destroy()
  if (url.pathname === '/none') return void response.writeHead(204).end()
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end('{"γεια":"σου"}')
}

beforeAll(async () => {
  const record = async (request: IncomingMessage, response: ServerResponse) => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    hits.push({ path: request.url ?? '', headers: request.headers, method: request.method ?? '', body })
    answer(request, response)
  }
  canary = createServer((request, response) => void record(request, response))
  other = createServer((request, response) => void record(request, response))
  port = await listening(canary)
  otherPort = await listening(other)
})
afterAll(() => { canary.close(); canary.closeAllConnections(); other.close(); other.closeAllConnections() })
beforeEach(() => { hits.length = 0 })

/** Every name leads where the table says; the canary stands for everything inside. */
const names = (table: Record<string, readonly string[]>): LookupFunction => (host, options, done) => {
  const found = (table[host] ?? ['127.0.0.1']).map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
  if (options.all) done(null, found)
  else done(null, found[0]!.address, found[0]!.family)
}
const strict = () => createNet({ allowPrivate: false, lookup: names({}), limits: { timeoutMs: 1_500 } })
const open = (limits = {}) => createNet({ allowPrivate: true, limits: { timeoutMs: 1_500, ...limits } })
const failure = async (call: Promise<Response>): Promise<string> => {
  try { await (await call).text(); return 'passed' } catch (error) { return error instanceof NetError ? error.failure : String(error) }
}

const hosts = [
  '127.0.0.1', '127.1', '127.0.1', '127.255.255.254', '2130706433', '0x7f000001', '0x7f.1', '0177.0.0.1', '0177.0.0.01', '017700000001', '127.0.0.1.',
  '0', '0.0.0.0', '0x0', '10.0.0.1', '10.255.255.255', '0xa000001', '172.16.0.1', '172.31.255.255', '192.168.1.1', '192.168.0.0x1', '3232235777',
  '169.254.169.254', '0xa9fea9fe', '2852039166', '169.254.0.1', '100.64.0.1', '100.127.255.255', '192.0.0.1', '192.0.0.170', '192.0.2.1', '198.18.0.1',
  '198.19.255.255', '198.51.100.7', '203.0.113.9', '192.88.99.1', '224.0.0.1', '239.255.255.250', '240.0.0.1', '255.255.255.255', '１２７.0.0.1', '①27.0.0.1',
  '[::1]', '[::]', '[0:0:0:0:0:0:0:1]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[::ffff:10.0.0.1]', '[::ffff:8.8.8.8]', '[::127.0.0.1]',
  '[::ffff:0:127.0.0.1]', '[64:ff9b::127.0.0.1]', '[64:ff9b::7f00:1]', '[64:ff9b:1::1]', '[2002:7f00:1::]', '[2002:a00:1::1]', '[2001::1]', '[2001:0:7f00:1::]',
  '[2001:db8::1]', '[2001:10::1]', '[2001:20::1]', '[fc00::1]', '[fd00::1]', '[fd12:3456:789a::1]', '[fe80::1]', '[fe80::a9fe:a9fe]', '[fec0::1]', '[ff02::1]',
  '[100::1]', '[3fff::1]', '[5f00::1]', '[4000::1]', '[2620:4f:8000::1]',
  'localhost', 'localhost.', 'LOCALHOST', 'canary.localhost', 'db.internal', 'printer.local', 'router.lan', 'intranet', 'box.home.arpa',
] as const

describe('the door does not open inward', () => {
  test.each(hosts)('http://%s is refused', async (host) => {
    const net = strict()
    expect(await failure(net.fetch(`http://${host}/`))).toBe('blocked')
    await net.close()
  })
  test('and there are more than seventy such forms, none of which reached the canary, on its own port neither', async () => {
    const net = strict()
    for (const host of hosts) expect(await failure(net.fetch(`http://${host.replace(/\.$/, '')}:${port}/`)), host).toMatch(/blocked|TypeError/)
    expect(hosts.length).toBeGreaterThan(70)
    expect(hits).toHaveLength(0)
    await net.close()
  })
  test.each(['ftp://example.net/x', 'file:///etc/passwd', 'gopher://example.net/', 'data:text/plain,x', 'javascript:1', 'ws://stoa.gr/',
    'https://eleni:pw@fournos.gr/', 'https://eleni@fournos.gr/', 'https://fournos.gr:8443/', 'http://fournos.gr:22/', 'http://fournos.gr:25/'])('%s is refused', async (url) => {
    const net = strict()
    expect(await failure(Promise.resolve().then(() => net.fetch(url)))).toMatch(/blocked|TypeError/)
    await net.close()
  })
  test('a name that resolves inward is refused before a connection, whatever its family', async () => {
    const table = { 'a.fournos.gr': ['127.0.0.1'], 'b.fournos.gr': ['::1'], 'c.fournos.gr': ['::ffff:127.0.0.1'], 'd.fournos.gr': ['10.1.2.3'], 'e.fournos.gr': [] }
    const net = createNet({ allowPrivate: false, lookup: names(table) })
    for (const name of Object.keys(table)) expect(await failure(net.fetch(`http://${name}/`)), name).toBe('blocked')
    expect(hits).toHaveLength(0)
    await net.close()
  })
  test('one bad answer among good ones is enough to refuse', async () => {
    const net = createNet({ allowPrivate: false, lookup: names({ 'mixed.fournos.gr': ['93.184.215.14', '2606:2800:21f::1', '127.0.0.1'] }) })
    expect(await failure(net.fetch('http://mixed.fournos.gr/'))).toBe('blocked')
    await net.close()
  })
  test('a name that is public when asked first and private afterwards gains nothing', async () => {
    let asked = 0
    const rebinding: LookupFunction = (_host, options, done) => {
      const address = asked++ === 0 ? '192.0.2.1' : '127.0.0.1'
      if (options.all) done(null, [{ address, family: 4 }])
      else done(null, address, 4)
    }
    const net = createNet({ allowPrivate: false, lookup: rebinding })
    for (let time = 0; time < 3; time++) expect(await failure(net.fetch('http://rebind.fournos.gr/'))).toBe('blocked')
    expect(asked).toBe(3)
    expect(hits).toHaveLength(0)
    await net.close()
  })
})

describe('what is public passes the check', () => {
  test.each(['https://fournos.gr/', 'http://fournos.gr/', 'https://fournos.gr:443/', 'http://fournos.gr:80/x', 'https://φούρνος.gr/νέα', 'https://xn--jxalpdlp.gr/',
    'https://sub.domain.fournos.gr/a?b=c#d', 'https://8.8.8.8/', 'https://1.1.1.1/dns', 'http://93.184.215.14/', 'https://[2606:4700:4700::1111]/', 'https://[2a00:1450:4017:80d::200e]/',
    'https://fournos.gr./', 'https://mastodon.social/users/eleni', 'https://127.0.0.1.nip.io/', 'https://localhost.fournos.gr/', 'https://internal.example.com/',
    'https://172.15.0.1/', 'https://172.32.0.1/', 'https://100.63.255.255/', 'https://198.17.0.1/', 'https://11.0.0.1/', 'https://fournos.gr/%CE%B5?x=%00'])('%s', (url) => {
    expect(objectionTo(new URL(url), { allowPrivate: false })).toBeUndefined()
  })
  test.each(['8.8.8.8', '1.1.1.1', '172.15.0.1', '192.167.1.1', '100.128.0.1', '2606:4700::1', '2a02:587::1', '2400:cb00::1'])('%s is a public address', (address) => {
    expect(isPublicAddress(address)).toBe(true)
  })
  test.each(['', 'fournos.gr', '1.2.3.4.5', 'fe80::1%eth0', '::ffff:1.1.1.1'])('"%s" is not', (address) => expect(isPublicAddress(address)).toBe(false))
})

describe('redirects', () => {
  test.each([301, 302, 303, 307, 308])('a %d into the inside is refused at the hop', async (status) => {
    const wire = new MockAgent()
    wire.disableNetConnect()
    const net = createNet({ allowPrivate: false, wire })
    for (const inside of [`http://127.0.0.1:${port}/secret`, 'http://[::ffff:7f00:1]/secret', 'http://2130706433/secret', '//localhost/secret', 'https://fournos.gr:8443/']) {
      wire.get('http://fournos.gr').intercept({ path: '/', method: 'POST' }).reply(status, '', { headers: { location: inside } })
      const error = await net.fetch('http://fournos.gr/', { method: 'POST', body: 'x' }).catch((thrown: unknown) => thrown)
      expect(error).toMatchObject({ name: 'NetError', failure: 'blocked', left: true })
    }
    expect(hits).toHaveLength(0)
    await wire.close()
  })
  test('at most three are followed, also in a circle', async () => {
    const net = open()
    expect(await failure(net.fetch(`http://127.0.0.1:${port}/loop`))).toBe('too-many-redirects')
    expect(hits).toHaveLength(4)
    await net.close()
  })
  test('a redirect to another scheme is refused', async () => {
    const net = open()
    expect(await failure(net.fetch(`http://127.0.0.1:${port}/?to=${encodeURIComponent('file:///etc/passwd')}`))).toBe('blocked')
    await net.close()
  })
  test('what proves who we are stays with the host it was meant for', async () => {
    const net = open()
    const headers = { authorization: 'Bearer x', cookie: 'a=b', signature: 's', 'signature-input': 'i', accept: 'application/json' }
    await net.fetch(`http://127.0.0.1:${port}/?to=${encodeURIComponent(`http://127.0.0.1:${otherPort}/there`)}`, { headers })
    expect(hits[0]!.headers.authorization).toBe('Bearer x')
    expect(hits[1]!.headers).toMatchObject({ accept: 'application/json' })
    for (const name of ['authorization', 'cookie', 'signature', 'signature-input']) expect(hits[1]!.headers[name]).toBeUndefined()
    await net.fetch(`http://127.0.0.1:${port}/?to=/same`, { headers })
    expect(hits[3]!.headers.authorization).toBe('Bearer x')
    await net.close()
  })
  test('a 303 asks again without the body, a 307 carries it along', async () => {
    const net = open()
    await net.fetch(`http://127.0.0.1:${port}/?status=303&to=/after`, { method: 'POST', body: 'ψωμί' })
    await net.fetch(`http://127.0.0.1:${port}/?status=307&to=/after`, { method: 'POST', body: 'ψωμί' })
    expect(hits.map(({ method, body }) => `${method} ${body}`)).toEqual(['POST ψωμί', 'GET ', 'POST ψωμί', 'POST ψωμί'])
    await net.close()
  })
})

describe('limits', () => {
  test('an answer larger than allowed is cut off, counted after decompression', async () => {
    const net = open({ maxBytes: 100_000 })
    expect(await failure(net.fetch(`http://127.0.0.1:${port}/bomb`))).toBe('too-large')
    await net.close()
  })
  test('a slow answer ends in time', async () => {
    const net = open({ timeoutMs: 200 })
    expect(await failure(net.fetch(`http://127.0.0.1:${port}/slow`))).toBe('timeout')
    await net.close()
  })
  test('a type that was not asked for is refused, the right one read', async () => {
    const net = open()
    expect(await failure(net.limited({ types: ['application/activity+json'] })(`http://127.0.0.1:${port}/`))).toBe('wrong-type')
    const response = await net.limited({ types: ['application/json'] })(`http://127.0.0.1:${port}/`)
    expect(await response.json()).toEqual({ γεια: 'σου' })
    expect(response).toBeInstanceOf(Response)
    expect(response.url).toBe(`http://127.0.0.1:${port}/`)
    await net.close()
  })
  test('a Request, a form and an empty answer pass the door', async () => {
    const net = open()
    await net.fetch(new Request(`http://127.0.0.1:${port}/r`, { method: 'POST', body: new URLSearchParams({ a: 'β' }), headers: { host: 'evil.example' } }))
    expect(hits[0]).toMatchObject({ path: '/r', method: 'POST', body: 'a=%CE%B2' })
    expect(hits[0]!.headers.host).toBe(`127.0.0.1:${port}`)
    expect((await net.fetch(`http://127.0.0.1:${port}/none`)).status).toBe(204)
    await net.close()
  })
})

describe('what a failure means for the worker', () => {
  const trouble = async (call: () => Promise<Response>) => {
    try { await call(); return undefined } catch (error) { return channelErrorOf(error).trouble.kind }
  }
  test('nothing listens there: it never left', async () => {
    const closed = createServer()
    const free = await listening(closed)
    await new Promise((done) => closed.close(done))
    const net = open()
    expect(await trouble(() => net.fetch(`http://127.0.0.1:${free}/`, { method: 'POST', body: 'x' }))).toBe('unreached')
    await net.close()
  })
  test('a connection cut after the request is not known', async () => {
    const net = open()
    expect(await trouble(() => net.fetch(`http://127.0.0.1:${port}/cut`, { method: 'POST', body: 'x' }))).toBe('unknown')
    expect(await trouble(() => net.limited({ timeoutMs: 150 })(`http://127.0.0.1:${port}/slow`))).toBe('unknown')
    await net.close()
  })
  test('a forbidden address is refused for good', async () => {
    const net = strict()
    expect(await trouble(() => net.fetch('http://10.0.0.1/'))).toBe('refused')
    await net.close()
  })
})
