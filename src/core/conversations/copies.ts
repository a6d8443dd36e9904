import { and, eq } from 'drizzle-orm'
import type { Box } from '#kit/channel.ts'
import { mine, type Db } from '#db/database.ts'
import { accounts } from '../accounts/tables.ts'
import { identities } from '../contacts/tables.ts'
import type { Message } from './places.ts'

/** Who else gets an answer: everybody the message it answers was sent to, but its writer and ourselves. */
export async function copiesOf(db: Db, to: Pick<Message, 'copies' | 'channel' | 'contactId'> | undefined): Promise<readonly Box[]> {
  if (!to?.copies || to.copies.length === 0) return []
  const ours = await db.select({ address: accounts.handle }).from(accounts).where(and(mine(db, accounts), eq(accounts.channel, to.channel)))
  const theirs = to.contactId === null ? [] : await db.select({ address: identities.remoteId }).from(identities).where(and(mine(db, identities), eq(identities.contactId, to.contactId), eq(identities.channel, to.channel)))
  const without = new Set([...ours, ...theirs].map(({ address }) => address.toLowerCase()))
  return to.copies.filter(({ address }) => !without.has(address.toLowerCase()))
}
