import { Hono } from 'hono'
import { allow, body, memberOf, query, tells, type HouseEnv } from '#kit/http.ts'
import { Refusal } from '#kit/refusal.ts'
import type { Tx } from '#db/database.ts'
import type { House } from '../house.ts'
import type { Post } from '../posts/store.ts'
import { CopyBody, Items, MoveBody, OfCampaign, Range, Shelf, SlotBody, Token } from './bodies.ts'
import { copyAll, deleteAll, moveAll, pauseAll, resumeAll, slotAll, unscheduleAll, type Done, type Move } from './bulk.ts'
import { shelf } from './calendar-rows.ts'
import { fileRoutes } from './file-routes.ts'
import { aroundOf, calendarOf } from './look.ts'
import { seriesRoutes } from './series-routes.ts'
import { slotRoutes } from './slot-routes.ts'
import { standingOf } from './standing.ts'
import { campaignLanes, lockSlots, orderShelf, takeSlot, zonesFor } from './store.ts'
import { undo } from './undo.ts'
import { doubtful } from './zones.ts'

async function changed(tx: Tx, posts: readonly Post[]) {
  return await Promise.all(posts.map(async (post) => ({ id: post.id, version: post.version, state: (await standingOf(tx, post)).as, wallTime: post.wallTime, zone: post.zone, dueAt: post.dueAt })))
}
const answer = async (tx: Tx, { posts, undo: token }: Done) => ({ items: await changed(tx, posts), undo: token })

const lookRoutes = (house: House) => new Hono<HouseEnv>()
  .get('/calendar', allow('read'), tells('What stands in the calendar between two moments'), query(Range), async (c) => {
    const { workspaceId, id } = memberOf(c)
    const filter = c.req.valid('query')
    const zones = await zonesFor(house.database, { workspaceId, memberId: id, campaignId: filter.campaignId === 'none' ? undefined : filter.campaignId })
    return c.json(await house.database.read(workspaceId, async (db) => {
      const { items, more, around } = await calendarOf(db, house, { filter, zone: zones.planning })
      const accounts = around.accounts.filter((one) => one.state !== 'removed').map(({ id: accountId, channel, name, handle, state }) => ({ id: accountId, channel, name, handle, state }))
      return { items, more, zones: { planning: zones.planning, workspace: zones.workspace, member: zones.member }, lanes: { accounts, campaigns: await campaignLanes(db) } }
    }))
  })
  .get('/calendar/shelf', allow('read'), tells('Drafts without a time, in their order'), async (c) => {
    const { workspaceId } = memberOf(c)
    const { workspace } = await zonesFor(house.database, { workspaceId })
    return c.json({ items: await house.database.read(workspaceId, async (db) => await shelf(db, await aroundOf(db, house, workspace))) })
  })
  .put('/calendar/shelf', allow('write'), tells('Put the shelf in order'), body(Shelf), async (c) => {
    const { ids } = c.req.valid('json')
    await house.database.write(memberOf(c).workspaceId, (tx) => orderShelf(tx, ids))
    return c.json({ ids })
  })
  .get('/calendar/zone', allow('read'), tells('By whose clock a time is planned, and by whose it is read'), query(OfCampaign), async (c) => {
    const { workspaceId, id } = memberOf(c)
    const { planning, workspace, member } = await zonesFor(house.database, { workspaceId, memberId: id, campaignId: c.req.valid('query').campaignId })
    return c.json({ planning, workspace, member, doubtful: doubtful({ campaign: planning, workspace, member }, house.now()) })
  })

const moveIn = (given: object): Move | undefined => ('by' in given || 'to' in given ? given as Move : undefined)

