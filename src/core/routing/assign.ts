import { and, asc, desc, eq, isNotNull, isNull, ne, or, sql } from 'drizzle-orm'
import type { ByRule } from '#kit/events.ts'
import { mine, type Db, type Tx } from '#db/database.ts'
import { contacts } from '../contacts/tables.ts'
import { isActive } from '../conversations/compile.ts'
import { contextOf, type Conversation } from '../conversations/places.ts'
import { conversations, messages } from '../conversations/tables.ts'
import { onDutyAt, rosterOf } from '../duty/store.ts'
import { emit } from '../events/store.ts'
import { voicesOf } from '../members/store.ts'
import { lockRouting } from './due.ts'
import { chooseMember, firstWays, type Answerer, type Choice, type Way } from './rules.ts'
import { assignments, routings } from './tables.ts'

export interface Routing { readonly ways: readonly Way[]; readonly onDutyOnly: boolean }
export async function routingOf(db: Db): Promise<Routing> {
  const [row] = await db.select({ ways: routings.ways, onDutyOnly: routings.onDutyOnly }).from(routings).where(mine(db, routings)).limit(1)
  return row ?? { ways: firstWays, onDutyOnly: true }
}

/** Those who may answer, are there, and have a voice to answer with. */
async function answerers(tx: Tx, { onDutyOnly }: Routing, now: Date): Promise<readonly Answerer[]> {
  const roster = await rosterOf(tx, now)
  const here = onDutyOnly ? onDutyAt(roster, now) : roster.watch
  const voices = new Map((await voicesOf(tx)).map((voice) => [voice.memberId, voice]))
  const loads = await tx.select({ memberId: conversations.assigneeId, n: sql<number>`count(*)::int` }).from(conversations)
    .where(and(mine(tx, conversations), isNotNull(conversations.waitingSince), isNotNull(conversations.assigneeId), isActive(now))).groupBy(conversations.assigneeId)
  const given = await tx.select({ memberId: assignments.memberId, at: sql<string>`max(${assignments.at})` }).from(assignments).where(mine(tx, assignments)).groupBy(assignments.memberId)
  return here.flatMap(({ memberId }) => {
    const voice = voices.get(memberId)
    const last = given.find((one) => one.memberId === memberId)
    return !voice || voice.name.trim() === '' ? [] : [{
      memberId, name: voice.name, langs: voice.langs, topics: voice.topics, load: loads.find((one) => one.memberId === memberId)?.n ?? 0, lastGiven: last ? Date.parse(last.at) : null,
    }]
  })
}

/** Who of us answered this person last, here or in another conversation. */
async function lastAnswerer(tx: Tx, contactId: string): Promise<string | null> {
  const [row] = await tx.select({ memberId: messages.memberId }).from(messages).innerJoin(conversations, eq(conversations.id, messages.conversationId))
    .where(and(mine(tx, messages), eq(conversations.contactId, contactId), eq(messages.direction, 'out'), isNotNull(messages.memberId))).orderBy(desc(messages.heardAt)).limit(1)
  return row?.memberId ?? null
}

async function choose(tx: Tx, row: Conversation, team: { readonly people: readonly Answerer[]; readonly ways: readonly Way[] }): Promise<Choice | undefined> {
  const [heard] = await tx.select({ text: messages.text, lang: messages.lang, name: contacts.name }).from(messages).innerJoin(contacts, eq(contacts.id, row.contactId))
    .where(and(mine(tx, messages), eq(messages.conversationId, row.id), eq(messages.direction, 'in'), eq(messages.moderation, 'shown'))).orderBy(desc(messages.heardAt)).limit(1)
  return heard && chooseMember(team.people, { text: heard.text, lang: heard.lang ?? row.lang, tags: row.tags, from: heard.name, before: await lastAnswerer(tx, row.contactId) }, team.ways)
}

/**
 * Gives a conversation in which somebody waits, and that is nobody's, to whom it belongs more than to others. One decision at
 * a time in a workspace, so that turns and loads are those that stand. While nobody is there it waits for the next who comes.
 */
export const route = (tx: Tx, conversationId: string, now: Date): Promise<boolean> => routeAs(tx, conversationId, { now })

/** The same, where a rule asked for it. */
export async function routeAs(tx: Tx, conversationId: string, { now, byRule }: { readonly now: Date; readonly byRule?: ByRule }): Promise<boolean> {
  await lockRouting(tx)
  const [row] = await tx.select().from(conversations).where(and(mine(tx, conversations), eq(conversations.id, conversationId))).for('update').limit(1)
  if (!row || row.assigneeId !== null || row.waitingSince === null || row.state === 'done') return false
  const routing = await routingOf(tx)
  const people = await answerers(tx, routing, now)
  if (people.length === 0) return false
  const choice = await choose(tx, row, { people, ways: routing.ways })
  await tx.update(conversations).set({ routedFor: row.waitingSince, ...(choice ? { assigneeId: choice.memberId } : {}) }).where(and(mine(tx, conversations), eq(conversations.id, row.id)))
  if (!choice) return false
  await tx.insert(assignments).values({ conversationId: row.id, memberId: choice.memberId, way: choice.because, says: choice.says, at: now })
  await emit(tx, 'conversation.assigned', { ...contextOf(row), at: now, data: { to: choice.memberId, ...(byRule ? { byRule } : {}) } })
  return true
}

/** What came while nobody was there, oldest first: whoever is there now takes it up. */
export async function routeLeft(tx: Tx, now: Date): Promise<number> {
  const c = conversations
  const left = await tx.select({ id: c.id }).from(c)
    .where(and(mine(tx, c), isNull(c.assigneeId), isNotNull(c.waitingSince), ne(c.state, 'done'), or(isNull(c.routedFor), ne(c.routedFor, c.waitingSince)))).orderBy(asc(c.waitingSince)).limit(50)
  let given = 0
  for (const { id } of left) if (await route(tx, id, now)) given += 1
  return given
}

/** Why a conversation is whose it is, if the house gave it to them. */
export async function whyAssigned(db: Db, { id, assigneeId }: Pick<Conversation, 'id' | 'assigneeId'>) {
  const [row] = await db.select({ memberId: assignments.memberId, says: assignments.says }).from(assignments)
    .where(and(mine(db, assignments), eq(assignments.conversationId, id))).orderBy(desc(assignments.at)).limit(1)
  return row && row.memberId === assigneeId ? row.says : null
}
