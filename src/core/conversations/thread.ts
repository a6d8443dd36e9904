import { and, asc, desc, eq, inArray, isNotNull, isNull, or, sql, type SQL } from 'drizzle-orm'
import type { Person } from '#kit/channel.ts'
import type { OwnWords, RecentWord, Utterance } from '#kit/host.ts'
import { mine, minePlanned, planned, type Db, type Tx } from '#db/database.ts'
import { identities } from '../contacts/tables.ts'
import { mediaPath } from '../media/rules.ts'
import { media } from '../media/tables.ts'
import { voices } from '../members/tables.ts'
import { emit } from '../events/store.ts'
import { publications } from '../publications/tables.ts'
import { contextOf, lockConversation, recount } from './keep.ts'
import { isSilent } from './sift.ts'
import { commentedPages, conversations, messages } from './tables.ts'

// A thread longer than this is cut at its end, so that one page never takes the house down.
const longest = 5_000

type Stranger = Pick<typeof identities.$inferSelect, 'remoteId' | 'handle' | 'url' | 'picture'>
interface Line {
  readonly message: Spoken; readonly state: string | null; readonly remoteId: string | null; readonly remoteUrl: string | null
  readonly stranger: Stranger | null; readonly signOff: string | null; readonly picture: { readonly id: string; readonly ending: string } | null
}
type Spoken = Pick<typeof messages.$inferSelect, keyof typeof spoken>
const spoken = {
  id: messages.id, direction: messages.direction, memberId: messages.memberId, authorName: messages.authorName, text: messages.text, html: messages.html, lang: messages.lang,
  saidAt: messages.saidAt, channel: messages.channel, remoteId: messages.remoteId, remoteUrl: messages.remoteUrl, parentId: messages.parentId, withdrawnAt: messages.withdrawnAt, editedAt: messages.editedAt, postId: messages.postId,
}
const stranger = { remoteId: identities.remoteId, handle: identities.handle, url: identities.url, picture: identities.picture }

const isGone = ({ message, state }: Pick<Line, 'message' | 'state'>): boolean => message.withdrawnAt !== null || state === 'gone'

/** What may be read by anybody, with who said it. */
const readable = (db: Db, where: SQL | undefined) => db.select({
  message: spoken, state: publications.state, remoteId: publications.remoteId, remoteUrl: publications.remoteUrl, stranger, signOff: voices.signOff, picture: { id: media.id, ending: media.ending },
}).from(messages).leftJoin(publications, eq(publications.id, messages.publicationId))
  .leftJoin(identities, and(minePlanned(identities), eq(identities.contactId, messages.contactId), eq(identities.channel, messages.channel)))
  .leftJoin(voices, and(minePlanned(voices), eq(voices.memberId, messages.memberId))).leftJoin(media, eq(media.id, voices.pictureId))
  .where(and(minePlanned(messages), where, eq(messages.visibility, 'public'), eq(messages.moderation, 'shown'),
    or(eq(messages.direction, 'in'), and(eq(messages.direction, 'out'), inArray(publications.state, ['confirmed', 'gone']))),
  ))
const inTime = [asc(messages.heardAt), asc(messages.id)] as const

/** Somebody with two names on one channel would stand twice. */
const once = (all: readonly Line[]): Line[] => [...new Map(all.map((line) => [line.message.id, line])).values()]
function asTalk(all: readonly Line[]): Utterance[] {
  const lines = once(all)
  const answered = new Set(lines.filter((line) => !isGone(line)).map(({ message }) => message.parentId))
  return lines.filter((line) => !isGone(line) || answered.has(line.message.id)).map(utteranceOf)
}

/** All that may be read under a post, from every channel, oldest first. What was taken back stays, empty, where somebody answered it. */
export async function threadOf(db: Db, postId: string): Promise<Utterance[]> {
  const query = planned(db, 'the talk under a post', () => readable(db, eq(messages.postId, sql.placeholder('post'))).orderBy(...inTime).limit(longest).prepare('stoa_talk'))
  return asTalk(await query.execute({ workspace: db.workspace, post: postId }))
}

/** The same for a page of another site. */
export async function talkAt(db: Db, accountId: string, url: string): Promise<Utterance[]> {
  const query = planned(db, 'the talk under a page', () => readable(db, inArray(messages.conversationId,
    db.select({ id: conversations.id }).from(conversations).innerJoin(commentedPages, eq(commentedPages.id, conversations.pageId))
      .where(and(minePlanned(commentedPages), eq(commentedPages.accountId, sql.placeholder('account')), eq(commentedPages.url, sql.placeholder('url')))),
  )).orderBy(...inTime).limit(longest).prepare('stoa_page_talk'))
  return asTalk(await query.execute({ workspace: db.workspace, account: accountId, url }))
}

/** The newest words under any post, newest first. */
export async function recentTalk(db: Db, limit: number): Promise<RecentWord[]> {
  const query = planned(db, 'the newest words', () => readable(db, and(isNotNull(messages.postId), isNull(messages.withdrawnAt), or(isNull(publications.state), eq(publications.state, 'confirmed'))))
    .orderBy(desc(messages.heardAt), desc(messages.id)).limit(sql.placeholder('limit')).prepare('stoa_recent_talk'))
  const lines = once(await query.execute({ workspace: db.workspace, limit }))
  return lines.map((line) => ({ ...utteranceOf(line), postId: line.message.postId! }))
}

