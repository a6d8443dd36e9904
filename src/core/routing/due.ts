import { and, asc, eq, gt, isNotNull, isNull, lte, ne, or, sql } from 'drizzle-orm'
import { mine, type Db, type Tx } from '#db/database.ts'
import { contextOf, type Conversation } from '../conversations/places.ts'
import { priorityOf } from '../conversations/grammar.ts'
import { conversations, messages } from '../conversations/tables.ts'
import { after } from '../duty/hours.ts'
import { rosterOf, spansOfTeam, type Roster } from '../duty/store.ts'
import { emit } from '../events/store.ts'
import { targetFor, type Target } from './rules.ts'
import { answerTargets } from './tables.ts'

declare module '#kit/events.ts' {
  interface Events {
    /** An answer was due and nobody had given one. */
    'answer.missed': { channel: string; dueAt: string; waitingSince: string; assigneeId: string | null }
  }
}

export async function targetsOf(db: Db): Promise<readonly Target[]> {
  return await db.select({ channel: answerTargets.channel, priority: answerTargets.priority, first: answerTargets.first, next: answerTargets.next }).from(answerTargets)
    .where(mine(db, answerTargets)).orderBy(asc(answerTargets.channel), asc(answerTargets.priority))
}

const aheadMs = 90 * 24 * 3_600_000
interface Counting { readonly targets: readonly Target[]; readonly roster: Roster | undefined }
async function counting(tx: Tx, since: Date): Promise<Counting> {
  const targets = await targetsOf(tx)
  return { targets, roster: targets.length === 0 ? undefined : await rosterOf(tx, since) }
}

async function dueOf(tx: Tx, row: Conversation, { targets, roster }: Counting): Promise<Date | null> {
  const target = targetFor(targets, { channel: row.channel, priority: priorityOf(row.priority) })
  if (!target || !roster || row.waitingSince === null) return null
  const answered = await tx.$count(messages, and(mine(tx, messages), eq(messages.conversationId, row.id), eq(messages.direction, 'out')))
  const from = row.waitingSince.getTime()
  const at = after(spansOfTeam(roster, { from, to: from + aheadMs }), from, (answered > 0 ? target.next : target.first) * 60_000)
  return at === undefined ? null : new Date(at)
}

async function setDue(tx: Tx, row: Conversation, known: Counting): Promise<void> {
  const dueAt = await dueOf(tx, row, known)
  if (dueAt?.getTime() === row.dueAt?.getTime() && row.dueFor?.getTime() === row.waitingSince?.getTime()) return
  await tx.update(conversations).set({ dueAt, dueFor: row.waitingSince }).where(and(mine(tx, conversations), eq(conversations.id, row.id)))
}

/** Counts anew by when one conversation should be answered. The caller holds it. */
export async function keepDue(tx: Tx, row: Conversation): Promise<void> {
  if (row.waitingSince === null) return
  await setDue(tx, row, await counting(tx, row.waitingSince))
}

/** One at a time in a workspace: whoever holds several conversations takes this first, so that no two wait for each other. */
export async function lockRouting(tx: Tx): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('routing ' || ${tx.workspace}, 0))`)
}

/** The same for all in which somebody waits: hours or targets have changed. */
export async function dueAnew(tx: Tx, now: Date): Promise<void> {
  await lockRouting(tx)
  const waiting = await tx.select().from(conversations).where(and(mine(tx, conversations), isNotNull(conversations.waitingSince))).orderBy(asc(conversations.id)).for('update')
  const first = waiting.reduce((min, row) => (row.waitingSince! < min ? row.waitingSince! : min), now)
  const known = await counting(tx, first)
  for (const row of waiting) await setDue(tx, row, known)
}

/** Tells once of each wait whose due moment has passed. */
export async function tellMissed(tx: Tx, now: Date): Promise<number> {
  const c = conversations
  const rows = await tx.select().from(c).where(and(mine(tx, c), isNotNull(c.waitingSince), eq(c.dueFor, c.waitingSince), lte(c.dueAt, now), ne(c.state, 'done'), or(isNull(c.missedAt), gt(c.dueFor, c.missedAt))))
    .orderBy(asc(c.dueAt)).limit(200).for('update', { skipLocked: true })
  for (const row of rows) {
    await tx.update(c).set({ missedAt: row.dueAt }).where(and(mine(tx, c), eq(c.id, row.id)))
    await emit(tx, 'answer.missed', { ...contextOf(row), at: now, data: { channel: row.channel, dueAt: row.dueAt!.toISOString(), waitingSince: row.waitingSince!.toISOString(), assigneeId: row.assigneeId } })
  }
  return rows.length
}
