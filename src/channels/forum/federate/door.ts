import type { Host } from '#kit/host.ts'
import type { Json } from '#kit/json.ts'
import type { Database, Tx } from '#db/database.ts'
import type { Arrival } from '../../fediverse/arrival.ts'
import { post as deliver } from '../../fediverse/store.ts'
import { postById, type Post } from '../topics.ts'
import { answerTo, withContext, type Thing } from './objects.ts'
import { keyIdOf, postAt, type ForumAccount } from './places.ts'
import { postByOutside } from './store.ts'

/** The forum of one workspace, as other servers write to it. */
export interface Door { readonly account: ForumAccount; readonly host: Host; readonly since: Date; readonly origin: string }

export const databaseOf = ({ host }: Pick<Door, 'host'>): Database => host.lend('database') as Database

interface Asked { readonly tx: Tx; readonly peer: Arrival['peer']; readonly now: Date }
/** What we say to somebody's request goes to their inbox, by the group they asked. */
export async function reply(door: Door, { tx, peer, now }: Asked, given: { readonly by: string; readonly type: 'Accept' | 'Reject'; readonly asked: Thing }): Promise<void> {
  const activity = answerTo(given.type, { by: given.by, to: peer.uri, asked: given.asked })
  await deliver(tx, door.account, { activity: String(activity['id']), keyId: keyIdOf(given.by), body: withContext(activity) as Json, inboxes: [peer.inbox], at: now })
}

/** A post of ours, or one from elsewhere that stands here, by its address. */
export async function standingAt(door: Door, uri: string | undefined): Promise<Post | undefined> {
  if (uri === undefined) return undefined
  const id = postAt(door.origin, uri)
  return await databaseOf(door).read(door.host.workspaceId, (db) => (id === undefined ? postByOutside(db, uri) : postById(db, id)))
}
