import { and, asc, eq, gt, inArray, isNull, lte, sql } from 'drizzle-orm'
import { BELLS, type BellRing } from '#kit/bells.ts'
import { newId } from '#kit/id.ts'
import { mine, type Db, type Tx } from '#db/database.ts'
import { quietUntil } from './quiet.ts'
import { floodMs, floodOf, lateAfter, tooLateAfter, type Moment, type Way } from './rules.ts'
import { listenersOf, type Listener } from './settings.ts'
import { bellCalls, bellDevices, bellLooks, bellPushes } from './tables.ts'

export type Call = typeof bellCalls.$inferSelect
/** Something a member may be called for; `once` says what it is, however often it is told. */
export interface Occasion { readonly memberId: string; readonly moment: Moment; readonly once: string; readonly at: Date; readonly conversationId?: string; readonly messageId?: string; readonly accountId?: string }

const minute = 60_000

async function looksAt(db: Db, { memberId, conversationId }: Occasion, now: Date): Promise<boolean> {
  if (conversationId === undefined) return false
  return await db.$count(bellLooks, and(mine(db, bellLooks), eq(bellLooks.memberId, memberId), eq(bellLooks.conversationId, conversationId), gt(bellLooks.until, now))) > 0
}
async function isFlooded(db: Db, memberId: string, now: Date): Promise<boolean> {
  return await db.$count(bellCalls, and(mine(db, bellCalls), eq(bellCalls.memberId, memberId), gt(bellCalls.rungAt, new Date(now.getTime() - floodMs)))) >= floodOf
}

const arrivals: readonly Moment[] = ['given', 'answer', 'new']
const samePlace = 5_000
/** The ways a member is still to be called by: a word that comes and is given to them at once rings each way once. */
async function waysLeft(db: Db, { memberId, moment, conversationId, at }: Occasion, wanted: readonly Way[]): Promise<readonly Way[]> {
  if (conversationId === undefined || !arrivals.includes(moment)) return wanted
  const c = bellCalls
  const told = await db.select({ ways: c.ways }).from(c).where(and(mine(db, c), eq(c.memberId, memberId), eq(c.conversationId, conversationId), inArray(c.moment, [...arrivals]), gt(c.at, new Date(at.getTime() - samePlace)), lte(c.at, new Date(at.getTime() + samePlace))))
  return wanted.filter((way) => !told.some(({ ways }) => ways.includes(way)))
}

/** Until when a call is kept back; undefined: it rings now. */
async function heldUntil(db: Db, occasion: Occasion, { listener: { bell, zone }, now }: { readonly listener: Listener; readonly now: Date }): Promise<Date | undefined> {
  const quiet = quietUntil(bell.quiet, zone, now)
  if (quiet) return quiet
  const gathered = now.getTime() - occasion.at.getTime() > lateAfter || await isFlooded(db, occasion.memberId, now)
  return gathered ? new Date(now.getTime() + floodMs) : undefined
}

/** Rings: a message for each device if they want that, and a sign for the windows that are open. Nothing leaves before the transaction is kept. */
async function ring(tx: Tx, call: Pick<Call, 'id' | 'memberId' | 'ways'>, now: Date): Promise<void> {
  if (call.ways.includes('push')) {
    const devices = await tx.select({ id: bellDevices.id }).from(bellDevices).where(and(mine(tx, bellDevices), eq(bellDevices.memberId, call.memberId)))
    if (devices.length > 0) await tx.insert(bellPushes).values(devices.map((device) => ({ callId: call.id, deviceId: device.id, madeAt: now, wakeAt: now }))).onConflictDoNothing()
  }
  const sign: BellRing = { workspaceId: tx.workspace, memberId: call.memberId, id: call.id }
  if (call.ways.includes('bell') || call.ways.includes('sound')) await tx.execute(sql`select pg_notify(${BELLS}, ${JSON.stringify(sign)})`)
}

async function callFor(tx: Tx, occasion: Occasion, { listener, now }: { readonly listener: Listener; readonly now: Date }): Promise<void> {
  const wanted = await waysLeft(tx, occasion, listener.bell.wishes[occasion.moment])
  if (wanted.length === 0 || now.getTime() - occasion.at.getTime() > tooLateAfter || await looksAt(tx, occasion, now)) return
  const until = await heldUntil(tx, occasion, { listener, now })
  const mailAt = wanted.includes('mail') ? new Date(Math.max(now.getTime() + listener.bell.mailAfter * minute, until?.getTime() ?? 0)) : null
  const [call] = await tx.insert(bellCalls).values({ ...occasion, id: newId(now.getTime()), ways: wanted, mailAt, ...(until ? { state: 'held' as const, ringAt: until } : { state: 'rung' as const, rungAt: now }) }).onConflictDoNothing().returning()
  if (call && !until) await ring(tx, call, now)
}

