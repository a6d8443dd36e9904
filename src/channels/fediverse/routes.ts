import { Hono, type Context } from 'hono'
import { allow, type HouseEnv } from '#kit/http.ts'
import type { Hosts } from '#kit/host.ts'
import { Refusal } from '#kit/refusal.ts'
import { nodeInfo, nodeInfoIndex, nodeInfoType } from './node-info.ts'
import { inboxPace } from './pace.ts'
import { toolsOf, type Here } from './tools.ts'

/** Everything the fediverse asks of us, at the site's root. */
export function routes(hosts: Hosts): Hono {
  const tools = toolsOf(hosts)
  const pace = inboxPace()
  // The vocabulary is large; it is loaded when the first other server asks.
  const work = lazily(async () => {
    const [{ federationOf }, { takeIn }, { note }, { deskOf }] = await Promise.all([import('./federation.ts'), import('./inbox.ts'), import('./note.ts'), import('./house.ts')])
    return { federation: federationOf(tools), takeIn, note, deskOf }
  })
  const app = new Hono<HouseEnv>()

  const hereOf = async (c: Context): Promise<Here> => {
    const host = await hosts.at(c.req.raw)
    const account = await host?.account('fediverse')
    if (!host || !account) throw new Refusal('not_found')
    return { host, account }
  }
  const deskAt = async (c: Context) => {
    const { host, account } = await hereOf(c)
    return (await work()).deskOf(host, account, tools)
  }
  const published = async (c: Context) => {
    const here = await hereOf(c)
    const id = c.req.param('id')
    if (id !== undefined && id !== here.account.id) throw new Refusal('not_found')
    const { origin } = await here.host.site()
    const asked = new URL(c.req.url)
    // Seen from the outside: behind a proxy the request knows only the inside.
    const request = new Request(new URL(asked.pathname + asked.search, origin), { headers: c.req.raw.headers })
    return (await work()).federation.fetch(request, {
      contextData: here,
      onNotFound: () => { throw new Refusal('not_found') },
      onNotAcceptable: () => Response.redirect(`${origin}/`, 302),
    })
  }

  app.get('/.well-known/webfinger', allow('anyone'), async (c, next) => {
    const { host } = await hereOf(c)
    checkResource(c.req.queries('resource'), new URL((await host.site()).origin))
    try { return await published(c) } catch (error) {
      // A name that is not the brand's may be that of somebody else in this house.
      await next()
      if (c.finalized && c.res.ok) return c.res
      throw error
    }
  })
  app.get('/.well-known/nodeinfo', allow('anyone'), async (c) => c.json(nodeInfoIndex((await (await hereOf(c)).host.site()).origin)))
  app.get('/nodeinfo/2.1', allow('anyone'), async (c) => c.json(await nodeInfo(await hereOf(c)), 200, { 'content-type': nodeInfoType }))
  app.get('/ap/actors/:id', allow('anyone'), published)
  for (const name of ['outbox', 'followers', 'following']) app.get(`/ap/actors/:id/${name}`, allow('anyone'), published)

  app.get('/ap/notes/:key', allow('anyone'), async (c) => (await work()).note(c, await deskAt(c), 'note'))
  app.get('/ap/notes/:key/activity', allow('anyone'), async (c) => (await work()).note(c, await deskAt(c), 'activity'))

  const inbox = async (c: Context) => {
    const desk = await deskAt(c)
    const id = c.req.param('id')
    if (id !== undefined && id !== desk.account.id) throw new Refusal('not_found')
    await pace.network(desk.host.workspaceId, c.get('ip'), async () => (await work()).takeIn(c.req.raw, desk, {
      now: new Date(), house: (host) => pace.house(desk.host.workspaceId, host),
    }))
    return c.body(null, 202)
  }
  app.post('/ap/inbox', allow('anyone'), inbox)
  app.post('/ap/actors/:id/inbox', allow('anyone'), inbox)
  return app as unknown as Hono
}

function lazily<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => made ??= make()
}

/** One resource, of a readable form and of reasonable length; of another host it is simply not here. */
function checkResource(given: readonly string[] | undefined, site: URL): void {
  const [resource, ...more] = given ?? []
  if (resource === undefined || more.length > 0 || resource.length > 1_000 || !resource.isWellFormed()) throw new Refusal('resource_invalid', { field: 'resource' })
  if (/^https?:\/\//.test(resource) && URL.canParse(resource)) return
  const [, name, host] = /^acct:([^\s@]+)@([^\s@/?#]+)$/u.exec(resource) ?? []
  if (name === undefined || host === undefined || !URL.canParse(`https://${host}/`)) throw new Refusal('resource_invalid', { field: 'resource' })
  if (new URL(`${site.protocol}//${host}/`).host !== site.host) throw new Refusal('not_found')
}
