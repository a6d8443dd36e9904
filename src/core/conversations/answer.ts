import { and, desc, eq, gt, inArray, isNull, ne } from 'drizzle-orm'
import type { Account, Box, Limits, Person } from '#kit/channel.ts'
import type { Member } from '#kit/http.ts'
import { newId } from '#kit/id.ts'
import { isLang, type Lang } from '#kit/lang.ts'
import type { Finding, Writing } from '#kit/pillar.ts'
import { Refusal } from '#kit/refusal.ts'
import { isBlank } from '#kit/text.ts'
import { fold } from '#text/fold.ts'
import { markdownToHtml } from '#text/html/markdown.ts'
import { guessLang } from '#text/lang.ts'
import { nearest } from '#text/similarity.ts'
import { mine, type Tx } from '#db/database.ts'
import { accountById, accountOf } from '../accounts/store.ts'
import { identities } from '../contacts/tables.ts'
import { dutyMinutes } from '../duty/store.ts'
import { emit } from '../events/store.ts'
import type { House } from '../house.ts'
import { personOf } from '../members/store.ts'
import { planPublication } from '../publications/plan.ts'
import { mayLeave, review, rulesOf } from '../writing/rules.ts'
import { surroundings } from '../writing/store.ts'
import { alongWith, channelOfTalk, takesOf, type Along, type Chosen } from './attached.ts'
import { refuseIfHeld } from './claims.ts'
import { copiesOf } from './copies.ts'
import { wayOf } from './detail.ts'
import { dropDraft, keepDraft } from './drafts.ts'
import { change, contextOf, lockConversation, momentIn, wasAnswered, withSaid } from './keep.ts'
import { conversationById, messageById, type Conversation, type Message } from './places.ts'
import { kindOf } from './rules.ts'
import { begunWith } from './saved.ts'
import { messages } from './tables.ts'

export interface Answer {
  readonly text: string
  /** The newest message the writer had before their eyes. */
  readonly seen: string | null
  readonly reasons: Readonly<Record<string, string>>
  /** What goes along with it. */
  readonly files?: readonly Chosen[]
  /** The addresses of those who get it too; not said: everybody who got what it answers. */
  readonly copies?: readonly string[] | undefined
}

/** Sends an answer as a person. A refusal keeps what was written as the member's draft. */
export async function answer(house: House, { member, conversationId }: { readonly member: Member; readonly conversationId: string }, given: Answer): Promise<Message> {
  if (isBlank(given.text)) throw new Refusal('empty_message', { field: 'text' })
  try {
    return await house.database.write(member.workspaceId, (tx) => answerIn(tx, house, { member, conversationId, given }))
  } catch (error) {
    if (error instanceof Refusal && error.code !== 'conversation_not_found' && error.code !== 'already_posted') {
      await house.database.write(member.workspaceId, (tx) => keepBegun(tx, house, { conversationId, memberId: member.id, given }))
    }
    throw error
  }
}

async function keepBegun(tx: Tx, house: House, { conversationId, memberId, given }: { readonly conversationId: string; readonly memberId: string; readonly given: Answer }): Promise<void> {
  const conversation = await conversationById(tx, conversationId)
  const files = conversation && given.files ? await filesBegun(tx, { house, conversation }, given.files) : undefined
  await keepDraft(tx, { conversationId, memberId, text: given.text, files, at: house.now() })
}
/** What somebody attached to what they have begun, whether or not it fits yet. */
export async function filesBegun(tx: Tx, { house, conversation }: { readonly house: House; readonly conversation: Conversation }, files: readonly Chosen[]): Promise<Along['shown']> {
  const account = await accountById(tx, conversation.accountId)
  const limits = account && channelOfTalk(house, account)?.limits(accountOf(account))
  return limits && takesOf(limits) ? (await alongWith(tx, { house, limits, strict: false }, files)).shown : []
}

