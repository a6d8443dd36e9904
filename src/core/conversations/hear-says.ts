import type { Incoming } from '#kit/channel.ts'
import type { HeardResult } from '#kit/host.ts'
import { newId } from '#kit/id.ts'
import { sanitize } from '#text/html/sanitize.ts'
import { guessLang } from '#text/lang.ts'
import { isQuestion } from '#text/question.ts'
import { isLang } from '#kit/lang.ts'
import type { Tx } from '#db/database.ts'
import { ensurePerson, nameOf } from '../contacts/people.ts'
import { wasErased } from '../contacts/erased.ts'
import { emit } from '../events/store.ts'
import type { Hearing } from './hear.ts'
import { change, contextOf, lockConversation, momentIn, withSaid } from './keep.ts'
import { pageFor } from './pages.ts'
import { isOurs, messageByRef, type Conversation, type Message, type Place } from './places.ts'
import { placeUnder, subjectIn } from './place-under.ts'
import { glimpse } from './rules.ts'
import { heldFor, isSilent, sift } from './sift.ts'
import { conversations, messages } from './tables.ts'
import type { Sign } from '#text/spam/weigh.ts'

export type Says = Extract<Incoming, { does: 'says' }>

const longest = 60_000
/** Text from outside as the database can hold it. */
export const storedText = (text: string): string => text.slice(0, longest).replaceAll('\0', '').toWellFormed()
/** A time from outside: what lies ahead, or says nothing, is now. */
export function saidAt(at: string, now: Date): Date {
  const time = Date.parse(at)
  return Number.isNaN(time) || time > now.getTime() ? now : new Date(time)
}
export const langOf = (text: string, told: string | undefined): string | null => {
  const short = told?.toLowerCase().split('-')[0]
  return guessLang(text) ?? (short && /^[a-z]{2,3}$/.test(short) ? short : null)
}

/** Somebody says something: to us, under a post of ours, in a conversation we have, or within our hearing. */
export async function said({ tx, account, now }: Hearing, item: Says): Promise<HeardResult> {
  const known = await messageByRef(tx, account.id, item.ref.id)
  if (known) return { state: 'known', messageId: known.id }
  if (await isOurs(tx, account.id, item.ref) || await wasErased(tx, account.id, item.ref.id)) return { state: 'ignored' }
  const text = storedText(item.text)
  const lang = langOf(text, item.lang)
  const contactId = await ensurePerson(tx, { channel: account.channel, author: item.author, email: item.email, lang: lang ?? undefined, said: item.ref.id, at: now })
  const under = await placeUnder(tx, account.id, { item, contactId, now })
  const question = isQuestion(text, isLang(lang) ? lang : undefined)
  const conversation = await conversationFor({ tx, account, now }, { item, contactId, lang, under, question })
  const hold = await holdFor({ tx, account, now }, { item, contactId, text })
  const message = await keepMessage({ tx, account, now }, { item, conversation, contactId, text, lang, under, hold })
  if (message.moderation === 'held') return await held(tx, conversation, message)
  await take(tx, { conversation, message }, { asked: !item.overheard && !item.automatic, question: question && !item.automatic })
  return { state: 'new', messageId: message.id }
}

interface Hold { readonly because: string; readonly signs: readonly Sign[] | null }
/** Why a person should look first: the channel knows, or the words tell. Only what everybody would read is sifted. */
async function holdFor({ tx, account, now }: Hearing, { item, contactId, text }: { readonly item: Says; readonly contactId: string; readonly text: string }): Promise<Hold | undefined> {
  if (item.visibility !== 'public' || (item.overheard && !item.hosted)) return item.hold === undefined ? undefined : { because: item.hold, signs: null }
  const verdict = await sift(tx, { text, contactId, accountId: account.id, now })
  const found = heldFor(verdict)
  // The channel has told its author already what its own reason says; the words only help whoever decides.
  if (item.hold !== undefined) return { because: item.hold, signs: found ? verdict.signs : null }
  return found && { because: found, signs: verdict.signs }
}

