import { and, asc, count, desc, eq, isNull, sql, type SQL } from 'drizzle-orm'
import { Refusal } from '#kit/refusal.ts'
import { cursorAt, placeAt } from '#kit/moment.ts'
import { mine, type Db, type Tx } from '#db/database.ts'
import { conversations, messages, reactions } from '../conversations/tables.ts'
import { lookFor } from '../conversations/search.ts'
import { emit } from '../events/store.ts'
import { posts } from '../posts/tables.ts'
import { standsAs } from './merged.ts'
import { contacts, identities } from './tables.ts'

export type Contact = Omit<typeof contacts.$inferSelect, 'search' | 'workspaceId' | 'mergedInto'>
export type Identity = Pick<typeof identities.$inferSelect, 'channel' | 'handle' | 'url' | 'picture'>
export interface Given { readonly conversations: number; readonly messages: number; readonly answers: number; readonly likes: number; readonly shares: number; readonly follows: boolean }
export interface Card extends Contact { readonly identities: readonly Identity[]; readonly counts: Given }

const columns = {
  id: contacts.id, name: contacts.name, email: contacts.email, lang: contacts.lang, note: contacts.note, tags: contacts.tags, firstSeen: contacts.firstSeen, lastSeen: contacts.lastSeen,
  erasedAt: contacts.erasedAt,
}

/** Somebody by any id they ever had here. */
export async function contactById(db: Db, id: string): Promise<Contact> {
  const [row] = await db.select({ ...columns, mergedInto: contacts.mergedInto }).from(contacts).where(and(mine(db, contacts), eq(contacts.id, id))).limit(1)
  if (!row) throw new Refusal('not_found')
  const { mergedInto, ...contact } = row
  return mergedInto === null ? contact : await contactById(db, await standsAs(db, id))
}

async function givenBy(db: Db, contactId: string): Promise<Given> {
  const talks = await db.$count(conversations, and(mine(db, conversations), eq(conversations.contactId, contactId)))
  const said = await db.select({ direction: messages.direction, n: count() }).from(messages).innerJoin(conversations, eq(conversations.id, messages.conversationId))
    .where(and(mine(db, messages), eq(conversations.contactId, contactId))).groupBy(messages.direction)
  const reacted = await db.select({ kind: reactions.kind, n: count() }).from(reactions).where(and(mine(db, reactions), eq(reactions.contactId, contactId))).groupBy(reactions.kind)
  const saying = (direction: string): number => said.find((row) => row.direction === direction)?.n ?? 0
  const reacting = (kind: string): number => reacted.find((row) => row.kind === kind)?.n ?? 0
  return { conversations: talks, messages: saying('in'), answers: saying('out'), likes: reacting('like'), shares: reacting('share'), follows: reacting('follow') > 0 }
}

/** What we know of a person, and what passed between us. */
export async function cardOf(db: Db, id: string): Promise<Card> {
  const contact = await contactById(db, id)
  const known = await db.select({ channel: identities.channel, handle: identities.handle, url: identities.url, picture: identities.picture }).from(identities)
    .where(and(mine(db, identities), eq(identities.contactId, contact.id))).orderBy(asc(identities.id))
  return { ...contact, identities: known, counts: await givenBy(db, contact.id) }
}

export interface Reaction { readonly kind: 'like' | 'share' | 'follow'; readonly at: Date; readonly postId: string | null; readonly postTitle: string | null }
/** What they liked and shared lately, newest first. */
export async function reactionsOf(db: Db, contactId: string): Promise<Reaction[]> {
  return await db.select({ kind: reactions.kind, at: reactions.at, postId: reactions.postId, postTitle: posts.title }).from(reactions).leftJoin(posts, eq(posts.id, reactions.postId))
    .where(and(mine(db, reactions), eq(reactions.contactId, contactId))).orderBy(desc(reactions.at)).limit(100)
}

export interface ContactLine extends Contact { readonly identities: readonly Identity[]; readonly conversations: number }

export interface PeopleFilter { readonly q?: string | undefined; readonly channel?: string | undefined; readonly tag?: string | undefined; readonly lang?: string | undefined; readonly cursor?: string | undefined; readonly limit: number }

