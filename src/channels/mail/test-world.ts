import type { Account, Ctx, Draft, HeardFile } from '#kit/channel.ts'
import { Refusal } from '#kit/refusal.ts'
import { makeResolve } from '#net/resolve.ts'
import type { NetworkUnderTest } from '../../../test/contracts/channel.ts'
import { readMail } from './read.ts'
import { Settings } from './settings.ts'
import type { TestServer } from './test-server.ts'

export const settingsFor = (server: Pick<TestServer, 'imapPort' | 'smtpPort' | 'password'>, given: Partial<Settings> = {}): Settings => Settings.parse({
  address: 'info@fournos.gr', name: 'Φούρνος της Ελένης', password: server.password, imapHost: '127.0.0.1', imapPort: String(server.imapPort), imapSecurity: 'none',
  smtpHost: '127.0.0.1', smtpPort: String(server.smtpPort), smtpSecurity: 'none', sent: 'Sent', ...given,
})
export const accountFor = (server: Pick<TestServer, 'imapPort' | 'smtpPort' | 'password'>, given: Partial<Settings> = {}): Account<Settings> =>
  ({ id: 'a1', workspaceId: 'w1', channel: 'mail', handle: 'info@fournos.gr', name: 'Φούρνος της Ελένης', settings: settingsFor(server, given) })

export const giorgos = { id: 'giorgos@pelatis.gr', name: 'Γιώργος', handle: 'giorgos@pelatis.gr' }
export const answer: Draft = {
  key: '01990000-0000-7000-9000-00000000bb01', writtenAt: '2026-11-23T08:59:00.000Z', kind: 'message', lang: 'el', media: [], tags: [],
  text: 'Βεβαίως, σας κρατάμε ένα ζέας ως τις έξι.', author: { id: 'm1', name: 'Ελένη', signOff: 'Ελένη, από τον φούρνο' },
  inReplyTo: { channel: 'mail', id: 'erotisi-1@pelatis.gr', author: giorgos },
}
/** A mail as a customer's program sends it. */
export const letter = (text: string, given: { readonly id?: string; readonly subject?: string; readonly headers?: string; readonly from?: string } = {}): string => [
  `From: ${given.from ?? '=?utf-8?B?zpPOuc+Oz4HOs86/z4I=?= <giorgos@pelatis.gr>'}`, 'To: info@fournos.gr', `Subject: ${given.subject ?? 'Psomi'}`, 'Date: Mon, 23 Nov 2026 08:00:00 +0000',
  `Message-ID: <${given.id ?? 'erotisi-1@pelatis.gr'}>`, ...(given.headers ? [given.headers] : []), 'MIME-Version: 1.0', 'Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: 8bit', '', text, '',
].join('\n')

/** `kept`: what was handed over as a file. */
export function ctxFor(server: Pick<TestServer, 'now'>, { allowPrivate = true, kept = [], ours = new Map() }: { readonly allowPrivate?: boolean; readonly kept?: { name: string; bytes: Uint8Array }[]; readonly ours?: ReadonlyMap<string, Uint8Array> } = {}): Ctx {
  const resolve = makeResolve({ allowPrivate })
  const keepFile = async ({ name, bytes }: { readonly name: string; readonly bytes: Uint8Array }): Promise<HeardFile> => {
    if (/\.exe$/.test(name)) throw new Refusal('file_type_not_allowed', { params: { allowed: 'PDF' } })
    kept.push({ name, bytes })
    return { id: `f${kept.length}`, name, type: 'application/pdf', bytes: bytes.length, url: `/files/f${kept.length}/mac` }
  }
  const host = { lend: (name: string) => (name === 'resolve' ? resolve : undefined), keepFile, readFile: async (id: string) => ours.get(id) } as unknown as Ctx['host']
  return { fetch: () => { throw new Error('Mail fetches nothing.') }, now: () => server.now, signal: new AbortController().signal, log: () => undefined, host, renew: async (same) => same }
}

export async function underTest(server: TestServer): Promise<NetworkUnderTest> {
  const fault = (name: Parameters<TestServer['fail']>[0]) => () => server.fail(name)
  let said = 0
  return {
    ctx: ctxFor(server),
    standing: async () => Promise.all(server.taken.map(async (source) => {
      const mail = (await readMail(source, { whole: true, received: server.now }))!
      return { id: mail.id, text: mail.text, under: mail.inReplyTo ?? null }
    })),
    faults: Object.fromEntries((['answer-lost', 'never-reached', 'refused', 'expired', 'paced', 'late', 'broken'] as const).map((name) => [name, fault(name)])),
    speak: async (text) => { server.deliver(letter(text, { id: `m${++said}@pelatis.gr` })) },
    close: async () => { server.taken.length = 0 },
  }
}
