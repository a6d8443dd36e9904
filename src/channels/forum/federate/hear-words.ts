import { and, eq, gt, sql } from 'drizzle-orm'
import type { Incoming } from '#kit/channel.ts'
import type { Within } from '#kit/host.ts'
import { newId } from '#kit/id.ts'
import { isBlank } from '#kit/text.ts'
import { guessLang } from '#text/lang.ts'
import { plainText } from '#text/html/sanitize.ts'
import { mine, type Tx } from '#db/database.ts'
import { ignored, keepWith, objectOf, refuse, type Arrival, type Verdict } from '../../fediverse/arrival.ts'
import { sameHouse } from '../../fediverse/addresses.ts'
import { ownWords, pageOf, publicly, readingOf } from '../../fediverse/hear-words.ts'
import { tellFollowers } from '../follows.ts'
import { allowances, isSilent, limits, type Hold } from '../rules.ts'
import { count, heldBy, type TxWithin } from '../say.ts'
import { forumPosts as posts, type Outside } from '../tables.ts'
import { postById, topicById, type Post, type Topic } from '../topics.ts'
import { databaseOf, reply, standingAt, type Door } from './door.ts'
import { groupUri } from './places.ts'
import { postByOutside, recordOf } from './store.ts'
import { isOpen } from './subject.ts'
import { holdOf, levelFrom, linksOut, withoutOurMentions } from './weigh.ts'

interface Said { readonly html: string; readonly text: string }
const opened = (open: Within): TxWithin => ({ ...open, tx: open.tx as Tx })

function wordsIn(door: Door, html: string): Said {
  const shown = withoutOurMentions(html, new URL(door.origin).host)
  return { html: shown, text: plainText(shown).slice(0, limits.text).toWellFormed() }
}

/** Somebody of another server answers what stands here: it becomes an answer in the topic, weighed like everybody's. */
export async function hearAnswer(door: Door, arrival: Arrival): Promise<Verdict> {
  const object = await ownWords(arrival)
  if (typeof object === 'string') return object === 'foreign' ? refuse('not_owner') : ignored
  const under = await standingAt(door, object.replyTargetId?.href)
  // What is said to a few is not put up for all.
  if (!under || !publicly(object)) return ignored
  const said = wordsIn(door, (await readingOf(object)).html)
  if (isBlank(said.text) || said.html.length > limits.text * 4) return ignored
  const uri = object.id!.href
  const { peer } = arrival
  const outside: Outside = { id: uri, url: pageOf(object) ?? uri, by: peer.uri, handle: peer.person.handle ?? peer.uri, page: peer.person.url ?? peer.uri, inbox: peer.inbox }
  return keepWith(uri, (open) => keepAnswer(door, opened(open), { arrival, said, under, outside }))
}

