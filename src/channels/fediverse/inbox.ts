import { createHash } from 'node:crypto'
import { Accept, Activity, Announce, Create, Delete, Follow, Like, Reject, Undo, Update } from '@fedify/vocab'
import { verifyRequestDetailed } from '@fedify/fedify'
import { Refusal } from '#kit/refusal.ts'
import type { Tx } from '#db/database.ts'
import { sameHouse } from './addresses.ts'
import { peerAt, type Peer } from './actors.ts'
import { ring } from './bell.ts'
import { ignored, type Arrival, type Verdict } from './arrival.ts'
import { hearAnswer, hearFollow } from './hear-follows.ts'
import { hearReaction, hearUndo } from './hear-reactions.ts'
import { hearCreate, hearDelete, hearUpdate } from './hear-words.ts'
import type { Desk } from './house.ts'
import { othersKeys } from './keys.ts'
import { isActivityType } from './loaders.ts'
import { claimOf } from './signature.ts'
import { recordSighting, sighted } from './store.ts'

const maxBytes = 1024 * 1024
const window = { minutes: 5 }
const deepest = 24
const mostValues = 5_000

/** `house` counts what a server that has proved itself sends; it refuses when that is too much. */
export interface Taking {
  readonly now: Date; readonly house: (host: string) => Promise<void>
  /** What an account that is no brand's makes of it. */
  readonly judge?: (arrival: Arrival) => Promise<Verdict> | Verdict
}

/** Takes in one request to an inbox. Everything is checked before anything is done; a refusal leaves no trace. */
export async function takeIn(request: Request, desk: Desk, { now, house, judge = verdictOn }: Taking): Promise<'taken' | 'ignored'> {
  const claim = claimOf(request.headers)
  if (claim === 'missing') throw new Refusal('signature_missing')
  if (claim === 'invalid') throw new Refusal('signature_invalid')
  if (!isActivityType(request.headers.get('content-type')) && !/^application\/ld\+json\b/i.test(request.headers.get('content-type') ?? '')) {
    throw new Refusal('unsupported_type', { params: { expected: 'application/activity+json' } })
  }
  const body = await bodyOf(request)
  const json = read(body)
  const proof = createHash('sha256').update(request.headers.get('signature') ?? '').digest('base64url')
  const keyId = await verified(request, { body, json, desk })
  if (keyId === undefined) return 'ignored'
  await house(keyId.host)
  const arrival = await arrivalOf(json, { desk, keyId: claim.keyId, now })
  const known = await desk.database.read(desk.host.workspaceId, (db) => sighted(db, desk.account, { activity: arrival.id.href, proof }))
  if (known === 'proof') throw new Refusal('signature_replayed')
  if (known === 'activity') return 'ignored'
  return settle(arrival, await judge(arrival), proof)
}

async function settle(arrival: Arrival, verdict: Verdict, proof: string): Promise<'taken' | 'ignored'> {
  if (verdict.do === 'refuse') throw new Refusal(verdict.code)
  if (verdict.do === 'ignore') return 'ignored'
  const { desk, id, peer, activity, now } = arrival
  const sighting = { activity: id.href, actor: peer.uri, type: typeOf(activity), object: verdict.object, proof, at: now }
  if (verdict.do === 'keep') {
    await desk.host.within(desk.account, async (open) => {
      await verdict.keep(open)
      await recordSighting(open.tx as Tx, desk.account, sighting)
    })
    ring(desk.database)
    return 'taken'
  }
  // Hearing is safe to repeat, so it comes first: a fall between the two is mended by the sender's next try.
  if (verdict.items.length > 0) await desk.host.hear(desk.account, verdict.items)
  await desk.database.write(desk.host.workspaceId, async (tx) => {
    await verdict.also?.(tx)
    await recordSighting(tx, desk.account, sighting)
  })
  if (verdict.also) ring(desk.database)
  return 'taken'
}

async function bodyOf(request: Request): Promise<Uint8Array> {
  const tooLarge = () => new Refusal('body_too_large', { params: { limit: '1 MiB' } })
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw tooLarge()
  const parts: Uint8Array[] = []
  let taken = 0
  for await (const part of request.body ?? []) {
    taken += part.byteLength
    if (taken > maxBytes) throw tooLarge()
    parts.push(part)
  }
  return Buffer.concat(parts)
}

type Raw = { readonly [key: string]: unknown }

