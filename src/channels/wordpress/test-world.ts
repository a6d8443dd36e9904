import type { Account, Ctx, Draft } from '#kit/channel.ts'
import type { NetworkUnderTest } from '../../../test/contracts/channel.ts'
import { Settings } from './settings.ts'
import type { Fault, TestSite } from './test-site.ts'

export const appPassword = 'abcd EFGH ijkl MNOP qrst 1234'
export const settings = (given: Partial<Settings> = {}): Settings =>
  Settings.parse({ site: 'https://fournos.gr/', user: 'eleni', password: appPassword, api: 'https://fournos.gr/wp-json/', userId: 7, moderates: true, ...given })
export const account = (given: Partial<Settings> = {}): Account<Settings> =>
  ({ id: 'a1', workspaceId: 'w1', channel: 'wordpress', handle: 'eleni@fournos.gr', name: 'Φούρνος της Ελένης', settings: settings(given) })

export const post: Draft = {
  key: '01990000-0000-7000-9000-00000000aa01', writtenAt: '2026-11-23T08:59:00Z', kind: 'post', lang: 'el', media: [], tags: ['νέα', 'ζέα'], title: 'Ψωμί ζέας',
  text: 'Βγήκε το πρώτο ψωμί ζέας.', author: { id: 'm1', name: 'Ελένη' },
}
export const answer = (to: number, text = 'Ναι, από τις επτά.'): Draft => ({ ...post, key: '01990000-0000-7000-9000-00000000bb01', kind: 'reply', text, tags: [], inReplyTo: { channel: 'wordpress', id: `comments/${to}` } })

export const ctxOf = (site: TestSite): Ctx => ({
  fetch: site.fetch, now: site.now, signal: new AbortController().signal, log: () => undefined, host: undefined as never, renew: async (same) => same,
})

export function underTest(site: TestSite): NetworkUnderTest {
  const fault = (name: Fault) => (skip?: number) => site.next(name, skip)
  return {
    ctx: ctxOf(site),
    standing: async () => [
      ...site.posts.filter(({ id, status }) => id !== 1 && status === 'publish').map(({ id, content }) => ({ id: `posts/${id}`, text: content })),
      ...site.comments.filter(({ author, status }) => author === 7 && status === 'approved').map(({ id, content }) => ({ id: `comments/${id}`, text: content })),
    ],
    faults: { 'answer-lost': fault('answer-lost'), 'never-reached': fault('never-reached'), refused: fault('refused'), expired: fault('expired'), paced: fault('paced'), late: fault('late'), broken: fault('broken') },
    speak: async (text) => { site.speak(text) },
    close: async () => undefined,
  }
}
