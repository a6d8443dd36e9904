import { and, eq, gt, isNotNull, lte, ne, sql } from 'drizzle-orm'
import type { AnyEvent } from '#kit/events.ts'
import { mayDo } from '#kit/rights.ts'
import { mine, type Db, type Tx } from '#db/database.ts'
import '../accounts/happenings.ts'
import '../conversations/happenings.ts'
import { conversations, messages } from '../conversations/tables.ts'
import type { Handler } from '../events/dispatch.ts'
import '../routing/due.ts'
import { callMembers, type Occasion } from './ring.ts'
import { leadOf, tooLateAfter, type Moment } from './rules.ts'
import { listenersOf, type Listener } from './settings.ts'

interface About { readonly at: Date; readonly once: string; readonly conversationId?: string; readonly messageId?: string; readonly accountId?: string }
const call = (memberId: string, moment: Moment, about: About): Occasion => ({ memberId, moment, ...about })

/** Everybody a moment without an owner is for: whoever may do something about it. */
const all = (team: readonly Listener[], moment: Moment, about: About): Occasion[] =>
  team.filter(({ member }) => mayDo(member.role, moment === 'silent' ? 'manage' : 'answer')).map(({ member }) => call(member.id, moment, about))

type Received = Extract<AnyEvent, { name: 'message.received' }>
async function ofWord(db: Db, { data, conversationId, at, cursor }: Received, team: readonly Listener[]): Promise<readonly Occasion[]> {
  if (data.imported || !data.asked || conversationId === undefined) return []
  const [row] = await db.select({ assigneeId: conversations.assigneeId, automatic: messages.automatic }).from(messages).innerJoin(conversations, eq(conversations.id, messages.conversationId))
    .where(and(mine(db, messages), eq(messages.id, data.messageId)))
  if (!row || row.automatic) return []
  const about: About = { at: new Date(at), once: `event ${cursor}`, conversationId, messageId: data.messageId }
  return row.assigneeId === null ? all(team, 'new', about) : [call(row.assigneeId, 'answer', about)]
}

type Refused = Extract<AnyEvent, { name: 'publication.refused' }>
async function ofRefusal(db: Db, { data, at, cursor }: Refused): Promise<readonly Occasion[]> {
  const [row] = await db.select({ id: messages.id, memberId: messages.memberId, conversationId: messages.conversationId }).from(messages).where(and(mine(db, messages), eq(messages.publicationId, data.publicationId), eq(messages.direction, 'out')))
  return row?.memberId ? [call(row.memberId, 'failed', { at: new Date(at), once: `event ${cursor}`, conversationId: row.conversationId, messageId: row.id })] : []
}

/** Whom an event calls, and for what. Nobody is called for what they did themselves. */
async function occasionsOf(db: Db, event: AnyEvent, team: readonly Listener[]): Promise<readonly Occasion[]> {
  const { conversationId, cursor } = event
  const about: About = { at: new Date(event.at), once: `event ${cursor}`, ...(conversationId === undefined ? {} : { conversationId }) }
  switch (event.name) {
    case 'message.received': return await ofWord(db, event, team)
    case 'publication.refused': return await ofRefusal(db, event)
    case 'note.written': return event.data.mentions.filter((id) => id !== event.memberId).map((id) => call(id, 'mention', { ...about, messageId: event.data.messageId }))
    case 'conversation.assigned': return event.data.to === null || event.data.to === event.memberId ? [] : [call(event.data.to, 'given', about)]
    case 'answer.missed': return event.data.assigneeId === null ? all(team, 'missed', about) : [call(event.data.assigneeId, 'missed', about)]
    case 'account.silent': case 'account.troubled': return all(team, 'silent', { ...about, accountId: event.data.accountId })
    default: return []
  }
}

/** Calls members for what happened. Its place and its calls move in one transaction: each event calls once. */
export const bellHandler: Handler = {
  id: 'bells.call', names: ['message.received', 'publication.refused', 'note.written', 'conversation.assigned', 'answer.missed', 'account.silent', 'account.troubled'],
  take: async (events, tx, house) => {
    const now = house.now()
    const fresh = events.filter((event) => now.getTime() - Date.parse(event.at) <= tooLateAfter)
    if (fresh.length === 0) return
    const team = await listenersOf(tx)
    const found: Occasion[] = []
    for (const event of fresh) found.push(...await occasionsOf(tx, event, team))
    await callMembers(tx, found, now)
  },
}

/** Calls for answers that are due soon, once for each wait. */
export async function callSoon(tx: Tx, now: Date): Promise<void> {
  const c = conversations
  const near = await tx.select({ id: c.id, assigneeId: c.assigneeId, dueAt: c.dueAt, dueFor: c.dueFor }).from(c)
    .where(and(mine(tx, c), isNotNull(c.waitingSince), eq(c.dueFor, c.waitingSince), ne(c.state, 'done'), gt(c.dueAt, now), lte(c.dueAt, sql`${now.toISOString()}::timestamptz + interval '15 minutes'`)))
  const due = near.filter((row) => row.dueAt!.getTime() - now.getTime() <= leadOf(row.dueAt!.getTime() - row.dueFor!.getTime()))
  if (due.length === 0) return
  const team = await listenersOf(tx)
  await callMembers(tx, due.flatMap((row) => {
    const about: About = { at: now, once: `soon ${row.id} ${row.dueFor!.toISOString()}`, conversationId: row.id }
    return row.assigneeId === null ? all(team, 'soon', about) : [call(row.assigneeId, 'soon', about)]
  }), now)
}
