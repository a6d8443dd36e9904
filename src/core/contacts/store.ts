import { and, asc, count, desc, eq, or, sql } from 'drizzle-orm'
import { Refusal } from '#kit/refusal.ts'
import { cursorAt, placeAt } from '#kit/moment.ts'
import { mine, type Db, type Tx } from '#db/database.ts'
import { conversations, messages, reactions } from '../conversations/tables.ts'
import { lookFor } from '../conversations/search.ts'
import { emit } from '../events/store.ts'
import { posts } from '../posts/tables.ts'
import { contacts, identities } from './tables.ts'

export type Contact = Omit<typeof contacts.$inferSelect, 'search' | 'workspaceId'>
export type Identity = Pick<typeof identities.$inferSelect, 'channel' | 'handle' | 'url' | 'picture'>
export interface Given { readonly conversations: number; readonly messages: number; readonly answers: number; readonly likes: number; readonly shares: number; readonly follows: boolean }
export interface Card extends Contact { readonly identities: readonly Identity[]; readonly counts: Given }

const columns = {
  id: contacts.id, name: contacts.name, email: contacts.email, lang: contacts.lang, note: contacts.note, tags: contacts.tags, firstSeen: contacts.firstSeen, lastSeen: contacts.lastSeen,
}

export async function contactById(db: Db, id: string): Promise<Contact> {
  const [row] = await db.select(columns).from(contacts).where(and(mine(db, contacts), eq(contacts.id, id))).limit(1)
  if (!row) throw new Refusal('not_found')
  return row
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
    .where(and(mine(db, identities), eq(identities.contactId, id))).orderBy(asc(identities.id))
  return { ...contact, identities: known, counts: await givenBy(db, id) }
}

export interface Reaction { readonly kind: 'like' | 'share' | 'follow'; readonly at: Date; readonly postId: string | null; readonly postTitle: string | null }
/** What they liked and shared lately, newest first. */
export async function reactionsOf(db: Db, contactId: string): Promise<Reaction[]> {
  return await db.select({ kind: reactions.kind, at: reactions.at, postId: reactions.postId, postTitle: posts.title }).from(reactions).leftJoin(posts, eq(posts.id, reactions.postId))
    .where(and(mine(db, reactions), eq(reactions.contactId, contactId))).orderBy(desc(reactions.at)).limit(100)
}

export interface ContactLine extends Contact { readonly identities: readonly Identity[]; readonly conversations: number }

/** People, those heard last first; `q` looks in names, addresses and handles. */
export async function listContacts(db: Db, filter: { readonly q?: string | undefined; readonly cursor?: string | undefined; readonly limit: number }): Promise<{ items: ContactLine[]; next: string | null }> {
  const place = placeAt(filter.cursor)
  const q = filter.q?.trim()
  const handled = q ? sql`${contacts.id} in (select contact_id from identities where workspace_id = ${db.workspace} and lower(handle) like ${`%${q.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`})` : undefined
  const rows = await db.select(columns).from(contacts).where(and(
    mine(db, contacts), q ? or(sql`${contacts.search} @@ ${lookFor(q)}`, handled) : undefined,
    place && sql`(${contacts.lastSeen}, ${contacts.id}) < (${place.at}::timestamptz, ${place.id}::uuid)`,
  )).orderBy(desc(contacts.lastSeen), desc(contacts.id)).limit(filter.limit + 1)
  const page = rows.slice(0, filter.limit)
  const last = page.at(-1)
  return { items: await withCounts(db, page), next: rows.length > filter.limit && last ? cursorAt(last.lastSeen, last.id) : null }
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
  await contactById(tx, whose.contactId)
  if (Object.keys(set).length === 0) return
  await tx.update(contacts).set(set).where(and(mine(tx, contacts), eq(contacts.id, whose.contactId)))
  await emit(tx, 'contact.changed', { at: whose.at, memberId: whose.memberId, contactId: whose.contactId, data: { fields: Object.keys(set) } })
}
