import { createHash } from 'node:crypto'
import { ChannelError, type Ref } from '#kit/channel.ts'
import { channelErrorOf } from '#net/net-error.ts'
import { createUri, keyOfNote, noteUri } from './addresses.ts'
import { peerAt } from './actors.ts'
import { ring } from './bell.ts'
import { deskIn, type Desk } from './house.ts'
import { DocumentError } from './loaders.ts'
import { createOf, deleteOf, jsonOf, updateOf } from './objects.ts'
import { followerInboxes, inboxesOf, post } from './store.ts'
import type { Wire } from './wire.ts'
import type { Way } from './publish.ts'

export const send: Way['send'] = async (wire, account, ctx) => {
  const desk = await deskIn(ctx, account)
  const answered = await answeredInbox(wire, desk)
  // What nobody was asked to take in would be said to nobody.
  if (wire.kind === 'message' && answered.length === 0) throw new ChannelError({ kind: 'refused', because: 'A private answer needs the one it is for.' })
  await putOnItsWay(desk, createOf(wire, desk.places), { wire, answered, at: ctx.now() })
  return { id: noteUri(desk.places.origin, wire.key), url: wire.url ?? noteUri(desk.places.origin, wire.key) }
}

export const revise: Way['revise'] = async (ref, wire, account, ctx) => {
  const desk = await deskIn(ctx, account)
  const same = { ...wire, key: keyOf(ref, desk) }
  const digest = createHash('sha256').update(JSON.stringify(same)).digest('base64url').slice(0, 22)
  const activity = updateOf(same, desk.places, { digest, at: ctx.now().toISOString() })
  await putOnItsWay(desk, activity, { wire: same, answered: await answeredInbox(wire, desk).catch(() => []), at: ctx.now() })
}

export const retract: Way['retract'] = async (ref, wire, account, ctx) => {
  const desk = await deskIn(ctx, account)
  const same = { ...wire, key: keyOf(ref, desk) }
  await putOnItsWay(desk, deleteOf(same, desk.places, ctx.now().toISOString()), { wire: same, answered: await answeredInbox(wire, desk).catch(() => []), at: ctx.now() })
}

function keyOf(ref: Ref, { places }: Desk): string {
  const key = keyOfNote(places.origin, ref.id)
  if (key === undefined) throw new ChannelError({ kind: 'refused', because: 'This does not stand on our own address.' })
  return key
}

type Activity = Parameters<typeof jsonOf>[0] & { readonly id: URL | null }

interface Going { readonly wire: Wire; readonly answered: readonly string[]; readonly at: Date }

/** To our followers, unless it is private, to the one who is answered, and to whoever got an earlier word on the same thing. Everything fallible comes before the one transaction. */
async function putOnItsWay(desk: Desk, activity: Activity, { wire, answered, at }: Going): Promise<void> {
  const body = await jsonOf(activity, desk.loaders.contexts)
  await desk.database.write(desk.account.workspaceId, async (tx) => {
    const before = await inboxesOf(tx, desk.account, createUri(desk.places.origin, wire.key))
    const followers = wire.kind === 'message' ? [] : await followerInboxes(tx, desk.account)
    const inboxes = [...followers, ...answered, ...before]
    await post(tx, desk.account, { activity: activity.id!.href, keyId: desk.places.keyId, body, inboxes, at })
  })
  ring(desk.database)
}

async function answeredInbox(wire: Wire, desk: Desk): Promise<readonly string[]> {
  const actor = wire.inReplyTo?.actor
  return actor && actor !== desk.places.actor ? [await inboxOf(actor, desk)] : []
}

/** Where the one we answer takes in what is said to them. Nothing has left yet, whatever goes wrong here. */
async function inboxOf(actor: string, { loaders, cache }: Desk): Promise<string> {
  try {
    const peer = await peerAt(new URL(actor), { loaders, cache })
    return peer.sharedInbox ?? peer.inbox
  } catch (error) {
    if (error instanceof DocumentError && (error.status === 404 || error.status === 410)) {
      throw new ChannelError({ kind: 'refused', because: 'The one you answer is no longer there.' }, error)
    }
    const { trouble } = channelErrorOf(error)
    throw new ChannelError(trouble.kind === 'refused' ? trouble : { kind: 'unreached' }, error)
  }
}

