import { and, eq } from 'drizzle-orm'
import type { Person } from '#kit/channel.ts'
import { newId } from '#kit/id.ts'
import { mine, type Tx } from '#db/database.ts'
import { mergeContacts } from './merge.ts'
import { knownPerson, nameOf } from './people.ts'
import { oneLine, readEmail } from './rules.ts'
import { contacts, identities } from './tables.ts'

export interface Proof { readonly channel: string; readonly guest: string; readonly proven: Person & { readonly email?: string }; readonly at: Date }

/** Somebody known as a guest has proved who they are: what they said as a guest is theirs. The caller holds `lockPeople`. */
export async function prove(tx: Tx, { channel, guest, proven, at }: Proof): Promise<void> {
  const as = (id: string) => knownPerson(tx, { channel, author: { id, name: '' }, email: undefined, said: '' })
  const [before, known] = [await as(guest), await as(proven.id)]
  const contactId = known?.contactId ?? before?.contactId ?? newId(at.getTime())
  const facts = { name: nameOf(proven), email: readEmail(proven.email) ?? null }
  if (!known && !before) await tx.insert(contacts).values({ id: contactId, ...facts, firstSeen: at, lastSeen: at })
  else await tx.update(contacts).set({ name: facts.name, ...(facts.email ? { email: facts.email } : {}) }).where(and(mine(tx, contacts), eq(contacts.id, contactId)))
  if (!known) await tx.insert(identities).values({ id: newId(at.getTime()), contactId, channel, remoteId: proven.id, handle: oneLine(proven.handle ?? '', 300) })
  // A person can still part them, as after any merge.
  if (before && before.contactId !== contactId) await mergeContacts(tx, { intoId: contactId, fromId: before.contactId, memberId: null, at })
}
