import { beforeEach, describe, expect, test } from 'vitest'
import { backTo, ConnectError, type Account, type Ctx } from '#kit/channel.ts'
import { clientRoutes } from './client.ts'
import { verify } from './connect.ts'
import { login } from './login.ts'
import { homeOf } from './session.ts'
import { isGranted, Settings } from './settings.ts'
import { did, issuer, origin, pds, secretOf, TestAuthority } from './test-authority.ts'
import { Profile } from './wire.ts'
import { wrong } from './words.ts'

const back = backTo(origin, 'bluesky')
let network: TestAuthority
let ctx: Ctx
beforeEach(() => {
  network = new TestAuthority()
  ctx = {
    fetch: network.fetch, now: () => new Date(), signal: new AbortController().signal, log: () => undefined, host: { secret: secretOf } as Ctx['host'],
    renew: async (account, exchange) => ({ ...account, settings: await exchange(account.settings) ?? account.settings }),
  }
})
const begin = (settings: Readonly<Record<string, string>> = { identifier: '@fournos.bsky.social' }) => login.begin({ settings, back, state: 'state-1' }, ctx)
const finish = async (change: (answer: URLSearchParams) => void = () => undefined) => {
  const { to, keep } = await begin()
  const answer = network.answer(to)
  change(answer)
  return Settings.parse(await login.finish({ keep, answer, back }, ctx))
}
const account = (settings: Settings): Account<Settings> => ({ id: 'a1', workspaceId: 'w1', channel: 'bluesky', handle: '@fournos.bsky.social', name: 'Φούρνος', settings })
const look = (settings: Settings) => homeOf(account(settings), ctx).ask({ method: 'app.bsky.actor.getProfile', query: { actor: did } }, Profile)
const problem = async (work: Promise<unknown>) => { const error = await work.catch((thrown: unknown) => thrown); expect(error).toBeInstanceOf(ConnectError); return (error as ConnectError).says }

describe('signing in on the network’s own page', () => {
  test('goes to the page of whoever lets in to the account’s server, and says nothing of the wish in the address', async () => {
    const { to } = await begin()
    expect(new URL(to).origin).toBe(issuer)
    expect([...new URL(to).searchParams.keys()].toSorted()).toEqual(['client_id', 'request_uri'])
    expect(network.asked).toContain(`POST ${issuer}/par`)
  })
  test('brings an access that is bound to a key, and is tried before it is kept', async () => {
    const settings = await finish()
    expect(settings).toMatchObject({ did, pds, service: issuer, session: { by: 'oauth', issuer, client: `${origin}/oauth/bluesky/client.json`, fresh: true } })
    const verified = await verify(settings, ctx)
    expect(verified).toMatchObject({ id: did, handle: '@fournos.bsky.social', name: 'Φούρνος της Ελένης' })
    expect(isGranted(verified.settings!.session) && verified.settings!.session.fresh).toBeUndefined()
    expect(network.wrong).toEqual([])
  })
  test.each<[string, (answer: URLSearchParams) => void, unknown]>([
    ['no', (answer) => { answer.delete('code'); answer.set('error', 'access_denied') }, wrong.denied],
    ['an answer of somebody else', (answer) => { answer.set('iss', 'https://allou.gr') }, wrong.exchange],
    ['an answer of nobody', (answer) => { answer.delete('iss') }, wrong.exchange],
    ['another state', (answer) => { answer.set('state', 'state-2') }, wrong.exchange],
  ])('is not taken for %s', async (_, change, says) => { expect(await problem(finish(change))).toEqual(says) })
  test('is not taken from a server that the account itself does not name', async () => {
    const { to, keep } = await begin()
    network.names = 'https://allou.gr'
    expect(await problem(login.finish({ keep, answer: network.answer(to), back }, ctx))).toEqual(wrong.exchange)
  })
  test('is not taken with fewer rights than were asked for', async () => {
    network.scope = 'atproto'
    expect(await problem(finish())).toEqual(wrong.rights)
  })
})

describe('an access from the network’s own page', () => {
  test('is renewed on the way with the same key, and each renewal counts once', async () => {
    const { settings } = await verify(await finish(), ctx)
    network.expire()
    expect(await look(settings!)).toEqual({ displayName: 'Φούρνος της Ελένης' })
    expect(network.asked.filter((one) => one.endsWith('/token'))).toHaveLength(2)
    network.nonce = 'two'
    network.expire()
    await expect(look(settings!)).rejects.toMatchObject({ trouble: { kind: 'expired' } })
    expect(network.asked.filter((one) => one.includes('createSession'))).toEqual([])
    expect(network.wrong).toEqual([])
  })
  test('is of no use with another key', async () => {
    const settings = (await verify(await finish(), ctx)).settings!
    const other = (await finish()).session
    expect(isGranted(other)).toBe(true)
    const session = settings.session
    if (!isGranted(session) || !isGranted(other)) return
    await expect(look({ ...settings, session: { ...session, access: other.access, refresh: other.refresh } })).rejects.toMatchObject({ trouble: { kind: 'unreached' } })
  })
})

test('this Stoa says who it is where it has an https address, shows its public key alone, and says nothing elsewhere', async () => {
  const at = (where: string) => clientRoutes({ origin: where, secret: secretOf, at: async () => undefined, of: () => undefined as never, lend: () => undefined })
  const client = await (await at(origin).request('/oauth/bluesky/client.json')).json() as Record<string, unknown>
  expect(client).toMatchObject({ client_id: `${origin}/oauth/bluesky/client.json`, redirect_uris: [back], dpop_bound_access_tokens: true, token_endpoint_auth_method: 'private_key_jwt' })
  const keys = await (await at(origin).request('/oauth/bluesky/keys.json')).text()
  expect(keys).not.toMatch(/"d"/)
  expect(await (await at(origin).request('/oauth/bluesky/keys.json')).text()).toBe(keys)
  expect((await at('http://localhost:4000').request('/oauth/bluesky/client.json')).status).toBe(404)
})