/** Calls members for what happened, in the transaction that heard of it: by their wishes, outside their quiet hours, and not while they look at it. */
export async function callMembers(tx: Tx, occasions: readonly Occasion[], now: Date): Promise<void> {
  if (occasions.length === 0) return
  const listeners = await listenersOf(tx, [...new Set(occasions.map((one) => one.memberId))])
  // That it is theirs now says more than that somebody wrote.
  for (const occasion of occasions.toSorted((a, b) => Number(b.moment === 'given') - Number(a.moment === 'given'))) {
    const listener = listeners.find((one) => one.member.id === occasion.memberId)
    if (listener) await callFor(tx, occasion, { listener, now })
  }
}

/** Rings what was kept back, once its quiet is over: what was seen meanwhile is left out, several come as one. */
export async function ringHeld(tx: Tx, now: Date): Promise<void> {
  const c = bellCalls
  const held = await tx.select().from(c).where(and(mine(tx, c), eq(c.state, 'held'), lte(c.ringAt, now))).orderBy(asc(c.at), asc(c.id)).for('update', { skipLocked: true })
  const listeners = await listenersOf(tx, [...new Set(held.map((one) => one.memberId))])
  for (const [memberId, calls] of Map.groupBy(held, (one) => one.memberId)) {
    const listener = listeners.find((one) => one.member.id === memberId)
    const these = inArray(c.id, calls.map((one) => one.id))
    const quiet = listener && quietUntil(listener.bell.quiet, listener.zone, now)
    if (quiet) { await tx.update(c).set({ ringAt: quiet }).where(and(mine(tx, c), these)); continue }
    const single = listener && calls.length === 1 ? calls[0] : undefined
    await tx.update(c).set(single ? { state: 'rung', ringAt: null, rungAt: now } : { state: 'told', ringAt: null, ...(listener ? {} : { mailAt: null }) }).where(and(mine(tx, c), these))
    if (single) await ring(tx, single, now)
    else if (listener) await ringTogether(tx, calls, now)
  }
}

async function ringTogether(tx: Tx, calls: readonly Call[], now: Date): Promise<void> {
  const wanted = (['bell', 'push', 'sound'] as const).filter((way) => calls.some((one) => one.ways.includes(way)))
  if (wanted.length === 0) return
  const last = calls.at(-1)!
  const [summary] = await tx.insert(bellCalls).values({ id: newId(now.getTime()), memberId: last.memberId, moment: 'summary', once: `summary ${last.id}`, at: now, ways: wanted, count: calls.length, state: 'rung', rungAt: now }).onConflictDoNothing().returning()
  if (summary) await ring(tx, summary, now)
}

/** A member has a conversation before their eyes: for a while nothing of it calls them, and what did is seen. */
export async function look(tx: Tx, { memberId, conversationId, until, now }: { readonly memberId: string; readonly conversationId: string; readonly until: Date; readonly now: Date }): Promise<void> {
  await tx.insert(bellLooks).values({ memberId, conversationId, until }).onConflictDoUpdate({ target: [bellLooks.workspaceId, bellLooks.memberId, bellLooks.conversationId], set: { until } })
  await seen(tx, { memberId, conversationId, now })
}
/** They have seen it: it rings no more, and no letter tells of it. */
export async function seen(tx: Tx, { memberId, conversationId, now }: { readonly memberId: string; readonly conversationId?: string; readonly now: Date }): Promise<void> {
  const c = bellCalls
  await tx.update(c).set({ seenAt: now, mailAt: null, ringAt: null, state: 'seen' }).where(and(mine(tx, c), eq(c.memberId, memberId), isNull(c.seenAt), conversationId === undefined ? undefined : eq(c.conversationId, conversationId)))
}

const keptFor = 30 * 24 * 60 * minute
/** Calls are kept for a month. */
export async function forgetCalls(tx: Tx, now: Date): Promise<void> {
  await tx.delete(bellCalls).where(and(mine(tx, bellCalls), lte(bellCalls.at, new Date(now.getTime() - keptFor))))
  await tx.delete(bellLooks).where(and(mine(tx, bellLooks), lte(bellLooks.until, now)))
}
