import { createHash } from 'node:crypto'
import { and, asc, eq } from 'drizzle-orm'
import { newId } from '#kit/id.ts'
import type { Json } from '#kit/json.ts'
import { Refusal } from '#kit/refusal.ts'
import { mine, type Db, type Tx } from '#db/database.ts'
import { openSealed, type Keyring } from '#db/seal.ts'
import { canEncryptFor, newSenderKeys, type PushKeys, type SenderKeys } from './encrypt.ts'
import { bellDevices, bellKeys } from './tables.ts'

/** Where a browser takes push messages, and the keys they are encrypted with. */
export interface Subscription { readonly endpoint: string; readonly keys: PushKeys }

export const endpointHash = (endpoint: string): string => createHash('sha256').update(endpoint).digest('base64url')

/** The keys by which push services know this workspace: made when they are first asked for, the private one sealed. A pair whose seal is lost is made anew, and its devices go. */
export async function senderKeys(tx: Tx, { keys, now }: { readonly keys: Keyring; readonly now: Date }): Promise<SenderKeys> {
  const [row] = await tx.select().from(bellKeys).where(mine(tx, bellKeys)).for('update')
  const opened = row && openSealed(row.privateKey, { workspaceId: row.workspaceId, id: row.id, field: 'private_key' })
  if (row && typeof opened === 'string') return { publicKey: row.publicKey, privateKey: opened }
  if (row) { await tx.delete(bellDevices).where(mine(tx, bellDevices)); await tx.delete(bellKeys).where(mine(tx, bellKeys)) }
  const made = newSenderKeys()
  const id = newId(now.getTime())
  const privateKey = await keys.seal(tx, made.privateKey, { workspaceId: tx.workspace, id, field: 'private_key' })
  const [kept] = await tx.insert(bellKeys).values({ id, publicKey: made.publicKey, privateKey, madeAt: now }).onConflictDoNothing().returning()
  return kept ? made : await senderKeys(tx, { keys, now })
}

const isLocal = (url: URL): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
const mostDevices = 20
interface Adding { readonly memberId: string; readonly subscription: Subscription; readonly name: string; readonly now: Date; readonly keys: Keyring }
/** A browser takes messages for this member from now on; whose it was before, it is theirs no more. */
export async function addDevice(tx: Tx, { memberId, subscription, name, now, keys }: Adding): Promise<string> {
  const url = new URL(subscription.endpoint)
  // The wall of the guarded fetch decides where a message may go; here only what no push service has is refused.
  if ((url.protocol !== 'https:' && !isLocal(url)) || url.username !== '' || !canEncryptFor(subscription.keys)) throw new Refusal('invalid_subscription', { field: 'endpoint' })
  const hash = endpointHash(subscription.endpoint)
  const d = bellDevices
  await tx.delete(d).where(and(mine(tx, d), eq(d.endpointHash, hash)))
  const before = await tx.select({ id: d.id }).from(d).where(and(mine(tx, d), eq(d.memberId, memberId))).orderBy(asc(d.addedAt))
  for (const old of before.slice(0, Math.max(0, before.length - mostDevices + 1))) await tx.delete(d).where(and(mine(tx, d), eq(d.id, old.id)))
  const id = newId(now.getTime())
  const sealed = await keys.seal(tx, subscription as unknown as Json, { workspaceId: tx.workspace, id, field: 'subscription' })
  await tx.insert(d).values({ id, memberId, endpointHash: hash, subscription: sealed, name, addedAt: now })
  return id
}

export async function devicesOf(db: Db, memberId: string) {
  const d = bellDevices
  return await db.select({ id: d.id, name: d.name, addedAt: d.addedAt, heardAt: d.heardAt, endpointHash: d.endpointHash }).from(d).where(and(mine(db, d), eq(d.memberId, memberId))).orderBy(asc(d.addedAt))
}
export async function dropDevice(tx: Tx, memberId: string, id: string): Promise<void> {
  const gone = await tx.delete(bellDevices).where(and(mine(tx, bellDevices), eq(bellDevices.memberId, memberId), eq(bellDevices.id, id))).returning({ id: bellDevices.id })
  if (gone.length === 0) throw new Refusal('not_found')
}

export const openSubscription = (row: Pick<typeof bellDevices.$inferSelect, 'id' | 'workspaceId' | 'subscription'>): Subscription | undefined =>
  openSealed(row.subscription, { workspaceId: row.workspaceId, id: row.id, field: 'subscription' }) as unknown as Subscription | undefined
