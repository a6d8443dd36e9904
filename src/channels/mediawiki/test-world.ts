import type { Account, Ctx, Draft } from '#kit/channel.ts'
import type { NetworkUnderTest } from '../../../test/contracts/channel.ts'
import { Settings } from './settings.ts'
import type { Fault, TestWiki } from './test-wiki.ts'

export const settings = (given: Partial<Settings> = {}): Settings => Settings.parse({
  wiki: 'https://zymi.gr', user: 'Eleni@stoa', password: 'secret', api: 'https://zymi.gr/api.php', article: 'https://zymi.gr/index.php/$1', userId: 7, userName: 'Eleni', mayDelete: false, ...given,
})
export const account = (given: Partial<Settings> = {}): Account<Settings> =>
  ({ id: 'a1', workspaceId: 'w1', channel: 'mediawiki', handle: 'Eleni@zymi.gr', name: 'Ζυμωτήριο', settings: settings(given) })
export const post: Draft = {
  key: '01990000-0000-7000-9000-00000000aa01', writtenAt: '2026-11-23T08:59:00Z', kind: 'post', lang: 'el', media: [], tags: ['Ψωμί'],
  text: 'Βγήκε το πρώτο ψωμί ζέας.', author: { id: 'm1', name: 'Ελένη' },
}
export const answer = (to: string, text = 'Επτακόσια γραμμάρια.'): Draft => ({ ...post, key: '01990000-0000-7000-9000-00000000bb01', kind: 'reply', text, tags: [], inReplyTo: { channel: 'mediawiki', id: to } })

export const ctxOf = (wiki: TestWiki): Ctx => ({
  fetch: wiki.fetch, now: wiki.now, signal: new AbortController().signal, log: () => undefined, host: undefined as never, renew: async (same) => same,
})

export function underTest(wiki: TestWiki): NetworkUnderTest {
  const fault = (name: Fault) => (skip?: number) => wiki.next(name, skip)
  const last = (page: TestWiki['pages'][number]) => page.revisions.at(-1)!.text
  return {
    ctx: ctxOf(wiki),
    standing: async () => wiki.pages.filter(({ ns, revisions }) => ns === 0 && revisions[0]!.user === 'Eleni').filter((page) => !last(page).startsWith('{{delete}}')).map((page) => ({ id: `pages/${page.pageid}`, text: last(page) })),
    faults: { 'answer-lost': fault('answer-lost'), 'never-reached': fault('never-reached'), refused: fault('refused'), expired: fault('expired'), paced: fault('paced'), late: fault('late'), broken: fault('broken'), stale: fault('stale') },
    speak: async (text) => { wiki.say('Giorgos', 'Συζήτηση χρήστη:Eleni', text) },
    close: async () => undefined,
  }
}
