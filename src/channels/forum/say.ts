import { and, asc, eq, gt, sql } from 'drizzle-orm'
import type { Account } from '#kit/channel.ts'
import type { HeardResult, Host, Within } from '#kit/host.ts'
import { newId } from '#kit/id.ts'
import type { Lang } from '#kit/lang.ts'
import { Refusal } from '#kit/refusal.ts'
import { markdownToHtml } from '#text/html/markdown.ts'
import { guessLang } from '#text/lang.ts'
import { mine, type Tx } from '#db/database.ts'
import { heardOf, wordsOf } from './convert.ts'
import { newCode } from './passphrase.ts'
import type { Me } from './people.ts'
import { tellFollowers } from './follows.ts'
import { noteChange, noteTopicChange } from './tellings.ts'
import { allowances, holdFor, isSilent, linksIn, mayEdit, type Hold } from './rules.ts'
import { forumCategories as categories, forumPeople as people, forumPosts as posts, forumTopics as topics } from './tables.ts'
import { categoryById, postById, topicById, type Post, type Topic } from './topics.ts'
import type { ForumSettings } from './wire.ts'

/** Where somebody speaks: the forum of one workspace, at one moment. */
export interface Square { readonly host: Host; readonly account: Account; readonly settings: ForumSettings; readonly origin: string; readonly lang: Lang; readonly now: Date }
export interface Said { readonly text: string; readonly trapped: boolean }
interface Spoken { readonly topic: Topic; readonly post: Post }

/** Counts what may be seen by all, or no longer: the one place that changes the figures of a topic, a category and a person. */
export async function count(tx: Tx, { topic, post }: Spoken, by: 1 | -1): Promise<void> {
  await noteChange(tx, post.id)
  if (post.personId) await tx.update(people).set({ posts: sql`greatest(0, ${people.posts} + ${by})` }).where(and(mine(tx, people), eq(people.id, post.personId)))
  if (topic.openerId !== post.id) {
    const moved = by === 1 ? { movedAt: sql`greatest(${topics.movedAt}, ${post.at.toISOString()}::timestamptz)` as never } : {}
    await tx.update(topics).set({ answers: sql`greatest(0, ${topics.answers} + ${by})`, ...moved, ...(by === -1 && topic.acceptedId === post.id ? { acceptedId: null, acceptedBy: null } : {}) }).where(and(mine(tx, topics), eq(topics.id, topic.id)))
    return
  }
  await noteTopicChange(tx, topic.id)
  await tx.update(topics).set({ state: by === 1 ? 'shown' : 'hidden' }).where(and(mine(tx, topics), eq(topics.id, topic.id)))
  await tx.update(categories).set({ topics: sql`greatest(0, ${categories.topics} + ${by})` }).where(and(mine(tx, categories), eq(categories.id, topic.categoryId)))
}

async function refuseTooMany(tx: Tx, me: Me, now: Date): Promise<void> {
  const hour = new Date(now.getTime() - 3_600_000)
  const recent = await tx.select({ at: posts.at }).from(posts).where(and(mine(tx, posts), eq(posts.personId, me.id), gt(posts.at, hour))).orderBy(asc(posts.at)).limit(100)
  if (recent.length < allowances[me.level].perHour) return
  const seconds = Math.max(1, Math.ceil((recent[0]!.at.getTime() - hour.getTime()) / 1000))
  throw new Refusal('rate_limited', { params: { seconds }, extra: { retryAfter: seconds } })
}

async function repeats(tx: Tx, { text, me, now }: { readonly text: string; readonly me: Me; readonly now: Date }): Promise<boolean> {
  const same = await tx.select({ personId: posts.personId, id: posts.id, at: posts.at }).from(posts)
    .where(and(mine(tx, posts), gt(posts.at, new Date(now.getTime() - 86_400_000)), eq(posts.markdown, text))).limit(20)
  const own = same.find((one) => one.personId === me.id && now.getTime() - one.at.getTime() < 600_000)
  if (own) throw new Refusal('already_posted', { extra: { standsAt: own.id } })
  return same.length > 0 && text.length > 20
}

const stateFor = (hold: Hold | undefined): Post['state'] => (hold === undefined ? 'shown' : isSilent(hold) ? 'spam' : 'held')
/** How something stands that the house holds by its words: the reason, then what was found. */
export const heldBy = ({ held }: HeardResult): Pick<Post, 'state' | 'heldBecause'> => ({ state: held?.silently ? 'spam' : 'held', heldBecause: ['filter', ...held?.signs ?? []].join(' ') })
const langOf = (square: Square, text: string): Lang => guessLang(text) ?? square.lang

interface Saying { readonly me: Me; readonly said: Said; readonly topic: Topic; readonly id: string; readonly hold: Hold | undefined }
async function keep(open: TxWithin, square: Square, { me, said, topic, id, hold }: Saying): Promise<Post> {
  const { tx, hear } = open
  const lang = langOf(square, said.text)
  const [post] = await tx.insert(posts).values({
    id, topicId: topic.id, personId: me.id, authorName: me.name, markdown: said.text, html: markdownToHtml(said.text, { lang }), lang, at: square.now, state: stateFor(hold), heldBecause: hold ?? null,
  }).returning()
  const [result] = await hear([heardOf(spokenOf(post!, topic), 'says', square.origin)])
  if (result?.state === 'held' && hold === undefined) {
    const held = heldBy(result)
    await tx.update(posts).set(held).where(and(mine(tx, posts), eq(posts.id, id)))
    return { ...post!, ...held }
  }
  if (post!.state === 'shown') {
    await count(tx, { topic, post: post! }, 1)
    await tellFollowers(square, open, { topic, post: post! })
  }
  return post!
}
const spokenOf = (post: Post, topic: Topic) => ({ ...post, personId: post.personId ?? '', topic: { title: topic.title, openerId: topic.openerId, askerId: topic.personId } })

