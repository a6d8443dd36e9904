import { Hono } from 'hono'
import type { MiddlewareHandler } from 'hono'
import type { Hosts } from '#kit/host.ts'
import { allow, type HouseEnv } from '#kit/http.ts'
import { Refusal } from '#kit/refusal.ts'
import { keep, kept, type PorchContext } from '../porch/answer.ts'
import type { Asset } from '../porch/assets.ts'
import { pace, type Pace } from '../porch/pace.ts'
import { loadFrame } from './frame.ts'
import { placeOf, type House, type Place } from './place.ts'
import { frameView, ownView, sayView } from './view.ts'

export interface CommentsOptions { readonly now?: () => Date; readonly pace?: Pace }
type View = (c: PorchContext, house: House, place: Place) => Promise<Response>
const anyone = allow('anyone')
const everywhere = { 'cross-origin-resource-policy': 'cross-origin', 'access-control-allow-origin': '*' }

const file = (c: PorchContext, asset: Asset, cache: string): Response => kept(c, Buffer.from(asset.body).toString('utf8'), { cache, type: asset.type, headers: everywhere })

/** The comments of other sites' pages: one script for any blog, and the window it opens. */
export function commentsRoutes(hosts: Hosts, options: CommentsOptions = {}): Hono {
  const assets = loadFrame()
  const house: House = { hosts, assets, pace: options.pace ?? pace(), now: options.now ?? (() => new Date()) }
  const app = new Hono<HouseEnv>()
  const at = (view: View): MiddlewareHandler<HouseEnv> => async (c, next) => {
    const host = await hosts.at(c.req.raw)
    if (!host) return next()
    const place = await placeOf(host, { page: c.req.query('page') ?? '', title: c.req.query('title') ?? '', lang: c.req.query('lang') ?? '' })
    if (!place) throw new Refusal('comments_site_unknown')
    return view(c, house, place)
  }
  app.get(assets.embed.path, anyone, (c) => file(c, assets.embed, keep.feed))
  app.get(assets.frame.path, anyone, (c) => file(c, assets.frame, keep.hour))
  app.get('/comments/frame', anyone, at(frameView))
  app.get('/comments/say', anyone, at(async (c, _house, { query }) => c.redirect(`/comments/frame${query}`, 303)))
  app.post('/comments/say', anyone, at(sayView))
  for (const method of ['GET', 'POST'] as const) app.on(method, '/comments/own/:token', anyone, at((c, opened, place) => ownView(c, opened, place, c.req.param('token') ?? '')))
  app.on(['PUT', 'PATCH', 'DELETE'], ['/comments/say', '/comments/own/:token'], anyone, () => { throw new Refusal('method_not_allowed') })
  return app as unknown as Hono
}
