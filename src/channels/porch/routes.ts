import { Readable } from 'node:stream'
import { Hono } from 'hono'
import type { MiddlewareHandler } from 'hono'
import type { Hosts } from '#kit/host.ts'
import { allow, RULE, type HouseEnv } from '#kit/http.ts'
import { momentIn } from '#kit/moment.ts'
import { Refusal } from '#kit/refusal.ts'
import { keep, kept, shown, type Kept, type PorchContext } from './answer.ts'
import { changedAt } from './article.ts'
import { loadAssets, type Asset } from './assets.ts'
import { commentsAtom, commentsRss, lastWord, ofAll, ofPost, type Listed } from './comment-feeds.ts'
import { commentView } from './comment-view.ts'
import { atom, jsonFeed, rss, sitemap } from './feeds.ts'
import { pace, type Pace } from './pace.ts'
import { listPage } from './pages/list.ts'
import { favicon } from './pages/mark.ts'
import { aboutPage, notFoundPage, peoplePage } from './pages/other.ts'
import type { Opened } from './opened.ts'
import { followView, ownView } from './own-view.ts'
import { porchFinder, type Porch } from './place.ts'
import { everything, listed, newest, postAt } from './posts.ts'
import { postView } from './post-view.ts'

/** `freshFor`: how old, in milliseconds, what is known of the site itself may be. */
export interface PorchOptions { readonly now?: () => Date; readonly pace?: Pace; readonly freshFor?: number }
type View = (c: PorchContext, opened: Opened) => Promise<Response>

const feedLength = 20
const anyone = allow('anyone')

/** The public site, mounted at its root. What is not of the porch is left to the rest of the house. */
export function porchRoutes(hosts: Hosts, options: PorchOptions = {}): Hono {
  const assets = loadAssets()
  const house = { assets, hosts, pace: options.pace ?? pace(), now: options.now ?? (() => new Date()) }
  const porchAt = porchFinder(hosts, options.freshFor ?? 250)
  const app = new Hono<HouseEnv>()
  const open = (view: View): MiddlewareHandler<HouseEnv> => async (c, next) => {
    const porch = await porchAt(c.req.raw)
    return porch ? view(c, { ...house, porch }) : next()
  }
  app.use('*', lostPages(open))
  app.get('/', anyone, open((c, opened) => listView(c, opened)))
  app.get('/tag/:tag', anyone, open((c, opened) => listView(c, opened, c.req.param('tag'))))
  app.get('/people', anyone, open(peopleView))
  app.get('/about', anyone, open((c, { porch }) => shown(c, aboutPage(porch, assets), { assets, cache: keep.ask })))
  app.get('/p/:slug', anyone, open(articleView))
  app.get('/p/:slug/comments', anyone, open(async (c) => c.redirect(`/p/${encodeURIComponent(c.req.param('slug') ?? '')}#comments`, 303)))
  app.post('/p/:slug/comments', anyone, open((c, opened) => commentView(c, opened, c.req.param('slug') ?? '')))
  for (const method of ['GET', 'POST'] as const) app.on(method, '/comments/follow/:token', anyone, open((c, opened) => followView(c, opened, c.req.param('token') ?? '')))
  for (const method of ['GET', 'POST'] as const)
    app.on(method, '/p/:slug/comments/own/:token', anyone, open((c, opened) => ownView(c, opened, { slug: c.req.param('slug') ?? '', token: c.req.param('token') ?? '' })))
  for (const kind of ['atom', 'xml'] as const) {
    app.get(`/p/:slug/comments.${kind}`, anyone, open((c, opened) => postCommentsView(c, opened, kind)))
    app.get(`/comments.${kind}`, anyone, open((c, opened) => allCommentsView(c, opened, kind)))
  }
  app.on(['PUT', 'PATCH', 'DELETE'], '/p/:slug/comments', anyone, () => { throw new Refusal('method_not_allowed') })
  app.get('/feed.xml', anyone, open(feedView('application/rss+xml; charset=utf-8', rss)))
  app.get('/atom.xml', anyone, open(feedView('application/atom+xml; charset=utf-8', atom)))
  app.get('/feed.json', anyone, open(feedView('application/feed+json; charset=utf-8', jsonFeed)))
  app.get('/sitemap.xml', anyone, open(sitemapView))
  app.get('/robots.txt', anyone, open(async (c, { porch }) => kept(c, robots(porch.site.origin), { cache: keep.hour, type: 'text/plain; charset=utf-8' })))
  app.get('/favicon.svg', anyone, (c) => kept(c, favicon, { cache: keep.hour, type: 'image/svg+xml' }))
  app.get(assets.script.path, anyone, (c) => file(c, assets.script, keep.hour))
  for (const font of assets.fonts) app.get(font.path, anyone, (c) => file(c, font, keep.forever))
  return app as unknown as Hono
}

const robots = (origin: string): string => `User-agent: *\nDisallow: /api/\nDisallow: /*?answer=\nAllow: /\n\nSitemap: ${origin}/sitemap.xml\n`
const file = (c: PorchContext, asset: Asset, cache: string): Response => c.body(asset.body, 200, {
  'content-type': asset.type, 'cache-control': cache, 'x-content-type-options': 'nosniff', 'cross-origin-resource-policy': 'same-origin',
})

