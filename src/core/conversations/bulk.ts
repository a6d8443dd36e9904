import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm'
import { newId } from '#kit/id.ts'
import { Refusal } from '#kit/refusal.ts'
import { mine, type Tx } from '#db/database.ts'
import { emit, emitAll } from '../events/store.ts'
import { mayBeGiven, type Doing } from './act.ts'
import { rankOf, type Priority } from './grammar.ts'
import './happenings.ts'
import { contextOf, recount } from './keep.ts'
import type { Conversation } from './places.ts'
import { allOf } from './search.ts'
import type { Filter } from './views.ts'
import { bulkActs, conversations, type Before } from './tables.ts'

export interface BulkChange {
  readonly state?: 'open' | 'done' | 'snoozed' | undefined; readonly snoozedUntil?: Date | undefined
  readonly assigneeId?: string | null | undefined; readonly priority?: Priority | undefined
  readonly tag?: string | undefined; readonly untag?: string | undefined
  /** Several at once, as a macro puts and takes them. */
  readonly tags?: { readonly put: readonly string[]; readonly take: readonly string[] } | undefined
}
export type Which = { readonly ids: readonly string[] } | { readonly filter: Filter }

// So many are changed in one transaction: more would hold everybody else up.
export const bulkCap = 5_000

const beforeOf = (row: Conversation): Before => ({
  id: row.id, state: row.state, snoozedUntil: row.snoozedUntil?.toISOString() ?? null, assigneeId: row.assigneeId, priority: row.priority, tags: row.tags, waitingSince: row.waitingSince?.toISOString() ?? null,
})
/** How a conversation stands once the change is made. */
export function changed(row: Before, wanted: BulkChange): Before {
  const taken = new Set([...(wanted.untag === undefined ? [] : [wanted.untag]), ...wanted.tags?.take ?? []])
  const tags = [...new Set([...row.tags.filter((tag) => !taken.has(tag)), ...(wanted.tag === undefined ? [] : [wanted.tag]), ...wanted.tags?.put ?? []])].slice(0, 20)
  return {
    ...row, tags, assigneeId: wanted.assigneeId === undefined ? row.assigneeId : wanted.assigneeId, priority: wanted.priority === undefined ? row.priority : rankOf(wanted.priority),
    ...(wanted.state === undefined ? {} : { state: wanted.state, snoozedUntil: wanted.state === 'snoozed' ? wanted.snoozedUntil?.toISOString() ?? null : null, waitingSince: wanted.state === 'done' ? null : row.waitingSince }),
  }
}
const same = (a: Before, b: Before): boolean =>
  a.state === b.state && a.snoozedUntil === b.snoozedUntil && a.assigneeId === b.assigneeId && a.priority === b.priority && a.tags.join('\n') === b.tags.join('\n')

/** Does the same to many conversations, and keeps how they stood. */
export async function arrangeMany(doing: Doing, which: Which, wanted: BulkChange): Promise<{ id: string; changed: number }> {
  const { tx, member, now } = doing
  if (wanted.state === 'snoozed' && !(wanted.snoozedUntil && wanted.snoozedUntil > now)) throw new Refusal('time_in_past', { field: 'change.snoozedUntil' })
  if (wanted.assigneeId) await mayBeGiven(tx, wanted.assigneeId)
  const rows = await lockMany(doing, which)
  const pairs = rows.map((row) => ({ row, before: beforeOf(row), after: changed(beforeOf(row), wanted) })).filter(({ before, after }) => !same(before, after))
  await write(tx, pairs.map(({ after }) => after))
  for (const { row, after } of pairs) if (row.state === 'done' && after.state === 'open') await recount(tx, row)
  await tell(doing, pairs)
  const id = newId(now.getTime())
  await tx.insert(bulkActs).values({ id, memberId: member.id, before: pairs.map((one) => one.before), after: pairs.map((one) => one.after), at: now })
  if (pairs.length > 0) await emit(tx, 'conversations.changed', { memberId: member.id, at: now, data: { count: pairs.length, undone: false } })
  return { id, changed: pairs.length }
}

/** Puts back what one act changed, but for what somebody has changed since. */
export async function undoMany(doing: Doing, id: string): Promise<{ restored: number; left: number }> {
  const { tx, member, now } = doing
  const [act] = await tx.update(bulkActs).set({ undoneAt: now }).where(and(mine(tx, bulkActs), eq(bulkActs.id, id), eq(bulkActs.memberId, member.id), isNull(bulkActs.undoneAt))).returning()
  if (!act) throw new Refusal('undone_already')
  const after = new Map(act.after.map((one) => [one.id, one]))
  const rows = new Map((await lockMany(doing, { ids: act.before.map((one) => one.id) })).map((row) => [row.id, row]))
  const back = act.before.flatMap((before) => {
    const row = rows.get(before.id)
    const then = after.get(before.id)
    return row && then && same(beforeOf(row), then) ? [{ row, before: beforeOf(row), after: { ...before, waitingSince: before.waitingSince ?? beforeOf(row).waitingSince } }] : []
  })
  await write(tx, back.map((one) => one.after))
  await tell(doing, back)
  if (back.length > 0) await emit(tx, 'conversations.changed', { memberId: member.id, at: now, data: { count: back.length, undone: true } })
  return { restored: back.length, left: act.before.length - back.length }
}

// In the order of their ids, so that two who change many at once wait for one another instead of embracing.
async function lockMany({ tx, member, now }: Doing, which: Which): Promise<Conversation[]> {
  const where = 'ids' in which ? and(mine(tx, conversations), inArray(conversations.id, [...which.ids])) : await allOf(tx, which.filter, { memberId: member.id, now, limit: bulkCap + 1 })
  if ('ids' in which && which.ids.length === 0) return []
  const rows = await tx.select().from(conversations).where(where).orderBy(asc(conversations.id)).limit(bulkCap + 1).for('update')
  if (rows.length > bulkCap) throw new Refusal('too_many_at_once', { params: { limit: bulkCap } })
  return rows
}

async function write(tx: Tx, all: readonly Before[]): Promise<void> {
  if (all.length === 0) return
  await tx.execute(sql`update conversations c set state = t.state, snoozed_until = t."snoozedUntil", assignee_id = t."assigneeId", priority = t.priority, tags = t.tags, waiting_since = t."waitingSince"
    from jsonb_to_recordset(${JSON.stringify(all)}::jsonb) as t(id uuid, state text, "snoozedUntil" timestamptz, "assigneeId" uuid, priority int, tags jsonb, "waitingSince" timestamptz)
    where c.id = t.id and c.workspace_id = ${tx.workspace}`)
}

interface Pair { readonly row: Conversation; readonly before: Before; readonly after: Before }
async function tell({ tx, member, now }: Doing, pairs: readonly Pair[]): Promise<void> {
  const common = ({ row }: Pair) => ({ ...contextOf(row), memberId: member.id, at: now })
  const finished = pairs.filter(({ before, after }) => after.state === 'done' && before.state !== 'done')
  const given = pairs.filter(({ before, after }) => after.assigneeId !== before.assigneeId)
  const others = pairs.filter((one) => !finished.includes(one) && !given.includes(one))
  await emitAll(tx, finished.map((one) => ({ name: 'conversation.done' as const, ...common(one), data: { by: member.id } })))
  await emitAll(tx, given.map((one) => ({ name: 'conversation.assigned' as const, ...common(one), data: { to: one.after.assigneeId } })))
  await emitAll(tx, others.map((one) => ({ name: 'conversation.changed' as const, ...common(one), data: { state: one.after.state, tags: one.after.tags, snoozedUntil: one.after.snoozedUntil } })))
}
