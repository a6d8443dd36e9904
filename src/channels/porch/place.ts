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
  /** Where people help one another, when it is open. */
  readonly forum?: Account | undefined
}

/**
 * Finds the porch a request is for. What hardly ever changes (the site, its accounts) may be up to `freshFor` milliseconds old,
 * so that a crowd of readers asks for it a few times a second and not once each.
 */
export function porchFinder(hosts: Hosts, freshFor: number): (request: Request) => Promise<Porch | undefined> {
  const known = new Map<string, { readonly until: number; readonly porch: Promise<Porch | undefined> }>()
  return async (request) => {
    const host = await hosts.at(request)
    if (!host) return undefined
    const found = known.get(host.workspaceId)
    if (found && found.until > performance.now()) return found.porch
    const porch = porchOf(host)
    known.set(host.workspaceId, { until: performance.now() + freshFor, porch })
    porch.catch(() => known.delete(host.workspaceId))
    return porch
  }
}

async function porchOf(host: Host): Promise<Porch | undefined> {
  const [account, fediverse, forum, site] = await Promise.all([host.account('porch'), host.account('fediverse'), host.account('forum'), host.site()])
  if (!account) return undefined
  const settings = PorchSettings.safeParse(account.settings).data ?? {}
  return { host, account, forum, site, settings, words: wordsIn(site.lang), fediverse: fediverse && addressOf(fediverse.handle, site.origin) }
}

/** How somebody in the fediverse writes to us; an account may be known by its bare name. */
const addressOf = (handle: string, origin: string): string =>
  handle.includes('@') ? handle : `@${handle}@${new URL(origin).host}`
