import { fold } from '#text/fold.ts'
import { readEmail } from './rules.ts'

export interface Likened {
  readonly id: string; readonly name: string; readonly email: string | null
  readonly identities: readonly { readonly channel: string; readonly remoteId: string; readonly handle: string; readonly url: string | null; readonly picture: string | null }[]
}
/** Why two contacts look like one person; `sign` is what they share. */
export interface Reason { readonly why: 'email' | 'page' | 'handle' | 'name-and-nick' | 'name-and-picture' | 'name-and-site'; readonly sign: string }

const marked = /[^\p{L}\p{N}]+/gu
/** A name as it is compared; undefined when too little of it is there to mean one person. */
export function comparable(name: string): string | undefined {
  const folded = fold(name).replace(marked, ' ').trim()
  return folded.length >= 4 ? folded : undefined
}

/** The addresses by which somebody is reached, those they are known by among them. */
export function emailsOf(one: Likened): readonly string[] {
  const known = one.identities.map(({ remoteId }) => (remoteId.startsWith('mailto:') ? remoteId.slice(7) : undefined))
  return [...new Set([one.email, ...known].flatMap((address) => readEmail(address) ?? []))]
}

/** The address of a page without what makes no difference; undefined when it is no page of one person. */
export function pageOf(url: string | null): string | undefined {
  if (url === null || !URL.canParse(url)) return undefined
  const { protocol, host, pathname } = new URL(url)
  if (protocol !== 'https:' && protocol !== 'http:') return undefined
  return `${host.replace(/^www\./, '')}${pathname.replace(/\/+$/, '')}`.toLowerCase()
}
const pagesOf = (one: Likened): readonly string[] => one.identities.flatMap(({ url, remoteId }) => [pageOf(url), pageOf(remoteId)].filter((page) => page !== undefined))

/** A handle that means one account wherever it is written: it names its server, as @eleni@mastodon.social and eleni.bsky.social do. */
export const fullHandle = (handle: string): string | undefined => {
  const bare = handle.trim().replace(/^@/, '').toLowerCase()
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$|^[\p{L}\p{N}_-]+(\.[\p{L}\p{N}-]+){2,}$/u.test(bare) ? bare : undefined
}
/** The part of a handle or address that a person chose for themselves. */
export const nickOf = (handle: string): string | undefined => {
  const nick = fold(handle).replace(/^@/, '').split('@')[0]!.split('.')[0]!
  return nick.length >= 4 ? nick : undefined
}

const common = <T>(one: readonly T[], other: readonly T[]): T | undefined => one.find((value) => other.includes(value))
const defined = <T>(values: readonly (T | undefined)[]): T[] => values.filter((value) => value !== undefined)
const nicksOf = (one: Likened): string[] => [...defined(one.identities.map(({ handle }) => nickOf(handle))), ...defined(emailsOf(one).map(nickOf))]
const sitesOf = (one: Likened): string[] => pagesOf(one).filter((page) => !page.includes('/'))

/** What makes two contacts look like one person, the surest first; nothing when only a name is shared. */
export function likeness(one: Likened, other: Likened): readonly Reason[] {
  const email = common(emailsOf(one), emailsOf(other))
  const page = common(pagesOf(one).filter((at) => at.includes('/')), pagesOf(other))
  const handle = common(defined(one.identities.map((identity) => fullHandle(identity.handle))), defined(other.identities.map((identity) => fullHandle(identity.handle))))
  return [
    ...(email === undefined ? [] : [{ why: 'email', sign: email } as const]),
    ...(page === undefined ? [] : [{ why: 'page', sign: page } as const]),
    ...(handle === undefined ? [] : [{ why: 'handle', sign: handle } as const]),
    ...namesakes(one, other),
  ]
}

function namesakes(one: Likened, other: Likened): readonly Reason[] {
  const name = comparable(one.name)
  if (name === undefined || name !== comparable(other.name)) return []
  const nick = common(nicksOf(one), nicksOf(other))
  const picture = common(defined(one.identities.map((identity) => identity.picture ?? undefined)), defined(other.identities.map((identity) => identity.picture ?? undefined)))
  const site = common(sitesOf(one), sitesOf(other))
  return [
    ...(nick === undefined ? [] : [{ why: 'name-and-nick', sign: nick } as const]),
    ...(picture === undefined ? [] : [{ why: 'name-and-picture', sign: one.name } as const]),
    ...(site === undefined ? [] : [{ why: 'name-and-site', sign: site } as const]),
  ]
}

/** Two contacts in the one order in which a pair of them is written down. */
export const pairOf = (one: string, other: string): { readonly oneId: string; readonly otherId: string } => (one < other ? { oneId: one, otherId: other } : { oneId: other, otherId: one })
