import { and, asc, eq, inArray, isNull, ne, or, sql } from 'drizzle-orm'
import { mine, type Db } from '#db/database.ts'
import { comparable, emailsOf, likeness, type Likened, type Reason } from './likeness.ts'
import { channelsKnown } from './store.ts'
import { contacts, contactsApart, identities } from './tables.ts'

export interface Suggestion { readonly contact: { readonly id: string; readonly name: string; readonly picture: string | null; readonly channels: readonly string[]; readonly lastSeen: Date }; readonly reasons: readonly Reason[] }
type Known = Likened & { readonly lastSeen: Date }

// Among so many who share a sign it is looked for those who share enough.
const reach = 60

async function known(db: Db, ids: readonly string[]): Promise<Known[]> {
  if (ids.length === 0) return []
  const people = await db.select({ id: contacts.id, name: contacts.name, email: contacts.email, lastSeen: contacts.lastSeen }).from(contacts)
    .where(and(mine(db, contacts), inArray(contacts.id, [...ids]), isNull(contacts.mergedInto), isNull(contacts.erasedAt)))
  const own = await db.select().from(identities).where(and(mine(db, identities), inArray(identities.contactId, [...ids]))).orderBy(asc(identities.id))
  return people.map((one) => ({ ...one, identities: own.filter((identity) => identity.contactId === one.id) }))
}

/** Those who share an address, a page, a handle or the name: who they may be is for the rules to say. */
async function candidates(db: Db, one: Likened): Promise<string[]> {
  const emails = emailsOf(one)
  const [handles, urls] = [one.identities.flatMap(({ handle }) => spellings(handle)), one.identities.flatMap(({ url, remoteId }) => [url, remoteId]).flatMap(addresses)]
  const ids = new Set<string>()
  const add = (rows: readonly { readonly id: string }[]): void => { for (const { id } of rows) if (id !== one.id) ids.add(id) }
  if (emails.length > 0) {
    add(await db.select({ id: contacts.id }).from(contacts).where(and(mine(db, contacts), inArray(contacts.email, emails))).limit(reach))
    const mailed = emails.map((email) => `mailto:${email}`)
    for (const channel of await channelsKnown(db)) add(await db.select({ id: identities.contactId }).from(identities).where(and(mine(db, identities), eq(identities.channel, channel), inArray(identities.remoteId, mailed))).limit(reach))
  }
  const signs = or(handles.length > 0 ? inArray(identities.handle, handles) : undefined, urls.length > 0 ? inArray(identities.url, urls) : undefined)
  if (signs) add(await db.select({ id: identities.contactId }).from(identities).where(and(mine(db, identities), signs)).limit(reach))
  if (comparable(one.name) !== undefined) {
    add(await db.select({ id: contacts.id }).from(contacts).where(and(mine(db, contacts), sql`${contacts.search} @@ phraseto_tsquery('public.stoa', ${one.name})`, ne(contacts.id, one.id))).limit(reach))
  }
  return [...ids]
}
const spellings = (handle: string): string[] => {
  const bare = handle.trim().replace(/^@/, '')
  return bare === '' ? [] : [...new Set([bare, `@${bare}`, bare.toLowerCase(), `@${bare.toLowerCase()}`])]
}
const addresses = (url: string | null): string[] => (url && /^https?:/.test(url) ? [...new Set([url, url.replace(/\/+$/, ''), `${url.replace(/\/+$/, '')}/`])] : [])

async function toldApart(db: Db, id: string): Promise<Set<string>> {
  const rows = await db.select({ one: contactsApart.oneId, other: contactsApart.otherId }).from(contactsApart).where(and(mine(db, contactsApart), or(eq(contactsApart.oneId, id), eq(contactsApart.otherId, id))))
  return new Set(rows.map((row) => (row.one === id ? row.other : row.one)))
}

/** Who may be the same person, and why; nothing of it happens by itself. */
export async function suggestionsFor(db: Db, contactId: string): Promise<Suggestion[]> {
  const [one] = await known(db, [contactId])
  if (!one) return []
  const apart = await toldApart(db, contactId)
  const others = await known(db, (await candidates(db, one)).filter((id) => !apart.has(id)))
  return others.flatMap((other) => {
    const reasons = likeness(one, other)
    if (reasons.length === 0) return []
    const picture = other.identities.find((identity) => identity.picture)?.picture ?? null
    return [{ contact: { id: other.id, name: other.name, picture, channels: [...new Set(other.identities.map(({ channel }) => channel))], lastSeen: other.lastSeen }, reasons }]
  }).toSorted((a, b) => b.contact.lastSeen.getTime() - a.contact.lastSeen.getTime()).slice(0, 10)
}