interface Answering { readonly member: Member; readonly conversationId: string; readonly given: Answer }
async function answerIn(tx: Tx, house: House, { member, conversationId, given }: Answering): Promise<Message> {
  const conversation = await lockConversation(tx, conversationId)
  const now = house.now()
  await refuseIfHeld({ tx, member, now }, conversation)
  const since = await seenAt(tx, conversation, given.seen)
  await refuseIfAnswered(tx, conversation, { memberId: member.id, since })
  await refuseIfRepeated(tx, conversation, { memberId: member.id, text: given.text, since: new Date(Math.max(since.getTime(), now.getTime() - momentMs)) })
  const author = await personOf(tx, member.id)
  if (!author) throw new Refusal('voice_missing')
  const { account, byHand, limits } = await reachable(tx, { house, conversation }, now)
  const to = await answered(tx, conversation)
  const along = await alongWith(tx, { house, limits, strict: true }, given.files ?? [])
  const copies = (await copiesOf(tx, to)).filter(({ address }) => given.copies?.includes(address) ?? true)
  const around = await surroundings(tx, now)
  const lang = langFor(given.text, conversation)
  const findings = look(house, around, { given, author, lang, to, now, openers: await begunWith(tx, member.id) })
  const overruled = mayLeave(findings, given.reasons)
  const message = await keepAnswer(tx, house, { conversation, member, account, author, to, lang, text: given.text, now, byHand, along, copies })
  for (const data of overruled) await emit(tx, 'check.overruled', { ...contextOf(conversation), memberId: member.id, at: now, data })
  if (byHand) return await handOver(tx, { conversation, member, message, now })
  await tell(tx, { conversation, member, message, findings, now, named: fold(author.name) !== fold(around.siteName) })
  await change(tx, conversation.id, {
    ...withSaid(conversation, message, { from: 'team', at: message.heardAt, asks: false }),
    claimedBy: null, claimedUntil: null, assigneeId: conversation.assigneeId ?? member.id, state: 'open', snoozedUntil: null,
  })
  await dropDraft(tx, { conversationId, memberId: member.id })
  return message
}

/** It waits for the member's own hand: until they say that it is posted, nobody was answered. */
async function handOver(tx: Tx, { conversation, member, message, now }: { readonly conversation: Conversation; readonly member: Member; readonly message: Message; readonly now: Date }): Promise<Message> {
  await emit(tx, 'answer.handed-over', { ...contextOf(conversation), memberId: member.id, at: now, data: { messageId: message.id, channel: message.channel } })
  await change(tx, conversation.id, { claimedBy: null, claimedUntil: null, assigneeId: conversation.assigneeId ?? member.id })
  await dropDraft(tx, { conversationId: conversation.id, memberId: member.id })
  return message
}

// Whoever sends the same words again this soon pressed twice.
const momentMs = 10 * 60_000

/** When the newest message the writer had before their eyes was heard. */
async function seenAt(tx: Tx, conversation: Conversation, seen: string | null): Promise<Date> {
  const last = seen === null ? undefined : await messageById(tx, seen)
  return last?.conversationId === conversation.id ? last.heardAt : new Date(0)
}

/** The same words by the same member, sent without having seen that they already stand. */
async function refuseIfRepeated(tx: Tx, conversation: Conversation, { memberId, text, since }: { readonly memberId: string; readonly text: string; readonly since: Date }): Promise<void> {
  const [said] = await tx.select({ id: messages.id }).from(messages).where(and(
    mine(tx, messages), eq(messages.conversationId, conversation.id), eq(messages.direction, 'out'), eq(messages.memberId, memberId), eq(messages.text, text), gt(messages.heardAt, since),
  )).limit(1)
  if (said) throw new Refusal('already_posted', { extra: { messageId: said.id } })
}

/** Somebody else's answer or note, after what the writer saw, comes first; a new message from outside holds nobody up. */
async function refuseIfAnswered(tx: Tx, conversation: Conversation, { memberId, since }: { readonly memberId: string; readonly since: Date }): Promise<void> {
  const [other] = await tx.select({ id: messages.id, name: messages.authorName, direction: messages.direction }).from(messages).where(and(
    mine(tx, messages), eq(messages.conversationId, conversation.id), inArray(messages.direction, ['out', 'note']), ne(messages.memberId, memberId), gt(messages.heardAt, since),
  )).orderBy(desc(messages.heardAt)).limit(1)
  if (other) throw new Refusal('answered_meanwhile', { params: { name: other.name }, extra: { messageId: other.id, direction: other.direction } })
}

async function reachable(tx: Tx, { house, conversation }: { readonly house: House; readonly conversation: Conversation }, now: Date): Promise<{ account: Account; byHand: boolean; limits: Limits }> {
  const account = await accountById(tx, conversation.accountId)
  const way = await wayOf(tx, { house, conversation, account }, now)
  const channel = channelOfTalk(house, account)
  if (!way.ok || !account || !channel) throw new Refusal('cannot_reply_here', { params: { channel: channel?.name ?? conversation.channel }, extra: { because: way.ok ? 'removed' : way.because } })
  return { account: accountOf(account), byHand: way.byHand, limits: channel.limits(accountOf(account)) }
}

/** What is being answered: their newest word that stands; if none stands yet, what is held. */
async function answered(tx: Tx, conversation: Conversation): Promise<Message | undefined> {
  const rows = await tx.select().from(messages).where(and(mine(tx, messages), eq(messages.conversationId, conversation.id), eq(messages.direction, 'in'), isNull(messages.withdrawnAt)))
    .orderBy(desc(messages.heardAt)).limit(20)
  return rows.find((row) => row.moderation === 'shown') ?? rows.find((row) => row.moderation === 'held')
}

