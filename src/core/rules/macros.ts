import { and, asc, eq, isNull, or } from 'drizzle-orm'
import type { Member } from '#kit/http.ts'
import { newId } from '#kit/id.ts'
import { Refusal } from '#kit/refusal.ts'
import { mayDo } from '#kit/rights.ts'
import { mine, type Db, type Tx } from '#db/database.ts'
import type { Doing } from '../conversations/act.ts'
import { arrangeMany, type BulkChange, type Which } from '../conversations/bulk.ts'
import { lockConversation } from '../conversations/keep.ts'
import { conversations } from '../conversations/tables.ts'
import { allOf } from '../conversations/search.ts'
import { lockRouting } from '../routing/due.ts'
import { mostMacros, type Act, type MacroBody } from './grammar.ts'
import { aroundOf, perform } from './perform.ts'
import { planned } from './rules.ts'
import { refuseUnfitMacro } from './store.ts'
import { macros } from './tables.ts'

const theirs = (memberId: string) => or(isNull(macros.memberId), eq(macros.memberId, memberId))
interface By { readonly member: Pick<Member, 'id' | 'role'>; readonly at: Date }

/** The macros a member may use: the team's and their own. */
export async function macrosOf(db: Db, memberId: string) {
  const rows = await db.select().from(macros).where(and(mine(db, macros), theirs(memberId))).orderBy(asc(macros.name), asc(macros.id)).limit(2 * mostMacros)
  return rows.map(({ id, name, acts, text, memberId: of }) => ({ id, name, acts, text, shared: of === null }))
}
export async function addMacro(tx: Tx, { member, at }: By, { shared, ...given }: MacroBody) {
  await refuseUnfitMacro(tx, given.acts)
  const memberId = shared ? null : member.id
  const kept = await tx.$count(macros, and(mine(tx, macros), memberId === null ? isNull(macros.memberId) : eq(macros.memberId, memberId)))
  if (kept >= mostMacros) throw new Refusal('too_many_kept', { params: { limit: mostMacros } })
  const id = newId(at.getTime())
  await tx.insert(macros).values({ id, memberId, ...given, madeBy: member.id, madeAt: at })
  return { id, ...given, shared }
}
/** One's own, and the team's by those who may moderate. */
export async function dropMacro(tx: Tx, { member }: Pick<By, 'member'>, id: string): Promise<void> {
  const droppable = mayDo(member.role, 'moderate') ? theirs(member.id) : eq(macros.memberId, member.id)
  const gone = await tx.delete(macros).where(and(mine(tx, macros), eq(macros.id, id), droppable)).returning({ id: macros.id })
  if (gone.length === 0) throw new Refusal('not_found')
}

const hourMs = 3_600_000
/** The part of the acts that can be taken back, as one change of many. */
export function bulkOf(acts: readonly Act[], by: string, now: Date): BulkChange {
  const tags = { put: new Set<string>(), take: new Set<string>() }
  let change: BulkChange = {}
  for (const act of acts) {
    if (act.do === 'tag') { tags.put.add(act.tag); tags.take.delete(act.tag) }
    else if (act.do === 'untag') { tags.take.add(act.tag); tags.put.delete(act.tag) }
    else if (act.do === 'assign' || act.do === 'assign-me') change = { ...change, assigneeId: act.do === 'assign' ? act.memberId : by }
    else if (act.do === 'priority') change = { ...change, priority: act.to }
    else if (act.do === 'done') change = { ...change, state: 'done', snoozedUntil: undefined }
    else if (act.do === 'snooze') change = { ...change, state: 'snoozed', snoozedUntil: new Date(now.getTime() + act.hours * hourMs) }
  }
  return { ...change, tags: { put: [...tags.put], take: [...tags.take] } }
}
const stays = (act: Act): boolean => act.do === 'route' || act.do === 'note' || act.do === 'notify'
// What cannot be taken back is done to so many at once, and no more.
const mostAtOnce = 200

async function idsOf({ tx, member, now }: Doing, which: Which): Promise<readonly string[]> {
  const ids = 'ids' in which ? which.ids : (await tx.select({ id: conversations.id }).from(conversations).where(await allOf(tx, which.filter, { memberId: member.id, now, limit: mostAtOnce + 1 })).limit(mostAtOnce + 1)).map(({ id }) => id)
  if (ids.length > mostAtOnce) throw new Refusal('too_many_at_once', { params: { limit: mostAtOnce } })
  return [...new Set(ids)].toSorted()
}

/** Does what a macro says to conversations; the change of them is taken back like any done to many, notes stay. */
export async function useMacro(doing: Doing, id: string, which: Which): Promise<{ id: string; changed: number; text: string; stayed: number }> {
  const { tx, member, now } = doing
  const [macro] = await tx.select().from(macros).where(and(mine(tx, macros), eq(macros.id, id), theirs(member.id))).limit(1)
  if (!macro) throw new Refusal('not_found')
  await refuseUnfitMacro(tx, macro.acts)
  const besides = macro.acts.filter(stays)
  const ids = besides.length > 0 ? await idsOf(doing, which) : []
  if (ids.length > 0) await lockRouting(tx)
  const done = await arrangeMany(doing, which, bulkOf(macro.acts, member.id, now))
  const around = await aroundOf(tx, member.id)
  for (const each of ids) {
    const row = await lockConversation(tx, each)
    await perform(doing, row, { acts: planned(besides, row, around), around })
  }
  return { ...done, text: macro.text, stayed: ids.length }
}
