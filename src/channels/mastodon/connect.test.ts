import { describe, expect, test } from 'vitest'
import { ConnectError } from '#kit/channel.ts'
import { login, verify } from './connect.ts'
import { Settings } from './settings.ts'
import { wrong } from './words.ts'
import { ctxOf } from './test-world.ts'
import { TestServer, token } from './test-server.ts'

const back = 'https://fournos.gr/app/settings/channels/back/mastodon'
const problem = async (work: Promise<unknown>) => {
  const error = await work.then(() => undefined, (thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(ConnectError)
  return { says: (error as ConnectError).says, field: (error as ConnectError).field }
}

describe('connecting by a token', () => {
  test('learns who we are, what answers there and what it takes', async () => {
    const verified = await verify({ server: '@fournos@plateia.social', token }, ctxOf(new TestServer({ software: 'gotosocial' })))
    expect(verified).toMatchObject({ id: '7', handle: '@fournos@plateia.social', name: 'Φούρνος της Ελένης' })
    expect(Settings.parse(verified.settings)).toMatchObject({
      server: 'https://plateia.social', software: 'gotosocial', version: '4.5.0', app: 'Stoa', accountId: '7', domain: 'plateia.social',
      limits: { characters: 600, media: 6, pictureTypes: ['image/jpeg', 'image/png'], videoTypes: ['video/mp4'] },
    })
  })
  test('also where only the first form of the API is known', async () => {
    expect((await verify({ server: 'plateia.social', token }, ctxOf(new TestServer({ old: true, software: 'pleroma' })))).settings).toMatchObject({ software: 'pleroma', limits: { characters: 5_000, alt: 1_200 } })
  })
  test.each([
    ['an address that is none', { server: 'δύο λέξεις', token }, undefined, wrong.address, 'server'],
    ['a server that is not there', { server: 'plateia.social', token }, 'never-reached', wrong.unreached, 'server'],
    ['a server that wants a pause', { server: 'plateia.social', token }, 'paced', wrong.busy, 'server'],
    ['a missing token', { server: 'plateia.social' }, undefined, wrong.noToken, 'token'],
    ['a wrong token', { server: 'plateia.social', token: 'wrong' }, undefined, wrong.token, 'token'],
  ] as const)('%s is said plainly', async (_, settings, fault, says, field) => {
    const server = new TestServer()
    if (fault) server.next(fault)
    expect(await problem(verify(settings, ctxOf(server)))).toEqual({ says, field })
  })
  test('a website that is no such server is not taken for one', async () => {
    const ctx = { ...ctxOf(new TestServer()), fetch: async () => new Response('<h1>Καλώς ήρθατε</h1>', { headers: { 'content-type': 'text/html' } }) }
    expect(await problem(verify({ server: 'fournos.gr', token }, ctx))).toEqual({ says: wrong.notMastodon, field: 'server' })
  })
})

describe('signing in on the server’s own page', () => {
  const begin = (server: TestServer) => login.begin({ settings: { server: 'plateia.social' }, back, state: 'σ1' }, ctxOf(server))
  test('registers Stoa, sends the person there and comes back with a token', async () => {
    const server = new TestServer()
    const { to, keep } = await begin(server)
    const asked = new URL(to)
    expect(asked.origin + asked.pathname).toBe('https://plateia.social/oauth/authorize')
    expect(Object.fromEntries(asked.searchParams)).toMatchObject({ response_type: 'code', client_id: 'c', redirect_uri: back, scope: 'read write', state: 'σ1', code_challenge_method: 'S256' })
    const settings = await login.finish({ keep, back, answer: new URLSearchParams({ code: 'good', state: 'σ1' }) }, ctxOf(server))
    expect(settings).toMatchObject({ server: 'https://plateia.social', token, clientId: 'c' })
    expect(await verify(settings, ctxOf(server))).toMatchObject({ handle: '@fournos@plateia.social' })
  })
  test.each([[{ error: 'access_denied' }, wrong.denied], [{ code: 'bad' }, wrong.exchange], [{ code: 'good', iss: 'https://evil.social' }, wrong.exchange], [{}, wrong.exchange]] as const)('%j is no sign-in', async (answer, says) => {
    const server = new TestServer()
    const { keep } = await begin(server)
    expect((await problem(login.finish({ keep, back, answer: new URLSearchParams(answer) }, ctxOf(server)))).says).toEqual(says)
  })
})
