import { and, eq } from 'drizzle-orm'
import type { Incoming } from '#kit/channel.ts'
import type { HeardResult } from '#kit/host.ts'
import { sanitize } from '#text/html/sanitize.ts'
import { mine } from '#db/database.ts'
import { knownPerson } from '../contacts/people.ts'
import { emit } from '../events/store.ts'
import type { Hearing } from './hear.ts'
import { langOf, saidAt, storedText } from './hear-says.ts'
import { contextOf, lockConversation, recount } from './keep.ts'
import { messageByRef, type Message } from './places.ts'
import { heldFor, isSilent, sift } from './sift.ts'
import { messages } from './tables.ts'

type Edits = Extract<Incoming, { does: 'edits' }>
type Withdraws = Extract<Incoming, { does: 'withdraws' }>

/** What they said before, if it is theirs: nobody changes another's words. */
async function theirs({ tx, account }: Hearing, item: Edits | Withdraws): Promise<Message | undefined> {
  const message = await messageByRef(tx, account.id, item.ref.id)
  if (message?.direction !== 'in') return undefined
  const author = await knownPerson(tx, { channel: account.channel, author: item.author, said: item.ref.id })
  return author?.contactId === message.contactId ? message : undefined
}

export async function edited(hearing: Hearing, item: Edits): Promise<HeardResult> {
  const { tx, account, now } = hearing
  const message = await theirs(hearing, item)
  if (!message || message.withdrawnAt) return { state: 'ignored' }
  const at = saidAt(item.at, now)
  const text = storedText(item.text)
  const html = item.html === undefined ? null : sanitize(item.html)
  const older = message.editedAt !== null && message.editedAt.getTime() > at.getTime()
  if (older || (message.text === text && message.html === html)) return { state: 'known', messageId: message.id }
  const conversation = await lockConversation(tx, message.conversationId)
  const verdict = message.moderation === 'shown' && message.visibility === 'public' && conversation.asked && message.contactId && message.text !== text
    ? await sift(tx, { text, contactId: message.contactId, accountId: account.id, now, messageId: message.id }) : undefined
  const because = verdict && heldFor(verdict)
  await tx.update(messages).set({ text, html, lang: langOf(text, undefined) ?? message.lang, editedAt: at, ...(because ? { moderation: 'held', heldBecause: because, heldSigns: verdict.signs } : {}) }).where(and(mine(tx, messages), eq(messages.id, message.id)))
  await recount(tx, conversation)
  await emit(tx, 'message.edited', { ...contextOf(conversation), at: now, data: { messageId: message.id, channel: message.channel } })
  if (because) await emit(tx, 'message.held', { ...contextOf(conversation), at: now, data: { messageId: message.id, channel: message.channel, because } })
  if (because) return { state: 'held', messageId: message.id, held: { signs: verdict.signs.map((one) => one.sign), silently: isSilent(because) } }
  return { state: message.moderation === 'held' ? 'held' : 'new', messageId: message.id }
}

/** They take their words back: the words go, the place stays. */
export async function withdrawn(hearing: Hearing, item: Withdraws): Promise<HeardResult> {
  const { tx, now } = hearing
  const message = await theirs(hearing, item)
  if (!message) return { state: 'ignored' }
  if (message.withdrawnAt) return { state: 'known', messageId: message.id }
  const conversation = await lockConversation(tx, message.conversationId)
  await tx.update(messages).set({ text: '', html: null, withdrawnAt: now }).where(and(mine(tx, messages), eq(messages.id, message.id)))
  await recount(tx, conversation)
  await emit(tx, 'message.withdrawn', { ...contextOf(conversation), at: now, data: { messageId: message.id, channel: message.channel } })
  return { state: 'new', messageId: message.id }
}
