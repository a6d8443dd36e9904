import { Article, Document, Link, Mention, Note, Page, PUBLIC_COLLECTION, Question, Tombstone, type Object as ApObject } from '@fedify/vocab'
import type { LanguageString } from '@fedify/fedify'
import type { Ref } from '#kit/channel.ts'
import { plainText, sanitize } from '#text/html/sanitize.ts'
import { escapeHtml } from '#text/html/escape.ts'
import { isBlank } from '#kit/text.ts'
import { keyOfNote, sameHouse } from './addresses.ts'
import { from, ignored, isOwn, objectOf, refuse, take, type Arrival, type Verdict } from './arrival.ts'
import { hearUnfollow } from './hear-follows.ts'
import { publicStanding } from './standing.ts'
import { authorOf, followingActor } from './store.ts'
import { timeOf } from './temporal.ts'

type Words = Note | Article | Question | Page
const isWords = (object: ApObject | null): object is Words =>
  object instanceof Note || object instanceof Article || object instanceof Question || object instanceof Page

// Tags and pictures are read only as they were sent: what is given as a bare address is not fetched.
const asSent = { documentLoader: async (url: string) => { throw new Error(`${url} is not fetched`) }, suppressError: true }

/** Somebody said something: to us, about us, or, being followed by us, to the world. */
export async function hearCreate(arrival: Arrival): Promise<Verdict> {
  const object = await ownWords(arrival)
  if (typeof object === 'string') return object === 'foreign' ? refuse('not_owner') : ignored
  const relation = await relationOf(arrival, object)
  if (relation === 'none') return ignored
  const said = await readingOf(object)
  if (isBlank(said.text)) return ignored
  const visibility = publicly(object) ? 'public' as const : 'private' as const
  if (relation === 'overheard' && visibility === 'private') return ignored
  const inReplyTo = replyRef(arrival, object)
  return take([{
    ...from(arrival, object.id!.href, pageOf(object)), at: timeOf(object.published, arrival.now), does: 'says', ...said, visibility,
    ...(inReplyTo ? { inReplyTo } : {}), ...(relation === 'overheard' ? { overheard: true } : {}),
  }], object.id!.href)
}

/** A new wording of something heard before, by the one who said it. */
export async function hearUpdate(arrival: Arrival): Promise<Verdict> {
  const { desk, activity, peer } = arrival
  if (activity.objectId?.href === peer.uri) {
    await Promise.all([desk.cache.delete(['actor', peer.uri]), ...peer.keyIds.map((keyId) => desk.cache.delete(['key', keyId]))])
    return ignored
  }
  const object = await ownWords(arrival)
  if (typeof object === 'string') return object === 'foreign' ? refuse('not_owner') : ignored
  const heard = await firstAuthor(arrival, object.id!.href)
  if (heard !== undefined && heard !== peer.uri) return refuse('not_owner')
  if (heard === undefined) return ignored
  const { text, html } = await readingOf(object)
  return take([{ ...from(arrival, object.id!.href, pageOf(object)), at: timeOf(object.updated, arrival.now), does: 'edits', text, html }], object.id!.href)
}

/** Something heard before is taken back by the one who said it; or its author is gone altogether. */
export async function hearDelete(arrival: Arrival): Promise<Verdict> {
  const { activity, peer } = arrival
  const uri = activity.objectId ?? (await objectOf(arrival))?.id ?? null
  if (!uri || activity.objectIds.length > 1) return ignored
  if (uri.href === peer.uri) return hearUnfollow(arrival)
  if (!sameHouse(uri, new URL(peer.uri))) return refuse('not_owner')
  const heard = await firstAuthor(arrival, uri.href)
  if (heard !== undefined && heard !== peer.uri) return refuse('not_owner')
  if (heard === undefined) return ignored
  return take([{ ...from(arrival, uri.href), does: 'withdraws' }], uri.href)
}

const firstAuthor = ({ desk }: Arrival, uri: string) => desk.database.read(desk.host.workspaceId, (db) => authorOf(db, desk.account, uri))

/** The words of an activity, if they are its sender's own. */
export async function ownWords(arrival: Arrival): Promise<Words | 'foreign' | 'nothing'> {
  const { activity, peer } = arrival
  if (activity.objectIds.length > 1) return 'nothing'
  if (activity.objectId && !sameHouse(activity.objectId, new URL(peer.uri))) return 'foreign'
  const object = await objectOf(arrival)
  if (object instanceof Tombstone || !isWords(object) || !object.id) return 'nothing'
  return isOwn(object, peer) ? object : 'foreign'
}

type Relation = 'ours' | 'overheard' | 'none'

async function relationOf(arrival: Arrival, object: Words): Promise<Relation> {
  const { desk, activity, peer } = arrival
  const key = object.replyTargetId ? keyOfNote(desk.places.origin, object.replyTargetId.href) : undefined
  if (key !== undefined && await publicStanding(desk, key)) return 'ours'
  if ([...object.toIds, ...object.ccIds, ...activity.toIds, ...activity.ccIds].some(({ href }) => href === desk.places.actor)) return 'ours'
  for await (const tag of object.getTags(asSent)) {
    if (tag instanceof Mention && tag.href?.href === desk.places.actor) return 'ours'
  }
  const followed = await desk.database.read(desk.host.workspaceId, (db) => followingActor(db, desk.account, peer.uri))
  return followed?.state === 'accepted' ? 'overheard' : 'none'
}

export const publicly = (object: Words): boolean => [...object.toIds, ...object.ccIds].some(({ href }) => href === PUBLIC_COLLECTION.href)

function replyRef({ desk }: Arrival, object: Words): Ref | undefined {
  return object.replyTargetId ? { channel: desk.account.channel, id: object.replyTargetId.href } : undefined
}

export function pageOf(object: Words): string | undefined {
  const url = object.url instanceof Link ? object.url.href : object.url
  return url && (url.protocol === 'https:' || url.protocol === 'http:') ? url.href : undefined
}

/** Their words, made safe: a warning and a title come first, pictures stand as links with their descriptions. */
export async function readingOf(object: Words): Promise<{ text: string; html: string; lang?: string }> {
  const content = object.content?.toString() ?? ''
  const lead = [object.summary, object.name].map((each) => each?.toString().trim() ?? '').filter((each) => each !== '')
  const pictures = (await picturesOf(object)).map(({ url, alt }) => `<p><a href="${escapeHtml(url)}">${escapeHtml(alt.slice(0, 1_500) || url)}</a></p>`)
  const titles = lead.map((each) => `<p><strong>${escapeHtml(plainText(each).slice(0, 500))}</strong></p>`)
  const html = sanitize([...titles, content.slice(0, 100_000), ...pictures].join('\n'), 'message')
  const lang = languageOf(object, content)
  return { text: plainText(html).slice(0, 40_000).toWellFormed(), html, ...(lang ? { lang } : {}) }
}

function languageOf(object: Words, content: string): string | undefined {
  const spoken = object.contents.filter((each): each is LanguageString => typeof each !== 'string')
  const tag = (spoken.find((each) => each.toString() === content) ?? spoken[0])?.locale.toString()
  return tag && /^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$/.test(tag) ? tag : undefined
}

async function picturesOf(object: Words): Promise<readonly { url: string; alt: string }[]> {
  const found: { url: string; alt: string }[] = []
  for await (const each of object.getAttachments(asSent)) {
    const url = each instanceof Document ? (each.url instanceof Link ? each.url.href : each.url) : null
    if (url && each instanceof Document) found.push({ url: url.href, alt: each.name?.toString() ?? '' })
    if (found.length === 8) break
  }
  return found
}
