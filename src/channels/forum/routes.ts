import { Hono } from 'hono'
import type { MiddlewareHandler } from 'hono'
import type { Host, Hosts } from '#kit/host.ts'
import { allow, type HouseEnv } from '#kit/http.ts'
import { problemBody } from '#kit/problem-json.ts'
import { problems } from '#kit/problems.ts'
import { Refusal } from '#kit/refusal.ts'
import type { Database } from '#db/database.ts'
import { keep, kept, shown, wantsJson, type PorchContext } from '../porch/answer.ts'
import { loadAssets } from '../porch/assets.ts'
import { notFoundPage } from '../porch/pages/other.ts'
import { porchFinder } from '../porch/place.ts'
import { tokenIn } from './cookie.ts'
import { federateRoutes } from './federate/routes.ts'
import { paces, type Paces } from './pace.ts'
import { plainPage } from './pages/shell.ts'
import { meOf, noteVisit } from './people.ts'
import { readSettings, teamOf, type Room, type View } from './room.ts'
import { forumStyle, script } from './script.ts'
import * as account from './views/account.ts'
import * as old from './views/old.ts'
import * as read from './views/read.ts'
import * as team from './views/team.ts'
import * as write from './views/write.ts'
import { wordsIn } from './words/words.ts'

export interface ForumOptions { readonly now?: () => Date; readonly paces?: Paces; readonly freshFor?: number }
const anyone = allow('anyone')

/** The pages of the forum. While no forum is open, the house has none of them. */
export function forumRoutes(hosts: Hosts, options: ForumOptions = {}): Hono {
  const database = hosts.lend('database') as Database
  const fixed = { assets: loadAssets(forumStyle()), hosts, database, paces: options.paces ?? paces() }
  const now = options.now ?? (() => new Date())
  const mailOf = remembering(options.freshFor ?? 5_000)
  const porchAt = porchFinder(hosts, options.freshFor ?? 250)
  const app = new Hono<HouseEnv>()
  const roomOf = async (c: PorchContext): Promise<Room | undefined> => {
    const porch = await porchAt(c.req.raw)
    if (!porch?.forum) return undefined
    const at = now()
    const { workspaceId } = porch.host
    const token = tokenIn(c)
    const me = token ? await database.readAgain(workspaceId, (db) => meOf(db, token, at)) : undefined
    if (me && me.lastDay !== at.toISOString().slice(0, 10)) await database.write(workspaceId, (tx) => noteVisit(tx, me, at))
    return { ...fixed, porch, account: porch.forum, settings: readSettings(porch.forum), words: wordsIn(porch.site.lang), me, member: teamOf(c, workspaceId), now: at, mail: () => mailOf(porch.host) }
  }
  const open = (view: View): MiddlewareHandler<HouseEnv> => async (c, next) => {
    const room = await roomOf(c)
    if (!room) return next()
    try { return await view(c, room) } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return refusedPage(c, room, error)
    }
  }
  federateRoutes(app, hosts, now)
  readingRoutes(app, open)
  writingRoutes(app, open)
  return app as unknown as Hono
}

/** Every page asks whether there is an e-mail account; it changes once a year. */
function remembering(freshFor: number): (host: Host) => Promise<boolean> {
  const known = new Map<string, { readonly until: number; readonly can: Promise<boolean> }>()
  return (host) => {
    const found = known.get(host.workspaceId)
    if (found && found.until > performance.now()) return found.can
    const can = host.canWriteLetters()
    can.catch(() => known.delete(host.workspaceId))
    known.set(host.workspaceId, { until: performance.now() + freshFor, can })
    return can
  }
}

