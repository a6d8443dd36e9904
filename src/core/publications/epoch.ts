import { eq, inArray, sql } from 'drizzle-orm'
import { newId } from '#kit/id.ts'
import { EVERY, type Database, type Tx } from '#db/database.ts'
import { attempts, epochs, publications } from './tables.ts'

/** Which life of the database a data directory last stood beside, and on which machine. */
export interface Mark { readonly epoch: string; readonly machine: string }
/** An intent to send, as it stands outside the database. */
export interface Sent { readonly attemptId: string; readonly publicationId: string; readonly key: string; readonly at: string }
export type Origin = 'same' | 'first' | 'restored' | 'moved'

/** Pure: whether database and data directory have stood together until now. */
export function originOf(inDatabase: string | undefined, mark: Mark | undefined, machine: string): Origin {
  if (!inDatabase && !mark) return 'first'
  if (!inDatabase || !mark || inDatabase !== mark.epoch) return 'restored'
  return mark.machine !== '' && machine !== '' && mark.machine !== machine ? 'moved' : 'same'
}

export async function epochOf(database: Database): Promise<string | undefined> {
  return await database.read(EVERY, async (db) => (await db.select().from(epochs).limit(1))[0]?.epoch)
}
/** Begins another life: what stood beside the one before no longer fits. */
export async function beginEpoch(tx: Tx, now: Date): Promise<string> {
  const epoch = newId(now.getTime())
  await tx.insert(epochs).values({ epoch, began: now }).onConflictDoUpdate({ target: epochs.id, set: { epoch, began: now } })
  return epoch
}

const holdable = ['scheduled', 'claimed', 'prepared', 'sending', 'retry-wait', 'unknown', 'waiting'] as const
/**
 * Holds what may have gone out without this database knowing: all that is due, or all there is when another copy of this Stoa
 * may be running. What can be asked of the network by a key or by looking is woken to be asked; the rest waits for a person.
 */
export async function holdDue(tx: Tx, { now, because, all }: { readonly now: Date; readonly because: 'restored' | 'moved'; readonly all: boolean }): Promise<number> {
  const held = await tx.update(publications).set({
    state: 'held', because, unsureSince: sql`coalesce(${publications.unsureSince}, ${now.toISOString()}::timestamptz)` as never, leaseOwner: null, leaseUntil: null,
    // A part of a thread is looked for once it is known what it stands under.
    wakeAt: sql`case when ${publications.state} = 'waiting' then null else ${now.toISOString()}::timestamptz end` as never,
    deadline: new Date(now.getTime() + 24 * 3_600_000), alertedAt: null, version: sql`${publications.version} + 1` as never,
  }).where(sql`${inArray(publications.state, [...holdable])} and ${all ? sql`true` : sql`${publications.dueAt} <= ${now.toISOString()}::timestamptz`}`).returning({ id: publications.id })
  await tx.update(publications).set({ pending: null, nextWire: null }).where(sql`${publications.pending} is not null`)
  return held.length
}

const chunk = 2000
/** Holds what the journal knows to have been sent and the database does not. */
export async function holdUnknownTo(tx: Tx, sent: readonly Sent[], now: Date): Promise<number> {
  let held = 0
  for (let from = 0; from < sent.length; from += chunk) {
    const part = sent.slice(from, from + chunk)
    const known = new Set((await tx.select({ id: attempts.id }).from(attempts).where(inArray(attempts.id, part.map((one) => one.attemptId)))).map((row) => row.id))
    const missing = new Map(part.filter((one) => !known.has(one.attemptId)).map((one) => [one.publicationId, one]))
    if (missing.size === 0) continue
    const rows = await tx.select().from(publications).where(inArray(publications.id, [...missing.keys()]))
    for (const row of rows.filter((one) => holdable.some((state) => state === one.state))) {
      const one = missing.get(row.id)!
      const at = new Date(one.at)
      await tx.update(publications).set({
        state: 'held', because: 'restored', unsureSince: row.unsureSince ?? at, firstTriedAt: row.firstTriedAt ?? at, leaseOwner: null, leaseUntil: null,
        // Under another key than ours of today nothing can be asked of the network.
        wakeAt: one.key === row.key ? now : null, deadline: new Date(now.getTime() + 24 * 3_600_000), alertedAt: null, version: row.version + 1,
      }).where(eq(publications.id, row.id))
      held++
    }
  }
  return held
}
