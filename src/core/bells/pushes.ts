import { and, asc, eq, inArray, lte } from 'drizzle-orm'
import { mine, type Db, type Tx } from '#db/database.ts'
import type { House } from '../house.ts'
import { keysOf } from '../accounts/seal.ts'
import { workspaceById } from '../workspaces/store.ts'
import { openSubscription, senderKeys, type Subscription } from './devices.ts'
import { encryptFor, longestPush, senderHeader, topicOf } from './encrypt.ts'
import type { Call } from './ring.ts'
import { listenersOf } from './settings.ts'
import { shown } from './show.ts'
import { bellCalls, bellDevices, bellPushes } from './tables.ts'

type PushRow = typeof bellPushes.$inferSelect

const minute = 60_000
/** How long a push service keeps a message for a device that is off; afterwards nobody needs it. */
export const keepFor = 4 * 60 * minute
const leaseMs = 2 * minute
const after = (now: Date, ms: number): Date => new Date(now.getTime() + ms)

/** Messages whose turn it is, over all workspaces. */
export async function duePushes(db: Db, now: Date, limit = 100): Promise<{ id: string; workspaceId: string }[]> {
  return await db.select({ id: bellPushes.id, workspaceId: bellPushes.workspaceId }).from(bellPushes).where(lte(bellPushes.wakeAt, now)).orderBy(asc(bellPushes.wakeAt), asc(bellPushes.id)).limit(limit)
}

const rest = async (tx: Tx, id: string, set: Partial<PushRow>): Promise<void> => { await tx.update(bellPushes).set(set).where(and(mine(tx, bellPushes), eq(bellPushes.id, id))) }

export interface TakenPush { readonly id: string; readonly deviceId: string; readonly tries: number; readonly endpoint: string; readonly headers: Readonly<Record<string, string>>; readonly body: Buffer }
/** Writes down that it is about to be sent. One that was begun and did not come back is not sent again: it may have arrived. */
export async function takePush(tx: Tx, house: House, id: string): Promise<TakenPush | undefined> {
  const now = house.now()
  const p = bellPushes
  const [row] = await tx.select().from(p).where(and(mine(tx, p), eq(p.id, id), inArray(p.state, ['waiting', 'sending']), lte(p.wakeAt, now))).for('update', { skipLocked: true })
  if (!row) return undefined
  if (row.state === 'sending') { await rest(tx, id, { state: 'doubtful', wakeAt: null, endedAt: now }); return undefined }
  const [call] = await tx.select().from(bellCalls).where(and(mine(tx, bellCalls), eq(bellCalls.id, row.callId)))
  const [device] = await tx.select().from(bellDevices).where(and(mine(tx, bellDevices), eq(bellDevices.id, row.deviceId)))
  const subscription = device && openSubscription(device)
  // What was seen meanwhile, or is older than a push service would keep it, calls nobody.
  if (!call || !subscription || call.seenAt !== null || now.getTime() - row.madeAt.getTime() > keepFor) { await rest(tx, id, { state: 'dropped', wakeAt: null, endedAt: now }); return undefined }
  await rest(tx, id, { state: 'sending', tries: row.tries + 1, wakeAt: after(now, leaseMs) })
  return { id, deviceId: row.deviceId, tries: row.tries + 1, ...await messageFor(tx, house, { call, subscription }) }
}

const urgent = ['given', 'mention', 'soon', 'missed', 'failed']
async function messageFor(tx: Tx, house: House, { call, subscription }: { readonly call: Call; readonly subscription: Subscription }) {
  const now = house.now()
  const [listener] = await listenersOf(tx, [call.memberId])
  const home = await workspaceById(tx, tx.workspace)
  const said = await shown(tx, call, { lang: listener?.member.lang ?? home?.lang ?? 'en', withWords: listener?.bell.withWords ?? false, channels: house.channels })
  const message = JSON.stringify({ ...said, silent: !call.ways.includes('sound') })
  const keys = await senderKeys(tx, { keys: keysOf(house), now })
  const contact = home?.email ? `mailto:${home.email}` : house.origin.startsWith('https:') ? house.origin : undefined
  return {
    endpoint: subscription.endpoint, body: encryptFor(subscription.keys, message.length <= longestPush / 4 ? message : JSON.stringify({ ...said, text: '' })),
    headers: {
      'content-type': 'application/octet-stream', 'content-encoding': 'aes128gcm', ttl: String(keepFor / 1000), urgency: urgent.includes(call.moment) ? 'high' : 'normal', topic: topicOf(said.tag),
      authorization: senderHeader(subscription.endpoint, keys, { contact, now }),
    },
  }
}

/** The push service has it. */
export async function pushSent(tx: Tx, { id, deviceId }: TakenPush, now: Date): Promise<void> {
  await rest(tx, id, { state: 'sent', because: null, wakeAt: null, endedAt: now })
  await tx.update(bellDevices).set({ heardAt: now }).where(and(mine(tx, bellDevices), eq(bellDevices.id, deviceId)))
}
/** The browser takes no more messages: its subscription goes, and with it what waits for it. */
export async function deviceGone(tx: Tx, { deviceId }: TakenPush): Promise<void> {
  await tx.delete(bellDevices).where(and(mine(tx, bellDevices), eq(bellDevices.id, deviceId)))
}
export async function pushFailed(tx: Tx, { id }: TakenPush, { state, because, now }: { readonly state: 'failed' | 'doubtful'; readonly because: string; readonly now: Date }): Promise<void> {
  await rest(tx, id, { state, because: because.slice(0, 200), wakeAt: null, endedAt: now })
}
/** Nothing of it arrived: it is tried again, at the time the service named or a little later each time. */
export async function pushLater(tx: Tx, { id, tries }: TakenPush, { because, retryAt, now }: { readonly because: string; readonly retryAt?: Date; readonly now: Date }): Promise<void> {
  await rest(tx, id, { state: 'waiting', because, wakeAt: retryAt ?? after(now, Math.min(30 * minute, 15_000 * 2 ** Math.min(tries, 8))) })
}
