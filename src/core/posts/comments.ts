import { and, asc, eq, isNull } from 'drizzle-orm'
import { Refusal } from '#kit/refusal.ts'
import { mine, type Db, type Tx } from '#db/database.ts'
import { emit } from '../events/store.ts'
import { membersOf } from '../members/store.ts'
import { members } from '../members/tables.ts'
import { mentionsIn } from './rules.ts'
import { postComments } from './tables.ts'
import './happenings.ts'

interface Who { readonly id: string; readonly name: string }
export interface CommentLine { readonly id: string; readonly by: Who; readonly text: string; readonly mentions: readonly Who[]; readonly at: Date }
export interface CommentThread extends CommentLine { readonly quote: string; readonly resolved: { readonly at: Date; readonly by: Who } | null; readonly answers: readonly CommentLine[] }

/** What the team said about a post: threads, the oldest first, each with its answers. */
export async function commentsOf(db: Db, postId: string): Promise<CommentThread[]> {
  const rows = await db.select().from(postComments).where(and(mine(db, postComments), eq(postComments.postId, postId))).orderBy(asc(postComments.at), asc(postComments.id)).limit(1000)
  const names = new Map((await membersOf(db)).map((one) => [one.id, one.name]))
  const who = (id: string): Who => ({ id, name: names.get(id) ?? '' })
  const line = (row: (typeof rows)[number]): CommentLine => ({ id: row.id, by: who(row.memberId), text: row.text, mentions: row.mentions.map(who), at: row.at })
  return rows.filter((row) => row.threadId === null).map((row) => ({
    ...line(row), quote: row.quote, resolved: row.resolvedAt && row.resolvedBy ? { at: row.resolvedAt, by: who(row.resolvedBy) } : null,
    answers: rows.filter((answer) => answer.threadId === row.id).map(line),
  }))
}

export interface Commenting { readonly postId: string; readonly threadId: string | null; readonly memberId: string; readonly text: string; readonly quote: string; readonly at: Date }
/** Says something to the team; an answer to a resolved thread opens it again. Members named with an @ are told. */
export async function comment(tx: Tx, given: Commenting): Promise<string> {
  const { postId, threadId, memberId, at } = given
  if (threadId !== null) await reopen(tx, postId, threadId)
  const team = await tx.select({ id: members.id, name: members.name }).from(members).where(and(mine(tx, members), isNull(members.leftAt)))
  const mentions = mentionsIn(given.text, team)
  const [row] = await tx.insert(postComments).values({ ...given, mentions }).returning({ id: postComments.id })
  await emit(tx, 'post.commented', { at, memberId, postId, data: { commentId: row!.id, threadId: threadId ?? row!.id, mentions } })
  return row!.id
}
const beginning = (tx: Tx, postId: string, id: string) => and(mine(tx, postComments), eq(postComments.postId, postId), eq(postComments.id, id), isNull(postComments.threadId))
async function reopen(tx: Tx, postId: string, threadId: string): Promise<void> {
  const rows = await tx.update(postComments).set({ resolvedAt: null, resolvedBy: null }).where(beginning(tx, postId, threadId)).returning({ id: postComments.id })
  if (rows.length === 0) throw new Refusal('not_found')
}

export interface Resolving { readonly postId: string; readonly id: string; readonly resolved: boolean; readonly memberId: string; readonly at: Date }
/** Closes a thread, or opens it again. */
export async function resolve(tx: Tx, { postId, id, resolved, memberId, at }: Resolving): Promise<void> {
  const rows = await tx.update(postComments).set(resolved ? { resolvedAt: at, resolvedBy: memberId } : { resolvedAt: null, resolvedBy: null }).where(beginning(tx, postId, id)).returning({ id: postComments.id })
  if (rows.length === 0) throw new Refusal('not_found')
  await emit(tx, 'post.comment-resolved', { at, memberId, postId, data: { threadId: id, resolved } })
}

/** How much is still being talked about. */
export const openThreads = async (db: Db, postId: string): Promise<number> =>
  await db.$count(postComments, and(mine(db, postComments), eq(postComments.postId, postId), isNull(postComments.threadId), isNull(postComments.resolvedAt)))
