import { and, asc, eq, gte, inArray, isNotNull, ne, sql } from 'drizzle-orm'
import { Refusal } from '#kit/refusal.ts'
import { mine, type Db, type Tx } from '#db/database.ts'
import { emit } from '../events/store.ts'
import type { House } from '../house.ts'
import { refuseUnknownCampaign } from '../posts/campaign.ts'
import { unschedule } from '../posts/publish.ts'
import { throwAway } from '../posts/drafts.ts'
import { lockPost } from '../posts/store.ts'
import { moveWall, settleWall, wallMs, wallOf } from '../posts/wall-time.ts'
import './happenings.ts'
import { occurrences, type Recurrence } from './recurrence.ts'
import { readRule, ruleText } from './rrule.ts'
import { series, seriesOccurrences, type Template } from './tables.ts'

export type Series = typeof series.$inferSelect
export type Occurrence = typeof seriesOccurrences.$inferSelect

export const recurrenceOf = (row: Pick<Series, 'rule' | 'startWall' | 'zone' | 'exdates' | 'rdates'>): Recurrence =>
  ({ startWall: row.startWall, rule: readRule(row.rule, row.zone), exdates: row.exdates, rdates: row.rdates })

export async function seriesById(db: Db, id: string): Promise<Series> {
  const [row] = await db.select().from(series).where(and(mine(db, series), eq(series.id, id)))
  if (!row) throw new Refusal('not_found')
  return row
}
export async function lockSeries(tx: Tx, id: string): Promise<Series> {
  const [row] = await tx.select().from(series).where(and(mine(tx, series), eq(series.id, id))).for('update')
  if (!row) throw new Refusal('not_found')
  return row
}
export async function allSeries(db: Db): Promise<Series[]> {
  return await db.select().from(series).where(and(mine(db, series), ne(series.state, 'ended'))).orderBy(asc(series.createdAt), asc(series.id))
}
export async function occurrencesOf(db: Db, ids: readonly string[]): Promise<Occurrence[]> {
  if (ids.length === 0) return []
  return await db.select().from(seriesOccurrences).where(and(mine(db, seriesOccurrences), inArray(seriesOccurrences.seriesId, [...ids])))
}

/** Nothing is planned farther ahead than this. */
export const farthest = 3_660 * 86_400_000

export interface Ahead { readonly occurrence: string; readonly wallTime: string; readonly at: Date; readonly clockChange: boolean }
/** The times a series comes, after an instant and until another, as the clocks of its zone will show them. */
export function timesOf(row: Pick<Series, 'rule' | 'startWall' | 'zone' | 'exdates' | 'rdates'>, { after, until, limit }: { readonly after: Date; readonly until: Date; readonly limit?: number }): Ahead[] {
  // An hour the clocks skip lands later than its wall time says: look a little around both ends.
  const from = moveWall(wallOf(after, row.zone).slice(0, 16), { minutes: -120 })
  const to = moveWall(wallOf(until, row.zone).slice(0, 16), { minutes: 120 })
  return occurrences(recurrenceOf(row), { from, until: to, ...(limit ? { limit: limit + 8 } : {}) })
    .map((occurrence) => { const { wall, at, clockChange } = settleWall(occurrence, row.zone); return { occurrence, wallTime: wall, at, clockChange } })
    .filter(({ at }) => at > after && at <= until).slice(0, limit)
}

export interface Planning { readonly rule: string; readonly startWall: string; readonly zone: string; readonly exdates: readonly string[]; readonly rdates: readonly string[]; readonly template: Template; readonly reasons: Readonly<Record<string, string>> }

const refuseFarStart = ({ startWall, zone }: Pick<Planning, 'startWall' | 'zone'>, now: Date): void => {
  if (settleWall(startWall, zone).at.getTime() > now.getTime() + farthest) throw new Refusal('time_too_far', { field: 'startWall' })
}

/** Begins a series; a rule that never comes is refused. */
export async function beginSeries(tx: Tx, house: House, plan: Planning & { readonly authorId: string; readonly afterId?: string }): Promise<Series> {
  const now = house.now()
  await refuseUnknownCampaign(tx, plan.template.campaignId, 'template.campaignId')
  refuseFarStart(plan, now)
  const rule = ruleText(readRule(plan.rule, plan.zone))
  if (timesOf({ ...plan, rule }, { after: now, until: new Date(now.getTime() + farthest), limit: 1 }).length === 0) throw new Refusal('rule_invalid', { params: { reason: rule }, field: 'rule' })
  const [row] = await tx.insert(series).values({ ...plan, rule, createdAt: now, updatedAt: now }).returning()
  await emit(tx, 'series.changed', { at: now, memberId: plan.authorId, data: { seriesId: row!.id, change: 'begun' } })
  return row!
}

/** Posts of a series that are still to come and that nobody has touched go: they are made anew, or not. From `from` on, or all. */
export async function clearAhead(tx: Tx, house: House, { id, from = '' }: { readonly id: string; readonly from?: string | undefined }): Promise<number> {
  const rows = await tx.select().from(seriesOccurrences).where(and(mine(tx, seriesOccurrences), eq(seriesOccurrences.seriesId, id), isNotNull(seriesOccurrences.postId), gte(seriesOccurrences.wall, from))).orderBy(asc(seriesOccurrences.postId))
  let cleared = 0
  for (const row of rows) {
    const post = await lockPost(tx, row.postId!).catch((error: unknown) => { if (error instanceof Refusal) return undefined; throw error })
    if (!post || post.version !== row.madeVersion || (post.state !== 'draft' && post.state !== 'scheduled') || (post.dueAt && post.dueAt <= house.now())) continue
    if (post.state === 'scheduled') await unschedule(tx, house, post.id)
    await throwAway(tx, post.id)
    await tx.delete(seriesOccurrences).where(and(mine(tx, seriesOccurrences), eq(seriesOccurrences.id, row.id)))
    cleared += 1
  }
  return cleared
}

