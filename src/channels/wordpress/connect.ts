import type { z } from 'zod'
import { ChannelError, ConnectError, type Ctx, type Verified } from '#kit/channel.ts'
import { NetError } from '#net/net-error.ts'
import { ask, saysIn } from './ask.ts'
import { personId, placeOf, type Settings } from './settings.ts'
import { Index, Myself } from './wire.ts'
import { wrong } from './words.ts'

/** The address of a front page in what a person types; the way into the dashboard is left away. */
export function siteOf(given: string): URL | undefined {
  const text = /^[a-z][a-z0-9+.-]*:/i.test(given.trim()) && !/^[^/:]+:\d/.test(given.trim()) ? given.trim() : `https://${given.trim()}`
  if (/\s/.test(text) || !URL.canParse(text)) return undefined
  const url = new URL(text)
  if (!/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '' || !url.hostname.includes('.')) return undefined
  const path = url.pathname.replace(/\/(?:wp-admin|wp-login\.php|wp-json|index\.php)(?:\/.*)?$/, '/').replace(/\/*$/, '/')
  return new URL(path, url.origin)
}

/** `Link: <…/wp-json/>; rel="https://api.w.org/"` of a page of the site. */
export function apiIn(header: string | null, page: string): string | undefined {
  const target = /<([^<>]+)>\s*;\s*rel="?https:\/\/api\.w\.org\/"?/i.exec(header ?? '')?.[1]
  return target !== undefined && URL.canParse(target, page) ? new URL(target, page).href : undefined
}

async function look(url: URL, ctx: Ctx): Promise<Response> {
  try { return await ctx.fetch(url, { signal: ctx.signal, headers: { accept: 'text/html' } }) } catch (error) {
    const net = error instanceof ChannelError ? error.cause : error
    throw new ConnectError(net instanceof NetError && net.failure === 'too-large' ? wrong.notWordPress : wrong.unreached, 'site', error)
  }
}

/** Where the REST interface of the site is, and the address its front page really has. */
async function apiAt(given: URL, ctx: Ctx): Promise<readonly string[]> {
  const page = await look(given, ctx)
  await page.body?.cancel()
  if (page.status === 429) throw new ConnectError(wrong.busy, 'site')
  const here = URL.canParse(page.url) ? new URL(page.url) : given
  if (here.protocol !== 'https:') throw new ConnectError(wrong.insecure, 'site')
  const told = apiIn(page.headers.get('link'), here.href)
  if (told !== undefined && !sameSite(told, here)) throw new ConnectError(wrong.notWordPress, 'site')
  if (told !== undefined) return [told]
  const front = new URL(here.pathname.endsWith('/') ? here.pathname : given.pathname, here.origin)
  return [new URL('wp-json/', front).href, new URL('?rest_route=/', front).href]
}
// The password goes nowhere but to the site that was named.
const bare = (host: string): string => host.replace(/^www\./, '')
const sameSite = (api: string, page: URL): boolean => { const url = new URL(api); return url.protocol === 'https:' && bare(url.host) === bare(page.host) }

async function indexAt(apis: readonly string[], settings: Settings, ctx: Ctx): Promise<{ readonly api: string; readonly index: z.infer<typeof Index> }> {
  let closed = false
  for (const api of apis) {
    try {
      const index = await ask({ ...settings, api }, { path: '/' }, { ctx, answer: Index })
      if (index.namespaces.includes('wp/v2')) return { api, index }
    } catch (error) {
      if (error instanceof ConnectError) throw error
      const says = saysIn(error)
      // The first question carries the password: a wrong one is told here already.
      if (says && passwordCodes.has(says.code)) throw accessError(error, settings)
      if (says && (says.status === 401 || says.status === 403)) closed = true
    }
  }
  throw new ConnectError(closed ? wrong.closed : wrong.notWordPress, 'site')
}

const passwordCodes = new Set(['incorrect_password', 'invalid_username', 'invalid_email', 'application_passwords_disabled', 'application_passwords_disabled_for_user'])
const looksLikeApplicationPassword = (password: string): boolean => /^[A-Za-z0-9]{24}$/.test(password.replace(/\s/g, ''))

function accessError(error: unknown, { password }: Settings): ConnectError {
  const says = saysIn(error)
  if (says?.code.startsWith('application_passwords_disabled')) return new ConnectError(wrong.passwordsOff, 'password', error)
  if (says?.code === 'invalid_username' || says?.code === 'invalid_email') return new ConnectError(wrong.user, 'user', error)
  if (says?.status === 401 && !looksLikeApplicationPassword(password)) return new ConnectError(wrong.plainPassword, 'password', error)
  if (says?.status === 401) return new ConnectError(wrong.password, 'password', error)
  if (says?.status === 403 || says?.status === 404) return new ConnectError(wrong.closed, 'site', error)
  if (says?.status === 429) return new ConnectError(wrong.busy, 'site', error)
  return new ConnectError(wrong.unreached, 'site', error)
}

/** Tries the access, and learns where the site listens, who we are there and what we may do. */
export async function verify(settings: Settings, ctx: Ctx): Promise<Verified<Settings>> {
  const given = siteOf(settings.site)
  if (!given) throw new ConnectError(wrong.address, 'site')
  const apis = await apiAt(given, ctx)
  const { api, index } = await indexAt(apis, settings, ctx)
  const me = await ask({ ...settings, api }, { path: '/wp/v2/users/me', query: { context: 'edit' } }, { ctx, answer: Myself }).catch((error: unknown) => {
    const off = saysIn(error)?.code === 'rest_not_logged_in' && index.authentication['application-passwords'] === undefined
    throw off ? new ConnectError(wrong.passwordsOff, 'password', error) : accessError(error, settings)
  })
  if (me.capabilities['publish_posts'] !== true) throw new ConnectError(wrong.role, 'user')
  const site = siteOf(index.home || index.url)?.href
  const front = site !== undefined && sameSite(site, new URL(api)) ? site : given.href
  const verified: Settings = { ...settings, site: front, api, userId: me.id, moderates: me.capabilities['moderate_comments'] === true }
  return { id: personId(verified, me.id), handle: `${me.slug || settings.user}@${placeOf(verified)}`, name: index.name.trim() || placeOf(verified), settings: verified }
}

