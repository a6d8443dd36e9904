import { html } from 'hono/html'
import { Refusal } from '#kit/refusal.ts'
import { storable } from '#kit/text.ts'
import { keep, kept, shown, type PorchContext } from '../../porch/answer.ts'
import { codeIn, topicPath } from '../convert.ts'
import { draftAt } from '../drafts.ts'
import { atomOf } from '../feed.ts'
import { addressOf, categoryName, isFederated } from '../federate/places.ts'
import { isUuid } from '../fields.ts'
import { findTopics } from '../find.ts'
import { followBox } from '../pages/account.ts'
import { foundPage, homePage, listPage } from '../pages/lists.ts'
import { aboutIn, nameIn } from '../pages/shell.ts'
import { topicPage } from '../pages/topic.ts'
import { lookingOf, type Room, type View } from '../room.ts'
import { cursorOf, lightEnough, limits, readCursor } from '../rules.ts'
import { allCategories, categoryById, categoryNamed, newestPosts, pinnedIn, postById, postsOf, standsLater, thankedBy, topicByCode, topicById, topicsOf, type Topic, type Which } from '../topics.ts'
import { formFor } from './form.ts'

const cacheFor = ({ me, member }: Room): string => (me || member ? keep.never : keep.ask)
export const answer = (c: PorchContext, room: Room, markup: Parameters<typeof shown>[1], status = 200): Promise<Response> =>
  shown(c, markup, { assets: room.assets, script: true, status, cache: status === 200 ? cacheFor(room) : keep.never })
const lost = (): never => { throw new Refusal('not_found') }

export const home: View = async (c, room) => {
  const [categories, latest, waiting] = await room.database.readAgain(room.porch.host.workspaceId, async (db) => [await allCategories(db), await topicsOf(db, { limit: 15 }), await topicsOf(db, { waiting: true, limit: 5 })] as const)
  const isWaiting = new Set(waiting.slice(0, 5).map(({ id }) => id))
  return answer(c, room, homePage(room, { categories, waiting: waiting.slice(0, 5), latest: latest.filter(({ id }) => !isWaiting.has(id)).slice(0, 15) }))
}

async function pageOf(room: Room, c: PorchContext, { path, ...which }: Which & { readonly path: string }) {
  const asked = c.req.query('after')
  const after = readCursor(asked)
  if (asked !== undefined && !after) lost()
  const all = await room.database.readAgain(room.porch.host.workspaceId, (db) => topicsOf(db, { ...which, after }))
  const topics = all.slice(0, limits.topicsPerPage)
  const last = topics.at(-1)
  return { topics, later: after !== undefined, path, older: all.length > topics.length && last ? `${path}?after=${cursorOf(last.movedAt, last.id)}` : undefined }
}

export const category: View = async (c, room) => {
  const { workspaceId } = room.porch.host
  const asked = c.req.param('slug') ?? ''
  const found = await room.database.readAgain(workspaceId, (db) => categoryNamed(db, asked))
  if (!found) return lost()
  const path = `/forum/c/${found.slug}`
  if (found.slug !== asked) return c.redirect(path, 301)
  const [page, pinned, mail] = [await pageOf(room, c, { path, categoryId: found.id }), await room.database.readAgain(workspaceId, (db) => pinnedIn(db, found.id)), await room.mail()]
  const first = page.later ? [] : pinned
  const topics = [...first, ...page.topics.filter(({ id }) => !first.some((one) => one.id === id))]
  const feed = `${path}/feed.xml`
  return answer(c, room, listPage(room, { ...page, topics, title: nameIn(room, found), about: aboutIn(room, found), feed, ask: `/forum/new?category=${found.slug}`, empty: room.words.none, follow: followBox(room, { about: 'category', id: found.id, feed, mail, address: isFederated(room.settings) ? addressOf(categoryName(found), room.porch.site.origin) : undefined }) }))
}
export const waiting: View = async (c, room) => {
  const page = await pageOf(room, c, { path: '/forum/unanswered', waiting: true })
  return answer(c, room, listPage(room, { ...page, title: room.words.unanswered, empty: room.words.nothingWaits }))
}
export const tagged: View = async (c, room) => {
  const tag = c.req.param('tag') ?? ''
  if (tag.length > limits.tag || !storable(tag)) return lost()
  const page = await pageOf(room, c, { path: `/forum/tag/${encodeURIComponent(tag)}`, tag })
  return answer(c, room, listPage(room, { ...page, title: room.words.tagged(tag), empty: room.words.none }), page.topics.length === 0 ? 404 : 200)
}

/** A topic under the address it was asked by: what was merged, renamed or moved leads on. */
export async function topicAt(c: PorchContext, room: Room): Promise<Topic | Response> {
  const asked = c.req.param('address') ?? ''
  const code = codeIn(asked)
  const { workspaceId } = room.porch.host
  const topic = code === undefined ? undefined : await room.database.readAgain(workspaceId, (db) => topicByCode(db, code))
  if (!topic) return lost()
  if (topic.mergedInto) {
    const into = await room.database.readAgain(workspaceId, (db) => topicById(db, topic.mergedInto!))
    return into ? c.redirect(topicPath(into), 301) : lost()
  }
  const own = room.me !== undefined && room.me.id === topic.personId
  if (topic.state !== 'shown' && !own && !room.member) return lost()
  return topicPath(topic) === `/forum/t/${asked}` ? topic : c.redirect(topicPath(topic), 301)
}

