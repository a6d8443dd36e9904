import { createHash } from 'node:crypto'
import { ChannelError, type Ctx, type Publish, type Ref } from '#kit/channel.ts'
import { channelErrorOf } from '#net/net-error.ts'
import { keyOfNote, noteUri } from './addresses.ts'
import { peerAt } from './actors.ts'
import { wireOf } from './convert.ts'
import { deskIn, type Desk } from './house.ts'
import { DocumentError } from './loaders.ts'
import { createOf, deleteOf, jsonOf, updateOf } from './objects.ts'
import { followerInboxes, post } from './store.ts'
import type { Wire } from './wire.ts'

export type Settings = Record<string, never>

export const publish: Publish<Settings, Wire> = {
  idempotency: 'keyed',
  kinds: ['post', 'reply'],
  prepare: wireOf,
  async send(wire, account, ctx) {
    const desk = await deskIn(ctx, account)
    await putOnItsWay(desk, createOf(wire, desk.places), { wire, ctx })
    return { id: noteUri(desk.places.origin, wire.key), url: wire.url ?? noteUri(desk.places.origin, wire.key) }
  },
  async revise(ref, wire, account, ctx) {
    const desk = await deskIn(ctx, account)
    const same = { ...wire, key: keyOf(ref, desk) }
    const digest = createHash('sha256').update(JSON.stringify(same)).digest('base64url').slice(0, 22)
    await putOnItsWay(desk, updateOf(same, desk.places, { digest, at: ctx.now().toISOString() }), { wire: same, ctx })
  },
  async retract(ref, wire, account, ctx) {
    const desk = await deskIn(ctx, account)
    await putOnItsWay(desk, deleteOf(keyOf(ref, desk), desk.places, ctx.now().toISOString()), { wire, ctx })
  },
}

function keyOf(ref: Ref, { places }: Desk): string {
  const key = keyOfNote(places.origin, ref.id)
  if (key === undefined) throw new ChannelError({ kind: 'refused', because: 'This does not stand on our own address.' })
  return key
}

type Activity = Parameters<typeof jsonOf>[0] & { readonly id: URL | null }

/** Everything fallible comes before the one transaction that sets it on its way. */
async function putOnItsWay(desk: Desk, activity: Activity, { wire, ctx }: { wire: Wire; ctx: Ctx }): Promise<void> {
  const answered = wire.inReplyTo?.actor ? [await inboxOf(wire.inReplyTo.actor, desk)] : []
  const body = await jsonOf(activity, desk.loaders.contexts)
  await desk.database.write(desk.account.workspaceId, async (tx) => {
    const inboxes = [...await followerInboxes(tx, desk.account), ...answered]
    await post(tx, desk.account, { activity: activity.id!.href, keyId: desk.places.keyId, body, inboxes, at: ctx.now() })
  })
}

/** Where the one we answer takes in what is said to them. Nothing has left yet, whatever goes wrong here. */
async function inboxOf(actor: string, { loaders, cache, places }: Desk): Promise<string> {
  if (actor === places.actor) return places.sharedInbox
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

