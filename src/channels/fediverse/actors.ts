import { isActor, Object as ApObject, type Actor } from '@fedify/vocab'
import type { Person } from '#kit/channel.ts'
import { isBlank } from '#kit/text.ts'
import type { Json } from '#kit/json.ts'
import { sameHouse } from './addresses.ts'
import type { PgCache } from './cache.ts'
import type { Loaders } from './loaders.ts'

/** Somebody of another house, as far as we need to know them. */
export interface Peer {
  readonly uri: string; readonly person: Person
  readonly inbox: string; readonly sharedInbox: string | null; readonly keyIds: readonly string[]
}

const hour = 3600
// A picture given as a bare address of a document is not worth a journey.
const asSent = async (url: string) => { throw new Error(`${url} is not fetched`) }

/** An actor by address. Throws when the document is not that actor's own, or its inbox stands in another house. */
export async function peerAt(uri: URL, { loaders, cache, fresh = false }: { readonly loaders: Loaders; readonly cache: PgCache; readonly fresh?: boolean }): Promise<Peer> {
  const key = ['actor', uri.href] as const
  const kept = fresh ? undefined : await cache.get<Json>(key)
  const document = kept ?? (await loaders.documents(uri.href)).document as Json
  const object = await ApObject.fromJsonLd(document, { documentLoader: loaders.documents, contextLoader: loaders.contexts })
  if (!isActor(object)) throw new TypeError(`${uri.href} is not an actor`)
  const peer = await peerOf(object, uri)
  if (kept === undefined) await cache.keep(key, document, hour)
  return peer
}

async function peerOf(actor: Actor, uri: URL): Promise<Peer> {
  if (actor.id?.href !== uri.href) throw new TypeError(`${uri.href} answers for another`)
  if (!actor.inboxId || !sameHouse(actor.inboxId, uri)) throw new TypeError(`${uri.href} has no inbox in its own house`)
  const shared = actor.endpoints?.sharedInbox
  return {
    uri: uri.href, inbox: actor.inboxId.href, sharedInbox: shared && sameHouse(shared, uri) ? shared.href : null,
    keyIds: actor.publicKeyIds.map(({ href }) => href), person: await personOf(actor, uri),
  }
}

async function personOf(actor: Actor, uri: URL): Promise<Person> {
  const username = shown(actor.preferredUsername?.toString(), 100)
  const name = shown(actor.name?.toString(), 200)
  const handle = username ? `@${username}@${uri.host}` : undefined
  const icon = await actor.getIcon({ documentLoader: asSent, suppressError: true }).catch(() => null)
  const picture = icon?.url instanceof URL ? icon.url : icon?.url?.href
  const page = actor.url instanceof URL ? actor.url : actor.url?.href
  return {
    id: uri.href, name: name ?? username ?? uri.host, ...(handle ? { handle } : {}),
    ...(web(page) ? { url: page!.href } : { url: uri.href }), ...(web(picture) ? { picture: picture!.href } : {}),
  }
}

const web = (url: URL | null | undefined): boolean => url != null && (url.protocol === 'https:' || url.protocol === 'http:') && url.href.length < 2_000

/** One line that shows something, without signs that turn the direction of writing, up to a length. */
function shown(text: string | undefined, max: number): string | undefined {
  const line = text?.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069\u200e\u200f]/gu, '').toWellFormed().trim().slice(0, max)
  return line && !isBlank(line) ? line : undefined
}
