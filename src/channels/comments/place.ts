import type { Account } from '#kit/channel.ts'
import type { Host, Hosts } from '#kit/host.ts'
import { isLang } from '#kit/lang.ts'
import { canonical } from '#text/page-address.ts'
import type { Pace } from '../porch/pace.ts'
import type { Porch } from '../porch/place.ts'
import type { Under } from '../porch/say.ts'
import { wordsIn } from '../porch/words/words.ts'
import type { FrameAssets } from './frame.ts'
import { accountFor } from './rules.ts'
import { CommentsSettings, sitesOf } from './wire.ts'

/** A page of another site with its comments, as a request finds it. */
export interface Place {
  readonly porch: Porch; readonly account: Account; readonly settings: CommentsSettings; readonly sites: readonly string[]
  readonly page: URL; readonly title: string
  /** `?page=…&title=…`: what every address of this place carries. */
  readonly query: string
}
/** What every request finds. */
export interface House { readonly hosts: Hosts; readonly assets: FrameAssets; readonly pace: Pace; readonly now: () => Date }

export interface Asked { readonly page: string; readonly title: string; readonly lang: string }

/** The place a request is for: undefined when no account shows comments on that site. */
export async function placeOf(host: Host, asked: Asked): Promise<Place | undefined> {
  const page = canonical(asked.page)
  if (!page) return undefined
  const accounts = (await host.connectedOn('comments')).flatMap((account) => {
    const settings = CommentsSettings.safeParse(account.settings).data
    return settings ? [{ account, settings, sites: sitesOf(settings) }] : []
  })
  const found = accountFor(accounts, page)
  if (!found) return undefined
  const site = await host.site()
  const lang = isLang(asked.lang) ? asked.lang : found.settings.lang ?? site.lang
  const title = asked.title.replaceAll('\0', '').toWellFormed().replace(/[\p{Cc}\s]+/gu, ' ').trim().slice(0, 200).toWellFormed()
  const query = `?${new URLSearchParams({ page: page.href, ...(title ? { title } : {}), ...(isLang(asked.lang) ? { lang: asked.lang } : {}) }).toString()}`
  return { ...found, page, title, query, porch: { host, account: found.account, settings: {}, site: { ...site, lang }, words: wordsIn(lang), fediverse: undefined } }
}

const day = 86_400_000

/** The page as something to say something under. */
export async function underPage({ porch, account, settings, page, title, query }: Place, now: Date): Promise<Under> {
  const since = settings.closeAfterDays === undefined ? undefined : await porch.host.talkedSince(account.id, page.href)
  const closed = since !== undefined && now.getTime() - Date.parse(since) >= Number(settings.closeAfterDays) * day
  return {
    key: `${account.id} ${page.href}`, endpoint: `/comments/say${query}`, open: !closed, thread: () => porch.host.talkAt(account.id, page.href),
    begins: { page: { url: page.href, title } }, addressOf: (id) => `${page.href}#stoa-${id}`, ...(settings.first === 'nobody' ? {} : { first: settings.first }),
  }
}
