import { and, eq } from 'drizzle-orm'
import type { Incoming } from '#kit/channel.ts'
import type { Context } from '#kit/events.ts'
import type { HeardResult } from '#kit/host.ts'
import { mine, type Tx } from '#db/database.ts'
import { ensurePerson, knownPerson, nameOf } from '../contacts/people.ts'
import { emit } from '../events/store.ts'
import type { Hearing } from './hear.ts'
import { contextOf } from './keep.ts'
import { conversationById, placeOf } from './places.ts'
import { reactions } from './tables.ts'

type Reacts = Extract<Incoming, { does: 'likes' | 'unlikes' | 'shares' | 'unshares' | 'follows' | 'unfollows' }>
interface What { readonly kind: 'like' | 'share' | 'follow'; readonly taken: boolean }

async function about({ tx, account }: Hearing, item: Reacts): Promise<Context | undefined> {
  if (!('about' in item)) return {}
  const place = await placeOf(tx, account.id, item.about)
  if (place?.is === 'post') return { postId: place.postId, ...(place.campaignId ? { campaignId: place.campaignId } : {}) }
  const conversation = place && await conversationById(tx, place.message.conversationId)
  return conversation && contextOf(conversation)
}

/** Somebody likes, shares or follows, or no longer does. It counts once however often it is told. */
export async function reacted(hearing: Hearing, item: Reacts, { kind, taken }: What): Promise<HeardResult> {
  const { tx, account, now } = hearing
  const context = await about(hearing, item)
  if (!context) return { state: 'ignored' }
  const speaking = { channel: account.channel, author: item.author, said: item.ref.id, at: now }
  const contactId = taken ? (await knownPerson(tx, speaking))?.contactId : await ensurePerson(tx, speaking)
  if (!contactId) return { state: 'ignored' }
  const aboutRef = 'about' in item ? item.about.id : ''
  const held = { accountId: account.id, contactId, kind, aboutRef }
  const changed = taken ? await takeBack(tx, held) : await give(tx, { ...held, postId: context.postId, conversationId: context.conversationId, at: now })
  if (!changed) return { state: taken ? 'ignored' : 'known' }
  const facts = { ...context, contactId, at: now }
  if (kind === 'follow') await emit(tx, 'follower.changed', { ...facts, data: { channel: account.channel, change: taken ? -1 : 1, handle: item.author.handle ?? nameOf(item.author) } })
  else await emit(tx, 'reaction.given', { ...facts, data: { kind, channel: account.channel, taken } })
  return { state: 'new' }
}

async function give(tx: Tx, row: typeof reactions.$inferInsert): Promise<boolean> {
  const made = await tx.insert(reactions).values(row)
    .onConflictDoNothing({ target: [reactions.workspaceId, reactions.accountId, reactions.contactId, reactions.kind, reactions.aboutRef] }).returning({ id: reactions.id })
  return made.length > 0
}

async function takeBack(tx: Tx, row: { readonly accountId: string; readonly contactId: string; readonly kind: What['kind']; readonly aboutRef: string }): Promise<boolean> {
  const gone = await tx.delete(reactions).where(and(mine(tx, reactions), eq(reactions.accountId, row.accountId), eq(reactions.contactId, row.contactId), eq(reactions.kind, row.kind), eq(reactions.aboutRef, row.aboutRef))).returning({ id: reactions.id })
  return gone.length > 0
}
