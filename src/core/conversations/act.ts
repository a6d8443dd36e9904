import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Channel } from '#kit/channel.ts'
import type { ByRule } from '#kit/events.ts'
import type { Member } from '#kit/http.ts'
import { newId } from '#kit/id.ts'
import { isLang } from '#kit/lang.ts'
import { Refusal } from '#kit/refusal.ts'
import { mayDo } from '#kit/rights.ts'
import { isQuestion } from '#text/question.ts'
import { mine, type Tx } from '#db/database.ts'
import { everBeen } from '../contacts/merged.ts'
import { emit } from '../events/store.ts'
import { events } from '../events/tables.ts'
import { memberById, personOf } from '../members/store.ts'
import { rankOf, type Priority } from './grammar.ts'
import './happenings.ts'
import { take } from './hear-says.ts'
import { change, contextOf, lockConversation, momentIn, recount } from './keep.ts'
import { tellMentioned } from './notices.ts'
import { messageById, type Conversation, type Message } from './places.ts'
import { teach } from './sift.ts'
import { messages } from './tables.ts'

export interface Doing { readonly tx: Tx; readonly member: Pick<Member, 'id' | 'name'>; readonly now: Date; readonly channels?: readonly Pick<Channel, 'id' | 'ruled'>[] }

/** Whoever acts in a conversation: a member, or a rule of the team, which has a name and no person. */
export type Acting = Doing | { readonly tx: Tx; readonly now: Date; readonly byRule: ByRule }
const memberIn = (acting: Acting): Doing['member'] | undefined => ('member' in acting ? acting.member : undefined)
const ruleIn = (acting: Acting) => ('byRule' in acting ? { byRule: acting.byRule } : {})
const doerOf = (acting: Acting) => { const member = memberIn(acting); return member ? { memberId: member.id } : {} }

/** A word the team keeps to itself. */
export async function note(acting: Acting, conversationId: string, text: string): Promise<Message> {
  const { tx, now } = acting
  const member = memberIn(acting)
  const conversation = await lockConversation(tx, conversationId)
  const at = await momentIn(tx, conversationId, now)
  const [message] = await tx.insert(messages).values({
    id: newId(now.getTime()), conversationId, direction: 'note', memberId: member?.id ?? null, authorName: member ? (await personOf(tx, member.id))?.name ?? member.name : ruleIn(acting).byRule!.name, text,
    saidAt: at, heardAt: at, channel: conversation.channel, accountId: conversation.accountId, postId: null, visibility: 'private',
  }).returning()
  const mentions = await tellMentioned(tx, { conversationId, messageId: message!.id, byId: member?.id ?? ruleIn(acting).byRule!.id, text, at })
  await emit(tx, 'note.written', { ...contextOf(conversation), ...doerOf(acting), at: now, data: { messageId: message!.id, mentions, ...ruleIn(acting) } })
  return message!
}

export interface Change {
  readonly state?: 'open' | 'done' | 'snoozed' | undefined; readonly snoozedUntil?: Date | undefined
  readonly assigneeId?: string | null | undefined; readonly tags?: readonly string[] | undefined; readonly priority?: Priority | undefined
}

/** Done, put off, given to somebody, tagged. */
export async function arrange(doing: Acting, conversationId: string, wanted: Change): Promise<void> {
  const { tx, now } = doing
  const conversation = await lockConversation(tx, conversationId)
  if (wanted.assigneeId !== undefined) await assign(doing, conversation, wanted.assigneeId)
  const set = { ...stateOf(conversation, wanted, now), ...(wanted.tags === undefined ? {} : { tags: [...new Set(wanted.tags)] }), ...(wanted.priority === undefined ? {} : { priority: rankOf(wanted.priority) }) }
  if (Object.keys(set).length === 0) return
  await change(tx, conversationId, set)
  // Opened again, somebody waits in it as before it was closed.
  if (set.state === 'open' && conversation.state === 'done') await recount(tx, conversation)
  await tellChange(doing, conversation, set)
}

function stateOf(conversation: Conversation, { state, snoozedUntil }: Change, now: Date): Partial<Conversation> {
  if (state === undefined) return {}
  if (state === 'snoozed') {
    if (!snoozedUntil || snoozedUntil.getTime() <= now.getTime()) throw new Refusal('time_in_past', { field: 'snoozedUntil' })
    return { state, snoozedUntil }
  }
  // Whoever closes a conversation says that nobody waits in it any more.
  return { state, snoozedUntil: null, waitingSince: state === 'done' ? null : conversation.waitingSince }
}

