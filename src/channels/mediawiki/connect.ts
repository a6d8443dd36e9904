import { ChannelError, ConnectError, type Ctx, type Verified } from '#kit/channel.ts'
import { ask, codeIn, login } from './ask.ts'
import { titleOf } from './convert.ts'
import { jarFor } from './jar.ts'
import { look } from './pages.ts'
import { personId, placeOf, type Settings } from './settings.ts'
import { About, Answer, Done } from './wire.ts'
import { wrong } from './words.ts'

export function addressIn(given: string): URL | undefined {
  const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(given.trim()) ? given.trim() : `https://${given.trim()}`
  if (/\s/.test(text) || !URL.canParse(text)) return undefined
  const url = new URL(text)
  return /^https?:$/.test(url.protocol) && url.username === '' && url.password === '' && url.hostname.includes('.') ? url : undefined
}

async function get(url: URL, ctx: Ctx): Promise<{ readonly status: number; readonly url: string; readonly text: string }> {
  try {
    const answer = await ctx.fetch(url, { signal: ctx.signal })
    return { status: answer.status, url: answer.url || url.href, text: (await answer.text()).slice(0, 400_000) }
  } catch (error) { throw new ConnectError(wrong.unreached, 'wiki', error) }
}

/** The door named in the head of each page: `<link rel="EditURI" href="…/api.php?action=rsd">`. */
export function doorIn(html: string, page: string): string | undefined {
  const tag = /<link\b[^>]*\brel="EditURI"[^>]*>/i.exec(html)?.[0]
  const href = /\bhref="([^"]+)"/i.exec(tag ?? '')?.[1]?.replaceAll('&amp;', '&')
  if (href === undefined || !URL.canParse(href, page)) return undefined
  const url = new URL(href, page)
  url.search = ''
  // Names without a scheme take that of the page; the password goes nowhere but to the host that was named.
  return url.pathname.endsWith('/api.php') && url.host === new URL(page).host ? url.href : undefined
}

async function apiAt(given: URL, ctx: Ctx): Promise<string> {
  const direct = given.pathname.endsWith('/api.php') ? given : undefined
  const page = direct ? undefined : await get(given, ctx)
  if (page?.status === 429) throw new ConnectError(wrong.busy, 'wiki')
  const here = page?.url ?? given.href
  const told = direct ? new URL(direct.pathname, direct.origin).href : doorIn(page!.text, here)
  for (const api of told ? [told] : [new URL('/api.php', here).href, new URL('/w/api.php', here).href]) {
    const url = new URL(api)
    if (url.protocol !== 'https:') throw new ConnectError(wrong.insecure, 'wiki')
    url.search = new URLSearchParams({ action: 'query', meta: 'siteinfo', format: 'json', formatversion: '2' }).toString()
    if (isWiki((await get(url, ctx)).text)) return api
  }
  throw new ConnectError(wrong.notWiki, 'wiki')
}

/** Closed wikis say that they are; that too is the language of MediaWiki. */
function isWiki(text: string): boolean {
  try {
    const said = JSON.parse(text) as Record<string, unknown>
    return 'batchcomplete' in said || 'query' in said || Answer.parse(said).error?.code === 'readapidenied'
  } catch { return false }
}

function accessError(error: unknown, { user }: Settings): ConnectError {
  const kind = error instanceof ChannelError ? error.trouble.kind : undefined
  if (codeIn(error)?.startsWith('login-')) return new ConnectError(user.includes('@') ? wrong.password : wrong.botPassword, user.includes('@') ? 'password' : 'user', error)
  return new ConnectError(kind === 'paced' ? wrong.busy : wrong.unreached, 'wiki', error)
}

/** Tries the access, learns who we are and what we may do, and begins to watch our own talk page. */
export async function verify(settings: Settings, ctx: Ctx): Promise<Verified<Settings>> {
  const given = addressIn(settings.wiki)
  if (!given) throw new ConnectError(wrong.address, 'wiki')
  if (settings.place === 'section' && !settings.page) throw new ConnectError(wrong.noPage, 'page')
  const door = { ...settings, api: await apiAt(given, ctx) }
  const { query: { general, userinfo } } = await login(door, jarFor(door), ctx)
    .then(() => ask(door, { action: 'query', meta: 'siteinfo|userinfo', siprop: 'general', uiprop: 'rights|blockinfo' }, { ctx, answer: About }))
    .catch((error: unknown) => { throw accessError(error, settings) })
  const may = (right: string) => userinfo.rights.includes(right)
  if (userinfo.blockedby) throw new ConnectError(wrong.blocked, 'user')
  if (!may('edit') || !may('createpage') || !may('createtalk')) throw new ConnectError(wrong.rights, 'password')
  if (!may('viewmywatchlist') || !may('editmywatchlist')) throw new ConnectError(wrong.watchlist, 'password')
  const verified: Settings = {
    ...door, ...(settings.page ? { page: titleOf(settings.page) } : {}), article: new URL(general.articlepath, new URL(general.server, door.api)).href.replace('%241', '$1'),
    userId: userinfo.id, userName: userinfo.name, mayDelete: may('delete'),
  }
  await watch([`User talk:${userinfo.name}`, ...(verified.page ? [verified.page] : [])], verified, ctx)
  return { id: personId(verified, userinfo.name), handle: `${userinfo.name}@${placeOf(verified)}`, name: general.sitename.trim() || placeOf(verified), settings: verified }
}

async function watch(titles: readonly string[], settings: Settings, ctx: Ctx): Promise<void> {
  const { query } = await ask(settings, { action: 'query', meta: 'tokens', type: 'watch' }, { ctx, answer: Done }) as { query?: { tokens?: { watchtoken?: string } } }
  await ask(settings, { action: 'watch', titles: titles.join('|'), token: query?.tokens?.watchtoken ?? '' }, { ctx, answer: Done })
    .catch((error: unknown) => { throw new ConnectError(wrong.watchlist, 'password', error) })
  // A page for new sections is called by the name the wiki gives it.
  if (settings.page) await look({ titles: settings.page }, settings, ctx).catch((error: unknown) => { throw new ConnectError(wrong.noPage, 'page', error) })
}
