import { Announce, Follow, Like } from '@fedify/vocab'
import type { Incoming, Ref } from '#kit/channel.ts'
import { keyOfNote, sameHouse } from './addresses.ts'
import { from, ignored, objectOf, refuse, take, type Arrival, type Verdict } from './arrival.ts'
import { hearUnfollow } from './hear-follows.ts'
import { publicStanding } from './standing.ts'
import { seenActivity } from './store.ts'

/** A like or a share of something of ours. What a shared object says of itself is never read: only its address counts. */
export async function hearReaction(arrival: Arrival & { readonly activity: Like | Announce }): Promise<Verdict> {
  const about = await oursAt(arrival, arrival.activity.objectId)
  if (!about || arrival.activity.objectIds.length !== 1) return ignored
  return take([{ ...from(arrival, arrival.id.href), does: arrival.activity instanceof Like ? 'likes' : 'shares', about }], about.id)
}

/** Taking back: only what the same actor did. */
export async function hearUndo(arrival: Arrival): Promise<Verdict> {
  const { activity, desk, peer, id } = arrival
  const undone = activity.objectId
  if (undone && !sameHouse(undone, id)) return refuse('not_owner')
  const known = undone ? await desk.database.read(desk.host.workspaceId, (db) => seenActivity(db, desk.account, undone.href)) : undefined
  if (known && known.actor !== peer.uri) return refuse('not_owner')
  if (known) return takeBack(arrival, known.type, known.object ? new URL(known.object) : null)
  const inner = undone === null || activity.objectIds.length === 1 ? await objectOf(arrival) : null
  if (inner instanceof Follow || inner instanceof Like || inner instanceof Announce) {
    if (inner.actorIds.length !== 1 || inner.actorId?.href !== peer.uri) return refuse('not_owner')
    return takeBack(arrival, inner instanceof Follow ? 'Follow' : inner instanceof Like ? 'Like' : 'Announce', inner.objectId)
  }
  return ignored
}

async function takeBack(arrival: Arrival, type: string, object: URL | null): Promise<Verdict> {
  if (type === 'Follow') return object?.href === arrival.desk.places.actor ? hearUnfollow(arrival) : ignored
  const does = type === 'Like' ? 'unlikes' : type === 'Announce' ? 'unshares' : undefined
  const about = await oursAt(arrival, object)
  if (!does || !about) return ignored
  const item: Incoming = { ...from(arrival, arrival.activity.objectId?.href ?? arrival.id.href), does, about }
  return take([item], about.id)
}

async function oursAt({ desk }: Arrival, uri: URL | null): Promise<Ref | undefined> {
  const key = uri ? keyOfNote(desk.places.origin, uri.href) : undefined
  if (!uri || key === undefined || !await publicStanding(desk, key)) return undefined
  return { channel: desk.account.channel, id: uri.href }
}