// What the frame, its style and one long answer leave of 30 kB.
const pageBytes = 7_000
export interface Shown { readonly refusal?: Refusal; readonly preview?: string; readonly text?: string; readonly status?: number }
export async function showTopic(c: PorchContext, room: Room, topic: Topic, given: Shown = {}): Promise<Response> {
  const { host } = room.porch
  const [after, from] = [readCursor(c.req.query('after')), readCursor(c.req.query('from'))]
  const found = await room.database.readAgain(host.workspaceId, async (db) => {
    const all = await postsOf(db, topic.id, { looking: lookingOf(room), after, from })
    const count = lightEnough(all.slice(0, limits.perPage), (post) => Buffer.byteLength(post.html) + 500, pageBytes)
    return {
      posts: all.slice(0, count), more: all.length > count, category: await categoryById(db, topic.categoryId), accepted: topic.acceptedId ? await postById(db, topic.acceptedId) : undefined,
      thanked: room.me ? await thankedBy(db, room.me.id, all.map(({ id }) => id)) : new Set<string>(), categories: room.member ? await allCategories(db) : [], draft: room.me ? await draftAt(db, room.me.id, topic.id) : undefined,
    }
  })
  const last = found.posts.at(-1)
  const next = found.more && last ? `${topicPath(topic)}?after=${cursorOf(last.at, last.id)}` : undefined
  const { text, status, ...rest } = given
  const markup = topicPage(room, {
    ...found, ...rest, topic, category: found.category!, accepted: found.accepted?.state === 'shown' ? found.accepted : undefined, next, later: after !== undefined || from !== undefined,
    token: room.me ? formFor(room, topic.id) : '', mail: await room.mail(), draft: text ?? found.draft?.['text'] ?? '',
  })
  return answer(c, room, markup, status)
}
export const topic: View = async (c, room) => {
  const found = await topicAt(c, room)
  return found instanceof Response ? found : showTopic(c, room, found)
}

/** The lasting address of a post: it leads to wherever it stands now. */
export const permalink: View = async (c, room) => {
  const id = c.req.param('id')
  const found = isUuid(id) ? await room.database.readAgain(room.porch.host.workspaceId, async (db) => {
    const post = await postById(db, id)
    const at = post && await topicById(db, post.topicId)
    return post && at && { post, at, later: await standsLater(db, post) }
  }) : undefined
  if (!found) return lost()
  const { post, at, later } = found
  return c.redirect(`${topicPath(at)}${later ? `?from=${cursorOf(post.at, post.id)}` : ''}#p-${post.id}`, 302)
}

const asked = (c: PorchContext): string => {
  const q = (c.req.query('q') ?? '').trim().replace(/\s+/g, ' ')
  if (q.length > 200 || !storable(q)) throw new Refusal('invalid_input', { params: { reason: 'q' }, field: 'q' })
  return q
}
export const search: View = async (c, room) => {
  const q = asked(c)
  if (q) await room.paces.search(room.porch.host.workspaceId, c.get('ip'))
  const found = q ? await room.database.read(room.porch.host.workspaceId, (db) => findTopics(db, q, { limit: 25 })) : []
  return answer(c, room, foundPage(room, { q, found }))
}
export const suggest: View = async (c, room) => {
  const q = asked(c)
  await room.paces.search(room.porch.host.workspaceId, c.get('ip'))
  const found = q.length < 3 ? [] : await room.database.read(room.porch.host.workspaceId, (db) => findTopics(db, q, { limit: 6, any: c.req.query('any') === '1' }))
  const items = found.map((one) => ({ title: one.title, url: topicPath(one), note: one.solved ? room.words.solved : room.words.answers(one.answers) }))
  return kept(c, JSON.stringify({ items }), { cache: keep.never, type: 'application/json; charset=utf-8' })
}
/** What was answered already, for a page without a script. */
export async function similarTo(room: Room, title: string) {
  const found = title.trim().length < 3 ? [] : await room.database.read(room.porch.host.workspaceId, (db) => findTopics(db, title.slice(0, 200), { limit: 5, any: true }))
  return found.length === 0 ? '' as const : html`${found.map((one) => html`<li><a href="${topicPath(one)}">${one.title} <small>${one.solved ? room.words.solved : room.words.answers(one.answers)}</small></a></li>`)}`
}

const feedOf = (c: PorchContext, room: Room, given: Pick<Parameters<typeof atomOf>[0], 'title' | 'path' | 'items'>): Response => {
  const { origin, lang } = room.porch.site
  const body = atomOf({ ...given, origin, lang, self: `${given.path}/feed.xml`, now: room.now })
  return kept(c, body, { cache: keep.feed, type: 'application/atom+xml; charset=utf-8', headers: { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' } })
}
export const feed: View = async (c, room) =>
  feedOf(c, room, { title: `${room.words.forum} · ${room.porch.site.name}`, path: '/forum', items: await room.database.readAgain(room.porch.host.workspaceId, (db) => newestPosts(db, {})) })
export const categoryFeed: View = async (c, room) => {
  const found = await room.database.readAgain(room.porch.host.workspaceId, (db) => categoryNamed(db, c.req.param('slug') ?? ''))
  if (!found) return lost()
  return feedOf(c, room, { title: `${nameIn(room, found)} · ${room.porch.site.name}`, path: `/forum/c/${found.slug}`, items: await room.database.readAgain(room.porch.host.workspaceId, (db) => newestPosts(db, { categoryId: found.id })) })
}
export const topicFeed: View = async (c, room) => {
  const found = await topicAt(c, room)
  if (found instanceof Response) return found.status === 301 ? c.redirect(`${found.headers.get('location')}/feed.xml`, 301) : found
  if (found.state !== 'shown') return lost()
  return feedOf(c, room, { title: found.title, path: topicPath(found), items: await room.database.readAgain(room.porch.host.workspaceId, (db) => newestPosts(db, { topicId: found.id })) })
}
