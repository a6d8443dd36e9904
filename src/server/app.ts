import { join } from 'node:path'
import { Hono } from 'hono'
import { compress } from 'hono/compress'
import { openAPIRouteHandler } from 'hono-openapi'
import type { HouseEnv } from '#kit/http.ts'
import { EVERY } from '#db/database.ts'
import { accountRoutes } from '#core/accounts/routes.ts'
import { bellRoutes } from '#core/bells/routes.ts'
import { consentPages } from '#core/contacts/consent-page.ts'
import { contactRoutes } from '#core/contacts/routes.ts'
import { presenceRoutes } from '#core/conversations/presence.ts'
import { deskRoutes } from '#core/conversations/desk-routes.ts'
import { savedRoutes } from '#core/conversations/saved-routes.ts'
import { conversationRoutes } from '#core/conversations/routes.ts'
import { memberFileRoutes } from '#core/files/member-routes.ts'
import { fileRoutes } from '#core/files/routes.ts'
import type { House } from '#core/house.ts'
import { importRoutes } from '#core/imports/routes.ts'
import { letterRoutes } from '#core/letters/routes.ts'
import { linkRoutes, shortLinkRoutes } from '#core/links/routes.ts'
import { postRoutes } from '#core/posts/routes.ts'
import { scheduleRoutes } from '#core/schedule/routes.ts'
import { allWorkspaces } from '#core/workspaces/store.ts'
import { strategyRoutes } from '#strategy/routes.ts'
import type { Rings } from '#worker/rings.ts'
import type { Auth } from './auth.ts'
import { floodGate, turnAway } from './flood.ts'
import { followRoutes } from './follow-routes.ts'
import { answerError, greet, readable, recognise, routesWithoutRule, sized, typed, type Ask } from './guard.ts'
import { healthRoutes, type Health } from './health.ts'
import { liveRoutes } from './live.ts'
import { mediaRoutes, pictureRoutes } from './media-routes.ts'
import { nothingHere } from './methods.ts'
import { appPages } from './pages.ts'
import { sessionRoutes, type SetupCode, type Story } from './session-routes.ts'
import { siteRoutes } from './site-routes.ts'
import { teamRoutes } from './team-routes.ts'

export interface Parts { readonly house: House; readonly auth: Auth; readonly rings: Rings; readonly code: SetupCode; readonly story: Story; readonly health: Health; readonly trustedHops: number; readonly webDir: string }

/** Everything under /api/v1. */
function apiOf({ house, auth, rings, code, story }: Parts): Hono<HouseEnv> {
  return new Hono<HouseEnv>()
    .route('/', sessionRoutes(house, { auth, code, story })).route('/', teamRoutes(house, auth)).route('/', siteRoutes(house)).route('/', accountRoutes(house))
    .route('/', mediaRoutes(house)).route('/', memberFileRoutes(house)).route('/', linkRoutes(house)).route('/', postRoutes(house)).route('/', scheduleRoutes(house)).route('/', deskRoutes(house)).route('/', savedRoutes(house)).route('/', bellRoutes(house)).route('/', conversationRoutes(house)).route('/', presenceRoutes(house)).route('/', contactRoutes(house))
    .route('/', importRoutes(house)).route('/', strategyRoutes(house)).route('/', followRoutes(house)).route('/', liveRoutes(house, rings))
    .route('/', house.pillars.reduce((all, pillar) => (pillar.routes ? all.route('/', pillar.routes(house)) : all), new Hono()))
}

const loopback = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/
/** The names this server answers to: its own address, those of its workspaces, and loopback. */
function knownHosts(house: House): (host: string) => Promise<boolean> {
  return async (host) => {
    if (loopback.test(host) || host === new URL(house.origin).host) return true
    return (await house.database.read(EVERY, allWorkspaces)).some((one) => one.host === host)
  }
}

/** The whole of Stoa over HTTP: the API, the workspace's pages, and the channels that live in this house. */
export function makeApp(parts: Parts): Hono<HouseEnv> {
  const { house } = parts
  const api = apiOf(parts)
  const missing = routesWithoutRule(api)
  if (missing.length > 0) throw new Error(`These routes name no right: ${missing.join(', ')}`)
  const door = { auth: parts.auth, hops: parts.trustedHops, hosts: knownHosts(house) }
  const app = new Hono<HouseEnv>()
  app.onError((error, c) => answerError(house.log)(error, c as Ask))
  app.use(turnAway(floodGate(), parts.trustedHops))
  app.route('/', healthRoutes(parts.health))
  app.use(greet(door))
  app.use('/api/*', recognise(door, house.origin), typed, sized, readable)
  app.route('/api/v1', api)
  app.get('/api/openapi.json', openAPIRouteHandler(api, { documentation: { openapi: '3.1.0', info: { title: 'Stoa', version: '1', description: 'The API of a Stoa workspace. Errors are application/problem+json with stable codes.' }, servers: [{ url: '/api/v1' }] } }))
  app.all('/api/*', nothingHere(app))
  app.route('/', appPages(parts.webDir))
  app.route('/', pictureRoutes(house))
  app.route('/', fileRoutes(house))
  app.route('/', shortLinkRoutes(house))
  app.route('/', consentPages(house))
  app.route('/', letterRoutes(house))
  app.use('/', async (c, next) => {
    if (c.req.path === '/' && !parts.health.founded() && (await house.database.read(EVERY, allWorkspaces)).length === 0) return c.redirect('/app/welcome', 302)
    return await next()
  })
  app.use(compress({ threshold: 1024 }))
  for (const path of house.channels.flatMap((channel) => channel.membersAt ?? [])) app.use(path, recognise(door, house.origin))
  for (const channel of house.channels) if (channel.routes) app.route('/', channel.routes(house.hosts) as unknown as Hono<HouseEnv>)
  app.notFound(nothingHere(app))
  return app
}
export const webFolder = (root: string): string => join(root, 'dist/web')
