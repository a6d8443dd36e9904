import { and, eq } from 'drizzle-orm'
import { Refusal } from '#kit/refusal.ts'
import { mine, type Tx } from '#db/database.ts'
import { noteChange } from './approval/store.ts'
import { refuseUnknownCampaign } from './campaign.ts'
import { sameWords, wordsOf, type PostWords } from './rules.ts'
import { deletePost, lockPost, savePost, type Post } from './store.ts'
import { approvalSteps, postComments, postVersions, reviewLinks } from './tables.ts'
import { keepBefore, keepVersion, versionAt } from './versions.ts'

/** Two hands at one draft: the answer carries what stands now, so that both can be laid side by side. */
export const changedMeanwhile = (post: Post): Refusal =>
  new Refusal('changed_meanwhile', { extra: { version: post.version, theirs: { ...wordsOf(post), version: post.version, state: post.state, by: post.wordsBy, at: post.wordsAt ?? post.updatedAt } } })

const draftOnly = (post: Post): void => {
  if (post.state !== 'draft') throw new Refusal('wrong_state', { params: { state: post.state }, extra: { version: post.version } })
}

export interface Saving { readonly id: string; readonly seen: number; readonly words: Partial<PostWords>; readonly memberId: string; readonly at: Date }
/** Saves a draft over the version its writer saw. Saving what already stands changes nothing: a save whose answer was lost may be repeated. */
export async function saveDraft(tx: Tx, { id, seen, words, memberId, at }: Saving): Promise<Post> {
  const post = await lockPost(tx, id)
  draftOnly(post)
  const after: PostWords = wordsOf({ ...post, ...words })
  if (sameWords(post, after)) return post
  if (post.version !== seen) throw changedMeanwhile(post)
  if (after.campaignId !== post.campaignId) await refuseUnknownCampaign(tx, after.campaignId)
  return await write(tx, { post, after, memberId, at })
}

interface Writing { readonly post: Post; readonly after: PostWords; readonly memberId: string; readonly at: Date }
async function write(tx: Tx, { post, after, memberId, at }: Writing): Promise<Post> {
  await keepBefore(tx, post, { by: memberId, at })
  await noteChange(tx, { before: post, after, memberId, at })
  return await savePost(tx, post.id, { seen: post.version, at, change: { ...after, wordsBy: memberId, wordsAt: at } })
}

export interface Restoring { readonly id: string; readonly n: number; readonly seen: number; readonly memberId: string; readonly at: Date }
/** Brings the words of a version back, as a new version: what stood until now is kept too. */
export async function restoreVersion(tx: Tx, { id, n, seen, memberId, at }: Restoring): Promise<Post> {
  const post = await lockPost(tx, id)
  draftOnly(post)
  const { words } = await versionAt(tx, id, n)
  if (post.version !== seen) throw changedMeanwhile(post)
  await keepVersion(tx, { postId: id, words: post, why: 'saved', byId: post.wordsBy ?? post.authorId, at: post.wordsAt ?? post.updatedAt })
  const saved = await write(tx, { post, after: wordsOf(words), memberId, at })
  await keepVersion(tx, { postId: id, words: saved, why: 'restored', byId: memberId, at })
  return saved
}

/** Throws a draft away with all that was said about it. */
export async function throwAway(tx: Tx, id: string): Promise<void> {
  draftOnly(await lockPost(tx, id))
  for (const table of [postVersions, approvalSteps, reviewLinks, postComments]) await tx.delete(table).where(and(mine(tx, table), eq(table.postId, id)))
  await deletePost(tx, id)
}

