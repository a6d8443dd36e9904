import { Hono } from 'hono'
import { z } from 'zod'
import { allow, body, memberOf, params, query, tells, type HouseEnv } from '#kit/http.ts'
import { day } from '#kit/moment.ts'
import { idParam, line, said, version } from '#kit/text.ts'
import type { Lang } from '#kit/lang.ts'
import type { Signal } from '#kit/pillar.ts'
import { Refusal } from '#kit/refusal.ts'
import type { House } from '#core/house.ts'
import { membersOf } from '#core/members/store.ts'
import { workspaceById } from '#core/workspaces/store.ts'
import type { Db } from '#db/database.ts'
import { briefParts, gapsOf } from './gaps.ts'
import { progress } from './rules.ts'
import { allSignals, behind, figures, scorecard, signalCalled } from './scorecard.ts'
import {
  allCampaigns, campaignById, changeObjective, closeCampaign, dropObjective, objectivesOf, openCampaign, planCampaign, saveCampaign, setObjective,
  type Campaign, type Objective,
} from './store.ts'
import { isZone } from '#core/posts/wall-time.ts'
import type { Brief } from './tables.ts'
import { today } from './today.ts'

const part = line(10_000)
const Brief = z.strictObject(Object.fromEntries(Object.keys(briefParts).map((name) => [name, part])) as Record<keyof Brief, typeof part>)
const Plan = z.strictObject({ name: said(200), brief: Brief, startsOn: day.nullable(), endsOn: day.nullable(), zone: z.string().max(60).refine(isZone, 'zone_unknown').nullable().optional(), version })
const figureIn = z.number().min(-1e9).max(1e9)
const Aim = z.strictObject({ says: said(500), signal: z.string().max(60), baseline: figureIn, target: figureIn, dueOn: day })
  .refine(({ baseline, target }) => baseline !== target, { path: ['target'], message: 'must differ from the baseline' })
const OfCampaign = z.strictObject({ campaignId: z.uuid().optional() })
const OfSignal = z.strictObject({ id: z.string().max(60) })
const Behind = OfCampaign.extend({ cursor: z.string().regex(/^\d{1,15}$/).transform(Number).optional(), limit: z.coerce.number().int().min(1).max(200).default(50) })

function objectiveLine(objective: Objective, signal: Signal | undefined, value: number | null) {
  const { id, says, baseline, target, dueOn } = objective
  return { id, says, signal: objective.signal, signalName: signal?.name ?? null, baseline, target, dueOn, live: { value, unit: signal?.unit ?? null, enough: value !== null, progress: progress(objective, value) } }
}

async function whole(db: Db, house: House, campaign: Campaign) {
  const aims = await objectivesOf(db, [campaign.id])
  const signals = allSignals(house.pillars)
  const live = await figures(db, signals.filter(({ id }) => aims.some((aim) => aim.signal === id)), { now: house.now(), campaignId: campaign.id })
  const owner = (await membersOf(db)).find(({ id }) => id === campaign.ownerId)
  const { workspaceId: _, ownerId: __, ...shown } = campaign
  return {
    ...shown, owner: owner ? { id: owner.id, name: owner.name } : null, gaps: gapsOf({ ...campaign, objectives: aims }, signals),
    objectives: aims.map((aim) => objectiveLine(aim, signals.find(({ id }) => id === aim.signal), live.get(aim.signal)?.value ?? null)),
  }
}

async function list(db: Db, house: House) {
  const rows = await allCampaigns(db)
  const aims = await objectivesOf(db, rows.map(({ id }) => id))
  return rows.map(({ id, name, state, startsOn, endsOn, version, createdAt, openedAt, endedAt, ...row }) => {
    const objectives = aims.filter(({ campaignId }) => campaignId === id)
    return { id, name, state, startsOn, endsOn, version, createdAt, openedAt, endedAt, objectives: objectives.length, gaps: gapsOf({ brief: row.brief, startsOn, endsOn, objectives }, allSignals(house.pillars)) }
  })
}

/** A campaign goes live whole or not at all: the refusal names what is missing. */
async function refuseGaps(db: Db, house: House, { campaign, lang }: { readonly campaign: Campaign; readonly lang: Lang }): Promise<void> {
  const gaps = gapsOf({ ...campaign, objectives: await objectivesOf(db, [campaign.id]) }, allSignals(house.pillars))
  if (campaign.state === 'draft' && gaps.length > 0) throw new Refusal('campaign_gaps', { params: { gaps: gaps.map(({ says }) => says[lang]).join(', ') }, extra: { gaps } })
}

function knownAim(house: House, aim: z.infer<typeof Aim>) {
  if (!allSignals(house.pillars).some(({ id }) => id === aim.signal)) throw new Refusal('invalid_input', { params: { reason: `signal: ${aim.signal}` }, field: 'signal' })
  return aim
}

