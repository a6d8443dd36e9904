import { and, eq, gt, inArray, isNull, lte, sql, type SQL } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { cursorAt } from '#kit/moment.ts'
import { mine, type Db } from '#db/database.ts'
import { contacts, identities } from '../contacts/tables.ts'
import { members } from '../members/tables.ts'
import { posts } from '../posts/tables.ts'
import { holderOf } from './rules.ts'
import { search } from './search.ts'
import { snippetOf, type Part } from './snippet.ts'
import { beyond, cursorAfter, matching, orderOf, type Filter, type Looking, type View } from './views.ts'
import { isUnread } from './compile.ts'
import { priorityOf, type Priority } from './grammar.ts'
import { conversationTallies, conversations, messages, notices } from './tables.ts'
import type { Conversation } from './places.ts'

interface Named { readonly id: string; readonly name: string }
export interface Line {
  readonly id: string; readonly subject: string; readonly channel: string
  readonly contact: { readonly id: string; readonly name: string; readonly handle: string; readonly picture: string | null }
  readonly lastText: string; readonly lastFrom: 'contact' | 'team'; readonly lastAt: Date
  readonly waitingSince: Date | null; readonly state: Conversation['state']; readonly snoozedUntil: Date | null
  readonly assignee: Named | null; readonly claimedBy: Named | null
  readonly lang: string | null; readonly held: number; readonly asked: boolean; readonly messageCount: number; readonly tags: readonly string[]
  readonly postId: string | null; readonly postTitle: string | null; readonly imported: boolean
  readonly priority: Priority; readonly unread: boolean
  readonly snippet: readonly Part[] | null
}
export interface Paging { readonly cursor?: string | undefined; readonly limit: number }

const assignees = alias(members, 'assignees')
const claimers = alias(members, 'claimers')

async function linesWhere(db: Db, where: SQL | undefined, how: { readonly view: View; readonly limit: number; readonly memberId: string }) {
  return await db.select({
    conversation: conversations, contactName: contacts.name, assignee: assignees.name, claimer: claimers.name, postTitle: posts.title,
    unread: sql<boolean>`coalesce(${isUnread(db, how.memberId)}, false)`,
    postText: sql<string | null>`case when ${posts.title} = '' then left(${posts.text}, 80) end`,
  }).from(conversations).innerJoin(contacts, eq(contacts.id, conversations.contactId))
    .leftJoin(assignees, eq(assignees.id, conversations.assigneeId)).leftJoin(claimers, eq(claimers.id, conversations.claimedBy)).leftJoin(posts, eq(posts.id, conversations.postId))
    .where(where).orderBy(...orderOf(how.view)).limit(how.limit)
}
type Row = Awaited<ReturnType<typeof linesWhere>>[number]

/** The conversations of a view, a page at a time. */
export async function listConversations(db: Db, filter: Filter, reading: Paging & Looking): Promise<{ items: Line[]; next: string | null; /** Whether a search left older hits unlooked at. */ cut: boolean }> {
  const { cursor, limit, ...looking } = reading
  const q = filter.q?.trim()
  if (q) return await foundConversations(db, { ...filter, q }, reading)
  const rows = await linesWhere(db, and(matching(db, filter, looking), beyond(filter.view, cursor)), { view: filter.view, limit: limit + 1, memberId: looking.memberId })
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const faces = await facesOf(db, page)
  return {
    items: page.map((row) => lineOf(row, { face: faces.get(row.conversation.id), snippet: null, now: looking.now })),
    next: rows.length > limit && last ? cursorAfter(filter.view, last.conversation) : null, cut: false,
  }
}

/** What a search finds, the newest hit first, whatever the view. */
async function foundConversations(db: Db, filter: Filter & { readonly q: string }, { limit, memberId, now, cursor }: Paging & Looking): Promise<{ items: Line[]; next: string | null; cut: boolean }> {
  let { hits, further, cut } = await search(db, filter, { limit: limit + 1, memberId, now, cursor })
  // An empty page that is not the last would look like the last one.
  for (let turn = 0; hits.length === 0 && further && turn < 10; turn++) ({ hits, further, cut } = await search(db, filter, { limit: limit + 1, memberId, now, cursor: cursorAt(new Date(further.at), further.id) }))
  if (hits.length === 0) return { items: [], next: further && cursorAt(new Date(further.at), further.id), cut }
  const page = hits.slice(0, limit)
  const rows = await linesWhere(db, and(mine(db, conversations), inArray(conversations.id, page.map((one) => one.id))), { view: filter.view, limit, memberId })
  const [faces, texts] = [await facesOf(db, rows), await textsOf(db, page.map((one) => one.messageId))]
  const last = page.at(-1)!
  return {
    items: page.flatMap((hit) => {
      const row = rows.find(({ conversation }) => conversation.id === hit.id)
      const text = texts.get(hit.messageId ?? '')
      return row ? [lineOf(row, { face: faces.get(hit.id), snippet: text === undefined ? null : snippetOf(text, filter.q), now })] : []
    }),
    next: hits.length > limit ? cursorAt(last.at, last.id) : further && cursorAt(new Date(further.at), further.id), cut,
  }
}

