import { Hono } from 'hono'
import { z } from 'zod'
import type { Account, Circle, Ctx } from '#kit/channel.ts'
import { allow, body, memberOf, params, tells, type HouseEnv } from '#kit/http.ts'
import { idParam, said } from '#kit/text.ts'
import { Refusal } from '#kit/refusal.ts'
import { accountById, accountOf } from '#core/accounts/store.ts'
import { ctxFor } from '#core/ctx.ts'
import { channelOf, type House } from '#core/house.ts'

const lookUp = 20_000
const Target = z.strictObject({ target: said(500) })

async function circleOf(house: House, workspaceId: string, accountId: string): Promise<{ circle: Circle<unknown>; account: Account; ctx: Ctx }> {
  const row = await house.database.read(workspaceId, (db) => accountById(db, accountId))
  const circle = row && channelOf(house, row.channel).circle
  if (!circle) throw new Refusal('not_found')
  return { circle, account: accountOf(row), ctx: ctxFor(house, { workspaceId, fetch: house.hosts.lend('fetch') as typeof globalThis.fetch, signal: AbortSignal.timeout(lookUp) }) }
}

/** Whom an account follows and who follows it, on channels that know such a thing. */
export const followRoutes = (house: House) => new Hono<HouseEnv>()
  .get('/accounts/:id/circle', allow('read'), tells('Whom an account follows, and how many follow it'), params(idParam), async (c) => {
    const { circle, account, ctx } = await circleOf(house, memberOf(c).workspaceId, c.req.valid('param').id)
    return c.json(await circle.look(account, ctx))
  })
  .post('/accounts/:id/circle', allow('manage'), tells('Follow somebody'), params(idParam), body(Target), async (c) => {
    const { circle, account, ctx } = await circleOf(house, memberOf(c).workspaceId, c.req.valid('param').id)
    return c.json(await circle.follow(c.req.valid('json').target, account, ctx), 201)
  })
  .post('/accounts/:id/circle/leave', allow('manage'), tells('Follow somebody no longer'), params(idParam), body(Target), async (c) => {
    const { circle, account, ctx } = await circleOf(house, memberOf(c).workspaceId, c.req.valid('param').id)
    await circle.unfollow(c.req.valid('json').target, account, ctx)
    return c.json({ left: true })
  })
export type FollowApi = ReturnType<typeof followRoutes>
