import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router'
import { placeOf as inboxPlace } from '#pillars/connectivity/web/place.ts'
import { placeOf as calendarPlace } from '#pillars/imagination/web/calendar/place.ts'
import { Waiting } from '#ui/columns-mark.tsx'
import { sessionQuery } from '#ui/session.ts'
import { NotFound, NothingHere, ScreenBroke } from './nothing.tsx'
import { Shell } from './shell.tsx'

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined)

const root = createRootRouteWithContext<{ queries: QueryClient }>()({ component: Outlet })

// ── Doors: what is open to people who are not signed in ──
const welcome = createRoute({
  getParentRoute: () => root, path: '/welcome',
  validateSearch: (search): { code?: string | undefined } => ({ code: text(search['code']) }),
  component: lazyRouteComponent(() => import('./doors/welcome.tsx'), 'Welcome'),
})
const signIn = createRoute({
  getParentRoute: () => root, path: '/sign-in',
  validateSearch: (search): { to?: string | undefined } => ({ to: text(search['to']) }),
  component: lazyRouteComponent(() => import('./doors/sign-in.tsx'), 'SignIn'),
})
const invitation = createRoute({
  getParentRoute: () => root, path: '/invitation',
  validateSearch: (search): { token?: string | undefined } => ({ token: text(search['token']) }),
  component: lazyRouteComponent(() => import('./doors/join.tsx'), 'Join'),
})

const review = createRoute({ getParentRoute: () => root, path: '/review/$token', component: lazyRouteComponent(() => import('./doors/review.tsx'), 'Review') })

// ── The workspace: only for members ──
const inside = createRoute({
  getParentRoute: () => root, id: 'inside', component: Shell, notFoundComponent: NothingHere,
  beforeLoad: async ({ context, location }) => {
    const session = await context.queries.ensureQueryData(sessionQuery)
    if (session.state === 'new') throw redirect({ to: '/welcome' })
    if (session.state === 'signed-out') throw redirect({ to: '/sign-in', search: location.pathname === '/' ? {} : { to: location.href } })
    if (!session.workspace?.door && session.member?.role === 'owner') throw redirect({ to: '/welcome' })
  },
})
const today = createRoute({ getParentRoute: () => inside, path: '/', component: lazyRouteComponent(() => import('#strategy/web/today.tsx'), 'Today') })
const campaigns = createRoute({ getParentRoute: () => inside, path: '/campaigns', component: lazyRouteComponent(() => import('#strategy/web/campaigns.tsx'), 'Campaigns') })
const scorecard = createRoute({
  getParentRoute: () => inside, path: '/campaigns/scorecard',
  validateSearch: (search): { signal?: string | undefined } => ({ signal: text(search['signal']) }),
  component: lazyRouteComponent(() => import('#strategy/web/scorecard.tsx'), 'Scorecard'),
})
const campaign = createRoute({
  getParentRoute: () => inside, path: '/campaigns/$campaignId',
  validateSearch: (search): { show?: 'scorecard' | undefined } => (search['show'] === 'scorecard' ? { show: 'scorecard' } : {}),
  component: lazyRouteComponent(() => import('#strategy/web/campaign.tsx'), 'Campaign'),
})
const inbox = createRoute({ getParentRoute: () => inside, path: '/inbox', validateSearch: inboxPlace, component: lazyRouteComponent(() => import('./inbox-screen.tsx'), 'InboxScreen') })
const calendar = createRoute({ getParentRoute: () => inside, path: '/calendar', validateSearch: calendarPlace, component: lazyRouteComponent(() => import('./calendar-screen.tsx'), 'CalendarScreen') })
const people = createRoute({
  getParentRoute: () => inside, path: '/people',
  validateSearch: (search): { q?: string | undefined; channel?: string | undefined; tag?: string | undefined; lang?: string | undefined } =>
    ({ q: text(search['q']), channel: text(search['channel']), tag: text(search['tag']), lang: text(search['lang']) }),
  component: lazyRouteComponent(() => import('#pillars/connectivity/web/people.tsx'), 'People'),
})
const person = createRoute({ getParentRoute: () => inside, path: '/people/$id', component: lazyRouteComponent(() => import('#pillars/connectivity/web/person-page.tsx'), 'PersonPage') })
const settings = createRoute({ getParentRoute: () => inside, path: '/settings', notFoundComponent: NothingHere, component: lazyRouteComponent(() => import('./settings/settings.tsx'), 'Settings') })
const settingsFirst = createRoute({ getParentRoute: () => settings, path: '/', beforeLoad: () => { throw redirect({ to: '/settings/site', replace: true }) } })
const site = createRoute({ getParentRoute: () => settings, path: '/site', component: lazyRouteComponent(() => import('./settings/site.tsx'), 'Site') })
const team = createRoute({ getParentRoute: () => settings, path: '/team', component: lazyRouteComponent(() => import('./settings/team.tsx'), 'Team') })
const voices = createRoute({ getParentRoute: () => settings, path: '/voices', component: lazyRouteComponent(() => import('./settings/voices.tsx'), 'Voices') })
const channels = createRoute({ getParentRoute: () => settings, path: '/channels', component: lazyRouteComponent(() => import('./settings/channels.tsx'), 'Channels') })
const channelBack = createRoute({ getParentRoute: () => settings, path: '/channels/back/$channel', component: lazyRouteComponent(() => import('./settings/channels-back.tsx'), 'ChannelBack') })
const publishing = createRoute({ getParentRoute: () => settings, path: '/publishing', component: lazyRouteComponent(() => import('./settings/publishing.tsx'), 'Publishing') })
const duty = createRoute({ getParentRoute: () => settings, path: '/duty', component: lazyRouteComponent(() => import('./settings/duty-page.tsx'), 'DutyPage') })
const coverage = createRoute({ getParentRoute: () => settings, path: '/coverage', component: lazyRouteComponent(() => import('./settings/coverage.tsx'), 'Coverage') })
const rules = createRoute({ getParentRoute: () => settings, path: '/rules', component: lazyRouteComponent(() => import('./settings/rules.tsx'), 'Rules') })
const pillars = createRoute({ getParentRoute: () => settings, path: '/pillars', component: lazyRouteComponent(() => import('./settings/strictness.tsx'), 'Pillars') })
const data = createRoute({ getParentRoute: () => settings, path: '/data', component: lazyRouteComponent(() => import('./settings/data.tsx'), 'Data') })
const you = createRoute({ getParentRoute: () => settings, path: '/you', component: lazyRouteComponent(() => import('./settings/you.tsx'), 'You') })
const inSettings = settings.addChildren([settingsFirst, site, team, voices, channels, channelBack, publishing, duty, coverage, rules, pillars, data, you])

const tree = root.addChildren([welcome, signIn, invitation, review, inside.addChildren([today, inbox, calendar, people, person, campaigns, scorecard, campaign, inSettings])])

export const makeRouter = (queries: QueryClient) => createRouter({
  routeTree: tree, basepath: '/app', context: { queries },
  defaultPreload: 'intent', defaultPreloadStaleTime: 0, scrollRestoration: true,
  defaultPendingComponent: Waiting, defaultNotFoundComponent: NotFound, defaultErrorComponent: ScreenBroke,
})

declare module '@tanstack/react-router' {
  interface Register { router: ReturnType<typeof makeRouter> }
}
