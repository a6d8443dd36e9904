import { Accept, Follow, type Reject } from '@fedify/vocab'
import { from, ignored, objectOf, refuse, take, type Arrival, type Verdict } from './arrival.ts'
import { sameHouse } from './addresses.ts'
import type { Desk } from './house.ts'
import { jsonOf } from './objects.ts'
import { addFollower, dropFollower, followingActor, isFollower, post, settleFollowing } from './store.ts'

export const followUri = (desk: Desk, id: string): string => `${desk.places.actor}#follows/${id}`

/** Somebody follows us: everybody may. */
export async function hearFollow(arrival: Arrival): Promise<Verdict> {
  const { desk, activity, id, peer, now } = arrival
  if (activity.objectIds.length !== 1 || activity.objectId?.href !== desk.places.actor) return ignored
  const accept = new Accept({
    id: new URL(`${desk.places.actor}#accepts/${encodeURIComponent(id.href)}`), actor: new URL(desk.places.actor), to: new URL(peer.uri),
    object: new Follow({ id, actor: new URL(peer.uri), object: new URL(desk.places.actor) }),
  })
  const body = await jsonOf(accept, desk.loaders.contexts)
  const already = await desk.database.read(desk.host.workspaceId, (db) => isFollower(db, desk.account, peer.uri))
  return take(already ? [] : [{ ...from(arrival, id.href), does: 'follows' }], desk.places.actor, async (tx) => {
    await addFollower(tx, desk.account, { peer, followId: id.href, at: now })
    await post(tx, desk.account, { activity: accept.id!.href, keyId: desk.places.keyId, body, inboxes: [peer.inbox], at: now })
  })
}

/** Somebody no longer follows us, or is gone. */
export async function hearUnfollow(arrival: Arrival): Promise<Verdict> {
  const { desk, id, peer } = arrival
  const follows = await desk.database.read(desk.host.workspaceId, (db) => isFollower(db, desk.account, peer.uri))
  if (!follows) return ignored
  return take([{ ...from(arrival, id.href), does: 'unfollows' }], null, (tx) => dropFollower(tx, desk.account, peer.uri))
}

/** The answer to our own question: it counts only from the one we asked, about the question we asked. */
export async function hearAnswer(arrival: Arrival & { readonly activity: Accept | Reject }): Promise<Verdict> {
  const { desk, activity, peer, now } = arrival
  const asked = await desk.database.read(desk.host.workspaceId, (db) => followingActor(db, desk.account, peer.uri))
  const about = activity.objectId
  if (about && !sameHouse(about, new URL(desk.places.origin))) return refuse('not_owner')
  if (!asked || !await meansOurs(arrival, followUri(desk, asked.id))) return ignored
  const state = activity instanceof Accept ? 'accepted' : 'rejected'
  return take([], about?.href ?? null, (tx) => settleFollowing(tx, desk.account, { actor: peer.uri, state, at: now }))
}

async function meansOurs(arrival: Arrival, question: string): Promise<boolean> {
  if (arrival.activity.objectId !== null) return arrival.activity.objectId.href === question
  const inner = await objectOf(arrival)
  return inner instanceof Follow && inner.actorId?.href === arrival.desk.places.actor && inner.objectId?.href === arrival.peer.uri
}
