import { and, asc, eq, inArray, isNull, lte, or, sql } from 'drizzle-orm'
import type { Account, Channel, Incoming, Trouble } from '#kit/channel.ts'
import type { Json } from '#kit/json.ts'
import { mine, type Db, type Tx } from '#db/database.ts'
import { hear } from '../conversations/hear.ts'
import { noteHeard, type AccountRow } from './store.ts'
import { accountCursors as cursors, accounts } from './tables.ts'

/** One pull of one account: whoever has the token may store what it brings. */
export interface Hold { readonly accountId: string; readonly token: string; readonly cursor: Json | undefined }

// A pull is cut off before its hold ends, so that two never overlap.
export const pullFor = 120_000
const holdFor = 180_000
const after = (now: Date, ms: number): Date => new Date(now.getTime() + ms)

/** Accounts whose turn it is, over all workspaces, the longest waiting first. */
export async function dueToHear(db: Db, channels: readonly string[], now: Date): Promise<{ id: string; workspaceId: string }[]> {
  if (channels.length === 0) return []
  return await db.select({ id: accounts.id, workspaceId: accounts.workspaceId }).from(accounts).leftJoin(cursors, eq(cursors.accountId, accounts.id))
    .where(and(eq(accounts.state, 'connected'), inArray(accounts.channel, [...channels]), or(isNull(cursors.nextAt), lte(cursors.nextAt, now)), or(isNull(cursors.heldUntil), lte(cursors.heldUntil, now))))
    .orderBy(sql`${cursors.nextAt} asc nulls first`, asc(accounts.id)).limit(200)
}

/** Takes the account for one pull; undefined: somebody else has it. */
export async function takeHold(tx: Tx, accountId: string, { token, now }: { readonly token: string; readonly now: Date }): Promise<Hold | undefined> {
  await tx.insert(cursors).values({ accountId }).onConflictDoNothing()
  const [row] = await tx.update(cursors).set({ heldBy: token, heldUntil: after(now, holdFor), triedAt: now })
    .where(and(mine(tx, cursors), eq(cursors.accountId, accountId), or(isNull(cursors.heldUntil), lte(cursors.heldUntil, now)))).returning()
  return row && { accountId, token, cursor: row.cursor ?? undefined }
}
const held = (tx: Tx, { accountId, token }: Hold) => and(mine(tx, cursors), eq(cursors.accountId, accountId), eq(cursors.heldBy, token))

export class HoldLost extends Error { override readonly name = 'HoldLost' }

export interface Batch { readonly row: AccountRow; readonly account: Account; readonly items: readonly Incoming[]; readonly cursor: Json; readonly now: Date; readonly channels?: readonly Channel[] }
/** What was heard and how far: both are kept, or neither. */
export async function keepHeard(tx: Tx, hold: Hold, { row, account, items, cursor, now, channels = [] }: Batch): Promise<number> {
  const [mineStill] = await tx.select({ id: cursors.accountId }).from(cursors).where(held(tx, hold)).for('update')
  if (!mineStill) throw new HoldLost('Another pull has taken this account.')
  const theirs = items.filter((item) => row.remoteId === null || item.author.id !== row.remoteId)
  const results = await hear({ tx, account, now, channels }, theirs)
  const fresh = results.filter(({ state }) => state === 'new' || state === 'held').length
  const heard = fresh > 0 ? { heardCount: sql`${cursors.heardCount} + ${fresh}` as never, firstHeardAt: sql`coalesce(${cursors.firstHeardAt}, ${now.toISOString()}::timestamptz)` as never } : {}
  await tx.update(cursors).set({ cursor, heldUntil: after(now, holdFor), ...heard }).where(held(tx, hold))
  if (fresh > 0) await noteHeard(tx, account.id, now)
  return fresh
}

/** The pull came to its end. */
export async function letGo(tx: Tx, hold: Hold, { now, nextAt }: { readonly now: Date; readonly nextAt: Date }): Promise<void> {
  await tx.update(cursors).set({ heldBy: null, heldUntil: null, answeredAt: now, nextAt, failures: 0, trouble: null, troubleSince: null }).where(held(tx, hold))
}

/** The pull broke off: the place stays where it was, and the next try waits. */
export async function letGoInTrouble(tx: Tx, hold: Hold, { now, nextAt, trouble }: { readonly now: Date; readonly nextAt: (failures: number) => Date; readonly trouble: string }): Promise<void> {
  const [row] = await tx.select({ failures: cursors.failures }).from(cursors).where(held(tx, hold)).for('update')
  if (!row) return
  const failures = row.failures + 1
  await tx.update(cursors).set({ heldBy: null, heldUntil: null, failures, nextAt: nextAt(failures), trouble, troubleSince: sql`coalesce(${cursors.troubleSince}, ${now.toISOString()}::timestamptz)` as never }).where(held(tx, hold))
}

/** What went wrong, as a stable word; a network's own words where it gave some. */
export const wordOf = (trouble: Trouble): string => (trouble.kind === 'refused' ? trouble.because.slice(0, 300) : trouble.kind)

const longest = 3600_000
/** When to try again after so many failures in a row: twice as long each time, never over an hour; `chance` from 0 to 1 keeps accounts apart. */
export function backOff(everySeconds: number, failures: number, chance: number): number {
  const base = Math.min(everySeconds * 1000 * 2 ** Math.min(failures, 12), Math.max(longest, everySeconds * 1000))
  return Math.round(base * (0.75 + chance / 2))
}
/** When the next pull is due: about every so many seconds. */
export const pause = (everySeconds: number, chance: number): number => Math.round(everySeconds * 1000 * (0.9 + chance / 5))
