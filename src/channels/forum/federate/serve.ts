import type { Context } from 'hono'
import type { HouseEnv } from '#kit/http.ts'
import { deskWith, type Desk } from '../../fediverse/house.ts'
import { takeIn, type Taking } from '../../fediverse/inbox.ts'
import type { Tools } from '../../fediverse/tools.ts'
import { isUuid } from '../fields.ts'
import { codeIn } from '../convert.ts'
import { categoryNamed, postById, topicByCode, type Post } from '../topics.ts'
import { followersOf, outboxOf, talkOf } from './collections.ts'
import { databaseOf, type Door } from './door.ts'
import { actorOf, foundGroup, type Found } from './groups.ts'
import { judge } from './hear.ts'
import { noteOf, tombstoneOf, withContext, type Thing } from './objects.ts'
import { addressOf, calledBy, groupUri, keyIdOf, sharedInbox, type Group } from './places.ts'
import { tellingOf } from './store.ts'
import { leaves, specOf } from './subject.ts'

type C = Context<HouseEnv>
/** A thing as other servers read it; nothing, when there is no such thing for them. */
export interface Served { readonly thing: Thing; readonly status?: 200 | 410 }
export interface Place { readonly door: Door; readonly tools: Tools; readonly site: { readonly name: string; readonly lang: 'en' | 'el' } }

const reading = <T>({ door }: Pick<Place, 'door'>, work: Parameters<ReturnType<typeof databaseOf>['readAgain']>[1]): Promise<T> => databaseOf(door).readAgain(door.host.workspaceId, work) as Promise<T>
const kinds = ['outbox', 'followers', 'context', 'replies'] as const
export type Part = (typeof kinds)[number]

/** A group, or a list that belongs to it. */
export function group(place: Place, which: Group, { part, after }: { readonly part?: Part; readonly after?: string | undefined } = {}): Promise<Served | undefined> {
  return reading(place, async (db) => {
    const { door } = place
    const found: Found | undefined = await foundGroup(db, door, which)
    if (!found) return undefined
    if (part === undefined) return { thing: await actorOf(db, found, place) }
    if (part === 'followers') return { thing: await followersOf(db, found) }
    if (part === 'outbox') return { thing: await outboxOf(db, door, found) }
    const thing = found.topic && await talkOf(db, door, { found, topic: found.topic, asked: { kind: part, after } })
    return thing && { thing }
  })
}

/** A post by its lasting address: its note while it stands, a tombstone once others knew of it. */
export function note(place: Place, id: string | undefined): Promise<Served | undefined> {
  return reading(place, async (db) => {
    const { door, site } = place
    const post: Post | undefined = isUuid(id) ? await postById(db, id) : undefined
    if (!post || post.outside) return undefined
    const spec = await specOf(db, { origin: door.origin, name: site.name }, post)
    if (spec && leaves(spec, door.since)) return { thing: noteOf(spec) }
    const telling = await tellingOf(db, post.id)
    return telling?.told ? { thing: tombstoneOf(door.origin, post.id, telling.goneAt ?? new Date()), status: 410 } : undefined
  })
}

/** A page of the forum for servers: a topic's is its opening words, a category's and the forum's are their groups. */
export async function page(place: Place, path: { readonly topic?: string; readonly category?: string }): Promise<Served | undefined> {
  if (path.topic !== undefined) {
    const code = codeIn(path.topic)
    const topic = code === undefined ? undefined : await reading<Awaited<ReturnType<typeof topicByCode>>>(place, (db) => topicByCode(db, code))
    return topic && note(place, topic.openerId)
  }
  const slug = path.category
  if (slug === undefined) return group(place, { kind: 'forum' })
  const category = await reading<Awaited<ReturnType<typeof categoryNamed>>>(place, (db) => categoryNamed(db, slug))
  return category && group(place, { kind: 'category', id: category.id })
}

/** What WebFinger says of a name of ours, or of a page. */
export async function webFinger(place: Place, resource: string): Promise<Thing | undefined> {
  const { door } = place
  const [, name, host] = /^acct:([^\s@]+)@([^\s@/?#]+)$/u.exec(resource) ?? []
  const own = host !== undefined && host.toLowerCase() === new URL(door.origin).host
  const found = own && name !== undefined ? await groupCalled(place, name) : await groupAtPage(place, resource)
  if (!found) return undefined
  const actor = (await group(place, found))?.thing
  if (!actor) return undefined
  return {
    subject: `acct:${addressOf(String(actor['preferredUsername']), door.origin).slice(1)}`, aliases: [String(actor['id']), String(actor['url'])],
    links: [{ rel: 'self', type: 'application/activity+json', href: String(actor['id']) }, { rel: 'http://webfinger.net/rel/profile-page', type: 'text/html', href: String(actor['url']) }],
  }
}
async function groupCalled(place: Place, name: string): Promise<Group | undefined> {
  const called = calledBy(name)
  if (called?.kind !== 'category') return called
  const category = await reading<Awaited<ReturnType<typeof categoryNamed>>>(place, (db) => categoryNamed(db, called.slug))
  return category && { kind: 'category', id: category.id }
}
async function groupAtPage(place: Place, resource: string): Promise<Group | undefined> {
  const { origin } = place.door
  const path = resource.startsWith(`${origin}/`) ? resource.slice(origin.length).split(/[?#]/)[0]! : ''
  if (path === '/forum') return { kind: 'forum' }
  const code = path.startsWith('/forum/t/') ? codeIn(path) : /^\/ap\/forum\/t\/([0-9a-z]{8})$/.exec(path)?.[1]
  if (code !== undefined) return { kind: 'topic', code }
  const slug = /^\/forum\/c\/([^/]{1,200})$/.exec(path)?.[1]
  const category = slug === undefined ? undefined : await reading<Awaited<ReturnType<typeof categoryNamed>>>(place, (db) => categoryNamed(db, decodeURIComponent(slug)))
  return category && { kind: 'category', id: category.id }
}

/** One request to an inbox of the forum, taken in by the same checks as everything of the fediverse. */
export async function take(c: C, { door, tools }: Place, taking: Pick<Taking, 'now' | 'house'>): Promise<void> {
  const actor = groupUri(door.origin, { kind: 'forum' })
  const places = { origin: door.origin, actor, keyId: keyIdOf(actor), inbox: sharedInbox(door.origin), sharedInbox: sharedInbox(door.origin), outbox: `${actor}/outbox`, followers: `${actor}/followers`, following: `${actor}/following` }
  const desk: Desk = deskWith(door.host, door.account, { tools, places })
  await takeIn(c.req.raw, desk, { ...taking, judge: judge(door) })
}

export const asJson = ({ thing, status = 200 }: Served): Response => new Response(JSON.stringify(withContext(thing)), {
  status, headers: { 'content-type': 'application/activity+json; charset=utf-8', vary: 'Accept', 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff' },
})
