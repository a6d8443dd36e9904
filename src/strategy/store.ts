import { and, asc, desc, eq, gt, inArray, lte, or } from 'drizzle-orm'
import type { Signal } from '#kit/pillar.ts'
import { newId } from '#kit/id.ts'
import { Refusal } from '#kit/refusal.ts'
import { emit, eventOf } from '#core/events/store.ts'
import { events } from '#core/events/tables.ts'
import { mine, type Db, type Tx } from '#db/database.ts'
import { emptyBrief } from './gaps.ts'
import { campaigns, objectives, readings, type Brief } from './tables.ts'

export type Campaign = typeof campaigns.$inferSelect
export type Objective = typeof objectives.$inferSelect
/** A member at work on a plan, in one transaction. */
export interface Planner { readonly tx: Tx; readonly memberId: string; readonly at: Date }

export async function allCampaigns(db: Db): Promise<Campaign[]> {
  return await db.select().from(campaigns).where(mine(db, campaigns)).orderBy(desc(campaigns.createdAt), desc(campaigns.id))
}
export async function campaignById(db: Db, id: string): Promise<Campaign> {
  const [row] = await db.select().from(campaigns).where(and(mine(db, campaigns), eq(campaigns.id, id))).limit(1)
  if (!row) throw new Refusal('not_found')
  return row
}
export async function objectivesOf(db: Db, campaignIds: readonly string[]): Promise<Objective[]> {
  if (campaignIds.length === 0) return []
  return await db.select().from(objectives).where(and(mine(db, objectives), inArray(objectives.campaignId, [...campaignIds]))).orderBy(asc(objectives.id))
}

const tell = ({ tx, memberId, at }: Planner, campaignId: string, change: string) => emit(tx, 'campaign.changed', { at, memberId, campaignId, data: { change } })

/** A new campaign, with all of its brief still to write. */
export async function planCampaign(by: Planner, name: string): Promise<Campaign> {
  const [row] = await by.tx.insert(campaigns).values({ id: newId(by.at.getTime()), name, brief: emptyBrief, ownerId: by.memberId, createdAt: by.at }).returning()
  await tell(by, row!.id, 'planned')
  return row!
}

export interface Planning { readonly name: string; readonly brief: Brief; readonly startsOn: string | null; readonly endsOn: string | null; readonly zone?: string | null | undefined }
/** Saves over the version the writer saw, never over anybody else's. */
export async function saveCampaign(by: Planner, seen: { readonly id: string; readonly version: number }, plan: Planning): Promise<Campaign> {
  if (plan.startsOn && plan.endsOn && plan.endsOn < plan.startsOn) throw new Refusal('dates_reversed', { field: 'endsOn' })
  const { tx } = by
  const [row] = await tx.update(campaigns).set({ ...plan, version: seen.version + 1 })
    .where(and(mine(tx, campaigns), eq(campaigns.id, seen.id), eq(campaigns.version, seen.version))).returning()
  if (!row) throw new Refusal('changed_meanwhile', { extra: { version: (await campaignById(tx, seen.id)).version } })
  await tell(by, row.id, 'brief')
  return row
}

/** Moves a campaign on; refuses when it is not in the state it should leave. */
async function move(tx: Tx, { id, from }: { readonly id: string; readonly from: Campaign['state'] }, to: Partial<Campaign>): Promise<Campaign> {
  const [row] = await tx.update(campaigns).set(to).where(and(mine(tx, campaigns), eq(campaigns.id, id), eq(campaigns.state, from))).returning()
  if (!row) throw new Refusal('wrong_state', { params: { state: (await campaignById(tx, id)).state } })
  return row
}
export async function openCampaign({ tx, memberId, at }: Planner, id: string): Promise<Campaign> {
  const row = await move(tx, { id, from: 'draft' }, { state: 'live', openedAt: at })
  await emit(tx, 'campaign.opened', { at, memberId, campaignId: id, data: { name: row.name } })
  return row
}
export async function closeCampaign(by: Planner, id: string): Promise<Campaign> {
  const row = await move(by.tx, { id, from: 'live' }, { state: 'ended', endedAt: by.at })
  await tell(by, id, 'ended')
  return row
}

export type Aim = Pick<Objective, 'says' | 'signal' | 'baseline' | 'target' | 'dueOn'>
export async function setObjective(by: Planner, campaignId: string, aim: Aim): Promise<Objective> {
  const [row] = await by.tx.insert(objectives).values({ id: newId(by.at.getTime()), campaignId, ...aim }).returning()
  await tell(by, campaignId, 'objectives')
  return row!
}
export async function changeObjective(by: Planner, id: string, aim: Aim): Promise<Objective> {
  const [row] = await by.tx.update(objectives).set(aim).where(and(mine(by.tx, objectives), eq(objectives.id, id))).returning()
  if (!row) throw new Refusal('not_found')
  await tell(by, row.campaignId, 'objectives')
  return row
}
export async function dropObjective(by: Planner, id: string): Promise<void> {
  const [row] = await by.tx.delete(objectives).where(and(mine(by.tx, objectives), eq(objectives.id, id))).returning()
  if (!row) throw new Refusal('not_found')
  await tell(by, row.campaignId, 'objectives')
}

export interface Looking { readonly signals: readonly Pick<Signal, 'id' | 'windowDays'>[]; readonly until: Date; readonly campaignId?: string | undefined }
export type ReadingRow = Pick<typeof readings.$inferSelect, 'signal' | 'eventSeq' | 'at' | 'num' | 'den' | 'value' | 'once'>

/** The readings some signals need up to an instant, `days` back for each. */
export async function readingsFor(db: Db, { signals, until, campaignId }: Looking, days: (signal: Pick<Signal, 'windowDays'>) => number): Promise<ReadingRow[]> {
  if (signals.length === 0) return []
  const from = (signal: Pick<Signal, 'windowDays'>) => new Date(until.getTime() - days(signal) * 86_400_000)
  return await db.select({
    signal: readings.signal, eventSeq: readings.eventSeq, at: readings.at, num: readings.num, den: readings.den, value: readings.value, once: readings.once,
  }).from(readings).where(and(
    mine(db, readings), lte(readings.at, until), campaignId ? eq(readings.campaignId, campaignId) : undefined,
    or(...signals.map((signal) => and(eq(readings.signal, signal.id), gt(readings.at, from(signal))))),
  ))
}

/** Readings of a signal with the very events they come from. */
export async function withEvents(db: Db, signal: string, seqs: readonly number[]) {
  if (seqs.length === 0) return []
  const rows = await db.select({ reading: readings, event: events }).from(readings).innerJoin(events, eq(events.seq, readings.eventSeq))
    .where(and(mine(db, readings), mine(db, events), eq(readings.signal, signal), inArray(readings.eventSeq, [...seqs])))
  return rows.map(({ reading, event }) => ({ reading, event: eventOf(event) }))
}
