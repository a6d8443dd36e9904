import { slug } from './slug.ts'

/** Where a visit came from, as most figures of sites read it. */
export interface Utm { readonly source: string; readonly medium: string; readonly campaign: string; readonly term?: string; readonly content?: string }

const names = ['source', 'medium', 'campaign', 'term', 'content'] as const
const webAddress = /^https?:\/\/[^\s/?#]+/i

interface Address { readonly base: string; readonly query: string | undefined; readonly fragment: string }
function takenApart(url: string): Address {
  const hash = url.indexOf('#')
  const [before, fragment] = hash < 0 ? [url, ''] : [url.slice(0, hash), url.slice(hash)]
  const mark = before.indexOf('?')
  return { base: mark < 0 ? before : before.slice(0, mark), query: mark < 0 ? undefined : before.slice(mark + 1), fragment }
}
const namesIn = (query: string | undefined): string[] => (query ?? '').split('&').map((pair) => pair.split('=')[0]!.toLowerCase())

/** An address that tells where its visitors come from. All that stands in it stays as it is, a mark of the same name too; done twice it changes nothing. */
export function withUtm(url: string, utm: Utm): string {
  if (!webAddress.test(url)) return url
  const { base, query, fragment } = takenApart(url)
  const there = new Set(namesIn(query))
  const added = names.flatMap((name) => {
    const value = utm[name]?.trim()
    return !value || there.has(`utm_${name}`) ? [] : [`utm_${name}=${encodeURIComponent(value.toWellFormed())}`]
  })
  if (added.length === 0) return url
  return `${base}?${[...(query ? [query.replace(/&+$/, '')] : []), ...added].join('&')}${fragment}`
}

const isUtm = (pair: string): boolean => names.some((name) => pair.split('=')[0]!.toLowerCase() === `utm_${name}`)
/** The same address without those marks. */
export function withoutUtm(url: string): string {
  const { base, query, fragment } = takenApart(url)
  if (query === undefined || !query.split('&').some(isUtm)) return url
  const kept = query.split('&').filter((pair) => !isUtm(pair)).join('&')
  return `${base}${kept === '' ? '' : `?${kept}`}${fragment}`
}

/** The marks an address has. */
export function utmOf(url: string): Partial<Utm> {
  const pairs = new URLSearchParams(takenApart(url).query ?? '')
  return Object.fromEntries(names.flatMap((name) => { const value = pairs.get(`utm_${name}`); return value ? [[name, value]] : [] }))
}

/** Marks to begin with: where it stands, that it is a social network, and the campaign's name in Latin letters. */
export const suggestUtm = (given: { readonly channel: string; readonly campaign?: string }): Utm => ({ source: given.channel, medium: 'social', campaign: given.campaign ? slug(given.campaign) : 'post' })
