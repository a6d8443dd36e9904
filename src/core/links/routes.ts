import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { Hono } from 'hono'
import { z } from 'zod'
import { allow, body, memberOf, query, tells, type HouseEnv } from '#kit/http.ts'
import { line, said } from '#kit/text.ts'
import { Refusal } from '#kit/refusal.ts'
import { withUtm, type Utm } from '#text/utm.ts'
import type { House } from '../house.ts'
import { refuseUnknownCampaign } from '../posts/campaign.ts'
import { postById } from '../posts/store.ts'
import { cardFor, targetOf } from './cards.ts'
import { whatCounts } from './rules.ts'
import { ensureShortLink, follow, shortLinksOf, type ShortLink } from './short.ts'

const address = z.string().min(1).max(2_048)
const Marks = z.strictObject({ source: said(100), medium: said(100), campaign: said(100), term: line(100).optional(), content: line(100).optional() })
const Short = z.strictObject({ target: address, utm: Marks.optional(), postId: z.uuid().optional(), campaignId: z.uuid().optional() })
const About = z.strictObject({ postId: z.uuid().optional(), campaignId: z.uuid().optional() })

async function originOf(house: House, workspaceId: string): Promise<string> { return (await house.hosts.of(workspaceId).site()).origin }
const shown = (origin: string, row: ShortLink) => ({ id: row.id, code: row.code, url: `${origin}/l/${row.code}`, target: row.target, postId: row.postId, campaignId: row.campaignId, madeAt: row.madeAt })

export function linkRoutes(house: House) {
  // Each card may reach out to a stranger's server: a member gets thirty a minute.
  const pace = new RateLimiterMemory({ points: 30, duration: 60 })
  const turn = (member: string) => pace.consume(member).catch((error: unknown) => {
    if (error instanceof RateLimiterRes) throw new Refusal('rate_limited', { params: { seconds: Math.ceil(error.msBeforeNext / 1000) } })
    throw error
  })
  return new Hono<HouseEnv>()
    .post('/cards', allow('answer'), tells('What stands behind a link'), body(z.strictObject({ url: address })), async (c) => {
      const { id, workspaceId } = memberOf(c)
      targetOf(c.req.valid('json').url)
      await turn(id)
      return c.json({ card: await cardFor(house, workspaceId, c.req.valid('json').url) })
    })
    .post('/short-links', allow('write'), tells('A short address of our own for a link'), body(Short), async (c) => {
      const { id, workspaceId } = memberOf(c)
      const { target, utm, postId = null, campaignId = null } = c.req.valid('json')
      const whole = utm ? withUtm(targetOf(target).href, utm as Utm) : targetOf(target).href
      const row = await house.database.write(workspaceId, async (tx) => {
        if (postId) await postById(tx, postId)
        await refuseUnknownCampaign(tx, campaignId)
        return await ensureShortLink(tx, { target: whole, postId, campaignId, madeBy: id, at: house.now() })
      })
      return c.json(shown(await originOf(house, workspaceId), row), 201)
    })
    .get('/short-links', allow('read'), tells('Short links and how often each was followed'), query(About), async (c) => {
      const { workspaceId } = memberOf(c)
      const [origin, rows] = [await originOf(house, workspaceId), await house.database.read(workspaceId, (db) => shortLinksOf(db, c.req.valid('query')))]
      return c.json({ items: rows.map(({ clicks, bots, days, ...row }) => ({ ...shown(origin, row), clicks, bots, days })), note: whatCounts })
    })
}
export type LinkApi = ReturnType<typeof linkRoutes>

/** The short links themselves, for everybody. A code leads only where a member said; nothing of the request decides the target. */
export const shortLinkRoutes = (house: House) => new Hono<HouseEnv>().get('/l/:code', async (c) => {
  const early = /prefetch|prerender|preview/i.test(`${c.req.header('sec-purpose') ?? ''} ${c.req.header('purpose') ?? ''}`)
  const code = c.req.param('code')
  const target = /^[0-9a-zA-Z]{4,20}$/.test(code) ? await follow(house, code, { agent: c.req.header('user-agent'), counts: c.req.method === 'GET' && !early }) : undefined
  if (target === undefined) throw new Refusal('not_found')
  return c.body(null, 302, { location: target, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex' })
})