export type Change = Partial<Planning>
export interface Changing { readonly id: string; readonly version: number; readonly change: Change; readonly from?: string | undefined; readonly memberId: string }
/** Changes a series: all of it that is still to come, or from one of its times on. Then the earlier part ends just before, and a new one begins. */
export async function changeSeries(tx: Tx, house: House, { id, version, change, from, memberId }: Changing): Promise<{ series: Series; before: Series | null }> {
  const row = await lockSeries(tx, id)
  if (row.version !== version) throw new Refusal('changed_meanwhile', { extra: { version: row.version } })
  if (row.state === 'ended') throw new Refusal('wrong_state', { params: { state: row.state } })
  if (from !== undefined && from > row.startWall) return await split(tx, house, { row, from, change, memberId })
  const next = { ...row, ...change }
  await refuseUnknownCampaign(tx, change.template?.campaignId, 'template.campaignId')
  refuseFarStart(next, house.now())
  const rule = ruleText(readRule(next.rule, next.zone))
  await clearAhead(tx, house, { id })
  const now = house.now()
  const [saved] = await tx.update(series).set({ ...change, rule, version: version + 1, updatedAt: now }).where(and(mine(tx, series), eq(series.id, id))).returning()
  await emit(tx, 'series.changed', { at: now, memberId, data: { seriesId: id, change: 'changed' } })
  return { series: saved!, before: null }
}

const justBefore = (wall: string): string => moveWall(wall, { minutes: -1 })
async function endBefore(tx: Tx, house: House, { row, from }: { readonly row: Series; readonly from: string }): Promise<Series> {
  await clearAhead(tx, house, { id: row.id, from })
  const { count: _, ...rule } = readRule(row.rule, row.zone)
  const now = house.now()
  const ends = { ...row, rule: ruleText({ ...rule, until: `${justBefore(from)}:59` }), rdates: row.rdates.filter((wall) => wall < from) }
  const comes = timesOf(ends, { after: now, until: new Date(now.getTime() + farthest), limit: 1 }).length > 0
  const [saved] = await tx.update(series).set({ rule: ends.rule, rdates: ends.rdates, version: row.version + 1, updatedAt: now, state: comes ? row.state : 'ended' })
    .where(and(mine(tx, series), eq(series.id, row.id))).returning()
  return saved!
}

interface Splitting { readonly row: Series; readonly from: string; readonly change: Change; readonly memberId: string }
async function split(tx: Tx, house: House, { row, from, change, memberId }: Splitting): Promise<{ series: Series; before: Series }> {
  const all = recurrenceOf(row)
  if (!occurrences(all, { from, until: from }).includes(from)) throw new Refusal('occurrence_unknown', { params: { wall: from } })
  const rule = readRule(row.rule, row.zone)
  // How often it still comes: what came before has been counted.
  const passed = rule.count === undefined ? 0 : occurrences({ ...all, exdates: [], rdates: [] }, { until: justBefore(from) }).length
  const rest = rule.count === undefined ? rule : { ...rule, count: Math.max(1, rule.count - passed) }
  const [keptRule, startWall] = [change.rule ?? ruleText(rest), change.startWall ?? from]
  const shift = wallMs(startWall)! - wallMs(from)!
  const moved = (walls: readonly string[]): string[] => walls.filter((wall) => wall >= from).map((wall) => moveWall(wall, { minutes: shift / 60_000 }))
  const before = await endBefore(tx, house, { row, from })
  const next = await beginSeries(tx, house, {
    rule: keptRule, startWall, zone: change.zone ?? row.zone, exdates: change.exdates ?? moved(row.exdates), rdates: change.rdates ?? moved(row.rdates),
    template: change.template ?? row.template, reasons: change.reasons ?? row.reasons, authorId: row.authorId, afterId: row.id,
  })
  // Days that were left out or changed by hand stay what they are, under the new series.
  await tx.update(seriesOccurrences).set({ seriesId: next.id }).where(and(mine(tx, seriesOccurrences), eq(seriesOccurrences.seriesId, row.id), gte(seriesOccurrences.wall, from)))
  await emit(tx, 'series.changed', { at: house.now(), memberId, data: { seriesId: next.id, change: 'split' } })
  return { series: next, before }
}

/** Ends a series, from one of its times on or now; what nobody touched of what is still to come goes with it. */
export async function endSeries(tx: Tx, house: House, { id, from, memberId }: { readonly id: string; readonly from?: string | undefined; readonly memberId: string }): Promise<Series> {
  const row = await lockSeries(tx, id)
  await emit(tx, 'series.changed', { at: house.now(), memberId, data: { seriesId: id, change: 'ended' } })
  return await endBefore(tx, house, { row, from: from ?? wallOf(house.now(), row.zone).slice(0, 16) })
}

export async function holdSeries(tx: Tx, house: House, { id, to, memberId }: { readonly id: string; readonly to: 'on' | 'paused'; readonly memberId: string }): Promise<Series> {
  const row = await lockSeries(tx, id)
  if (row.state === 'ended') throw new Refusal('wrong_state', { params: { state: row.state } })
  if (to === 'paused') await clearAhead(tx, house, { id })
  const [saved] = await tx.update(series).set({ state: to, version: sql`${series.version} + 1` as never, updatedAt: house.now() }).where(and(mine(tx, series), eq(series.id, id))).returning()
  await emit(tx, 'series.changed', { at: house.now(), memberId, data: { seriesId: id, change: to } })
  return saved!
}