interface Face { readonly handle: string; readonly picture: string | null }
function lineOf({ conversation: one, ...row }: Row, { face, snippet, now }: { face: Face | undefined; snippet: Part[] | null; now: Date }): Line {
  const holder = holderOf(one, now)
  return {
    id: one.id, subject: one.subject, channel: one.channel, contact: { id: one.contactId, name: row.contactName, handle: face?.handle ?? '', picture: face?.picture ?? null },
    lastText: one.lastText, lastFrom: one.lastFrom, lastAt: one.lastMessageAt, waitingSince: one.waitingSince, state: one.state, snoozedUntil: one.snoozedUntil,
    assignee: one.assigneeId === null ? null : { id: one.assigneeId, name: row.assignee ?? '' }, claimedBy: holder === null ? null : { id: holder, name: row.claimer ?? '' },
    lang: one.lang, held: one.held, asked: one.asked, messageCount: one.messageCount, tags: one.tags, postId: one.postId, postTitle: row.postTitle || row.postText, imported: one.importId !== null, priority: priorityOf(one.priority), unread: row.unread, snippet,
  }
}

/** How each contact of a page looks on the channel of its conversation. */
async function facesOf(db: Db, rows: readonly Row[]): Promise<Map<string, Face>> {
  if (rows.length === 0) return new Map()
  const found = await db.select().from(identities).where(and(mine(db, identities), inArray(identities.contactId, [...new Set(rows.map(({ conversation }) => conversation.contactId))])))
  const known = new Map(found.map((one) => [`${one.contactId} ${one.channel}`, { handle: one.handle, picture: one.picture }]))
  return new Map(rows.flatMap(({ conversation: one }) => {
    const face = known.get(`${one.contactId} ${one.channel}`)
    return face ? [[one.id, face] as const] : []
  }))
}

async function textsOf(db: Db, ids: readonly (string | null)[]): Promise<Map<string, string>> {
  const wanted = ids.filter((id) => id !== null)
  if (wanted.length === 0) return new Map()
  const rows = await db.select({ id: messages.id, text: messages.text }).from(messages).where(and(mine(db, messages), inArray(messages.id, wanted)))
  return new Map(rows.map((row) => [row.id, row.text]))
}

const counted = ['mine', 'unassigned', 'waiting', 'all', 'held'] as const
export type Counts = Record<(typeof counted)[number], number> & { readonly unread: number; readonly mentioned: number; /** Missed, or within the hour; no further than nobody reads it. */ readonly due: number }
// Beyond this nobody reads the figure.
const unreadCap = 1_000
const [dueSoonMs, dueCap] = [3_600_000, 100]

/** How many conversations each view holds: exact, from the tallies, whatever happens at the same time. */
export async function countViews(db: Db, { memberId, now }: Looking): Promise<Counts> {
  const tallied = await db.select({ view: conversationTallies.view, n: sql<number>`sum(${conversationTallies.steps})::int` }).from(conversationTallies)
    .where(and(mine(db, conversationTallies), inArray(conversationTallies.view, ['all', 'unassigned', 'waiting', 'held', `mine:${memberId}`]))).groupBy(conversationTallies.view)
  const tally = (view: string): number => Math.max(0, tallied.find((one) => one.view === view)?.n ?? 0)
  // What was put off until a moment that has passed is open again without a change to the row.
  const [back] = await db.select({
    mine: sql<number>`count(*) filter (where ${conversations.assigneeId} = ${memberId})::int`, unassigned: sql<number>`count(*) filter (where ${conversations.assigneeId} is null)::int`,
    waiting: sql<number>`count(*) filter (where ${conversations.waitingSince} is not null)::int`,
  }).from(conversations).where(and(mine(db, conversations), eq(conversations.state, 'snoozed'), lte(conversations.snoozedUntil, now), gt(conversations.messageCount, 0)))
  const some = db.select({ one: sql`1` }).from(conversations).where(and(mine(db, conversations), eq(conversations.state, 'open'), isUnread(db, memberId))).limit(unreadCap)
  const { rows } = await db.execute<{ n: string }>(sql`select count(*) as n from ${some} counted`)
  const mentioned = await db.$count(notices, and(mine(db, notices), eq(notices.memberId, memberId), isNull(notices.readAt)))
  const soon = db.select({ one: sql`1` }).from(conversations).where(and(matching(db, { view: 'due' }, { memberId, now }), lte(conversations.dueAt, new Date(now.getTime() + dueSoonMs)))).limit(dueCap)
  const due = await db.execute<{ n: string }>(sql`select count(*) as n from ${soon} counted`)
  return {
    mine: tally(`mine:${memberId}`) + (back?.mine ?? 0), unassigned: tally('unassigned') + (back?.unassigned ?? 0), waiting: tally('waiting') + (back?.waiting ?? 0),
    all: tally('all'), held: tally('held'), unread: Number(rows[0]?.n ?? 0), mentioned, due: Number(due.rows[0]?.n ?? 0),
  }
}
