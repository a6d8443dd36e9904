import type { Member } from '#kit/http.ts'
import { Refusal } from '#kit/refusal.ts'
import type { Tx } from '#db/database.ts'
import { emit } from '../events/store.ts'
import { changedMeanwhile } from './drafts.ts'
import { wordsOf } from './rules.ts'
import { createPost, lockPost, postById, savePost, type Post } from './store.ts'
import { instantOf, type WallTime } from './wall-time.ts'
import './happenings.ts'

/** The same words as a new draft of the one who asks; it knows the post it says again, and the one that said it first. */
export async function sayAgain(tx: Tx, { id, member, at }: { readonly id: string; readonly member: Member; readonly at: Date }): Promise<Post> {
  const first = await postById(tx, id)
  return await createPost(tx, { ...wordsOf(first), authorId: member.id, at, againOf: first.againOf ?? first.id })
}

export interface Recording { readonly id: string; readonly member: Member; readonly version: number; readonly at: WallTime; readonly note: string; readonly now: Date }
/** Moves where a published post stands in the record. What the networks confirmed, and when, is not touched. */
export async function recordDate(tx: Tx, { id, member, version, at, note, now }: Recording): Promise<Post> {
  const post = await lockPost(tx, id)
  if (post.version !== version) throw changedMeanwhile(post)
  if (post.state !== 'published' || post.publishedAt === null) throw new Refusal('wrong_state', { params: { state: post.state } })
  const to = instantOf(at)
  if (to.getTime() > now.getTime()) throw new Refusal('time_not_past', { field: 'wall' })
  const saved = await savePost(tx, id, { seen: version, at: now, change: { publishedAt: to, wallTime: at.wall, zone: at.zone } })
  await emit(tx, 'post.record-moved', { at: now, memberId: member.id, postId: id, data: { from: post.publishedAt.toISOString(), to: to.toISOString(), note } })
  return saved
}
