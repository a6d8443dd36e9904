import { and, eq, inArray, isNotNull, isNull, ne } from 'drizzle-orm'
import type { Lang } from '#kit/lang.ts'
import { excerpt } from '#text/html/markdown.ts'
import { mine, type Db, type Tx } from '#db/database.ts'
import type { Square, TxWithin } from './say.ts'
import { forumFollows as follows } from './tables.ts'
import type { Post, Topic } from './topics.ts'
import { wordsIn } from './words/words.ts'

export type Follow = typeof follows.$inferSelect
const about = (id: string) => ({ kind: 'forum', id })

export interface Asking { readonly email: string; readonly lang: Lang; readonly about: 'topic' | 'category'; readonly aboutId: string }
/** Somebody wants letters. They count once the address is confirmed; asking again sends the question again. */
export async function askFollow(tx: Tx, asking: Asking, now: Date): Promise<Follow> {
  const [row] = await tx.insert(follows).values({ ...asking, askedAt: now }).onConflictDoUpdate({ target: [follows.workspaceId, follows.email, follows.aboutId], set: { askedAt: now, lang: asking.lang } }).returning()
  return row!
}
export async function followById(db: Db, id: string): Promise<Follow | undefined> {
  const [row] = await db.select().from(follows).where(and(mine(db, follows), eq(follows.id, id))).limit(1)
  return row
}
export async function confirmFollow({ tx, resume }: TxWithin, follow: Follow, now: Date): Promise<void> {
  await tx.update(follows).set({ confirmedAt: now }).where(and(mine(tx, follows), eq(follows.id, follow.id), isNull(follows.confirmedAt)))
  await resume(follow.email, about(follow.aboutId))
}

/** A letter to each who follows the topic, and for a new topic to those who follow its category; never to whoever wrote it. */
export async function tellFollowers(square: Pick<Square, 'origin' | 'host'>, { tx, write }: TxWithin, { topic, post }: { readonly topic: Topic; readonly post: Post }): Promise<void> {
  const opener = post.id === topic.openerId
  const to = await tx.select().from(follows).where(and(mine(tx, follows), isNotNull(follows.confirmedAt), opener ? eq(follows.aboutId, topic.categoryId) : inArray(follows.aboutId, [topic.id])))
  const words = post.markdown
  for (const one of to) {
    const say = wordsIn(one.lang)
    const text = say.followBody(post.authorName, excerpt(words, 1_200), `${square.origin}/forum/p/${post.id}`)
    await write({ to: one.email, lang: one.lang, subject: say.followSubject(topic.title), text, about: about(one.aboutId), once: `forum ${post.id} ${one.id}` })
  }
}
/** Those who followed what was merged follow where it went. */
export async function followOn(tx: Tx, from: string, into: string): Promise<void> {
  const there = tx.select({ email: follows.email }).from(follows).where(and(mine(tx, follows), eq(follows.aboutId, into)))
  const known = new Set((await there).map(({ email }) => email))
  const moving = await tx.select().from(follows).where(and(mine(tx, follows), eq(follows.aboutId, from), ne(follows.aboutId, into)))
  for (const one of moving.filter(({ email }) => !known.has(email))) await tx.update(follows).set({ aboutId: into }).where(and(mine(tx, follows), eq(follows.id, one.id)))
}