// Among so many whose name or handle fits, the newest are shown.
const reach = 2_000
function named(db: Db, q: string): SQL {
  const handle = `%${q.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`
  return sql`${contacts.id} in (
    (select id from contacts where workspace_id = ${db.workspace} and search @@ ${lookFor(q)} order by last_seen desc limit ${reach})
    union all (select contact_id from identities where workspace_id = ${db.workspace} and lower(handle) like ${handle} limit ${reach}))`
}
const on = (db: Db, channel: string): SQL => sql`exists (select 1 from identities i where i.workspace_id = ${db.workspace} and i.contact_id = ${contacts.id} and i.channel = ${channel})`

/** People, those heard last first; `q` looks in names, addresses and handles. */
export async function listContacts(db: Db, filter: PeopleFilter): Promise<{ items: ContactLine[]; next: string | null }> {
  const place = placeAt(filter.cursor)
  const q = filter.q?.trim()
  const rows = await db.select(columns).from(contacts).where(and(
    mine(db, contacts), isNull(contacts.mergedInto), isNull(contacts.erasedAt), q ? named(db, q) : undefined,
    filter.lang === undefined ? undefined : eq(contacts.lang, filter.lang), filter.tag === undefined ? undefined : sql`${contacts.tags} ? ${filter.tag}`,
    filter.channel === undefined ? undefined : on(db, filter.channel),
    place && sql`(${contacts.lastSeen}, ${contacts.id}) < (${place.at}::timestamptz, ${place.id}::uuid)`,
  )).orderBy(desc(contacts.lastSeen), desc(contacts.id)).limit(filter.limit + 1)
  const page = rows.slice(0, filter.limit)
  const last = page.at(-1)
  return { items: await withCounts(db, page), next: rows.length > filter.limit && last ? cursorAt(last.lastSeen, last.id) : null }
}

/** The channels people are known on; read from an index in as many steps as there are channels. */
export async function channelsKnown(db: Db): Promise<string[]> {
  const { rows } = await db.execute<{ channel: string }>(sql`with recursive them as (
    (select channel from identities where workspace_id = ${db.workspace} order by channel limit 1)
    union all select (select i.channel from identities i where i.workspace_id = ${db.workspace} and i.channel > them.channel order by i.channel limit 1) from them where them.channel is not null)
    select channel from them where channel is not null`)
  return rows.map((row) => row.channel)
}

/** What the list can be narrowed to: the channels people are known on, and the tags they carry. */
export async function waysToFilter(db: Db): Promise<{ channels: string[]; tags: string[] }> {
  const tags = await db.execute<{ tag: string }>(sql`select tag from contacts, jsonb_array_elements_text(tags) tag where workspace_id = ${db.workspace} and tags <> '[]' and merged_into is null
    group by tag order by count(*) desc, tag limit 100`)
  return { channels: await channelsKnown(db), tags: tags.rows.map((row) => row.tag) }
}

async function withCounts(db: Db, page: readonly Contact[]): Promise<ContactLine[]> {
  if (page.length === 0) return []
  const ids = sql`(${sql.join(page.map((one) => sql`${one.id}::uuid`), sql`, `)})`
  const known = await db.select().from(identities).where(and(mine(db, identities), sql`${identities.contactId} in ${ids}`)).orderBy(asc(identities.id))
  const talks = await db.select({ contactId: conversations.contactId, n: count() }).from(conversations).where(and(mine(db, conversations), sql`${conversations.contactId} in ${ids}`)).groupBy(conversations.contactId)
  return page.map((contact) => ({
    ...contact, conversations: talks.find((row) => row.contactId === contact.id)?.n ?? 0,
    identities: known.filter((one) => one.contactId === contact.id).map(({ channel, handle, url, picture }) => ({ channel, handle, url, picture })),
  }))
}

export interface ContactChange { readonly name?: string | undefined; readonly email?: string | null | undefined; readonly note?: string | undefined; readonly tags?: readonly string[] | undefined; readonly lang?: string | null | undefined }
export async function changeContact(tx: Tx, change: ContactChange, whose: { readonly contactId: string; readonly memberId: string; readonly at: Date }): Promise<void> {
  const set = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
  const { id, erasedAt } = await contactById(tx, whose.contactId)
  if (erasedAt !== null) throw new Refusal('not_found')
  if (Object.keys(set).length === 0) return
  await tx.update(contacts).set(set).where(and(mine(tx, contacts), eq(contacts.id, id)))
  await emit(tx, 'contact.changed', { at: whose.at, memberId: whose.memberId, contactId: id, data: { fields: Object.keys(set) } })
}