const campaignRoutes = (house: House) => new Hono<HouseEnv>()
  .get('/campaigns', allow('read'), tells('Campaigns, newest first'), async (c) =>
    c.json({ items: await house.database.read(memberOf(c).workspaceId, (db) => list(db, house)), next: null }))
  .post('/campaigns', allow('plan'), tells('Plan a campaign'), body(z.strictObject({ name: said(200) })), async (c) => {
    const member = memberOf(c)
    return c.json(await house.database.write(member.workspaceId, async (tx) =>
      await whole(tx, house, await planCampaign({ tx, memberId: member.id, at: house.now() }, c.req.valid('json').name))), 201)
  })
  .get('/campaigns/:id', allow('read'), tells('One campaign with its brief, its gaps and its objectives'), params(idParam), async (c) =>
    c.json(await house.database.read(memberOf(c).workspaceId, async (db) => await whole(db, house, await campaignById(db, c.req.valid('param').id)))))
  .put('/campaigns/:id', allow('plan'), tells('Save the brief and the dates'), params(idParam), body(Plan), async (c) => {
    const member = memberOf(c)
    const { version, ...plan } = c.req.valid('json')
    return c.json(await house.database.write(member.workspaceId, async (tx) =>
      await whole(tx, house, await saveCampaign({ tx, memberId: member.id, at: house.now() }, { id: c.req.valid('param').id, version }, plan))))
  })
  .post('/campaigns/:id/open', allow('plan'), tells('Go live, once the brief has no gaps'), params(idParam), async (c) => {
    const member = memberOf(c)
    return c.json(await house.database.write(member.workspaceId, async (tx) => {
      await refuseGaps(tx, house, { campaign: await campaignById(tx, c.req.valid('param').id), lang: c.get('lang') })
      return await whole(tx, house, await openCampaign({ tx, memberId: member.id, at: house.now() }, c.req.valid('param').id))
    }))
  })
  .post('/campaigns/:id/close', allow('plan'), tells('End a live campaign'), params(idParam), async (c) => {
    const member = memberOf(c)
    return c.json(await house.database.write(member.workspaceId, async (tx) =>
      await whole(tx, house, await closeCampaign({ tx, memberId: member.id, at: house.now() }, c.req.valid('param').id))))
  })
  .post('/campaigns/:id/objectives', allow('plan'), tells('Set an objective'), params(idParam), body(Aim), async (c) => {
    const member = memberOf(c)
    return c.json(await house.database.write(member.workspaceId, async (tx) => {
      const campaign = await campaignById(tx, c.req.valid('param').id)
      await setObjective({ tx, memberId: member.id, at: house.now() }, campaign.id, knownAim(house, c.req.valid('json')))
      return await whole(tx, house, campaign)
    }), 201)
  })
  .put('/objectives/:id', allow('plan'), tells('Change an objective'), params(idParam), body(Aim), async (c) => {
    const member = memberOf(c)
    return c.json(await house.database.write(member.workspaceId, async (tx) => {
      const { campaignId } = await changeObjective({ tx, memberId: member.id, at: house.now() }, c.req.valid('param').id, knownAim(house, c.req.valid('json')))
      return await whole(tx, house, await campaignById(tx, campaignId))
    }))
  })
  .delete('/objectives/:id', allow('plan'), tells('Drop an objective'), params(idParam), async (c) => {
    const member = memberOf(c)
    await house.database.write(member.workspaceId, (tx) => dropObjective({ tx, memberId: member.id, at: house.now() }, c.req.valid('param').id))
    return c.json({ deleted: true })
  })

const scoreRoutes = (house: House) => new Hono<HouseEnv>()
  .get('/scorecard', allow('read'), tells('The five pillars as they stand, computed from recorded events'), query(OfCampaign), async (c) => {
    const { workspaceId } = memberOf(c)
    const { campaignId } = c.req.valid('query')
    return c.json(await house.database.read(workspaceId, async (db) => {
      if (campaignId) await campaignById(db, campaignId)
      return await scorecard(db, house.pillars, { now: house.now(), zone: (await workspaceById(db, workspaceId))!.zone, campaignId })
    }))
  })
  .get('/signals/:id/readings', allow('read'), tells('The very events behind a signal, newest first'), params(OfSignal), query(Behind), async (c) => {
    const { campaignId, cursor, limit } = c.req.valid('query')
    const signal = signalCalled(house.pillars, c.req.valid('param').id)
    return c.json(await house.database.read(memberOf(c).workspaceId, (db) => behind(db, signal, { now: house.now(), campaignId, after: cursor, limit })))
  })
  .get('/today', allow('read'), tells('What deserves the next ten minutes'), async (c) => c.json(await today(house, memberOf(c).workspaceId)))

export const strategyRoutes = (house: House) => new Hono<HouseEnv>().route('/', campaignRoutes(house)).route('/', scoreRoutes(house))
export type StrategyApi = ReturnType<typeof strategyRoutes>