async function tellChange(acting: Acting, conversation: Conversation, set: Partial<Conversation>): Promise<void> {
  const { tx, now } = acting
  const common = { ...contextOf(conversation), ...doerOf(acting), at: now }
  if (set.state === 'done' && conversation.state !== 'done') return await emit(tx, 'conversation.done', { ...common, data: { by: memberIn(acting)?.id ?? null, ...ruleIn(acting) } })
  await emit(tx, 'conversation.changed', { ...common, data: { state: set.state ?? conversation.state, tags: set.tags ?? conversation.tags, snoozedUntil: set.snoozedUntil?.toISOString() ?? null, ...ruleIn(acting) } })
}

/** Refuses somebody who has left or may not answer. */
export async function mayBeGiven(tx: Tx, to: string): Promise<void> {
  const chosen = await memberById(tx, to)
  if (!chosen || chosen.leftAt !== null || !mayDo(chosen.role, 'answer')) throw new Refusal('invalid_input', { params: { reason: 'assigneeId' }, field: 'assigneeId' })
}

async function assign(acting: Acting, conversation: Conversation, to: string | null): Promise<void> {
  const { tx, now } = acting
  if (to === conversation.assigneeId) return
  if (to !== null) await mayBeGiven(tx, to)
  await change(tx, conversation.id, { assigneeId: to })
  await emit(tx, 'conversation.assigned', { ...contextOf(conversation), ...doerOf(acting), at: now, data: { to, ...ruleIn(acting) } })
}

export interface Ruling { readonly to: 'shown' | 'hidden' | 'spam'; readonly reason: string }
/** A person decides whether a message from outside is shown. The first time it is, it is received like any other. */
export async function moderate(doing: Doing, messageId: string, { to, reason }: Ruling): Promise<void> {
  const { tx, member, now } = doing
  const found = await messageById(tx, messageId)
  if (found?.direction !== 'in') throw new Refusal('not_found')
  const conversation = await lockConversation(tx, found.conversationId)
  const message = (await messageById(tx, messageId))!
  if (message.moderation === to) return
  await teach(tx, message, to === 'spam' ? 'spam' : to === 'shown' ? 'fine' : null)
  await tx.update(messages).set({ moderation: to, ruledBecause: to === 'hidden' ? reason : null, ...(to === 'shown' ? { heldBecause: null, heldSigns: null } : {}) }).where(and(mine(tx, messages), eq(messages.id, messageId)))
  if (message.remoteId) await doing.channels?.find((one) => one.id === message.channel)?.ruled?.(tx, { id: message.remoteId, to, reason, by: { id: member.id, name: member.name }, at: now })
  await emit(tx, 'message.moderated', { ...contextOf(conversation), memberId: member.id, at: now, data: { messageId, to, reason } })
  const firstTime = to === 'shown' && conversation.importId === null && !await wasReceived(tx, message)
  if (firstTime) await letIn(doing, conversation, message)
  else await recount(tx, conversation)
}

async function letIn({ tx, now }: Doing, conversation: Conversation, held: Message): Promise<void> {
  const heardAt = await momentIn(tx, conversation.id, now)
  await tx.update(messages).set({ heardAt }).where(and(mine(tx, messages), eq(messages.id, held.id)))
  await take(tx, { conversation, message: { ...held, heardAt } }, { asked: conversation.asked, question: isQuestion(held.text, isLang(held.lang) ? held.lang : undefined) })
  const still = await tx.$count(messages, and(mine(tx, messages), eq(messages.conversationId, conversation.id), eq(messages.moderation, 'held')))
  await change(tx, conversation.id, { held: still })
}

async function wasReceived(tx: Tx, message: Message): Promise<boolean> {
  const [known] = await tx.select({ seq: events.seq }).from(events).where(and(
    mine(tx, events), message.contactId ? inArray(events.contactId, await everBeen(tx, message.contactId)) : undefined, eq(events.name, 'message.received'), sql`${events.data}->>'messageId' = ${message.id}`,
  )).limit(1)
  return known !== undefined
}
