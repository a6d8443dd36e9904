import { and, eq, inArray, isNotNull, isNull, notInArray, sql } from 'drizzle-orm'
import { EVERY, within, type Database, type Db, type Tx } from '#db/database.ts'
import { accountOf } from '../accounts/store.ts'
import { accounts } from '../accounts/tables.ts'
import { behindOthers } from './in-turn.ts'
import { lockDue, type Foreseen } from './foreseen.ts'
import { intendIn, type Wanting } from './intents.ts'
import type { Around, Claim, Goes, Intent, Taken } from './ledger.ts'
import type { Publication } from './store.ts'
import { accountGates, pauses, publications } from './tables.ts'

// Of several that may not all go now, who has waited longest goes first.
export const inTurn = (a: Publication, b: Publication): number => a.wakeAt!.getTime() - b.wakeAt!.getTime() || (a.id < b.id ? -1 : 1)

const ids = (rows: readonly { readonly id: string }[]) => sql.param(rows.map((row) => row.id))

/** Under a lease, and in no other way changed. A lease that lapses wakes the row by itself. */
async function leased(tx: Tx, due: readonly Publication[], { owner, until }: Pick<Claim, 'owner' | 'until'>): Promise<Publication[]> {
  if (due.length === 0) return []
  return await tx.update(publications).set({
    leaseOwner: owner, leaseUntil: until, wakeAt: until, leaseNo: sql`${publications.leaseNo} + 1` as never, version: sql`${publications.version} + 1` as never,
    state: sql`case when ${publications.state} in ('scheduled', 'retry-wait') then 'claimed' else ${publications.state} end` as never,
  }).where(sql`${publications.id} = any(${ids(due)}::uuid[])`).returning()
}

/**
 * Takes up what is due, over all workspaces: of several workers each row goes to one. For those that may go as they are
 * the intent to send is written in the same breath: one change of the row instead of two.
 */
export async function takeIn(tx: Tx, claim: Claim & { readonly foreseen: Foreseen }, goes: Goes): Promise<Taken> {
  const { owner, now, until } = claim
  const found = await lockDue(tx, claim, claim.foreseen)
  if (found.length === 0) return { claimed: [], intents: [], around: new Map() }
  const behind = await behindOthers(tx, found, now)
  const due = found.filter((row) => !behind.has(row.id)).toSorted(inTurn)
  const around = await aroundIn(tx, due)
  const ready = due.flatMap((row): Wanting[] => { const go = goes(row, around.get(row.id)!); return go ? [{ row, pace: go.pace }] : [] })
  const going = new Set(ready.map((one) => one.row.id))
  const claimed = await leased(tx, due.filter((row) => !going.has(row.id)), claim)
  const intents: Intent[] = []
  for (const [workspaceId, own] of [...Map.groupBy(ready, (one) => one.row.workspaceId)].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    intents.push(...await within(tx, workspaceId, (of) => intendIn(of, own, { now, until, owner, unpaused: true })))
  }
  return { claimed, intents, around }
}

/** Wakes what workers hold that are no more. */
export async function releaseDead(tx: Tx, { alive, now }: { readonly alive: readonly string[]; readonly now: Date }): Promise<number> {
  const freed = await tx.update(publications).set({ wakeAt: now })
    .where(and(isNotNull(publications.leaseOwner), alive.length > 0 ? notInArray(publications.leaseOwner, [...alive]) : undefined, isNotNull(publications.wakeAt))).returning({ id: publications.id })
  return freed.length
}

const reading = async <T>(ids: readonly string[], read: (ids: string[]) => Promise<T[]>): Promise<T[]> => (ids.length === 0 ? [] : await read([...ids]))
const unique = <T>(all: readonly (T | null)[]): T[] => [...new Set(all)].filter((one) => one !== null)

/** What stands around some publications, of whatever workspaces. */
export async function aroundThem(database: Database, rows: readonly Publication[]): Promise<Map<string, Around>> {
  return await database.read(EVERY, (db) => aroundIn(db, rows))
}
async function aroundIn(db: Db, rows: readonly Publication[]): Promise<Map<string, Around>> {
  const accountIds = unique(rows.map((row) => row.accountId))
  const found = await reading(accountIds, (ids) => db.select({ account: accounts, gate: accountGates }).from(accounts)
    .leftJoin(accountGates, eq(accountGates.accountId, accounts.id)).where(inArray(accounts.id, ids)))
  const known = new Map(found.map(({ account }) => [account.id, account]))
  const gates = new Map(found.map(({ account, gate }) => [account.id, gate]))
  const parents = new Map((await reading(unique(rows.map((row) => row.parentId)), (ids) => db.select().from(publications).where(inArray(publications.id, ids)))).map((row) => [row.id, row]))
  const paused = new Set((await db.select({ id: pauses.workspaceId }).from(pauses).where(isNull(pauses.endedAt))).map((row) => row.id))
  const opened = new Map([...known].map(([id, row]) => [id, row.state === 'removed' ? undefined : accountOf(row)]))
  return new Map(rows.map((row): [string, Around] => {
    const [found, gate] = [known.get(row.accountId), gates.get(row.accountId)]
    const parent = row.parentId === null ? undefined : parents.get(row.parentId)
    return [row.id, {
      account: opened.get(row.accountId), parent,
      facts: {
        account: !found || found.state === 'removed' ? 'gone' : found.state, paused: paused.has(row.workspaceId), parentOut: row.parentId === null || typeof parent?.remoteId === 'string',
        ...(gate?.closedUntil ? { gate: { until: gate.closedUntil, because: gate.because ?? 'paced' } } : {}),
      },
    }]
  }))
}
