import type { Context, Hono, MiddlewareHandler } from 'hono'
import { allow, type HouseEnv } from '#kit/http.ts'
import type { Hosts } from '#kit/host.ts'
import { Refusal } from '#kit/refusal.ts'
import { inboxPace } from '../../fediverse/pace.ts'
import { toolsOf } from '../../fediverse/tools.ts'
import { isUuid } from '../fields.ts'
import { readSettings } from '../room.ts'
import { federatedSince, type Group } from './places.ts'
import type { Part, Place, Served } from './serve.ts'

type C = Context<HouseEnv>
// The vocabulary of the fediverse is large; it is loaded when the first other server asks.
const serve = () => import('./serve.ts')
const anyone = allow('anyone')

/** Whoever wants the object and not the page says so by its type. */
const wantsObject = (c: C): boolean => {
  const accept = c.req.header('accept') ?? ''
  return accept.includes('application/activity+json') || (accept.includes('application/ld+json') && !accept.includes('text/html'))
}

/** Everything other servers ask of the forum. While it is not federated there is none of it. */
export function federateRoutes(app: Hono<HouseEnv>, hosts: Hosts, now: () => Date): void {
  const pace = inboxPace()
  const placeOf = async (c: C): Promise<Place | undefined> => {
    const host = await hosts.at(c.req.raw)
    const found = await host?.account('forum')
    if (!host || !found) return undefined
    const account = { ...found, settings: readSettings(found) }
    const since = federatedSince(account.settings)
    if (!since) return undefined
    const site = await host.site()
    return { door: { account, host, since, origin: site.origin }, tools: toolsOf(hosts), site }
  }
  const answered = async (c: C, look: (place: Place) => Promise<Served | undefined>): Promise<Response> => {
    const place = await placeOf(c)
    const served = place && await look(place)
    if (!served) throw new Refusal('not_found')
    return (await serve()).asJson(served)
  }
  pages(app, placeOf)
  app.get('/.well-known/webfinger', anyone, async (c, next) => {
    const place = await placeOf(c)
    const found = place && await (await serve()).webFinger(place, c.req.query('resource') ?? '')
    return found ? c.json(found, 200, { 'content-type': 'application/jrd+json', 'access-control-allow-origin': '*' }) : next()
  })
  const groups: readonly (readonly [path: string, of: (c: C) => Group])[] = [
    ['/ap/forum', () => ({ kind: 'forum' })], ['/ap/forum/c/:id', (c) => ({ kind: 'category', id: c.req.param('id') ?? '' })], ['/ap/forum/t/:code', (c) => ({ kind: 'topic', code: c.req.param('code') ?? '' })],
  ]
  for (const [path, of] of groups) {
    app.get(path, anyone, async (c) => {
      const found = await answered(c, async (place) => (await serve()).group(place, checked(of(c))))
      // Whoever opens it in a browser is led to its page.
      return wantsObject(c) ? found : c.redirect(String(((await found.json()) as { url: string }).url), 302)
    })
    const parts: readonly Part[] = path.endsWith(':code') ? ['outbox', 'followers', 'context', 'replies'] : ['outbox', 'followers']
    for (const part of parts) app.get(`${path}/${part}`, anyone, (c) => answered(c, async (place) => (await serve()).group(place, checked(of(c)), { part, after: c.req.query('after') })))
    app.post(`${path}/inbox`, anyone, async (c) => {
      const place = await placeOf(c)
      if (!place) throw new Refusal('not_found')
      const { workspaceId } = place.door.host
      await pace.network(workspaceId, c.get('ip'), async () => (await serve()).take(c, place, { now: now(), house: (host) => pace.house(workspaceId, host) }))
      return c.body(null, 202)
    })
  }
}
const checked = (group: Group): Group => {
  const fits = group.kind === 'forum' || (group.kind === 'category' ? isUuid(group.id) : /^[0-9a-z]{8}$/.test(group.code))
  if (!fits) throw new Refusal('not_found')
  return group
}

/** The pages people read are the same places for servers: whoever pastes a page's address elsewhere finds what stands on it. */
function pages(app: Hono<HouseEnv>, placeOf: (c: C) => Promise<Place | undefined>): void {
  const at = (path: string, look: (c: C, place: Place) => Promise<Served | undefined>): void => {
    const handler: MiddlewareHandler<HouseEnv> = async (c, next) => {
      if (!wantsObject(c)) {
        await next()
        c.res.headers.append('vary', 'Accept')
        return
      }
      const place = await placeOf(c)
      if (!place) return await next()
      const served = await look(c, place)
      if (!served) throw new Refusal('not_found')
      return (await serve()).asJson(served)
    }
    app.get(path, anyone, handler)
  }
  at('/forum', async (_c, place) => (await serve()).page(place, {}))
  at('/forum/c/:slug', async (c, place) => (await serve()).page(place, { category: c.req.param('slug') ?? '' }))
  at('/forum/t/:address', async (c, place) => (await serve()).page(place, { topic: c.req.param('address') ?? '' }))
  at('/forum/p/:id', async (c, place) => (await serve()).note(place, c.req.param('id')))
}
