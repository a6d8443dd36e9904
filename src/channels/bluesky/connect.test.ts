import { describe, expect, test } from 'vitest'
import { ConnectError } from '#kit/channel.ts'
import { homeIn, identifierOf, serviceOf, verify } from './connect.ts'
import { entryway, Settings } from './settings.ts'
import { appPassword, did, TestServer } from './test-server.ts'
import { ctxOf } from './test-world.ts'
import { wrong } from './words.ts'

const given: Settings = { identifier: '@fournos.bsky.social', password: appPassword }
const problem = async (work: Promise<unknown>) => {
  const error = await work.then(() => undefined, (thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(ConnectError)
  return { says: (error as ConnectError).says, field: (error as ConnectError).field }
}

test.each([
  ['@Fournos.bsky.social', 'fournos.bsky.social'], ['\u202afournos.bsky.social\u202c', 'fournos.bsky.social'], ['fournos', 'fournos.bsky.social'], [' Eleni@Fournos.gr ', 'eleni@fournos.gr'],
  ['https://bsky.app/profile/fournos.gr', 'fournos.gr'], ['bsky.app/profile/did:plc:abc', 'did:plc:abc'], ['did:plc:ABC', 'did:plc:ABC'],
])('%j is the name %s', (text, name) => { expect(identifierOf(text, entryway)).toBe(name) })
test('a bare name belongs to the server it is given with', () => { expect(identifierOf('fournos', 'https://ouranos.social')).toBe('fournos.ouranos.social') })
test.each([[undefined, entryway], ['', entryway], ['ouranos.social', 'https://ouranos.social'], ['https://bsky.app/', entryway], ['https://ouranos.social/xrpc/', 'https://ouranos.social'], ['http://127.0.0.1:2583', 'http://127.0.0.1:2583']])('%j is the server %s', (text, origin) => { expect(serviceOf(text)).toBe(origin) })
test.each(['ftp://a.gr', 'δύο λέξεις', 'https://a:b@c.gr'])('%j is no server', (text) => { expect(() => serviceOf(text)).toThrow(ConnectError) })
test('the repository lives where its document says, if that can be reached by https or http', () => {
  const document = (serviceEndpoint: string) => ({ service: [{ id: 'did:plc:a#atproto_pds', type: 'AtprotoPersonalDataServer', serviceEndpoint }] })
  expect(homeIn(document('https://morel.us-east.host.bsky.network/'), entryway)).toBe('https://morel.us-east.host.bsky.network')
  for (const none of [undefined, {}, document('file:///etc/passwd'), document('nonsense')]) expect(homeIn(none, entryway)).toBe(entryway)
})

describe('connecting', () => {
  test('learns who we are, where the repository lives, and opens a session', async () => {
    const verified = await verify(given, ctxOf(new TestServer()))
    expect(verified).toMatchObject({ id: did, handle: '@fournos.bsky.social', name: 'Φούρνος της Ελένης' })
    expect(Settings.parse(verified.settings)).toMatchObject({ identifier: 'fournos.bsky.social', service: entryway, did, pds: 'https://pds.allou.gr', session: { access: expect.any(String), refresh: expect.any(String) } })
  })
  test('the password of the account itself is refused, and its session closed', async () => {
    const server = new TestServer()
    server.scope = 'com.atproto.access'
    expect(await problem(verify(given, ctxOf(server)))).toEqual({ says: wrong.realPassword, field: 'password' })
    expect(server.requests.at(-1)).toMatchObject({ name: 'com.atproto.server.deleteSession' })
  })
  test.each([
    ['a wrong password', () => new TestServer(), { ...given, password: 'wrong' }, wrong.password, 'password'],
    ['a second code', () => opening(401, 'AuthFactorTokenRequired'), given, wrong.secondFactor, 'password'],
    ['an account that was taken down', () => opening(401, 'AccountTakedown'), given, wrong.closed, undefined],
    ['a pause', () => opening(429, 'RateLimitExceeded'), given, wrong.busy, undefined],
    ['a server that stumbles', () => opening(502, ''), given, wrong.unreached, 'service'],
    ['a deactivated account', () => Object.assign(new TestServer(), { account: { active: false, status: 'deactivated' } }), given, wrong.asleep, undefined],
    ['a suspended account', () => Object.assign(new TestServer(), { account: { active: false, status: 'suspended' } }), given, wrong.closed, undefined],
    ['a server that is not there', () => stumbling('never-reached'), given, wrong.unreached, 'service'],
    ['a website that is no such server', () => stumbling('page'), given, wrong.notHere, 'service'],
    ['a server that wants a pause', () => stumbling('paced'), given, wrong.busy, 'service'],
    ['an address that is none', () => new TestServer(), { ...given, service: 'δύο λέξεις' }, wrong.address, 'service'],
  ] as const)('%s is said plainly', async (_, server, settings, says, field) => { expect(await problem(verify(settings, ctxOf(server())))).toEqual({ says, field }) })
})
const opening = (status: number, error: string) => Object.assign(new TestServer(), { opening: { status, error } })
const stumbling = (fault: Parameters<TestServer['next']>[0]) => { const server = new TestServer(); server.next(fault); return server }
