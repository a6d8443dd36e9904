import { and, desc, eq, gte, inArray, ne, sql } from 'drizzle-orm'
import { mine, type Db } from '#db/database.ts'
import { contacts } from '../contacts/tables.ts'
import type { Asked } from '../conversations/grammar.ts'
import type { Conversation } from '../conversations/places.ts'
import { conversations, messages } from '../conversations/tables.ts'
import { eventOf } from '../events/store.ts'
import { events } from '../events/tables.ts'
import type { Act, RuleBody, When } from './grammar.ts'
import { asksOfNow, saysWords, termsHold, wordsSaid } from './match.ts'
import { momentOf } from './on-time.ts'
import { aroundOf } from './perform.ts'
import { happenedIn, planned, type Around } from './rules.ts'
import { ruleAsks } from './store.ts'

const dayMs = 24 * 3_600_000
export const dryDays = 30
// Read so much at once, so many times, and no longer than a person waits gladly.
const [pageSize, mostPages, mostMs] = [2_000, 15, 2_500]
const mostExamples = 20

export interface Example { readonly conversationId: string; readonly name: string; readonly text: string; readonly channel: string; readonly at: Date; readonly acts: readonly Act[] }
export interface DryRun {
  readonly days: number
  /** Conversations it would have changed, and those it would have looked at and left as they are. */
  readonly touched: number; readonly left: number
  /** How much was read, back to when; not the whole month where there was too much. */
  readonly read: number; readonly since: Date; readonly whole: boolean
  /** The line asks what may have been otherwise then: it was compared with how things stand now. */
  readonly asOfNow: boolean
  readonly examples: readonly Example[]
}

const nameFor = { received: 'message.received', opened: 'message.received', unanswered: 'message.received', assigned: 'conversation.assigned', missed: 'answer.missed', 'due-soon': 'answer.missed', done: 'conversation.done' } as const
interface Found { readonly conversationId: string; readonly messageId: string | undefined; readonly at: Date }
interface Looking { readonly when: When; readonly asked: Asked; readonly around: Around; readonly now: Date }
interface Place { readonly at: Date; readonly seq: number }

/** What happened, newest first, a page from a place on. */
async function page(db: Db, { when, now }: Looking, from: Place | undefined): Promise<{ found: readonly Found[]; read: number; last: Place | undefined }> {
  const rows = await db.select().from(events).where(and(
    mine(db, events), eq(events.name, nameFor[when.on]), gte(events.at, new Date(now.getTime() - dryDays * dayMs)),
    from ? sql`(${events.at}, ${events.seq}) < (${from.at.toISOString()}::timestamptz, ${from.seq}::bigint)` : undefined,
  )).orderBy(desc(events.at), desc(events.seq)).limit(pageSize)
  const found = rows.flatMap((row) => {
    const event = eventOf(row)
    const isWhole = event.conversationId !== undefined && happenedIn(event, true) !== undefined
    if (!isWhole || (when.on === 'unanswered' && !(event.name === 'message.received' && event.data.opensWait))) return []
    return [{ conversationId: event.conversationId!, messageId: event.name === 'message.received' ? event.data.messageId : undefined, at: row.at }]
  })
  const end = rows.at(-1)
  return { found, read: rows.length, last: rows.length === pageSize && end ? { at: end.at, seq: end.seq } : undefined }
}

/** Those messages of a page that began a conversation, say the words, or were left unanswered for so long. */
async function narrowed(db: Db, found: readonly Found[], { when, asked, now }: Looking): Promise<readonly Found[]> {
  const ids = found.flatMap(({ messageId }) => messageId ?? [])
  if (ids.length === 0) return found
  const said = asked.words === '' ? undefined : when.on === 'unanswered' ? wordsSaid(db, asked.words) : saysWords(asked.words)
  const held = await db.select({ id: messages.id }).from(messages).innerJoin(conversations, eq(conversations.id, messages.conversationId)).where(and(
    mine(db, messages), inArray(messages.id, ids), said, when.on === 'opened' ? eq(messages.remoteId, conversations.rootRef) : undefined, when.on === 'unanswered' ? unansweredFor(db, when.minutes, now) : undefined,
  ))
  const fits = new Set(held.map(({ id }) => id))
  return found.filter(({ messageId }) => messageId !== undefined && fits.has(messageId))
}

