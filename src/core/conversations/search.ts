import { and, desc, eq, inArray, sql, type SQL } from 'drizzle-orm'
import { fold } from '#text/fold.ts'
import { stem } from '#text/stem.ts'
import { words } from '#text/words.ts'
import { mine, type Db } from '#db/database.ts'
import { contacts } from '../contacts/tables.ts'
import { matching, type Filter, type Looking } from './views.ts'
import { conversations, messages } from './tables.ts'

export interface Part { readonly text: string; readonly hit: boolean }

const last = /[\p{L}\p{N}]+$/u
/**
 * What the database looks for: every word in any of its forms, and the last one as far as it is typed.
 * Quotes and a leading minus work as people know them.
 */
export function lookFor(q: string): SQL {
  const whole = sql`websearch_to_tsquery('public.stoa', ${q})`
  const typed = last.exec(q)?.[0]
  const open = (q.match(/"/g)?.length ?? 0) % 2 === 1
  if (!typed || open || /(?:^|\s)-[\p{L}\p{N}]+$/u.test(q)) return whole
  return sql`(${whole} || (websearch_to_tsquery('public.stoa', ${q.slice(0, -typed.length)}) && to_tsquery('public.stoa', ${`${typed}:*`})))`
}

// So many hits are shown, the newest; and among so many of the newest it is looked for those that fit a view and its filters.
const [reach, sifted] = [500, 2_000]

/** What was found, and whether there are more hits than were looked through. */
interface Hits { readonly of: ReadonlyMap<string, string | null>; readonly cut: boolean }

/** The conversations in which something was said, or whose contact is called, like what is looked for; each with its newest hit. */
export async function hitsOf(db: Db, filter: Filter & { readonly q: string }, looking: Looking): Promise<Hits> {
  const query = lookFor(filter.q)
  const here = matching(db, filter, looking)
  const { said, cut } = await saidLike(db, query, { here, narrow: [filter.contactId, filter.postId, filter.campaignId].some((one) => one !== undefined) })
  const called = await talksWith(db, query, here)
  const hits = new Map<string, string | null>()
  for (const { conversationId, messageId } of said) if (!hits.has(conversationId)) hits.set(conversationId, messageId)
  for (const { conversationId } of called) if (!hits.has(conversationId)) hits.set(conversationId, null)
  return { of: hits, cut }
}

interface Hit { readonly conversationId: string; readonly messageId: string }
interface Within { readonly here: SQL | undefined; readonly narrow: boolean }
async function saidLike(db: Db, query: SQL, { here, narrow }: Within): Promise<{ said: Hit[]; cut: boolean }> {
  const hit = and(mine(db, messages), sql`${messages.search} @@ ${query}`)
  if (narrow) {
    const said = await db.select({ conversationId: messages.conversationId, messageId: messages.id }).from(messages).innerJoin(conversations, eq(conversations.id, messages.conversationId))
      .where(and(hit, here)).orderBy(desc(messages.heardAt)).limit(reach)
    return { said, cut: said.length === reach }
  }
  const newest = db.select({ conversationId: messages.conversationId, messageId: messages.id, heardAt: messages.heardAt }).from(messages).where(hit).orderBy(desc(messages.heardAt)).limit(sifted).as('newest')
  const said = await db.select({ conversationId: newest.conversationId, messageId: newest.messageId }).from(newest).innerJoin(conversations, eq(conversations.id, newest.conversationId))
    .where(here).orderBy(desc(newest.heardAt)).limit(reach)
  // One hit beyond the newest tells that older ones were not looked through.
  const [beyond] = await db.select({ id: messages.id }).from(messages).where(hit).orderBy(desc(messages.heardAt)).limit(1).offset(sifted)
  return { said, cut: said.length === reach || beyond !== undefined }
}

async function talksWith(db: Db, query: SQL, here: SQL | undefined): Promise<{ conversationId: string }[]> {
  const people = await db.select({ id: contacts.id }).from(contacts).where(and(mine(db, contacts), sql`${contacts.search} @@ ${query}`)).orderBy(desc(contacts.lastSeen)).limit(reach)
  if (people.length === 0) return []
  return await db.select({ conversationId: conversations.id }).from(conversations).where(and(inArray(conversations.contactId, people.map((one) => one.id)), here))
    .orderBy(desc(conversations.lastMessageAt)).limit(reach)
}

const around = 90
/** The place in a text where what is looked for stands, in parts: plain text, each a hit or not. */
export function snippetOf(text: string, q: string): Part[] {
  const asked = words(q).map((word) => fold(word.text))
  const [stems, typed] = [new Set(asked.map(stem)), asked.at(-1)]
  const hits = words(text).filter((word) => {
    const folded = fold(word.text)
    return stems.has(stem(folded)) || (typed !== undefined && folded.startsWith(typed))
  })
  const from = startOf(text, hits[0]?.start ?? 0)
  const to = Math.min(text.length, from + 2 * around)
  const parts: Part[] = []
  let place = from
  const add = (end: number, hit: boolean): void => { if (end > place) { parts.push({ text: text.slice(place, end).replace(/\s+/g, ' '), hit }); place = end } }
  for (const word of hits.filter((one) => one.start >= from && one.end <= to)) { add(word.start, false); add(word.end, true) }
  add(wholeEnd(text, to), false)
  return [...(from > 0 ? [{ text: '…', hit: false }] : []), ...parts, ...(place < text.length ? [{ text: '…', hit: false }] : [])]
}

function startOf(text: string, hit: number): number {
  if (hit <= around) return 0
  const space = text.indexOf(' ', hit - around)
  return space >= 0 && space < hit ? space + 1 : hit
}
function wholeEnd(text: string, to: number): number {
  if (to >= text.length) return text.length
  const space = text.lastIndexOf(' ', to)
  return space > to - 30 ? space : /[\uD800-\uDBFF]$/.test(text.slice(0, to)) ? to - 1 : to
}
