import type { Account, Ctx, Draft } from '#kit/channel.ts'
import type { NetworkUnderTest } from '../../../test/contracts/channel.ts'
import { Settings } from './settings.ts'
import { appPassword, did, uriOf, type Fault, type TestServer } from './test-server.ts'

const given = { identifier: 'fournos.bsky.social', password: appPassword, service: 'https://bsky.social', did, handle: 'fournos.bsky.social', pds: 'https://pds.allou.gr' }
export const accountOn = (session: Settings['session']): Account<Settings> =>
  ({ id: 'a1', workspaceId: 'w1', channel: 'bluesky', handle: '@fournos.bsky.social', name: 'Φούρνος της Ελένης', settings: Settings.parse({ ...given, session }) })

export const post: Draft = {
  key: '01990000-0000-7000-9000-00000000aa01', writtenAt: '2026-11-23T08:59:00.000Z', kind: 'post', lang: 'el', media: [], tags: [],
  text: 'Βγήκε το πρώτο ψωμί ζέας 🍞 Να σας κρατήσουμε ένα; https://fournos.gr/zea', author: { id: 'm1', name: 'Ελένη' },
}

/** Renewed settings are kept, as the house keeps them. */
export function ctxOf(server: TestServer): Ctx {
  const stored = new Map<string, unknown>()
  return {
    fetch: server.fetch, now: server.now, signal: new AbortController().signal, log: () => undefined, host: undefined as never,
    renew: async (account, exchange) => {
      const current = (stored.get(account.id) ?? account.settings) as typeof account.settings
      const settings = await exchange(current) ?? current
      stored.set(account.id, settings)
      return { ...account, settings }
    },
  }
}

export function underTest(server: TestServer): NetworkUnderTest {
  const fault = (name: Fault) => (skip?: number) => server.next(name, skip)
  return {
    ctx: ctxOf(server),
    standing: async () => Array.from(server.records, ([rkey, { value }]) => ({
      id: uriOf(rkey), text: String(value['text']), under: (value['reply'] as { parent: { uri: string } } | undefined)?.parent.uri ?? null,
    })),
    faults: {
      'answer-lost': fault('answer-lost'), 'never-reached': fault('never-reached'), refused: fault('refused'), paced: fault('paced'), late: fault('late'), broken: fault('broken'),
      // The write, then what would renew the access, then the app password.
      expired: (skip) => { server.next('spent', skip); server.next('spent'); server.next('spent') },
    },
    speak: async (text) => { server.speak(text) },
    close: async () => undefined,
  }
}