const unansweredFor = (db: Db, minutes: number, now: Date) => {
  const end = sql`${messages.heardAt} + ${minutes} * interval '1 minute'`
  return and(
    sql`${end} <= ${now.toISOString()}::timestamptz`,
    sql`not exists (select 1 from messages o where o.workspace_id = ${db.workspace} and o.conversation_id = ${messages.conversationId} and o.direction = 'out' and o.by_hand is distinct from 'waiting' and o.heard_at > ${messages.heardAt} and o.heard_at < ${end})`,
    sql`not exists (select 1 from events e where e.workspace_id = ${db.workspace} and e.name = 'conversation.done' and e.contact_id = ${conversations.contactId} and e.conversation_id = ${messages.conversationId} and e.at > ${messages.heardAt} and e.at < ${end})`,
  )
}

interface Standing { readonly conversation: Conversation; readonly name: string }
async function standing(db: Db, ids: readonly string[], { asked, when, now }: Looking): Promise<ReadonlyMap<string, Standing>> {
  if (ids.length === 0) return new Map()
  // What is about a message was asked of that message.
  const said = asked.words === '' || nameFor[when.on] === 'message.received' ? undefined : wordsSaid(db, asked.words)
  const rows = await db.select({ conversation: conversations, name: contacts.name }).from(conversations).innerJoin(contacts, eq(contacts.id, conversations.contactId))
    .where(and(inArray(conversations.id, [...ids]), termsHold(db, asked, now), said))
  return new Map(rows.map((row) => [row.conversation.id, row]))
}

/** Those for whom an answer is due soon at this moment; those of before, where it came in time, left no trace. */
async function soonNow(db: Db, { when, now }: Looking): Promise<readonly Found[]> {
  const moment = when.on === 'due-soon' ? momentOf({ when }) : undefined
  if (!moment) return []
  const rows = await db.select({ id: conversations.id, at: conversations.waitingSince }).from(conversations)
    .where(and(mine(db, conversations), moment.stands, ne(conversations.state, 'done'), sql`${moment.at} <= ${now.toISOString()}::timestamptz`)).limit(pageSize)
  return rows.map(({ id, at }) => ({ conversationId: id, messageId: undefined, at: at ?? now }))
}

/** What a rule would have done to the conversations of the last month. Reads only, and only so much. */
export async function dryRun(db: Db, { when, line, acts }: Pick<RuleBody, 'when' | 'line' | 'acts'>, now: Date): Promise<DryRun> {
  const looking = { when, asked: ruleAsks(line), around: await aroundOf(db, null), now }
  const [seen, left, examples] = [new Set<string>(), new Set<string>(), [] as Example[]]
  const take = async (found: readonly Found[]): Promise<void> => {
    const fresh = found.filter(({ conversationId }) => !seen.has(conversationId) && !left.has(conversationId))
    const known = await standing(db, [...new Set(fresh.map(({ conversationId }) => conversationId))], looking)
    for (const one of fresh) {
      const stands = known.get(one.conversationId)
      if (!stands || seen.has(one.conversationId) || left.has(one.conversationId)) continue
      const would = planned(acts, stands.conversation, looking.around)
      ;(would.length > 0 ? seen : left).add(one.conversationId)
      if (would.length > 0 && examples.length < mostExamples) examples.push(exampleOf(one, stands, would))
    }
  }
  await take(await soonNow(db, looking))
  const through = await readBack(db, looking, take)
  return { days: dryDays, touched: seen.size, left: left.size, ...through, asOfNow: asksOfNow(looking.asked), examples: examples.toSorted((a, b) => b.at.getTime() - a.at.getTime()) }
}

const exampleOf = ({ at }: Found, { conversation, name }: Standing, acts: readonly Act[]): Example => ({ conversationId: conversation.id, name, text: conversation.lastText, channel: conversation.channel, at, acts })

async function readBack(db: Db, looking: Looking, take: (found: readonly Found[]) => Promise<void>): Promise<{ read: number; since: Date; whole: boolean }> {
  const began = performance.now()
  let read = 0
  let place: Place | undefined
  for (let pages = 0; pages < mostPages; pages++) {
    const next = await page(db, looking, place)
    read += next.read
    await take(await narrowed(db, next.found, looking))
    if (!next.last) return { read, since: new Date(looking.now.getTime() - dryDays * dayMs), whole: true }
    place = next.last
    if (performance.now() - began > mostMs) break
  }
  return { read, since: place?.at ?? looking.now, whole: false }
}
