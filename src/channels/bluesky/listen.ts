import { createHash } from 'node:crypto'
import type { z } from 'zod'
import type { Account, Ctx, Incoming, Listen } from '#kit/channel.ts'
import { heardFrom, heardIn } from './reading.ts'
import { didOf, homeOf, type Home } from './session.ts'
import type { Settings } from './settings.ts'
import { Feed, Notice, Notices, Own, Replies, Thread, ThreadPost } from './wire.ts'

/**
 * `at`: the newest moment of what was taken in. Networks tell late and out of order, so each pull reads some way further back,
 * and `recent` says what of that was taken in already. `replies`: how many answers our latest posts had.
 */
export type Cursor = { readonly at: string; readonly recent: readonly string[]; readonly replies: Readonly<Record<string, number>> }

export const listen: Listen<Settings, Cursor> = { hears: ['mentions', 'replies'], everySeconds: 30, open }

const pageSize = 100
const mostPages = 100
const overlap = 10 * 60_000
const mostRecent = 1_000
const batchSize = 50
const watched = 25

/** One thing heard, with the moment by which the network orders it. */
interface Event { readonly id: string; readonly at: string; readonly item: Incoming | undefined }

/** Notifications from where we were to now, with the answers under our latest posts that lost theirs; oldest first. */
async function* open(account: Account<Settings>, cursor: Cursor | undefined, ctx: Ctx) {
  const home = homeOf(account, ctx)
  const since = cursor && new Date(Date.parse(cursor.at) - overlap).toISOString()
  const known = new Set(cursor?.recent)
  const fresh = (event: Event) => !known.has(shortOf(event.id)) && (since === undefined || event.at >= since)
  const told = await noticesSince({ home, account, ctx }, since)
  const { replies, events: under } = await answersUnder({ home, account, ctx }, cursor?.replies)
  const all = new Map([...told, ...under].filter(fresh).map((event) => [event.id, event] as const))
  const events = [...all.values()].toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.id < b.id ? -1 : 1))
  // Where nothing was ever told, all that will be is new.
  let place: Cursor = { at: cursor?.at ?? new Date(0).toISOString(), recent: cursor?.recent ?? [], replies: cursor?.replies ?? {} }
  for (let from = 0; from < events.length; from += batchSize) {
    const batch = events.slice(from, from + batchSize)
    place = after(place, batch)
    const last = from + batchSize >= events.length
    yield { items: batch.flatMap(({ item }) => item ?? []), cursor: last ? { ...place, replies } : place }
  }
  if (events.length === 0 && (cursor === undefined || !sameCounts(replies, cursor.replies))) yield { items: [], cursor: { ...place, replies } }
}

function after(place: Cursor, batch: readonly Event[]): Cursor {
  const last = batch.at(-1)!.at
  return { ...place, at: last > place.at ? last : place.at, recent: [...place.recent, ...batch.map(({ id }) => shortOf(id))].slice(-mostRecent) }
}
const shortOf = (id: string): string => createHash('sha256').update(id).digest('base64url').slice(0, 11)
const sameCounts = (a: Cursor['replies'], b: Cursor['replies']): boolean => JSON.stringify(a) === JSON.stringify(b)

interface Listening { readonly home: Home; readonly account: Account<Settings>; readonly ctx: Ctx }

/** Back from the newest to where we were. The first time, what the newest page holds. */
async function noticesSince({ home, account, ctx }: Listening, since: string | undefined): Promise<Event[]> {
  const own = didOf(account.settings)
  const events: Event[] = []
  let next: string | undefined
  for (let page = 0; page < mostPages; page++) {
    const { notifications, cursor } = await home.ask({ method: 'app.bsky.notification.listNotifications', query: { limit: String(pageSize), ...(next ? { cursor: next } : {}) } }, Notices)
    const read = readEach(notifications, Notice)
    if (read.length < notifications.length) ctx.log('a notification could not be read', { how: notifications.length - read.length })
    events.push(...read.filter(({ author }) => author.did !== own).map((notice) => ({ id: notice.uri, at: momentOf(notice.indexedAt, ctx), item: heardIn(notice, ctx.now()) })))
    const oldest = read.at(-1)?.indexedAt
    if (since === undefined || !cursor || cursor === next || notifications.length === 0 || (oldest !== undefined && momentOf(oldest, ctx) < since)) return events
    next = cursor
  }
  ctx.log('there are more notifications than can be read at once', { read: events.length })
  return events
}

const readEach = <S extends z.ZodType>(all: readonly unknown[], schema: S): z.infer<S>[] => all.flatMap((each) => { const read = schema.safeParse(each); return read.success ? [read.data] : [] })
const momentOf = (text: string, ctx: Ctx): string => { const at = new Date(text); return (Number.isNaN(at.getTime()) ? ctx.now() : at).toISOString() }

/** A notification can be lost while the post it tells of is there: where our latest posts have more answers than before, they are read. */
async function answersUnder({ home, account, ctx }: Listening, before: Cursor['replies'] | undefined): Promise<{ readonly replies: Cursor['replies']; readonly events: Event[] }> {
  const own = didOf(account.settings)
  const { feed } = await home.ask({ method: 'app.bsky.feed.getAuthorFeed', query: { actor: own, limit: String(watched), filter: 'posts_with_replies' } }, Feed)
  const posts = readEach(feed, Own).filter(({ post, reason }) => post.author.did === own && reason === undefined)
  const replies = Object.fromEntries(posts.map(({ post }) => [post.uri, post.replyCount ?? 0]))
  const grown = before ? Object.entries(replies).filter(([uri, count]) => count > (before[uri] ?? 0)).map(([uri]) => uri) : []
  const events: Event[] = []
  for (const uri of grown) {
    const { thread } = await home.ask({ method: 'app.bsky.feed.getPostThread', query: { uri, depth: '3', parentHeight: '0' } }, Thread)
    for (const { post } of below(thread)) if (post.author.did !== own) events.push({ id: post.uri, at: momentOf(post.indexedAt, ctx), item: heardFrom(post, { now: ctx.now() }) })
  }
  return { replies, events }
}

/** All posts under another, as far as they were told. */
function below(thread: unknown): z.infer<typeof ThreadPost>[] {
  return readEach(Replies.safeParse(thread).data?.replies ?? [], ThreadPost).flatMap((one) => [one, ...below(one)])
}
