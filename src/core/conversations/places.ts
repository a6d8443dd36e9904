import { and, eq, or } from 'drizzle-orm'
import type { Ref } from '#kit/channel.ts'
import type { Context } from '#kit/events.ts'
import { mine, type Db } from '#db/database.ts'
import { posts } from '../posts/tables.ts'
import { publications } from '../publications/tables.ts'
import { conversations, messageColumns, messages } from './tables.ts'

export type Conversation = typeof conversations.$inferSelect
export type Message = Omit<typeof messages.$inferSelect, 'search'>

/** What a network's id names here: an utterance, or one of our posts. */
export type Place =
  | { readonly is: 'message'; readonly message: Message }
  | { readonly is: 'post'; readonly postId: string; readonly campaignId: string | null }

const key = /[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/i

export async function messageByRef(db: Db, accountId: string, remoteId: string): Promise<Message | undefined> {
  const [row] = await db.select(messageColumns).from(messages).where(and(mine(db, messages), eq(messages.accountId, accountId), eq(messages.remoteId, remoteId))).limit(1)
  return row
}
export async function messageById(db: Db, id: string): Promise<Message | undefined> {
  const [row] = await db.select(messageColumns).from(messages).where(and(mine(db, messages), eq(messages.id, id))).limit(1)
  return row
}

/** One of ours by the network's id; by its key, too, for a peer that is quicker than the receipt. */
async function ours(db: Db, accountId: string, ref: Ref): Promise<Place | undefined> {
  const ownKey = key.exec(ref.id)?.[0].toLowerCase()
  const [row] = await db.select({ postId: publications.postId, messageId: publications.messageId, campaignId: posts.campaignId })
    .from(publications).leftJoin(posts, eq(posts.id, publications.postId))
    .where(and(mine(db, publications), eq(publications.accountId, accountId), or(eq(publications.remoteId, ref.id), ownKey ? eq(publications.key, ownKey) : undefined))).limit(1)
  if (row?.messageId) {
    const message = await messageById(db, row.messageId)
    return message && { is: 'message', message }
  }
  return row?.postId ? { is: 'post', postId: row.postId, campaignId: row.campaignId } : undefined
}

export async function placeOf(db: Db, accountId: string, ref: Ref): Promise<Place | undefined> {
  const message = await messageByRef(db, accountId, ref.id)
  return message ? { is: 'message', message } : await ours(db, accountId, ref)
}
export const isOurs = async (db: Db, accountId: string, ref: Ref): Promise<boolean> => (await ours(db, accountId, ref)) !== undefined

export async function conversationById(db: Db, id: string): Promise<Conversation | undefined> {
  const [row] = await db.select().from(conversations).where(and(mine(db, conversations), eq(conversations.id, id))).limit(1)
  return row
}

/** What an event of a conversation carries beside its own facts. */
export const contextOf = (conversation: Pick<Conversation, 'id' | 'contactId' | 'postId' | 'campaignId'>): Context => ({
  conversationId: conversation.id, contactId: conversation.contactId,
  ...(conversation.postId ? { postId: conversation.postId } : {}), ...(conversation.campaignId ? { campaignId: conversation.campaignId } : {}),
})