type Open = (view: View) => MiddlewareHandler<HouseEnv>
function readingRoutes(app: Hono<HouseEnv>, open: Open): void {
  const at = (path: string, view: View): void => { app.get(path, anyone, open(view)) }
  at('/forum', read.home)
  at('/forum/feed.xml', read.feed)
  at('/forum/c/:slug', read.category)
  at('/forum/c/:slug/feed.xml', read.categoryFeed)
  at('/forum/tag/:tag', read.tagged)
  at('/forum/unanswered', read.waiting)
  at('/forum/t/:address', read.topic)
  at('/forum/t/:address/feed.xml', read.topicFeed)
  at('/forum/p/:id', read.permalink)
  at('/forum/search', read.search)
  at('/forum/suggest', read.suggest)
  at('/forum/new', write.askForm)
  at('/forum/p/:id/edit', write.editForm)
  at('/forum/p/:id/flag', write.flagForm)
  at('/forum/sign-in', account.signInForm)
  at('/forum/enter/:token', account.enterForm)
  at('/forum/me', account.me)
  at('/forum/decisions/:id', account.decision)
  at('/forum/follow/:token', account.confirmForm)
  at('/forum/manage', team.desk)
  at('/forum/manage/p/:id', team.ruleForm)
  oldAddresses(at)
  const file = script()
  app.get(file.path, anyone, (c) => c.body(file.body, 200, { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': keep.forever, 'x-content-type-options': 'nosniff', 'cross-origin-resource-policy': 'same-origin' }))
}

/** Addresses of the forum that was brought in, as they stand in mails and on other sites: they lead on for ever. */
function oldAddresses(at: (path: string, view: View) => void): void {
  for (const path of ['/t/:words/:id', '/t/:words/:id/:place', '/t/:id{[0-9]+}']) at(path, old.discourseTopic)
  for (const path of ['/c/:words/:id', '/c/:above/:words/:id']) at(path, old.discourseCategory)
  for (const path of ['/topic/:id', '/topic/:id/:words', '/topic/:id/:words/:place']) at(path, old.nodebbTopic)
  for (const path of ['/category/:id', '/category/:id/:words']) at(path, old.nodebbCategory)
  at('/post/:id', old.nodebbPost)
}

function writingRoutes(app: Hono<HouseEnv>, open: Open): void {
  const at = (path: string, view: View): void => {
    app.post(path, anyone, open(view))
    app.on(['PUT', 'PATCH', 'DELETE'], path, anyone, () => { throw new Refusal('method_not_allowed') })
  }
  at('/forum/new', write.ask)
  at('/forum/t/:address/answer', write.answerTopic)
  at('/forum/p/:id/edit', write.edit)
  at('/forum/p/:id/act', write.act)
  at('/forum/p/:id/flag', write.report)
  at('/forum/draft', write.draft)
  at('/forum/sign-in', account.signIn)
  at('/forum/sign-out', account.signOut)
  at('/forum/enter/:token', account.enterByLink)
  at('/forum/decisions/:id', account.object)
  at('/forum/follow', account.follow)
  at('/forum/follow/:token', account.confirm)
  at('/forum/manage/c/:id', team.keepCategoryView)
  at('/forum/manage/p/:id', team.rule)
  at('/forum/manage/appeals/:id', team.judge)
  at('/forum/manage/t/:id', team.arrange)
}

/** A refusal that belongs to no form: a page for people, a problem for programs. */
async function refusedPage(c: PorchContext, room: Room, refusal: Refusal): Promise<Response> {
  const { porch, assets } = room
  const { status } = problems[refusal.code]
  const wait = refusal.extra?.['retryAfter']
  const headers: Record<string, string> = { vary: 'Accept', ...(typeof wait === 'number' ? { 'retry-after': String(wait) } : {}) }
  if (wantsJson(c)) return kept(c, JSON.stringify(problemBody(refusal, porch.site.lang, c.get('requestId') ?? '')), { cache: keep.never, status, type: 'application/problem+json; charset=utf-8', headers })
  if (refusal.code === 'not_found') return shown(c, notFoundPage(porch, assets), { assets, status, cache: keep.never, headers })
  const { title, detail } = problemBody(refusal, porch.site.lang, '')
  const back = refusal.code === 'forum_sign_in' ? '/forum/sign-in' : '/forum'
  return shown(c, plainPage(room, { title, lead: detail, back }), { assets, status, script: true, cache: keep.never, headers })
}
