import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Member } from '#kit/http.ts'
import { Refusal } from '#kit/refusal.ts'
import { mine, type Tx } from '#db/database.ts'
import { emit } from '../events/store.ts'
import type { House } from '../house.ts'
import { memberById, memberFrom } from '../members/store.ts'
import { act, approvalOf } from '../posts/approval/store.ts'
import { createPost, lockPost, savePost, type Post } from '../posts/store.ts'
import './happenings.ts'
import { allSeries, lockSeries, occurrencesOf, recurrenceOf, timesOf, type Ahead, type Series } from './series.ts'
import { occurrences } from './recurrence.ts'
import { bringTo, type Time } from './standing.ts'
import { seriesOccurrences } from './tables.ts'
import { settleWall } from '../posts/wall-time.ts'

/** How far ahead the posts of a series are made; beyond that it is only its rule. */
export const horizon = 21 * 86_400_000

export interface Letting { readonly member: Member; readonly post: Post; readonly time: Time; readonly reasons?: Readonly<Record<string, string>> }
/** Schedules a draft if everything lets it; else it stands as a draft with its time, and the answer says why. Where a yes is missing, it is asked for. */
export async function scheduleOrStand(tx: Tx, house: House, { member, post, time, reasons }: Letting): Promise<{ post: Post; because: string | null }> {
  await tx.execute(sql`savepoint letting_out`)
  try {
    const saved = await bringTo(tx, house, { member, post, now: { as: 'draft', time: null }, to: { as: 'scheduled', time }, reasons })
    await tx.execute(sql`release savepoint letting_out`)
    return { post: saved, because: null }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    await tx.execute(sql`rollback to savepoint letting_out`)
    const standing = await lockPost(tx, post.id)
    const saved = await savePost(tx, post.id, { seen: standing.version, at: house.now(), change: { wallTime: time.wall, zone: time.zone, dueAt: time.at } })
    if (error.code === 'approval_needed' && (await approvalOf(tx, saved)).state === 'none') await act(tx, { post: saved, deed: 'ask', actor: { memberId: member.id, name: member.name }, note: '', at: house.now() })
    return { post: saved, because: error.code }
  }
}

/** Makes the post of one time of a series, once; undefined when it is there already, or left out. */
export async function makeOccurrence(tx: Tx, house: House, { row, ahead }: { readonly row: Series; readonly ahead: Ahead }): Promise<string | undefined> {
  const at = house.now()
  const [claimed] = await tx.insert(seriesOccurrences).values({ seriesId: row.id, wall: ahead.occurrence, at }).onConflictDoNothing().returning({ id: seriesOccurrences.id })
  if (!claimed) return undefined
  const author = await memberById(tx, row.authorId)
  const draft = await createPost(tx, { ...row.template, authorId: row.authorId, at })
  const member: Member = author && author.leftAt === null ? memberFrom(author) : { id: row.authorId, workspaceId: tx.workspace, userId: null, name: '', role: 'viewer' }
  const { post, because } = await scheduleOrStand(tx, house, { member, post: draft, time: { wall: ahead.wallTime, zone: row.zone, at: ahead.at }, reasons: row.reasons })
  await tx.update(seriesOccurrences).set({ postId: post.id, madeVersion: post.version, because }).where(and(mine(tx, seriesOccurrences), eq(seriesOccurrences.id, claimed.id)))
  if (because) await emit(tx, 'post.left-standing', { at, postId: post.id, ...(post.campaignId ? { campaignId: post.campaignId } : {}), data: { because, seriesId: row.id } })
  return post.id
}

/** Brings one series up to the horizon: each of its times has one row, so that making them again makes none. */
export async function materialiseOne(tx: Tx, house: House, id: string): Promise<number> {
  const now = house.now()
  const row = await lockSeries(tx, id)
  if (row.state !== 'on') return 0
  const known = new Set((await occurrencesOf(tx, [id])).map((one) => one.wall))
  let made = 0
  for (const ahead of timesOf(row, { after: now, until: new Date(now.getTime() + horizon) })) if (!known.has(ahead.occurrence) && await makeOccurrence(tx, house, { row, ahead })) made += 1
  return made
}

/** Brings every series of a workspace up to the horizon. Safe to repeat; one that stumbles does not hold up the others. */
export async function materialise(house: House, workspaceId: string): Promise<number> {
  const all = await house.database.read(workspaceId, async (db) => (await allSeries(db)).filter((row) => row.state === 'on'))
  let made = 0
  for (const { id } of all) {
    made += await house.database.write(workspaceId, (tx) => materialiseOne(tx, house, id)).catch((error: unknown) => { house.log('a series stumbled', { seriesId: id, error: String(error) }); return 0 })
  }
  return made
}

export interface OneTime { readonly id: string; readonly occurrence: string; readonly do: 'skip' | 'restore' | 'make' }
/** One time of a series by itself: left out, taken in again, or made now, to be written or moved like any post. */
export async function treatOccurrence(tx: Tx, house: House, { id, occurrence, do: act }: OneTime): Promise<{ postId: string | null }> {
  const row = await lockSeries(tx, id)
  const there = occurrences(recurrenceOf(row), { from: occurrence, until: occurrence }).includes(occurrence)
  const [known] = await tx.select().from(seriesOccurrences).where(and(mine(tx, seriesOccurrences), eq(seriesOccurrences.seriesId, id), eq(seriesOccurrences.wall, occurrence)))
  if (!there && !known) throw new Refusal('occurrence_unknown', { params: { wall: occurrence } })
  if (known?.postId) {
    if (act === 'skip') throw new Refusal('wrong_state', { params: { state: 'made' } })
    return { postId: known.postId }
  }
  if (act === 'skip') {
    await tx.insert(seriesOccurrences).values({ seriesId: id, wall: occurrence, skipped: true, at: house.now() }).onConflictDoNothing()
    return { postId: null }
  }
  await tx.delete(seriesOccurrences).where(and(mine(tx, seriesOccurrences), eq(seriesOccurrences.seriesId, id), eq(seriesOccurrences.wall, occurrence), isNull(seriesOccurrences.postId)))
  const { wall, at, clockChange } = settleWall(occurrence, row.zone)
  if (at <= house.now()) { if (act === 'make') throw new Refusal('time_in_past', { field: 'occurrence' }); return { postId: null } }
  if (act === 'restore' && at.getTime() > house.now().getTime() + horizon) return { postId: null }
  return { postId: await makeOccurrence(tx, house, { row, ahead: { occurrence, wallTime: wall, at, clockChange } }) ?? null }
}
