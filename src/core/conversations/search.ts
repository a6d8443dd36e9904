import { and, desc, inArray, notInArray, sql, type SQL } from 'drizzle-orm'
import { placeAt, type Place } from '#kit/moment.ts'
import { mine, type Db } from '#db/database.ts'
import { contacts } from '../contacts/tables.ts'
import { matching, type Filter, type Looking } from './views.ts'
import { conversations, messages } from './tables.ts'
import { windows, type Window } from './windows.ts'

const last = /[\p{L}\p{N}]+$/u
/**
 * What the database looks for: every word in any of its forms, and the last one as far as it is typed.
 * Quotes and a leading minus work as people know them.
 */
export function lookFor(q: string): SQL {
  const typed = typedIn(q)
  return typed === undefined ? wholly(q) : sql`(${wholly(q)} || (${wholly(q.slice(0, -typed.length))} && to_tsquery('public.stoa', ${`${typed}:*`})))`
}
const wholly = (q: string): SQL => sql`websearch_to_tsquery('public.stoa', ${q})`
/** The last word, if somebody may still be typing it. */
function typedIn(q: string): string | undefined {
  const open = (q.match(/"/g)?.length ?? 0) % 2 === 1
  return open || /(?:^|\s)-[\p{L}\p{N}]+$/u.test(q) ? undefined : last.exec(q)?.[0]
}

/** A conversation that was found: where it stands in the order, and its newest message that says so. */
export interface Hit { readonly id: string; readonly at: Date; readonly messageId: string | null }
export interface Found { readonly hits: readonly Hit[]; /** Where to look on when not everything was looked through. */ readonly further: Place | null; readonly cut: boolean }
export interface Seeking extends Looking { readonly limit: number; readonly cursor?: string | undefined; readonly bounds?: Partial<Bounds> }
interface Sought { readonly query: SQL; readonly here: SQL | undefined; readonly people: readonly string[]; readonly from: Place | undefined; readonly limit: number }

interface Bounds {
  /** Fewer hits than this are taken all at once. */
  readonly few: number
  /** In fewer conversations than this it is looked one by one. */
  readonly narrow: number
  /** When so many messages were looked at, a page is handed out as it stands. */
  readonly patience: number
}
const usual: Bounds = { few: 10_000, narrow: 1_000, patience: 20_000 }
// Of words that begin like this, and of words side by side, PostgreSQL has no idea how many there are: the newest messages tell.
const isGuess = (q: string): boolean => q.includes('"') || (typedIn(q)?.length ?? Infinity) <= 4
const probed = 1_000
// So many people of a name are looked at, those heard last.
const reach = 500

/**
 * The conversations in which something was said, or whose contact is called, like what is looked for: newest hit first, each at its
 * newest, a page at a time. Rare words come from the index at once; for others it is looked through the newest messages first,
 * a stretch of time after another, each as long as its yield so far suggests.
 */
export async function search(db: Db, filter: Filter & { readonly q: string }, seeking: Seeking): Promise<Found> {
  const common = await isCommon(db, filter.q)
  const query = common ? wholly(filter.q) : lookFor(filter.q)
  const here = matching(db, filter, seeking)
  const { people, more } = await calledLike(db, query)
  const sought: Sought = { query, here, people, from: placeAt(seeking.cursor), limit: seeking.limit }
  const { hits: said, stopped } = await saidLike(db, sought, { filtered: isNarrowed(filter), probe: !common && isGuess(filter.q) ? probed : undefined, ...usual, ...seeking.bounds })
  const called = (await talksWith(db, sought)).filter(({ at }) => stopped === null || at >= stopped)
  const hits = [...said, ...called].toSorted((a, b) => b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : -1)).slice(0, seeking.limit)
  return { hits: await withWords(db, hits, query), further: stopped && hits.length < seeking.limit ? { at: stopped.toISOString(), id: firstId } : null, cut: more || stopped !== null }
}
// Before every id there is.
const firstId = '00000000-0000-1000-8000-000000000000'
const isNarrowed = ({ view, q: _, terms = [], ...rest }: Filter): boolean => view !== 'all' || terms.length > 0 || Object.values(rest).some((one) => one !== undefined)

/** What PostgreSQL expects a query to find. */
async function expected(db: Db, ...queries: readonly SQL[]): Promise<number[]> {
  const { rows } = await db.execute<{ 'QUERY PLAN': readonly { Plan: { 'Plan Rows': number; Plans?: readonly { 'Plan Rows': number }[] } }[] }>(sql`explain (format json) ${sql.join([...queries], sql` union all `)}`)
  const { Plan: plan } = rows[0]!['QUERY PLAN'][0]!
  return queries.length === 1 ? [plan['Plan Rows']] : (plan.Plans ?? []).map((one) => one['Plan Rows'])
}

/** Whether the last word is a whole one that stands in very many messages: its longer relatives would cost much and add little. */
async function isCommon(db: Db, q: string): Promise<boolean> {
  const typed = typedIn(q)
  if (typed === undefined) return false
  const [hits = 0] = await expected(db, sql`select 1 from ${messages} where ${mine(db, messages)} and ${messages.search} @@ ${wholly(typed)}`)
  return hits > usual.few
}

async function saidLike(db: Db, sought: Sought, { filtered, probe, few, narrow, patience }: Bounds & { readonly filtered: boolean; readonly probe: number | undefined }): Promise<{ hits: Hit[]; stopped: Date | null }> {
  const hit = sql`select 1 from ${messages} where ${mine(db, messages)} and ${messages.search} @@ ${sought.query}`
  const all = sql`select 1 from ${messages} where ${mine(db, messages)}`
  const [hits = 0, total = 0, talks = Infinity] = await expected(db, hit, all, ...(filtered ? [sql`select 1 from ${conversations} where ${sought.here}`] : []))
  if (talks < narrow && hits > talks) return { hits: await inTalks(db, sought), stopped: null }
  return await windows({
    limit: sought.limit, hits, total, few, patience, probe, newest: sought.from ? new Date(sought.from.at) : null,
    after: async (before, count) => await momentAfter(db, before, count), look: async (window) => await inWindow(db, sought, window),
  })
}

/** When the message was taken in that stands so many before a moment; null: there are not so many. */
async function momentAfter(db: Db, before: Date | null, count: number): Promise<Date | null> {
  const [row] = await db.select({ at: messages.heardAt }).from(messages).where(and(mine(db, messages), before ? sql`${messages.heardAt} <= ${before.toISOString()}::timestamptz` : undefined))
    .orderBy(desc(messages.heardAt)).limit(1).offset(count)
  return row?.at ?? null
}

const beyond = ({ from }: Sought, at: SQL, id: SQL): SQL => (from ? sql`and (${at}, ${id}) < (${from.at}::timestamptz, ${from.id}::uuid)` : sql``)
const besides = ({ people }: Sought): SQL | undefined => (people.length > 0 ? notInArray(conversations.contactId, [...people]) : undefined)
interface Row extends Record<string, unknown> { readonly id: string | null; readonly at: string; readonly messageId: string; readonly seen: string }
const hitOf = ({ id, at, messageId }: Row): Hit => ({ id: id!, at: new Date(at), messageId })

/** Those whose newest hit was taken in within a stretch of time. */
async function inWindow(db: Db, sought: Sought, { from, to }: Window): Promise<{ hits: Hit[]; seen: number }> {
  const since = from ? sql`and ${messages.heardAt} >= ${from.toISOString()}::timestamptz` : sql``
  const until = to ? sql`and ${messages.heardAt} <= ${to.toISOString()}::timestamptz` : sql``
  // Materialized: PostgreSQL is to find the hits by what they are, not by walking until the page is full, which may be never.
  const { rows } = await db.execute<Row>(sql`with said as materialized (
      select ${messages.conversationId} as talk, ${messages.id} as id, ${messages.heardAt} as at from ${messages} where ${mine(db, messages)} and ${messages.search} @@ ${sought.query} ${since} ${until}
    ), newest as (select distinct on (talk) talk, id, at from said order by talk, at desc, id desc)
    select page.*, (select count(*) from said) as seen from (select 1) one left join lateral (
      select ${conversations.id} as id, n.at as at, n.id as "messageId" from (select * from newest order by at desc, talk desc) n join ${conversations} on ${conversations.id} = n.talk
      where ${and(sought.here, besides(sought))} ${beyond(sought, sql`n.at`, sql`n.talk`)}
        ${to ? sql`and not exists (select 1 from ${messages} where ${mine(db, messages)} and ${messages.conversationId} = n.talk and ${messages.heardAt} > n.at and ${messages.search} @@ ${sought.query})` : sql``}
      order by n.at desc, n.talk desc limit ${sought.limit}) page on true`)
  return { hits: rows.filter((row) => row.id !== null).map(hitOf), seen: Number(rows[0]?.seen ?? 0) }
}

/** The same, conversation by conversation: for a filter that few pass. */
async function inTalks(db: Db, sought: Sought): Promise<Hit[]> {
  const { rows } = await db.execute<Row>(sql`with here as materialized (select ${conversations.id} as talk from ${conversations} where ${and(sought.here, besides(sought))})
    select here.talk as id, n.at as at, n.id as "messageId" from here cross join lateral (
      select ${messages.id} as id, ${messages.heardAt} as at from ${messages} where ${mine(db, messages)} and ${messages.conversationId} = here.talk and ${messages.search} @@ ${sought.query} order by ${messages.heardAt} desc, ${messages.id} desc limit 1) n
    where true ${beyond(sought, sql`n.at`, sql`here.talk`)} order by n.at desc, here.talk desc limit ${sought.limit}`)
  return rows.map(hitOf)
}

async function calledLike(db: Db, query: SQL): Promise<{ people: string[]; more: boolean }> {
  const people = await db.select({ id: contacts.id }).from(contacts).where(and(mine(db, contacts), sql`${contacts.search} @@ ${query}`)).orderBy(desc(contacts.lastSeen)).limit(reach)
  return { people: people.map((one) => one.id), more: people.length === reach }
}
async function talksWith(db: Db, sought: Sought): Promise<Hit[]> {
  if (sought.people.length === 0) return []
  return await db.select({ id: conversations.id, at: conversations.lastMessageAt, messageId: sql<null>`null` }).from(conversations)
    .where(and(inArray(conversations.contactId, [...sought.people]), sought.here, sql`true ${beyond(sought, sql`${conversations.lastMessageAt}`, sql`${conversations.id}`)}`))
    .orderBy(desc(conversations.lastMessageAt), desc(conversations.id)).limit(sought.limit)
}

/** Who was found by name may have said it, too. */
async function withWords(db: Db, hits: readonly Hit[], query: SQL): Promise<Hit[]> {
  const wordless = hits.filter((one) => one.messageId === null).map((one) => one.id)
  if (wordless.length === 0) return [...hits]
  const rows = await db.selectDistinctOn([messages.conversationId], { talk: messages.conversationId, id: messages.id }).from(messages)
    .where(and(mine(db, messages), inArray(messages.conversationId, wordless), sql`${messages.search} @@ ${query}`)).orderBy(messages.conversationId, desc(messages.heardAt), desc(messages.id))
  const said = new Map(rows.map((row) => [row.talk, row.id]))
  return hits.map((one) => ({ ...one, messageId: one.messageId ?? said.get(one.id) ?? null }))
}

/** All conversations of a filter, its words looked for everywhere, if they are no more than a limit; the condition that names them. */
export async function allOf(db: Db, filter: Filter, looking: Looking & { readonly limit: number }): Promise<SQL | undefined> {
  const q = filter.q?.trim()
  if (!q) return matching(db, filter, looking)
  const { hits } = await search(db, { ...filter, q }, { ...looking, bounds: { patience: Infinity } })
  return hits.length === 0 ? sql`false` : and(mine(db, conversations), inArray(conversations.id, hits.map((one) => one.id)))
}
