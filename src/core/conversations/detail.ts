import { and, asc, desc, eq, inArray } from 'drizzle-orm'
import type { Box, HeardFile, Kind } from '#kit/channel.ts'
import type { Both } from '#kit/lang.ts'
import { Refusal } from '#kit/refusal.ts'
import { mine, type Db } from '#db/database.ts'
import { accountById, accountOf, type AccountRow } from '../accounts/store.ts'
import { cardOf, type Card } from '../contacts/store.ts'
import type { House } from '../house.ts'
import { mediaPath } from '../media/rules.ts'
import { media } from '../media/tables.ts'
import { members, voices } from '../members/tables.ts'
import { posts } from '../posts/tables.ts'
import { publications } from '../publications/tables.ts'
import { whyOf } from '../publications/words.ts'
import { channelOfTalk, takesOf, type Takes } from './attached.ts'
import { copiesOf } from './copies.ts'
import { conversationById, type Conversation, type Message } from './places.ts'
import { isUnread } from './compile.ts'
import { mentionsIn, type Mention } from './mentions.ts'
import { mergeable, movesOf } from './moves.ts'
import { holderOf, kindOf, mayAnswer, type MayAnswer } from './rules.ts'
import { answerDrafts, conversations, messageColumns, messages } from './tables.ts'
import { whyNoAnswer } from './words.ts'

export interface Speech {
  readonly id: string; readonly direction: Message['direction']
  readonly author: { readonly name: string; readonly picture: string | null; readonly memberId: string | null; readonly contactId: string | null }
  readonly text: string; readonly html: string | null; readonly lang: string | null; readonly at: Date; readonly heardAt: Date
  readonly channel: string; readonly url: string | null; readonly visibility: Message['visibility']
  readonly moderation: Message['moderation']; readonly heldBecause: string | null; readonly heldSigns: Message['heldSigns']; readonly appeal: string | null; readonly withdrawn: boolean; readonly editedAt: Date | null; readonly parentId: string | null
  readonly attachments: readonly HeardFile[] | null
  /** Who else got it, or is to. */
  readonly copies: readonly Box[] | null
  /** What the sender's program put under it; and whether a machine sent it. */
  readonly folded: string | null; readonly automatic: boolean
  readonly byHand: Message['byHand']
  /** Whom a note calls by name, and where it does. */
  readonly mentions: readonly Mention[]
  readonly publication: { readonly id: string; readonly state: string; readonly because: string | null; readonly why: { readonly says: Both; readonly next: Both } | null } | null
}
export interface Detail {
  readonly conversation: Conversation & { readonly assignee: { readonly id: string; readonly name: string } | null }
  readonly contact: Card
  readonly post: { readonly id: string; readonly title: string; readonly url: string | null } | null
  readonly messages: readonly Speech[]
  readonly draft: { readonly text: string; readonly files: readonly HeardFile[] | null; readonly savedAt: Date } | null
  readonly claim: { readonly memberId: string; readonly name: string; readonly until: Date } | null
  readonly canAnswer: { readonly ok: boolean; readonly because: Both | null; readonly kind: Kind
    /** When the network stops taking an answer; whether a person has to post it there, and where. */
    readonly until: Date | null; readonly byHand: boolean; readonly openAt: string | null
    readonly limit: { readonly max: number; readonly unit: string } | null
    /** What may go along; null: words alone. And who else gets it. */
    readonly files: Takes | null; readonly copies: readonly Box[]
  }
  /** What was moved here or away and can be put back; and what this could be made one with. */
  readonly moves: readonly { readonly id: string; readonly kind: 'merge' | 'split'; readonly at: Date; readonly by: string; readonly away: boolean; readonly other: string; readonly count: number }[]
  readonly mergeable: readonly { readonly id: string; readonly text: string; readonly at: Date }[]
  /** Whether there is something here this member has not read. */
  readonly unread: boolean
}

// A conversation longer than this shows its newest part.
const longest = 1_000

async function movesIn(db: Db, id: string): Promise<Detail['moves']> {
  const rows = await movesOf(db, id)
  const names = await namesOf(db, rows.map((row) => row.memberId))
  return rows.map((row) => ({ id: row.id, kind: row.kind, at: row.at, by: names.get(row.memberId) ?? '', away: row.fromId === id, other: row.fromId === id ? row.intoId : row.fromId, count: row.messageIds.length }))
}

async function hasUnread(db: Db, id: string, memberId: string): Promise<boolean> {
  return await db.$count(conversations, and(mine(db, conversations), eq(conversations.id, id), isUnread(db, memberId))) > 0
}

export interface Reader { readonly house: Pick<House, 'channels'>; readonly memberId: string; readonly now: Date }
export async function detailOf(db: Db, id: string, looking: Reader): Promise<Detail> {
  const conversation = await conversationById(db, id)
  if (!conversation) throw new Refusal('conversation_not_found')
  const said = await speechesOf(db, conversation.id)
  const [draft] = await db.select({ text: answerDrafts.text, files: answerDrafts.files, savedAt: answerDrafts.savedAt }).from(answerDrafts)
    .where(and(mine(db, answerDrafts), eq(answerDrafts.conversationId, id), eq(answerDrafts.memberId, looking.memberId))).limit(1)
  const names = await namesOf(db, [conversation.claimedBy, conversation.assigneeId])
  const holder = holderOf(conversation, looking.now)
  return {
    conversation: { ...conversation, assignee: conversation.assigneeId === null ? null : { id: conversation.assigneeId, name: names.get(conversation.assigneeId) ?? '' } },
    contact: await cardOf(db, conversation.contactId), post: await postOf(db, conversation.postId), messages: said, draft: draft ?? null,
    claim: holder === null ? null : { memberId: holder, name: names.get(holder) ?? '', until: conversation.claimedUntil! },
    canAnswer: await canAnswer(db, conversation, { ...looking, said }), moves: await movesIn(db, id),
    mergeable: (await mergeable(db, conversation)).map((one) => ({ id: one.id, text: one.lastText, at: one.lastMessageAt })), unread: await hasUnread(db, id, looking.memberId),
  }
}