export interface TxWithin extends Omit<Within, 'tx'> { readonly tx: Tx }
/** All of it is kept, in the forum and in the inbox, or none. */
export const within = <T>(square: Square, work: (open: TxWithin) => Promise<T>): Promise<T> => square.host.within(square.account, (open) => work({ ...open, tx: open.tx as Tx }))

async function weigh(tx: Tx, square: Square, { me, said }: { readonly me: Me; readonly said: Said }): Promise<Hold | undefined> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`forum ${me.id}`}, 0))`)
  await refuseTooMany(tx, me, square.now)
  return holdFor({ text: said.text, level: me.level, posts: me.posts, trapped: said.trapped, repeated: await repeats(tx, { text: said.text, me, now: square.now }), firstPosts: square.settings.firstPosts })
}

export interface Opening extends Said { readonly title: string; readonly categoryId: string; readonly tags: readonly string[] }
export async function openTopic(square: Square, me: Me, opening: Opening): Promise<Spoken> {
  return await within(square, async (open) => {
    const { tx } = open
    const hold = await weigh(tx, square, { me, said: opening })
    const category = await categoryById(tx, opening.categoryId)
    if (!category) throw new Refusal('forum_category', { field: 'category' })
    const openerId = newId(square.now.getTime())
    const [topic] = await tx.insert(topics).values({
      categoryId: category.id, code: newCode(), slug: wordsOf(opening.title), title: opening.title, lang: langOf(square, `${opening.title}\n${opening.text}`), personId: me.id, authorName: me.name,
      tags: [...opening.tags], openedAt: square.now, movedAt: square.now, openerId, state: hold === undefined ? 'shown' : isSilent(hold) ? 'spam' : 'held',
    }).returning()
    const post = await keep(open, square, { me, said: opening, topic: topic!, id: openerId, hold })
    if (hold === undefined && (post.state === 'held' || post.state === 'spam')) await tx.update(topics).set({ state: post.state }).where(and(mine(tx, topics), eq(topics.id, topic!.id)))
    return { topic: topic!, post }
  })
}

export async function addAnswer(square: Square, me: Me, { topicId, ...said }: Said & { readonly topicId: string }): Promise<Spoken> {
  return await within(square, async (open) => {
    const topic = await topicById(open.tx, topicId)
    // Under what only its author sees, they go on talking to themselves.
    const alone = topic?.state === 'spam' && topic.personId === me.id
    if (!topic || (topic.state !== 'shown' && !alone) || topic.mergedInto) throw new Refusal('not_found')
    if (topic.lockedAt) throw new Refusal('forum_locked')
    const hold = await weigh(open.tx, square, { me, said: { ...said, trapped: said.trapped || alone } })
    return { topic, post: await keep(open, square, { me, said, topic, id: newId(square.now.getTime()), hold }) }
  })
}

async function ownPost(tx: Tx, me: Me, postId: string): Promise<Spoken> {
  const post = await postById(tx, postId)
  const topic = post && await topicById(tx, post.topicId)
  if (!post || !topic || post.state === 'withdrawn') throw new Refusal('not_found')
  if (post.personId !== me.id) throw new Refusal('not_owner')
  return { post, topic }
}

export async function editPost(square: Square, me: Me, { postId, text }: { readonly postId: string; readonly text: string }): Promise<Spoken> {
  return await within(square, async ({ tx, hear }) => {
    const { post, topic } = await ownPost(tx, me, postId)
    if (!mayEdit(post, me.level, square.now)) throw new Refusal('forum_edit_late')
    if (linksIn(text) > Math.max(linksIn(post.markdown), allowances[me.level].links)) throw new Refusal('forum_links', { field: 'text', params: { limit: allowances[me.level].links } })
    const lang = langOf(square, text)
    const [anew] = await tx.update(posts).set({ markdown: text, html: markdownToHtml(text, { lang }), lang, editedAt: square.now }).where(and(mine(tx, posts), eq(posts.id, postId))).returning()
    await noteChange(tx, postId)
    const [result] = await hear([heardOf(spokenOf(anew!, topic), 'edits', square.origin)])
    return { post: result?.held && post.state === 'shown' ? await takeBack(tx, { topic, post: anew! }, heldBy(result)) : anew!, topic }
  })
}

/** What stood stands no longer, since its new words have to be read first. */
async function takeBack(tx: Tx, spoken: Spoken, held: Pick<Post, 'state' | 'heldBecause'>): Promise<Post> {
  await count(tx, spoken, -1)
  if (spoken.topic.openerId === spoken.post.id) await tx.update(topics).set({ state: held.state === 'spam' ? 'spam' : 'held' }).where(and(mine(tx, topics), eq(topics.id, spoken.topic.id)))
  await tx.update(posts).set(held).where(and(mine(tx, posts), eq(posts.id, spoken.post.id)))
  return { ...spoken.post, ...held }
}

export async function withdrawPost(square: Square, me: Me, postId: string): Promise<Spoken> {
  return await within(square, async ({ tx, hear }) => {
    const { post, topic } = await ownPost(tx, me, postId)
    await tx.update(posts).set({ state: 'withdrawn', markdown: '', html: '' }).where(and(mine(tx, posts), eq(posts.id, postId)))
    // What others answered to stays, without the words that were taken back.
    if (post.state === 'shown' && !(topic.openerId === post.id && topic.answers > 0)) await count(tx, { topic, post }, -1)
    await noteChange(tx, postId)
    await hear([heardOf(spokenOf(post, topic), 'withdraws', square.origin)])
    return { post, topic }
  })
}
