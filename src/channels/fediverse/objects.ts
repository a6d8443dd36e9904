import { Create, Delete, Document, Hashtag, LanguageString, Mention, Note, PUBLIC_COLLECTION, Tombstone, Update } from '@fedify/vocab'
import type { DocumentLoader } from '@fedify/fedify'
import type { Json } from '#kit/json.ts'
import { createUri, noteUri, type Places } from './addresses.ts'
import { instantOf } from './temporal.ts'
import type { Wire } from './wire.ts'

/** What went over the wire, as an object of the vocabulary. */
export function noteOf(wire: Wire, places: Places, updated: string | null = null): Note {
  const answered = wire.inReplyTo?.actor ? new URL(wire.inReplyTo.actor) : null
  const mention = answered ? [new Mention({ href: answered, name: wire.inReplyTo?.handle ?? answered.href })] : []
  const hashtags = wire.tags.map((tag) => new Hashtag({ href: new URL(`/tags/${encodeURIComponent(tag)}`, places.origin), name: `#${tag}` }))
  return new Note({
    id: new URL(noteUri(places.origin, wire.key)), attribution: new URL(places.actor),
    contents: [wire.html, new LanguageString(wire.html, wire.lang)],
    ...(wire.warning ? { summaries: [wire.warning, new LanguageString(wire.warning, wire.lang)], sensitive: true } : {}),
    url: wire.url ? new URL(wire.url, places.origin) : null,
    published: instantOf(wire.published), updated: updated ? instantOf(updated) : null,
    ...audienceOf(wire, places),
    replyTarget: wire.inReplyTo ? new URL(wire.inReplyTo.id) : null, tags: [...mention, ...hashtags],
    attachments: wire.media.map((each) => new Document({
      url: new URL(each.url, places.origin), mediaType: each.type, name: each.alt,
      ...(each.width !== null && each.height !== null ? { width: each.width, height: each.height } : {}),
    })),
  })
}

/** A private answer is for the one it answers alone; everything else is for the world. */
function audienceOf(wire: Pick<Wire, 'kind' | 'inReplyTo'>, places: Places): { readonly tos: URL[]; readonly ccs: URL[] } {
  const answered = wire.inReplyTo?.actor ? [new URL(wire.inReplyTo.actor)] : []
  return wire.kind === 'message' ? { tos: answered, ccs: [] } : { tos: [PUBLIC_COLLECTION], ccs: [new URL(places.followers), ...answered] }
}

export function createOf(wire: Wire, places: Places, updated: string | null = null): Create {
  const object = noteOf(wire, places, updated)
  return new Create({
    id: new URL(createUri(places.origin, wire.key)), actor: new URL(places.actor), object,
    published: instantOf(wire.published), tos: object.toIds, ccs: object.ccIds,
  })
}

/** The same new wording is the same activity, whenever it is sent. */
export function updateOf(wire: Wire, places: Places, given: { readonly digest: string; readonly at: string }): Update {
  const object = noteOf(wire, places, given.at)
  return new Update({
    id: new URL(`${noteUri(places.origin, wire.key)}#updates/${given.digest}`), actor: new URL(places.actor), object,
    updated: instantOf(given.at), tos: object.toIds, ccs: object.ccIds,
  })
}

export const tombstoneOf = (key: string, places: Places, at: string): Tombstone =>
  new Tombstone({ id: new URL(noteUri(places.origin, key)), deleted: instantOf(at) })

export function deleteOf(wire: Pick<Wire, 'key' | 'kind' | 'inReplyTo'>, places: Places, at: string): Delete {
  const object = tombstoneOf(wire.key, places, at)
  return new Delete({ id: new URL(`${noteUri(places.origin, wire.key)}#delete`), actor: new URL(places.actor), object, ...audienceOf(wire, places) })
}

interface Jsonable { toJsonLd(options: { format: 'compact'; contextLoader: DocumentLoader }): Promise<unknown> }

// One alone is a list too: servers that read no JSON-LD (snac among them) overlook a single mention or recipient otherwise.
const lists = new Set(['to', 'cc', 'tag', 'attachment'])
const listed = (key: string, value: unknown): unknown => (lists.has(key) && value !== undefined && !Array.isArray(value) ? [value] : value)

/** Compact JSON-LD, with the public collection by its full name and lists as lists, which every server understands. */
export async function jsonOf(object: Jsonable, contextLoader: DocumentLoader): Promise<{ readonly [key: string]: Json | undefined }> {
  const json = await object.toJsonLd({ format: 'compact', contextLoader })
  return JSON.parse(JSON.stringify(json, (key, value: unknown) => listed(key, value === 'as:Public' ? PUBLIC_COLLECTION.href : value))) as { [key: string]: Json }
}