const langFor = (text: string, conversation: Conversation): Lang => guessLang(text) ?? (isLang(conversation.lang) ? conversation.lang : 'en')

interface Looked { readonly given: Answer; readonly author: Person; readonly lang: Lang; readonly to: Message | undefined; readonly now: Date; readonly openers: readonly { readonly text: string }[] }
function look(house: House, around: Awaited<ReturnType<typeof surroundings>>, { given, author, lang, to, now, openers }: Looked): Finding[] {
  const { holds, off, ...settings } = around.settings
  const writing: Writing = {
    kind: to?.visibility === 'private' ? 'message' : 'reply', lang, title: '', text: given.text, intent: 'talk', format: 'reply', siteName: around.siteName, recent: around.recent,
    author: { name: author.name, signOff: author.signOff ?? '' }, goesOutAt: now.toISOString(), zone: around.zone, duty: around.duty, watch: around.watch, settings, openers: openers.map((one) => ({ text: one.text })),
    ...(to ? { answering: { text: to.text, name: to.authorName } } : {}),
  }
  return review(house.pillars, writing, { holds, off })
}

interface Keeping { readonly conversation: Conversation; readonly member: Member; readonly account: Account; readonly author: Person; readonly to: Message | undefined; readonly lang: Lang; readonly text: string; readonly now: Date; readonly byHand: boolean; readonly along: Along; readonly copies: readonly Box[] }
async function keepAnswer(tx: Tx, house: House, { conversation, member, account, author, to, lang, text, now, byHand, along, copies }: Keeping): Promise<Message> {
  const id = newId(now.getTime())
  const heardAt = await momentIn(tx, conversation.id, now)
  const inReplyTo = to?.remoteId ? { channel: to.channel, id: to.remoteId, ...(to.remoteUrl ? { url: to.remoteUrl } : {}), ...await byWhom(tx, to) } : undefined
  const publication = byHand ? null : await planPublication(tx, house, {
    account, kind: kindOf(conversation.visibility), text, lang, author, messageId: id, dueAt: now, media: along.media, ...(inReplyTo ? { inReplyTo } : {}), ...(copies.length > 0 ? { copies } : {}),
    ...(conversation.visibility === 'private' && conversation.subject ? { title: conversation.subject } : {}),
  })
  const [message] = await tx.insert(messages).values({
    id, conversationId: conversation.id, direction: 'out', memberId: member.id, authorName: author.name, text, html: markdownToHtml(text, { lang }), lang, saidAt: heardAt, heardAt,
    channel: conversation.channel, accountId: account.id, parentId: to?.id ?? null, postId: conversation.postId, visibility: conversation.visibility, publicationId: publication?.id ?? null, byHand: byHand ? 'waiting' : null,
    attachments: along.shown.length > 0 ? along.shown : null, copies: copies.length > 0 ? copies : null,
  }).returning()
  return message!
}

async function byWhom(tx: Tx, to: Message): Promise<{ author?: Person }> {
  if (to.contactId === null) return {}
  const [known] = await tx.select().from(identities).where(and(mine(tx, identities), eq(identities.contactId, to.contactId), eq(identities.channel, to.channel))).limit(1)
  return known ? { author: { id: known.remoteId, name: to.authorName, ...(known.handle ? { handle: known.handle } : {}), ...(known.url ? { url: known.url } : {}), ...(known.picture ? { picture: known.picture } : {}) } } : {}
}

export interface Telling { readonly conversation: Conversation; readonly member: Pick<Member, 'id'>; readonly message: Message; readonly findings: readonly Finding[]; readonly now: Date; readonly named: boolean }
export async function tell(tx: Tx, { conversation, member, message, findings, now, named }: Telling): Promise<void> {
  const own = await tx.select({ text: messages.text }).from(messages)
    .where(and(mine(tx, messages), eq(messages.memberId, member.id), eq(messages.direction, 'out'), ne(messages.id, message.id))).orderBy(desc(messages.heardAt)).limit(200)
  const since = conversation.waitingSince
  await emit(tx, 'answer.sent', {
    ...contextOf(conversation), memberId: member.id, at: now, data: {
      messageId: message.id, channel: message.channel, waitingSince: since?.toISOString() ?? null, minutesWaited: since ? Math.max(0, (now.getTime() - since.getTime()) / 60_000) : null,
      named, similarity: nearest(message.text, own)?.similarity ?? 0, turns: conversation.turns + (conversation.lastFrom === 'contact' ? 1 : 0),
      findings: rulesOf(findings), first: !await wasAnswered(tx, conversation.id, message.id), dutyMinutes: since ? await dutyMinutes(tx, since, now) : null, ...(conversation.asked ? {} : { unasked: true }),
    },
  })
}