interface Opening { readonly item: Says; readonly contactId: string; readonly lang: string | null; readonly under: Place | undefined; readonly question: boolean }
async function conversationFor({ tx, account, now }: Hearing, { item, contactId, lang, under, question }: Opening): Promise<Conversation> {
  if (under?.is === 'message') return await lockConversation(tx, under.message.conversationId)
  const post = under?.is === 'post' ? under : undefined
  const page = item.page && await pageFor(tx, account.id, { ...item.page, at: now })
  const [made] = await tx.insert(conversations).values({
    id: newId(now.getTime()), ...(page ? { pageId: page.id, subject: page.title } : {}), channel: account.channel, accountId: account.id, contactId, postId: post?.postId, campaignId: post?.campaignId,
    rootRef: item.ref.id, lang, visibility: item.visibility, ...(item.subject ? { subject: subjectIn(item) } : {}), asked: !item.overheard && !item.automatic, state: item.automatic || (item.overheard && !question) ? 'done' : 'open',
    lastMessageAt: now, lastText: glimpse(storedText(item.text)),
  }).onConflictDoNothing({ target: [conversations.workspaceId, conversations.accountId, conversations.rootRef] }).returning()
  if (!made) throw new Error('A conversation exists without its first message.')
  return made
}

interface Keeping { readonly hold: Hold | undefined; readonly item: Says; readonly conversation: Conversation; readonly contactId: string; readonly text: string; readonly lang: string | null; readonly under: Place | undefined }
async function keepMessage({ tx, account, now }: Hearing, { item, conversation, contactId, text, lang, under, hold }: Keeping): Promise<Message> {
  const [message] = await tx.insert(messages).values({
    id: newId(now.getTime()), conversationId: conversation.id, direction: 'in', contactId, authorName: nameOf(item.author), text, html: item.html === undefined ? null : sanitize(item.html), lang,
    saidAt: saidAt(item.at, now), heardAt: await momentIn(tx, conversation.id, now), channel: account.channel, accountId: account.id, remoteId: item.ref.id, remoteUrl: item.ref.url ?? null,
    parentId: under?.is === 'message' ? under.message.id : null, postId: conversation.postId, visibility: item.visibility,
    moderation: hold === undefined ? 'shown' : 'held', heldBecause: hold?.because ?? null, heldSigns: hold?.signs ?? null,
    attachments: item.files && item.files.length > 0 ? item.files : null, copies: item.copies && item.copies.length > 0 ? item.copies.slice(0, 50).map(({ name, address }) => ({ name: storedText(name), address: storedText(address) })) : null, folded: item.folded === undefined ? null : storedText(item.folded), automatic: item.automatic ?? false,
  }).returning()
  return message!
}

async function held(tx: Tx, conversation: Conversation, message: Message): Promise<HeardResult> {
  await change(tx, conversation.id, { held: conversation.held + 1 })
  await emit(tx, 'message.held', { ...contextOf(conversation), at: message.heardAt, data: { messageId: message.id, channel: message.channel, because: message.heldBecause ?? '' } })
  return { state: 'held', messageId: message.id, held: { signs: (message.heldSigns ?? []).map((one) => one.sign), silently: isSilent(message.heldBecause) } }
}

/** Lets a message into its conversation: from now on it counts, and somebody may wait. The caller holds the conversation. */
export async function take(tx: Tx, { conversation, message }: { readonly conversation: Conversation; readonly message: Message }, how: { readonly asked: boolean; readonly question: boolean }): Promise<void> {
  const next = withSaid(conversation, message, { from: 'contact', at: message.heardAt, asks: how.asked })
  const opensWait = conversation.waitingSince === null && next.waitingSince !== null
  const opens = how.asked || how.question
  await change(tx, conversation.id, {
    ...next, asked: conversation.asked || how.asked, lang: conversation.lang ?? message.lang, ...(opens ? { state: 'open', snoozedUntil: null } : {}),
  })
  await emit(tx, 'message.received', {
    ...contextOf(conversation), ...(message.contactId ? { contactId: message.contactId } : {}), at: message.heardAt,
    data: { messageId: message.id, channel: message.channel, lang: message.lang ?? '', opensWait, imported: false, isQuestion: how.question, asked: how.asked },
  })
}
