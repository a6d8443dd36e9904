import type { Account, Ctx, Draft } from '#kit/channel.ts'
import type { NetworkUnderTest } from '../../../test/contracts/channel.ts'
import { Settings } from './settings.ts'
import { token, type Fault, type TestServer } from './test-server.ts'

export const settings = (given: Partial<Settings> = {}): Settings => Settings.parse({
  server: 'https://plateia.social', token, accountId: '7', domain: 'plateia.social', software: 'mastodon', version: '4.5.0', app: 'Stoa', ...given,
})
export const account = (given: Partial<Settings> = {}): Account<Settings> =>
  ({ id: 'a1', workspaceId: 'w1', channel: 'mastodon', handle: '@fournos@plateia.social', name: 'Φούρνος της Ελένης', settings: settings(given) })

export const post: Draft = {
  key: '01990000-0000-7000-9000-00000000aa01', writtenAt: '2026-11-23T08:59:00Z', kind: 'post', lang: 'el', media: [], tags: [],
  text: 'Βγήκε το πρώτο ψωμί ζέας. Να σας κρατήσουμε ένα; https://fournos.gr/zea', author: { id: 'm1', name: 'Ελένη' },
}
export const giorgos = { id: '12', name: 'Γιώργος', handle: '@giorgos@allou.gr' }

export const ctxOf = (server: TestServer): Ctx => ({
  fetch: server.fetch, now: server.now, signal: new AbortController().signal, log: () => undefined, host: undefined as never, renew: async (same) => same,
})

export function underTest(server: TestServer): NetworkUnderTest {
  const fault = (name: Fault) => (skip?: number) => server.next(name, skip)
  return {
    ctx: ctxOf(server),
    standing: async () => server.posts.map(({ id, text }) => ({ id, text })),
    faults: { 'answer-lost': fault('answer-lost'), 'never-reached': fault('never-reached'), refused: fault('refused'), expired: fault('expired'), paced: fault('paced'), late: fault('late'), broken: fault('broken') },
    speak: async (text) => { server.speak(text) },
    close: async () => undefined,
  }
}