/** Whether something somebody said on an account stands. */
export async function hasSpoken(db: Db, accountId: string, authorId: string): Promise<boolean> {
  const [row] = await db.select({ id: messages.id }).from(messages).innerJoin(identities, and(eq(identities.contactId, messages.contactId), eq(identities.channel, messages.channel)))
    .where(and(mine(db, messages), eq(identities.remoteId, authorId), eq(messages.accountId, accountId), eq(messages.moderation, 'shown'), isNull(messages.withdrawnAt))).limit(1)
  return row !== undefined
}

/** How somebody's own words stand, by the network's id of them. */
export async function ownWords(db: Db, accountId: string, refId: string): Promise<OwnWords | undefined> {
  const [row] = await db.select({ message: { ...spoken, moderation: messages.moderation, heldBecause: messages.heldBecause, because: messages.ruledBecause, appealedAt: messages.appealedAt }, stranger })
    .from(messages).leftJoin(identities, and(eq(identities.contactId, messages.contactId), eq(identities.channel, messages.channel)))
    .where(and(mine(db, messages), eq(messages.accountId, accountId), eq(messages.remoteId, refId), eq(messages.direction, 'in'))).limit(1)
  if (!row) return undefined
  const { message, stranger: person } = row
  const state = seenByAuthor(message)
  const author = { id: person?.remoteId ?? '', name: message.authorName }
  const alone = state === 'shown' && message.moderation !== 'shown'
  return {
    id: message.id, text: message.text, at: message.saidAt.toISOString(), author, editedAt: message.editedAt?.toISOString() ?? null, state, because: state === 'hidden' ? message.because : null,
    ...(alone ? { alone: utteranceOf({ message, state: null, remoteId: null, remoteUrl: null, stranger: person, signOff: null, picture: null }) } : {}),
    ...(state === 'hidden' ? { appeal: message.moderation === 'held' ? 'asked' : message.appealedAt ? 'answered' : 'open' } : {}),
  }
}

interface Fate { readonly withdrawnAt: Date | null; readonly moderation: typeof messages.$inferSelect['moderation']; readonly heldBecause: string | null }
/** How its author finds it. Whoever sends spam finds it standing; whoever was told that it is looked at first is told so until it is decided. */
function seenByAuthor({ withdrawnAt, moderation, heldBecause }: Fate): OwnWords['state'] {
  if (withdrawnAt) return 'withdrawn'
  if (moderation === 'held') return isSilent(heldBecause) ? 'shown' : heldBecause === 'appeal' ? 'hidden' : 'held'
  if (moderation === 'spam') return heldBecause === null || isSilent(heldBecause) ? 'shown' : 'held'
  return moderation
}

/** Its author asks for another look at what was hidden: once, and somebody of the team decides again. */
export async function appealOwn(tx: Tx, accountId: string, { refId, text, at }: { readonly refId: string; readonly text: string; readonly at: Date }): Promise<boolean> {
  const [row] = await tx.update(messages).set({ moderation: 'held', heldBecause: 'appeal', appeal: text, appealedAt: at })
    .where(and(mine(tx, messages), eq(messages.accountId, accountId), eq(messages.remoteId, refId), eq(messages.direction, 'in'), eq(messages.moderation, 'hidden'), isNull(messages.appealedAt), isNull(messages.withdrawnAt))).returning({ id: messages.id, conversationId: messages.conversationId, channel: messages.channel })
  if (!row) return false
  const conversation = await lockConversation(tx, row.conversationId)
  await recount(tx, conversation)
  await emit(tx, 'message.held', { ...contextOf(conversation), at, data: { messageId: row.id, channel: row.channel, because: 'appeal' } })
  return true
}

function authorOf({ message, stranger: who, signOff, picture }: Line): Person {
  if (message.direction === 'out') return { id: message.memberId ?? '', name: message.authorName, ...(picture ? { picture: mediaPath(picture) } : {}), ...(signOff ? { signOff } : {}) }
  return { id: who?.remoteId ?? '', name: message.authorName, ...(who?.handle ? { handle: who.handle } : {}), ...(who?.url ? { url: who.url } : {}), ...(who?.picture ? { picture: who.picture } : {}) }
}

function utteranceOf(line: Line): Utterance {
  const { message, state, remoteId, remoteUrl } = line
  const id = message.direction === 'in' ? message.remoteId : remoteId
  const url = message.direction === 'in' ? message.remoteUrl : remoteUrl
  const gone = isGone({ message, state })
  return {
    id: message.id, channel: message.channel, from: message.direction === 'in' ? 'visitor' : 'team', author: gone ? { id: '', name: '' } : authorOf(line),
    text: gone ? '' : message.text, html: gone ? null : message.html, lang: message.lang, at: message.saidAt.toISOString(), parentId: message.parentId, ...(message.editedAt && !gone ? { editedAt: message.editedAt.toISOString() } : {}),
    ref: id === null ? null : { channel: message.channel, id, ...(url ? { url } : {}) }, withdrawn: gone,
  }
}
