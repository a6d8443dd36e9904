import { and, eq, sql } from 'drizzle-orm'
import { Refusal } from '#kit/refusal.ts'
import { mine, type Tx } from '#db/database.ts'
import type { Me } from './people.ts'
import { within, type Square } from './say.ts'
import { forumPeople as people, forumPosts as posts, forumThanks as thanks, forumTopics as topics } from './tables.ts'
import { postById, topicById, type Post, type Topic } from './topics.ts'

async function standing(tx: Tx, postId: string): Promise<{ post: Post; topic: Topic }> {
  const post = await postById(tx, postId)
  const topic = post && await topicById(tx, post.topicId)
  if (post?.state !== 'shown' || topic?.state !== 'shown') throw new Refusal('not_found')
  return { post, topic }
}
async function credit(tx: Tx, personId: string | null, change: { readonly thanked?: number; readonly accepted?: number }): Promise<void> {
  if (!personId) return
  await tx.update(people).set({ thanked: sql`greatest(0, ${people.thanked} + ${change.thanked ?? 0})`, accepted: sql`greatest(0, ${people.accepted} + ${change.accepted ?? 0})` }).where(and(mine(tx, people), eq(people.id, personId)))
}

/** One person's thanks, given or taken back; doing it twice changes nothing. */
export async function thank(square: Square, me: Me, { postId, taken }: { readonly postId: string; readonly taken: boolean }): Promise<Topic> {
  return await within(square, async ({ tx, hear }) => {
    const { post, topic } = await standing(tx, postId)
    if (post.personId === me.id) throw new Refusal('not_allowed')
    const own = and(mine(tx, thanks), eq(thanks.postId, postId), eq(thanks.personId, me.id))
    const changed = taken ? await tx.delete(thanks).where(own).returning() : await tx.insert(thanks).values({ postId, personId: me.id, at: square.now }).onConflictDoNothing().returning()
    if (changed.length === 0) return topic
    const by = taken ? -1 : 1
    await tx.update(posts).set({ thanks: sql`greatest(0, ${posts.thanks} + ${by})` }).where(and(mine(tx, posts), eq(posts.id, postId)))
    await credit(tx, post.personId, { thanked: by })
    await hear([{ does: taken ? 'unlikes' : 'likes', ref: { channel: 'forum', id: `${postId} ${me.id}` }, at: square.now.toISOString(), author: { id: me.id, name: me.name }, about: { channel: 'forum', id: postId } }])
    return topic
  })
}

/** Who says that a topic is answered: whoever asked, or a member of the team. */
export type Judge = { readonly me: Me } | { readonly member: { readonly name: string } }
export async function acceptAnswer(square: Square, judge: Judge, { postId, taken }: { readonly postId: string; readonly taken: boolean }): Promise<Topic> {
  return await within(square, async ({ tx }) => {
    const { post, topic } = await standing(tx, postId)
    if (post.id === topic.openerId || ('me' in judge && topic.personId !== judge.me.id)) throw new Refusal('not_allowed')
    const before = topic.acceptedId ? await postById(tx, topic.acceptedId) : undefined
    if (taken ? before?.id !== post.id : before?.id === post.id) return topic
    const credits = (one: Post | undefined): string | null => (one?.personId === topic.personId ? null : one?.personId ?? null)
    await credit(tx, credits(before), { accepted: -1 })
    if (!taken) await credit(tx, credits(post), { accepted: 1 })
    const name = 'me' in judge ? judge.me.name : judge.member.name
    await tx.update(topics).set(taken ? { acceptedId: null, acceptedBy: null } : { acceptedId: post.id, acceptedBy: name }).where(and(mine(tx, topics), eq(topics.id, topic.id)))
    return topic
  })
}
