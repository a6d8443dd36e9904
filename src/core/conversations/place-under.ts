import { and, desc, eq, gt } from 'drizzle-orm'
import type { Incoming } from '#kit/channel.ts'
import { fold } from '#text/fold.ts'
import { mine, type Db } from '#db/database.ts'
import { oneLine } from '../contacts/rules.ts'
import { messageById, placeOf, type Place } from './places.ts'
import { conversations } from './tables.ts'

type Says = Extract<Incoming, { does: 'says' }>

const mostReferences = 30
const sameTalkFor = 90 * 24 * 3_600_000

export const subjectIn = (item: Says): string => oneLine(item.subject ?? '', 300)

/** The newest talk with the same person about the same: never somebody else's, for a subject is no proof. */
async function bySubject(db: Db, accountId: string, { item, contactId, now }: Under): Promise<Place | undefined> {
  const about = fold(subjectIn(item))
  if (!item.continues || about === '') return undefined
  const rows = await db.select({ subject: conversations.subject, last: conversations.lastMessageId }).from(conversations).where(and(
    mine(db, conversations), eq(conversations.contactId, contactId), eq(conversations.accountId, accountId), gt(conversations.lastMessageAt, new Date(now.getTime() - sameTalkFor)),
  )).orderBy(desc(conversations.lastMessageAt)).limit(50)
  const same = rows.find((row) => fold(row.subject) === about)
  const message = same?.last ? await messageById(db, same.last) : undefined
  return message && { is: 'message', message }
}

interface Under { readonly item: Says; readonly contactId: string; readonly now: Date }
/** Where something heard belongs: under what it answers, or the nearest of what that answers, or in a talk about the same. */
export async function placeUnder(db: Db, accountId: string, under: Under): Promise<Place | undefined> {
  const { item } = under
  const refs = [...(item.inReplyTo ? [item.inReplyTo] : []), ...(item.references ?? []).slice(0, mostReferences).map((id) => ({ channel: item.ref.channel, id }))]
  for (const ref of refs) {
    const place = await placeOf(db, accountId, ref)
    if (place) return place
  }
  return await bySubject(db, accountId, under)
}