/** Whether and how an answer can reach them; the sentence says what stands in the way. */
async function canAnswer(db: Db, conversation: Conversation, { house, now, said }: Reader & { readonly said: readonly Speech[] }): Promise<Detail['canAnswer']> {
  const account = await accountById(db, conversation.accountId)
  const way = await wayOf(db, { house, conversation, account }, now)
  const limits = account && channelOfTalk(house, account)?.limits(accountOf(account))
  const last = said.findLast((one) => one.direction === 'in' && !one.withdrawn && one.moderation === 'shown')
  return {
    ok: way.ok, because: way.ok ? null : whyNoAnswer[way.because], kind: kindOf(conversation.visibility),
    until: way.ok ? way.until : null, byHand: way.ok && way.byHand, openAt: said.findLast((one) => one.direction === 'in' && one.url !== null)?.url ?? null,
    limit: limits?.text ?? null, files: limits ? takesOf(limits) : null,
    copies: await copiesOf(db, last && { copies: last.copies, channel: last.channel, contactId: last.author.contactId }),
  }
}

interface Asking { readonly house: Pick<House, 'channels'>; readonly conversation: Conversation; readonly account: AccountRow | undefined }
export async function wayOf(db: Db, { house, conversation, account }: Asking, now: Date): Promise<MayAnswer> {
  const channel = house.channels.find((one) => one.id === account?.channel)
  const limits = channel && account ? channel.limits(accountOf(account)) : undefined
  const hours = limits?.replyWindow?.hours
  const [heard] = hours === undefined ? [] : await db.select({ at: messages.heardAt }).from(messages)
    .where(and(mine(db, messages), eq(messages.conversationId, conversation.id), eq(messages.direction, 'in'))).orderBy(desc(messages.heardAt)).limit(1)
  return mayAnswer({
    kind: kindOf(conversation.visibility), kinds: channel && (channel.publish?.kinds ?? []), account: account?.state ?? 'removed', hours, lastHeard: heard?.at ?? null, byHand: limits?.byHand,
  }, now)
}

export async function namesOf(db: Db, ids: readonly (string | null)[]): Promise<Map<string, string>> {
  const wanted = ids.filter((id) => id !== null)
  const rows = wanted.length === 0 ? [] : await db.select({ id: members.id, name: members.name }).from(members).where(and(mine(db, members), inArray(members.id, wanted)))
  return new Map(rows.map((row) => [row.id, row.name]))
}

async function postOf(db: Db, postId: string | null): Promise<Detail['post']> {
  if (postId === null) return null
  const [post] = await db.select({ id: posts.id, title: posts.title, text: posts.text }).from(posts).where(and(mine(db, posts), eq(posts.id, postId))).limit(1)
  const [copy] = await db.select({ url: publications.remoteUrl }).from(publications)
    .where(and(mine(db, publications), eq(publications.postId, postId), eq(publications.state, 'confirmed'))).orderBy(asc(publications.confirmedAt)).limit(1)
  return post ? { id: post.id, title: post.title || post.text.slice(0, 80), url: copy?.url ?? null } : null
}

async function speechesOf(db: Db, conversationId: string): Promise<Speech[]> {
  const rows = await db.select({ message: messageColumns, publication: { id: publications.id, state: publications.state, because: publications.because }, picture: media })
    .from(messages).leftJoin(publications, eq(publications.id, messages.publicationId))
    .leftJoin(voices, and(eq(voices.memberId, messages.memberId), eq(voices.workspaceId, messages.workspaceId))).leftJoin(media, eq(media.id, voices.pictureId))
    .where(and(mine(db, messages), eq(messages.conversationId, conversationId))).orderBy(desc(messages.heardAt), desc(messages.id)).limit(longest)
  const team = rows.some(({ message: one }) => one.direction === 'note' && one.text.includes('@')) ? await db.select({ id: members.id, name: members.name }).from(members).where(mine(db, members)) : []
  return rows.toReversed().map(({ message: one, publication, picture }) => ({
    id: one.id, direction: one.direction, author: { name: one.authorName, picture: picture ? mediaPath(picture) : null, memberId: one.memberId, contactId: one.contactId },
    text: one.text, html: one.html, lang: one.lang, at: one.saidAt, heardAt: one.heardAt, channel: one.channel, url: one.remoteUrl, visibility: one.visibility,
    moderation: one.moderation, heldBecause: one.heldBecause, heldSigns: one.heldSigns, appeal: one.appeal, withdrawn: one.withdrawnAt !== null, editedAt: one.editedAt, parentId: one.parentId, attachments: one.attachments, copies: one.copies, folded: one.folded, automatic: one.automatic, byHand: one.byHand, mentions: one.direction === 'note' ? mentionsIn(one.text, team) : [],
    publication: publication && { ...publication, why: whyOf(publication.because) ?? null },
  }))
}
