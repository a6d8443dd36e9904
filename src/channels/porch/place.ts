import type { Account } from '#kit/channel.ts'
import type { Host, Hosts, Site } from '#kit/host.ts'
import { PorchSettings } from './wire.ts'
import { wordsIn, type Words } from './words/words.ts'

/** One brand's porch, as a request finds it. */
export interface Porch {
  readonly host: Host; readonly account: Account; readonly settings: PorchSettings
  readonly site: Site; readonly words: Words
  /** The brand's name in the fediverse, when it has one. */
  readonly fediverse: string | undefined
}

export async function porchAt(hosts: Hosts, request: Request): Promise<Porch | undefined> {
  const host = await hosts.at(request)
  if (!host) return undefined
  const [account, fediverse, site] = await Promise.all([host.account('porch'), host.account('fediverse'), host.site()])
  if (!account) return undefined
  const settings = PorchSettings.safeParse(account.settings)
  return { host, account, site, settings: settings.data ?? {}, words: wordsIn(site.lang), fediverse: fediverse?.handle }
}
