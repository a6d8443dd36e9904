import { Announce, Create, Delete, Follow, Like, Undo, Update } from '@fedify/vocab'
import type { Incoming } from '#kit/channel.ts'
import type { Tx } from '#db/database.ts'
import { ignored, keepWith, objectOf, refuse, type Arrival, type Verdict } from '../../fediverse/arrival.ts'
import { sameHouse } from '../../fediverse/addresses.ts'
import { seenActivity } from '../../fediverse/store.ts'
import { databaseOf, reply, standingAt, type Door } from './door.ts'
import { groupAt } from './places.ts'
import { hearAnswer, hearWording, hearWithdrawal } from './hear-words.ts'
import { addFollower, dropFollower, isFollower, thankFromOutside } from './store.ts'
import { isOpen } from './subject.ts'
import { categoryById, topicByCode } from '../topics.ts'

/** What an activity means to the forum. Nothing is done about it before it is known to be its sender's own. */
export function judge(door: Door): (arrival: Arrival) => Promise<Verdict> {
  return async (arrival) => {
    const { activity } = arrival
    if (activity instanceof Follow) return await hearFollow(door, arrival)
    if (activity instanceof Create) return await hearAnswer(door, arrival)
    if (activity instanceof Update) return await hearWording(door, arrival)
    if (activity instanceof Delete) return activity.objectId?.href === arrival.peer.uri ? await farewell(door, arrival) : await hearWithdrawal(door, arrival)
    if (activity instanceof Like || activity instanceof Announce) return await hearReaction(door, arrival, { object: activity.objectId, kind: activity instanceof Like ? 'like' : 'share', taken: false })
    if (activity instanceof Undo) return await hearUndo(door, arrival)
    return ignored
  }
}

/** What a group of ours is about: the id its followers are kept by. Of what nobody may read there is no group. */
async function aboutOf(door: Door, uri: string | undefined): Promise<string | undefined> {
  const group = uri === undefined ? undefined : groupAt(door.origin, uri)
  if (!group) return undefined
  if (group.kind === 'forum') return door.account.id
  return await databaseOf(door).read(door.host.workspaceId, async (db) => {
    if (group.kind === 'category') return (await categoryById(db, group.id))?.id
    const topic = await topicByCode(db, group.code)
    return topic && isOpen(topic, door.since) ? topic.id : undefined
  })
}

async function hearFollow(door: Door, arrival: Arrival): Promise<Verdict> {
  const { activity, peer, id, now } = arrival
  const followed = activity.objectIds.length === 1 ? activity.objectId?.href : undefined
  const aboutId = await aboutOf(door, followed)
  if (followed === undefined || aboutId === undefined) return ignored
  return keepWith(followed, async (open) => {
    const tx = open.tx as Tx
    await addFollower(tx, { peer, aboutId, followId: id.href, at: now })
    await reply(door, { tx, peer, now }, { by: followed, type: 'Accept', asked: { id: id.href, type: 'Follow', actor: peer.uri, object: followed } })
  })
}
/** Servers tell of everybody who goes; only who followed something here leaves a trace. */
async function farewell(door: Door, { peer }: Arrival): Promise<Verdict> {
  const followed = await databaseOf(door).read(door.host.workspaceId, (db) => isFollower(db, peer.uri))
  return followed ? keepWith(null, (open) => dropFollower(open.tx as Tx, { actor: peer.uri })) : ignored
}

interface Reaction { readonly object: URL | null; readonly kind: 'like' | 'share'; readonly taken: boolean }
async function hearReaction(door: Door, arrival: Arrival, { object, kind, taken }: Reaction): Promise<Verdict> {
  const post = await standingAt(door, object?.href)
  if (!object || post?.state !== 'shown' || post.at < door.since) return ignored
  const { peer, now, id } = arrival
  const item: Incoming = {
    does: kind === 'like' ? (taken ? 'unlikes' : 'likes') : taken ? 'unshares' : 'shares', about: { channel: 'forum', id: post.id },
    ref: { channel: 'forum', id: id.href }, at: now.toISOString(), author: peer.person,
  }
  return keepWith(object.href, async (open) => {
    const [heard] = await open.hear([item])
    if (heard?.state === 'new' && kind === 'like') await thankFromOutside(open.tx as Tx, post.id, taken ? -1 : 1)
  })
}

/** Taking back: only what the same actor did. */
async function hearUndo(door: Door, arrival: Arrival): Promise<Verdict> {
  const { activity, desk, peer, id } = arrival
  const undone = activity.objectId
  if (undone && !sameHouse(undone, id)) return refuse('not_owner')
  const known = undone ? await desk.database.read(desk.host.workspaceId, (db) => seenActivity(db, desk.account, undone.href)) : undefined
  if (known && known.actor !== peer.uri) return refuse('not_owner')
  if (known) return await takeBack(door, arrival, { type: known.type, object: known.object })
  const inner = undone === null || activity.objectIds.length === 1 ? await objectOf(arrival) : null
  if (!(inner instanceof Follow || inner instanceof Like || inner instanceof Announce)) return ignored
  if (inner.actorIds.length !== 1 || inner.actorId?.href !== peer.uri) return refuse('not_owner')
  return await takeBack(door, arrival, { type: inner instanceof Follow ? 'Follow' : inner instanceof Like ? 'Like' : 'Announce', object: inner.objectId?.href ?? null })
}

async function takeBack(door: Door, arrival: Arrival, { type, object }: { readonly type: string; readonly object: string | null }): Promise<Verdict> {
  if (object === null) return ignored
  if (type === 'Follow') {
    const aboutId = await aboutOf(door, object)
    return aboutId === undefined ? ignored : keepWith(object, (open) => dropFollower(open.tx as Tx, { actor: arrival.peer.uri, aboutId }))
  }
  if (type !== 'Like' && type !== 'Announce') return ignored
  return await hearReaction(door, arrival, { object: new URL(object), kind: type === 'Like' ? 'like' : 'share', taken: true })
}
