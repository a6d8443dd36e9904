import { and, eq, gt, isNotNull, isNull, lte, ne, not, or, sql, type SQL } from 'drizzle-orm'
import { mine, type Db } from '#db/database.ts'
import { members } from '../members/tables.ts'
import { rankOf, type Term } from './grammar.ts'
import { answerDrafts, conversationReads, conversations, messages } from './tables.ts'

interface Looking { readonly memberId: string; readonly now: Date }
const c = conversations
export const isActive = (now: Date): SQL | undefined => or(eq(c.state, 'open'), and(eq(c.state, 'snoozed'), lte(c.snoozedUntil, now)))

/** What somebody outside said last, and this member has not read. */
export const isUnread = (db: Db, memberId: string): SQL | undefined => and(eq(c.lastFrom, 'contact'), gt(c.messageCount, 0), sql`not exists (
  select 1 from ${conversationReads} where ${mine(db, conversationReads)} and ${conversationReads.memberId} = ${memberId} and ${conversationReads.conversationId} = ${c.id} and ${conversationReads.seenAt} >= ${c.lastMessageAt})`)

/** The condition a term of the grammar stands for. Values are parameters, never part of a statement's text. */
export function conditionOf(db: Db, term: Term, looking: Looking): SQL | undefined {
  const holds = plain(db, term, looking)
  return holds && term.not ? not(sql`coalesce((${holds}), false)`) : holds
}

function plain(db: Db, term: Term, { memberId, now }: Looking): SQL | undefined {
  switch (term.is) {
    case 'channel': return eq(c.channel, term.value)
    case 'lang': return eq(c.lang, term.value)
    case 'tag': return sql`(${c.tags} <> '[]'::jsonb and ${c.tags} @> ${JSON.stringify([term.value])}::jsonb)`
    case 'campaign': return sql`${c.campaignId} in (select id from campaigns where workspace_id = ${db.workspace} and (id::text = ${term.value} or lower(name) = lower(${term.value})))`
    case 'assignee': return assigneeIs(db, term.value, memberId)
    case 'state': return term.value === 'open' ? isActive(now) : term.value === 'snoozed' ? and(eq(c.state, 'snoozed'), gt(c.snoozedUntil, now)) : eq(c.state, 'done')
    case 'priority': return eq(c.priority, rankOf(term.value))
    case 'waiting': return waits(term.than, new Date(now.getTime() - term.minutes * 60_000))
    case 'due': return isDue(term, now)
    case 'has': return having(db, term.value, memberId)
  }
}

const waits = (than: 'over' | 'under', at: Date): SQL | undefined =>
  and(isNotNull(c.waitingSince), ne(c.state, 'done'), than === 'over' ? lte(c.waitingSince, at) : gt(c.waitingSince, at))

/** An answer is due for the wait that stands now, and by when. */
const awaited = and(isNotNull(c.waitingSince), isNotNull(c.dueAt), eq(c.dueFor, c.waitingSince), ne(c.state, 'done'))
function isDue({ than, minutes }: Extract<Term, { is: 'due' }>, now: Date): SQL | undefined {
  const at = new Date(now.getTime() + minutes * 60_000)
  if (than === 'missed') return and(awaited, lte(c.dueAt, now))
  return than === 'over' ? and(awaited, gt(c.dueAt, at)) : and(awaited, gt(c.dueAt, now), lte(c.dueAt, at))
}

function assigneeIs(db: Db, value: string, memberId: string): SQL | undefined {
  if (value === 'me') return eq(c.assigneeId, memberId)
  if (value === 'nobody') return isNull(c.assigneeId)
  return sql`${c.assigneeId} in (select ${members.id} from ${members} where ${mine(db, members)} and (${members.id}::text = ${value} or lower(${members.name}) = lower(${value}) or lower(split_part(${members.name}, ' ', 1)) = lower(${value})))`
}

function having(db: Db, what: Extract<Term, { is: 'has' }>['value'], memberId: string): SQL | undefined {
  switch (what) {
    case 'held': return gt(c.held, 0)
    case 'unread': return isUnread(db, memberId)
    case 'draft': return sql`exists (select 1 from ${answerDrafts} where ${mine(db, answerDrafts)} and ${answerDrafts.conversationId} = ${c.id} and ${answerDrafts.memberId} = ${memberId})`
    case 'files': return sql`exists (select 1 from ${messages} where ${mine(db, messages)} and ${messages.conversationId} = ${c.id} and ${messages.attachments} is not null)`
    case 'notes': return sql`exists (select 1 from ${messages} where ${mine(db, messages)} and ${messages.conversationId} = ${c.id} and ${messages.direction} = 'note')`
  }
}