interface Answering { readonly arrival: Arrival; readonly said: Said; readonly under: Post; readonly outside: Outside }
async function keepAnswer(door: Door, open: TxWithin, { arrival, said, under, outside }: Answering): Promise<void> {
  const { tx } = open
  const { peer, now, id } = arrival
  const topic = await topicById(tx, under.topicId)
  if (!topic || topic.mergedInto || !isOpen(topic, door.since) || under.state !== 'shown') return
  if (topic.lockedAt) {
    const by = groupUri(door.origin, { kind: 'topic', code: topic.code })
    return await reply(door, { tx, peer, now }, { by, type: 'Reject', asked: { id: id.href, type: 'Create', actor: peer.uri, object: outside.id } })
  }
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`forum ${peer.uri}`}, 0))`)
  const hold = holdOf({ ...said, repeated: await repeats(tx, said.text, now), doings: await recordOf(tx, peer.uri, now), firstPosts: door.account.settings.firstPosts, now })
  const [post] = await tx.insert(posts).values({
    id: newId(now.getTime()), topicId: topic.id, authorName: peer.person.name.slice(0, 80), markdown: said.text, html: said.html, lang: guessLang(said.text) ?? topic.lang, at: now,
    state: hold === undefined ? 'shown' : isSilent(hold) ? 'spam' : 'held', heldBecause: hold ?? null, outside, underId: under.id === topic.openerId ? null : under.id,
  }).onConflictDoNothing().returning()
  if (post) await tellHere(door, open, { post, topic, hold, arrival, toUs: under.memberId !== null })
}

interface Telling { readonly post: Post; readonly topic: Topic; readonly hold: Hold | undefined; readonly arrival: Arrival; readonly toUs: boolean }
/** The inbox hears it like everything said in the forum, and those who follow by letter are told, if it stands. */
async function tellHere(door: Door, open: TxWithin, { post, topic, hold, arrival: { peer }, toUs }: Telling): Promise<void> {
  const { tx, hear } = open
  const item: Incoming = {
    does: 'says', ref: { channel: 'forum', id: post.id, url: `${door.origin}/forum/p/${post.id}` }, at: post.at.toISOString(), author: peer.person, text: post.markdown, html: post.html, lang: post.lang,
    visibility: 'public', hosted: true, inReplyTo: { channel: 'forum', id: topic.openerId }, ...(toUs ? {} : { overheard: true }), ...(hold === undefined ? {} : { hold }),
  }
  const [result] = await hear([item])
  if (result?.state === 'held' && hold === undefined) {
    await tx.update(posts).set(heldBy(result)).where(and(mine(tx, posts), eq(posts.id, post.id)))
    return
  }
  if (post.state !== 'shown') return
  await count(tx, { topic, post }, 1)
  await tellFollowers({ host: door.host, origin: door.origin }, open, { topic, post })
}

async function repeats(tx: Tx, text: string, now: Date): Promise<boolean> {
  if (text.length <= 20) return false
  const same = await tx.select({ id: posts.id }).from(posts).where(and(mine(tx, posts), gt(posts.at, new Date(now.getTime() - 86_400_000)), eq(posts.markdown, text))).limit(1)
  return same.length > 0
}

/** A new wording by the one who said it. What gains too many links waits again. */
export async function hearWording(door: Door, arrival: Arrival): Promise<Verdict> {
  if (arrival.activity.objectId?.href === arrival.peer.uri) return ignored
  const object = await ownWords(arrival)
  if (typeof object === 'string') return object === 'foreign' ? refuse('not_owner') : ignored
  const uri = object.id!.href
  const before = await theirs(door, uri)
  if (!before) return ignored
  if (before.outside?.by !== arrival.peer.uri) return refuse('not_owner')
  const said = wordsIn(door, (await readingOf(object)).html)
  if (isBlank(said.text) || before.state === 'withdrawn') return ignored
  return keepWith(uri, async (open) => {
    const { tx, hear } = opened(open)
    const [post, { now, peer }] = [await postById(tx, before.id), arrival]
    const topic = post && await topicById(tx, post.topicId)
    if (!post || !topic || post.state === 'withdrawn') return
    const most = Math.max(linksOut(post.html), allowances[levelFrom(await recordOf(tx, peer.uri, now), now)].links)
    const waits = post.state === 'shown' && linksOut(said.html) > most
    await tx.update(posts).set({ markdown: said.text, html: said.html, editedAt: now, ...(waits ? { state: 'held' as const, heldBecause: 'links' } : {}) }).where(and(mine(tx, posts), eq(posts.id, post.id)))
    const [result] = await hear([{ does: 'edits', ref: { channel: 'forum', id: post.id }, at: now.toISOString(), author: peer.person, text: said.text, html: said.html }])
    if (result?.held && post.state === 'shown') await tx.update(posts).set(heldBy(result)).where(and(mine(tx, posts), eq(posts.id, post.id)))
    if (post.state === 'shown' && (waits || result?.held)) await count(tx, { topic, post }, -1)
  })
}

/** Taken back by the one who said it: the words go, and with them what told of them. */
export async function hearWithdrawal(door: Door, arrival: Arrival): Promise<Verdict> {
  const { activity, peer, now } = arrival
  const uri = activity.objectId ?? (await objectOf(arrival))?.id ?? null
  if (!uri || activity.objectIds.length > 1) return ignored
  if (!sameHouse(uri, new URL(peer.uri))) return refuse('not_owner')
  const before = await theirs(door, uri.href)
  if (!before) return ignored
  if (before.outside?.by !== peer.uri) return refuse('not_owner')
  return keepWith(uri.href, async (open) => {
    const { tx, hear } = opened(open)
    const post = await postById(tx, before.id)
    const topic = post && await topicById(tx, post.topicId)
    if (!post || !topic || post.state === 'withdrawn') return
    await tx.update(posts).set({ state: 'withdrawn', markdown: '', html: '' }).where(and(mine(tx, posts), eq(posts.id, post.id)))
    if (post.state === 'shown') await count(tx, { topic, post }, -1)
    await hear([{ does: 'withdraws', ref: { channel: 'forum', id: post.id }, at: now.toISOString(), author: peer.person }])
  })
}

const theirs = (door: Door, uri: string): Promise<Post | undefined> => databaseOf(door).read(door.host.workspaceId, (db) => postByOutside(db, uri))