const actRoutes = (house: House) => new Hono<HouseEnv>()
  .post('/calendar/move', allow('write'), tells('Move things along the clock, to a time, or to a day: all or none'), body(MoveBody), async (c) => {
    const given = c.req.valid('json')
    const ask = { member: memberOf(c), lang: c.get('lang'), items: given.items, act: 'move' }
    const { workspace } = await zonesFor(house.database, { workspaceId: ask.member.workspaceId })
    const moving = { move: moveIn(given)!, which: given.which, zone: workspace, now: house.now() }
    return c.json(await house.database.write(ask.member.workspaceId, async (tx) => await answer(tx, await moveAll(tx, house, { ...ask, moving, reasons: given.reasons, lane: given.lane }))))
  })
  .post('/calendar/copy', allow('write'), tells('The same words again, as drafts'), body(CopyBody), async (c) => {
    const given = c.req.valid('json')
    const ask = { member: memberOf(c), lang: c.get('lang'), items: given.items, act: 'copy' }
    const { workspace } = await zonesFor(house.database, { workspaceId: ask.member.workspaceId })
    const move = moveIn(given)
    const moving = move && { move, which: 'which' in given ? given.which : undefined, zone: workspace, now: house.now() }
    return c.json(await house.database.write(ask.member.workspaceId, async (tx) => await answer(tx, await copyAll(tx, house, { ...ask, moving }))))
  })
  .post('/calendar/pause', allow('write'), tells('Hold back, keeping the time'), body(Items), async (c) => {
    const ask = { member: memberOf(c), lang: c.get('lang'), items: c.req.valid('json').items, act: 'pause' }
    return c.json(await house.database.write(ask.member.workspaceId, async (tx) => await answer(tx, await pauseAll(tx, house, ask))))
  })
  .post('/calendar/resume', allow('write'), tells('Schedule again what was held back'), body(Items), async (c) => {
    const ask = { member: memberOf(c), lang: c.get('lang'), items: c.req.valid('json').items, act: 'resume' }
    return c.json(await house.database.write(ask.member.workspaceId, async (tx) => await answer(tx, await resumeAll(tx, house, ask))))
  })
  .post('/calendar/unschedule', allow('write'), tells('Back to the shelf'), body(Items), async (c) => {
    const ask = { member: memberOf(c), lang: c.get('lang'), items: c.req.valid('json').items, act: 'unschedule' }
    return c.json(await house.database.write(ask.member.workspaceId, async (tx) => await answer(tx, await unscheduleAll(tx, house, ask))))
  })
  .post('/calendar/delete', allow('write'), tells('Throw away what is not out yet'), body(Items), async (c) => {
    const ask = { member: memberOf(c), lang: c.get('lang'), items: c.req.valid('json').items, act: 'delete' }
    return c.json(await house.database.write(ask.member.workspaceId, async (tx) => await answer(tx, await deleteAll(tx, house, ask))))
  })
  .post('/calendar/slot', allow('write'), tells('Each into the next free slot of its account'), body(SlotBody), async (c) => {
    const given = c.req.valid('json')
    const ask = { member: memberOf(c), lang: c.get('lang'), items: given.items, act: 'slot' }
    return c.json(await house.database.write(ask.member.workspaceId, async (tx) => {
      await lockSlots(tx)
      return await answer(tx, await slotAll(tx, house, { ...ask, reasons: given.reasons, free: async (post) => {
        const accountId = given.accountId ?? post.accountIds[0]
        if (!accountId) throw new Refusal('no_account_chosen', { field: 'accountIds' })
        const { wallTime, zone, at } = await takeSlot(tx, { accountId, wish: { intent: post.intent, campaignId: post.campaignId }, now: house.now() })
        return { wall: wallTime, zone, at }
      } }))
    }))
  })
  .post('/calendar/undo', allow('write'), tells('Take the last act back'), body(Token), async (c) => {
    const member = memberOf(c)
    return c.json({ items: await house.database.write(member.workspaceId, async (tx) => await changed(tx, await undo(tx, house, { member, token: c.req.valid('json').token }))) })
  })

export const scheduleRoutes = (house: House) => new Hono<HouseEnv>()
  .route('/', lookRoutes(house)).route('/', actRoutes(house)).route('/', slotRoutes(house)).route('/', seriesRoutes(house)).route('/', fileRoutes(house))

export type ScheduleApi = ReturnType<typeof scheduleRoutes>
