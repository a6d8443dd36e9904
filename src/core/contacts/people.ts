import { and, eq, sql } from 'drizzle-orm'
import type { Person } from '#kit/channel.ts'
import { newId } from '#kit/id.ts'
import { mine, type Tx } from '#db/database.ts'
import { identityOf, oneLine, readEmail } from './rules.ts'
import { contacts, identities } from './tables.ts'

/** People of a channel are made one at a time; whoever comes second finds them. Held until the transaction ends. */
export async function lockPeople(tx: Tx, channels: readonly string[]): Promise<void> {
  for (const channel of [...new Set(channels)].sort()) {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`people ${tx.workspace} ${channel}`}, 0))`)
  }
}

export interface Speaking {
  readonly channel: string; readonly author: Person; readonly email?: string | undefined; readonly lang?: string | undefined
  /** The network's id of what they said: all there is to know somebody by who left nothing else. */
  readonly said: string; readonly at: Date
}

/** The contact behind an author, if we know one. */
export async function knownPerson(tx: Tx, speaking: Pick<Speaking, 'channel' | 'author' | 'email' | 'said'>): Promise<{ contactId: string; identityId: string } | undefined> {
  const remoteId = identityOf({ id: speaking.author.id, email: speaking.email, said: speaking.said })
  const [row] = await tx.select({ contactId: identities.contactId, identityId: identities.id }).from(identities)
    .where(and(mine(tx, identities), eq(identities.channel, speaking.channel), eq(identities.remoteId, remoteId))).limit(1)
  return row
}

/** The contact behind an author, made now if they are new. The caller holds `lockPeople`. */
export async function ensurePerson(tx: Tx, speaking: Speaking): Promise<string> {
  const { author } = speaking
  const looks = { handle: oneLine(author.handle ?? '', 300), url: author.url ?? null, picture: author.picture ?? null }
  const email = readEmail(speaking.email) ?? null
  const known = await knownPerson(tx, speaking)
  if (known) {
    await tx.update(identities).set(looks).where(and(mine(tx, identities), eq(identities.id, known.identityId)))
    await tx.update(contacts).set({
      lastSeen: sql`greatest(${contacts.lastSeen}, ${speaking.at.toISOString()}::timestamptz)` as never,
      email: sql`coalesce(${contacts.email}, ${email})` as never, lang: sql`coalesce(${contacts.lang}, ${speaking.lang ?? null})` as never,
    }).where(and(mine(tx, contacts), eq(contacts.id, known.contactId)))
    return known.contactId
  }
  const contactId = newId(speaking.at.getTime())
  await tx.insert(contacts).values({ id: contactId, name: nameOf(author), email, lang: speaking.lang ?? null, firstSeen: speaking.at, lastSeen: speaking.at })
  await tx.insert(identities).values({
    contactId, channel: speaking.channel, remoteId: identityOf({ id: author.id, email: speaking.email, said: speaking.said }), ...looks,
  })
  return contactId
}

/** The name somebody goes by; their handle when they show none. */
export const nameOf = (author: Pick<Person, 'name' | 'handle' | 'id'>): string =>
  oneLine(author.name, 200) || oneLine(author.handle ?? '', 200) || oneLine(author.id, 200) || '?'
