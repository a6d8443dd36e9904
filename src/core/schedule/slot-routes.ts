import { Hono } from 'hono'
import { z } from 'zod'
import { allow, body, memberOf, params, query, tells, type HouseEnv } from '#kit/http.ts'
import { idParam } from '#kit/text.ts'
import type { House } from '../house.ts'
import { FeedRuleBody, Next, SlotInput } from './bodies.ts'
import { dropFeedRule, feedRulesOf, keepFeedRule, newestOf, type FeedRule } from './feed-in.ts'
import type { Slot } from './slots.ts'
import { dropSlot, freeSlots, keepSlot, slotsOf, zonesFor } from './store.ts'

const shown = ({ id, accountId, weekday, time, zone, intent, campaignId }: Slot) => ({ id, accountId, weekday, time, zone, intent, campaignId })
const ruled = <R extends FeedRule>({ workspaceId: _, ...rule }: R) => rule

const weekly = (house: House) => new Hono<HouseEnv>()
  .get('/slots', allow('read'), tells('The weekly times at which accounts speak'), async (c) =>
    c.json({ items: (await house.database.read(memberOf(c).workspaceId, (db) => slotsOf(db))).map(shown) }))
  .get('/slots/next', allow('read'), tells('The next free slots of an account'), query(Next), async (c) => {
    const { accountId, count, intent, campaignId } = c.req.valid('query')
    const free = await house.database.read(memberOf(c).workspaceId, (db) => freeSlots(db, { accountId, count, wish: { intent, campaignId }, now: house.now() }))
    return c.json({ items: free.map(({ slotId, wallTime, zone, at, clockChange }) => ({ slotId, wallTime, zone, at, clockChange })) })
  })
  .post('/slots', allow('plan'), tells('Give an account a weekly time'), body(SlotInput), async (c) => {
    const { workspaceId } = memberOf(c)
    const given = c.req.valid('json')
    const zone = given.zone ?? (await zonesFor(house.database, { workspaceId, campaignId: given.campaignId })).planning
    return c.json(shown(await house.database.write(workspaceId, (tx) => keepSlot(tx, undefined, { ...given, zone }))), 201)
  })
  .put('/slots/:id', allow('plan'), tells('Change a weekly time'), params(idParam), body(SlotInput), async (c) => {
    const { workspaceId } = memberOf(c)
    const given = c.req.valid('json')
    const zone = given.zone ?? (await zonesFor(house.database, { workspaceId, campaignId: given.campaignId })).planning
    return c.json(shown(await house.database.write(workspaceId, (tx) => keepSlot(tx, c.req.valid('param').id, { ...given, zone }))))
  })
  .delete('/slots/:id', allow('plan'), tells('Drop a weekly time'), params(idParam), async (c) => {
    await house.database.write(memberOf(c).workspaceId, (tx) => dropSlot(tx, c.req.valid('param').id))
    return c.json({ deleted: true })
  })

const feeds = (house: House) => new Hono<HouseEnv>()
  .get('/feed-rules', allow('read'), tells('What becomes of each new item of a feed'), async (c) =>
    c.json({ items: (await house.database.read(memberOf(c).workspaceId, feedRulesOf)).map(ruled) }))
  .get('/feed-rules/newest', allow('plan'), tells('What a feed told last'), query(z.strictObject({ feedAccountId: z.uuid() })), async (c) =>
    c.json({ item: await house.database.read(memberOf(c).workspaceId, (db) => newestOf(db, c.req.valid('query').feedAccountId)) }))
  .post('/feed-rules', allow('plan'), tells('Let a feed fill drafts or slots'), body(FeedRuleBody), async (c) => {
    const member = memberOf(c)
    return c.json(ruled(await house.database.write(member.workspaceId, (tx) => keepFeedRule(tx, undefined, { ...c.req.valid('json'), authorId: member.id, at: house.now() }))), 201)
  })
  .put('/feed-rules/:id', allow('plan'), tells('Change what becomes of a feed'), params(idParam), body(FeedRuleBody), async (c) => {
    const member = memberOf(c)
    return c.json(ruled(await house.database.write(member.workspaceId, (tx) => keepFeedRule(tx, c.req.valid('param').id, { ...c.req.valid('json'), authorId: member.id, at: house.now() }))))
  })
  .delete('/feed-rules/:id', allow('plan'), tells('Leave a feed alone'), params(idParam), async (c) => {
    await house.database.write(memberOf(c).workspaceId, (tx) => dropFeedRule(tx, c.req.valid('param').id))
    return c.json({ deleted: true })
  })

export const slotRoutes = (house: House) => new Hono<HouseEnv>().route('/', weekly(house)).route('/', feeds(house))
