import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Hosts } from '#kit/host.ts'
import { allow, type HouseEnv } from '#kit/http.ts'
import { Refusal } from '#kit/refusal.ts'
import { storable } from '#kit/text.ts'
import type { Database } from '#db/database.ts'
import { slugIn } from './look.ts'
import { ask, hasRoom } from './store.ts'

const anyone = allow('anyone')
const small = bodyLimit({ maxSize: 16 * 1024, onError: () => { throw new Refusal('body_too_large', { params: { limit: '16 KB' } }) } })
const mostLetters = 2_000

function webAddress(given: unknown): URL | undefined {
  if (typeof given !== 'string' || given.length > mostLetters || !storable(given) || !URL.canParse(given)) return undefined
  const url = new URL(given)
  url.hash = ''
  return (url.protocol === 'https:' || url.protocol === 'http:') && url.username === '' ? url : undefined
}

/** Where others tell us that they speak of a post of ours. It is looked at afterwards, never while they wait. */
export function routes(hosts: Hosts): Hono {
  const app = new Hono<HouseEnv>()
  app.post('/webmention', anyone, small, async (c) => {
    const host = await hosts.at(c.req.raw)
    const account = await host?.account('porch')
    if (!host || !account) throw new Refusal('not_found')
    const form = await c.req.parseBody().catch((): Record<string, unknown> => ({}))
    const [source, target] = [webAddress(form['source']), webAddress(form['target'])]
    const slug = target && slugIn(target.href)
    const { origin } = await host.site()
    if (!source || !target || slug === undefined || target.origin !== origin || source.href === target.href) throw new Refusal('webmention_invalid')
    const standing = await host.standing(account.id, slug)
    if (!standing || standing.gone) throw new Refusal('webmention_invalid')
    const at = new Date()
    const taken = await (host.lend('database') as Database).write(host.workspaceId, async (tx) => {
      if (!await hasRoom(tx, source.href)) return false
      await ask(tx, { source: source.href, target: target.href, at })
      return true
    })
    if (!taken) throw new Refusal('rate_limited', { params: { seconds: 600 } })
    return c.text('Accepted: it will be looked at.\n', 202)
  })
  return app as unknown as Hono
}