function read(body: Uint8Array): Raw {
  let json: unknown
  try { json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) } catch (cause) { throw new Refusal('invalid_json', { cause }) }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw new Refusal('invalid_json')
  if (!modest(json)) throw new Refusal('invalid_input', { params: { reason: 'too deep or too many values' } })
  return json as Raw
}

function modest(json: unknown): boolean {
  let values = 0
  const look = (value: unknown, depth: number): boolean => {
    if (++values > mostValues || depth > deepest) return false
    return typeof value !== 'object' || value === null || Object.values(value).every((each) => look(each, depth + 1))
  }
  return look(json, 0)
}

/** The id of the key that signed these very bytes, for this very place, just now. Nothing, when a vanished actor says good-bye. */
async function verified(request: Request, { body, json, desk }: { body: Uint8Array; json: Raw; desk: Desk }): Promise<URL | undefined> {
  const { loaders, cache, places } = desk
  const headers = new Headers(request.headers)
  headers.set('host', new URL(places.origin).host)
  const addressed = new Request(new URL(new URL(request.url).pathname, places.origin), { method: 'POST', headers, body: body as Uint8Array<ArrayBuffer> })
  const outcome = await verifyRequestDetailed(addressed, {
    documentLoader: loaders.documents, contextLoader: loaders.contexts, timeWindow: window, keyCache: othersKeys(cache, loaders),
  }).catch((cause: unknown) => { throw new Refusal('signature_invalid', { cause }) })
  if (outcome.verified && outcome.key.id) return outcome.key.id
  const reason = outcome.verified ? undefined : outcome.reason
  const gone = reason?.type === 'keyFetchError' && 'error' in reason.result && 'status' in reason.result.error && [404, 410].includes(Number(reason.result.error.status))
  if (gone && json['type'] === 'Delete' && typeof json['actor'] === 'string' && json['object'] === json['actor']) return undefined
  throw new Refusal('signature_invalid', { cause: reason })
}

async function arrivalOf(json: Raw, { desk, keyId, now }: { desk: Desk; keyId: URL; now: Date }): Promise<Arrival> {
  const { loaders } = desk
  const unreadable = (cause: unknown) => new Refusal('invalid_input', { params: { reason: 'not an activity' }, cause })
  // What is proven beside the request's own signature (an embedded signature, a proof) is not used, so it is not read either.
  const { signature: _, proof: __, ...plain } = json
  const activity = await Activity.fromJsonLd(plain, { documentLoader: loaders.documents, contextLoader: loaders.contexts })
    .catch((cause: unknown) => { throw unreadable(cause) })
  if (!activity.id || activity.actorIds.length !== 1 || !activity.actorId) throw unreadable('no id or no single actor')
  if (!sameHouse(activity.id, activity.actorId) || !sameHouse(keyId, activity.actorId) || sameHouse(activity.actorId, new URL(desk.places.origin))) throw new Refusal('not_owner')
  return { desk, activity, id: activity.id, peer: await signerOf(activity.actorId, { desk, keyId }), now }
}

/** The actor, if their own document names the key; asked anew once, for a key may have changed. */
async function signerOf(actor: URL, { desk, keyId }: { desk: Desk; keyId: URL }): Promise<Peer> {
  for (const fresh of [false, true]) {
    const peer = await peerAt(actor, { ...desk, fresh }).catch((cause: unknown) => { throw new Refusal('signature_invalid', { cause }) })
    if (peer.keyIds.includes(keyId.href)) return peer
  }
  throw new Refusal('signature_invalid')
}

function verdictOn(arrival: Arrival): Promise<Verdict> | Verdict {
  const { activity } = arrival
  if (activity instanceof Follow) return hearFollow(arrival)
  if (activity instanceof Create) return hearCreate(arrival)
  if (activity instanceof Update) return hearUpdate(arrival)
  if (activity instanceof Delete) return hearDelete(arrival)
  if (activity instanceof Like || activity instanceof Announce) return hearReaction({ ...arrival, activity })
  if (activity instanceof Undo) return hearUndo(arrival)
  if (activity instanceof Accept || activity instanceof Reject) return hearAnswer({ ...arrival, activity })
  return ignored
}

function typeOf(activity: Activity): string {
  for (const type of [Follow, Create, Update, Delete, Like, Announce, Undo, Accept, Reject]) if (activity instanceof type) return type.name
  return 'Activity'
}
