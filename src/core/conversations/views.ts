import { and, asc, desc, eq, gt, isNotNull, isNull, ne, sql, type SQL } from 'drizzle-orm'
import { cursorAt, placeAt } from '#kit/moment.ts'
import { mine, type Db } from '#db/database.ts'
import { conditionOf, isActive as active } from './compile.ts'
import type { Term } from './grammar.ts'
import { conversations, notices } from './tables.ts'

export const views = ['mine', 'due', 'unassigned', 'waiting', 'all', 'done', 'held', 'mentioned'] as const
export type View = (typeof views)[number]
export interface Looking { readonly memberId: string; readonly now: Date }

export interface Filter {
  readonly view: View
  readonly channel?: string | undefined; readonly lang?: string | undefined; readonly q?: string | undefined
  readonly postId?: string | undefined; readonly contactId?: string | undefined; readonly campaignId?: string | undefined; readonly importId?: string | undefined
  /** What else is asked, by the grammar. */
  readonly terms?: readonly Term[] | undefined
}

const c = conversations
// A conversation in which nothing can be seen yet is only in the held view.
const visible = gt(c.messageCount, 0)

/** What belongs to a view. Whoever searches, or looks at one person, post or campaign, finds what is done as well. */
export function inView(db: Db, filter: Omit<Filter, 'channel'>, { memberId, now }: Looking): SQL | undefined {
  const wide = filter.q !== undefined || filter.contactId !== undefined || filter.postId !== undefined || filter.campaignId !== undefined || filter.terms?.some((term) => term.is === 'state')
  switch (filter.view) {
    case 'mine': return and(visible, active(now), eq(c.assigneeId, memberId))
    case 'unassigned': return and(visible, active(now), isNull(c.assigneeId))
    case 'waiting': return and(active(now), isNotNull(c.waitingSince))
    case 'due': return and(active(now), isNotNull(c.waitingSince), isNotNull(c.dueAt), eq(c.dueFor, c.waitingSince))
    case 'all': return wide ? visible : and(visible, ne(c.state, 'done'))
    case 'done': return and(visible, eq(c.state, 'done'))
    case 'held': return gt(c.held, 0)
    case 'mentioned': return and(visible, sql`exists (select 1 from ${notices} where ${mine(db, notices)} and ${notices.memberId} = ${memberId} and ${notices.conversationId} = ${c.id})`)
  }
}

export const matching = (db: Db, filter: Filter, looking: Looking): SQL | undefined => and(
  mine(db, c), inView(db, filter, looking), ...(filter.terms ?? []).map((term) => conditionOf(db, term, looking)),
  filter.channel === undefined ? undefined : eq(c.channel, filter.channel), filter.lang === undefined ? undefined : eq(c.lang, filter.lang),
  filter.postId === undefined ? undefined : eq(c.postId, filter.postId), filter.contactId === undefined ? undefined : eq(c.contactId, filter.contactId),
  filter.campaignId === undefined ? undefined : eq(c.campaignId, filter.campaignId), filter.importId === undefined ? undefined : eq(c.importId, filter.importId),
)

/** Who waits longest comes first, or whose answer is due soonest; else what was said last. */
export const orderOf = (view: View): SQL[] => (view === 'waiting' ? [asc(c.waitingSince), asc(c.id)] : view === 'due' ? [asc(c.dueAt), asc(c.id)] : [desc(c.lastMessageAt), desc(c.id)])

/** What comes after a cursor; a cursor that is none is the beginning. */
export function beyond(view: View, cursor: string | undefined): SQL | undefined {
  const place = placeAt(cursor)
  if (!place) return undefined
  const { at, id } = place
  if (view === 'due') return sql`(${c.dueAt}, ${c.id}) > (${at}::timestamptz, ${id}::uuid)`
  return view === 'waiting' ? sql`(${c.waitingSince}, ${c.id}) > (${at}::timestamptz, ${id}::uuid)` : sql`(${c.lastMessageAt}, ${c.id}) < (${at}::timestamptz, ${id}::uuid)`
}
export function cursorAfter(view: View, row: { readonly id: string; readonly waitingSince: Date | null; readonly dueAt: Date | null; readonly lastMessageAt: Date }): string {
  const at = (view === 'waiting' ? row.waitingSince : view === 'due' ? row.dueAt : null) ?? row.lastMessageAt
  return cursorAt(at, row.id)
}