const isMoment = (text: string): boolean => /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(text) && momentIn(text) !== undefined

async function listView(c: PorchContext, opened: Opened, tag?: string): Promise<Response> {
  const { porch, assets } = opened
  const asked = c.req.query('before')
  if ((asked !== undefined && !isMoment(asked)) || (tag !== undefined && (tag.length > 100 || tag.includes('\0')))) return lost(c, opened)
  const page = await listed(porch, { ...(asked ? { before: asked } : {}), ...(tag === undefined ? {} : { tag }) })
  const base = tag === undefined ? '/' : `/tag/${encodeURIComponent(tag)}`
  const older = page.before && `${base}?before=${encodeURIComponent(page.before)}`
  const markup = listPage(porch, assets, { articles: page.articles, older, later: asked !== undefined, ...(tag === undefined ? {} : { tag }) })
  const status = tag !== undefined && page.articles.length === 0 ? 404 : 200
  return shown(c, markup, { assets, cache: keep.ask, status })
}

async function articleView(c: PorchContext, opened: Opened): Promise<Response> {
  const asked = c.req.param('slug') ?? ''
  const article = await postAt(opened.porch, asked)
  if (!article) return lost(c, opened)
  if (article.slug !== asked) return c.redirect(article.path, 301)
  return postView(c, opened, article)
}

async function peopleView(c: PorchContext, { porch, assets }: Opened): Promise<Response> {
  return shown(c, peoplePage(porch, assets, await porch.host.people()), { assets, cache: keep.ask })
}

const forAll = { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' } as const

const feedView = (type: string, write: typeof rss): View => async (c, { porch }) => {
  const articles = await newest(porch, feedLength)
  const changed = articles.map(changedAt).sort().at(-1)
  return kept(c, write(porch, articles), { cache: keep.feed, type, changed, headers: forAll } satisfies Kept)
}

type CommentFeed = 'atom' | 'xml'
const commentFeed = (c: PorchContext, porch: Porch, kind: CommentFeed, listed: Omit<Listed, 'self'>): Response => {
  const feed = { ...listed, self: c.req.path }
  const type = kind === 'atom' ? 'application/atom+xml; charset=utf-8' : 'application/rss+xml; charset=utf-8'
  return kept(c, kind === 'atom' ? commentsAtom(porch, feed) : commentsRss(porch, feed), { cache: keep.feed, type, changed: lastWord(feed.items), headers: forAll })
}
async function postCommentsView(c: PorchContext, opened: Opened, kind: CommentFeed): Promise<Response> {
  const { porch } = opened
  const article = await postAt(porch, c.req.param('slug') ?? '')
  if (!article || article.gone) return lost(c, opened)
  return commentFeed(c, porch, kind, { title: porch.words.commentsOn(article.headline), page: `${article.path}#comments`, items: await ofPost(porch, article) })
}
async function allCommentsView(c: PorchContext, { porch }: Opened, kind: CommentFeed): Promise<Response> {
  return commentFeed(c, porch, kind, { title: `${porch.site.name}: ${porch.words.allComments}`, page: '/', items: await ofAll(porch) })
}

async function sitemapView(c: PorchContext, { porch }: Opened): Promise<Response> {
  const stream = Readable.toWeb(Readable.from(sitemap(porch, everything(porch)))) as ReadableStream
  const headers = { 'content-type': 'application/xml; charset=utf-8', 'cache-control': keep.hour, 'x-content-type-options': 'nosniff', vary: 'Accept-Encoding' }
  const bytes = stream.pipeThrough(new TextEncoderStream())
  if (!/\bgzip\b/.test(c.req.header('accept-encoding') ?? '')) return new Response(bytes, { headers })
  return new Response(bytes.pipeThrough(new CompressionStream('gzip')), { headers: { ...headers, 'content-encoding': 'gzip' } })
}

const lost = (c: PorchContext, { porch, assets }: Opened): Promise<Response> =>
  shown(c, notFoundPage(porch, assets), { assets, status: 404, cache: keep.ask, headers: { vary: 'Accept' } })

/** Gives a reader who finds nothing anywhere in the house a page instead of a bare answer. */
function lostPages(open: (view: View) => MiddlewareHandler<HouseEnv>) {
  const page = open(lost)
  const guard: MiddlewareHandler<HouseEnv> = async (c, next) => {
    const reads = c.req.method === 'GET' && (c.req.header('accept') ?? '').includes('text/html') && !c.req.path.startsWith('/api/')
    const missing = await next().then(() => c.res.status === 404, (error: unknown) => {
      if (!reads || !(error instanceof Refusal) || error.code !== 'not_found') throw error
      return error
    })
    if (!missing || !reads || (missing === true && c.res.headers.get('content-type')?.startsWith('text/html'))) return
    const found = await page(c, async () => {})
    if (found instanceof Response) { c.res = undefined; c.res = found } else if (missing !== true) throw missing
  }
  return Object.assign(guard, { [RULE]: 'anyone' as const })
}
