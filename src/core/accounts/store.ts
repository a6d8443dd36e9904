import { and, asc, eq, sql } from 'drizzle-orm'
import type { Account } from '#kit/channel.ts'
import type { Json } from '#kit/json.ts'
import { mine, type Db, type Tx } from '#db/database.ts'
import { emit } from '../events/store.ts'
import './happenings.ts'
import { openSettings } from './seal.ts'
import { accountCursors, accounts } from './tables.ts'

export type AccountRow = typeof accounts.$inferSelect

/** The account as its channel needs it, with its secrets opened. */
export const accountOf = (row: AccountRow): Account =>
  ({ id: row.id, workspaceId: row.workspaceId, channel: row.channel, handle: row.handle, name: row.name, settings: openSettings(row.settings, row) })

export async function ensureAccount(tx: Tx, given: { readonly channel: string; readonly handle: string; readonly name: string; readonly settings?: Json }): Promise<AccountRow> {
  await tx.insert(accounts).values({ channel: given.channel, handle: given.handle, name: given.name, settings: given.settings ?? {} })
    .onConflictDoNothing({ target: [accounts.workspaceId, accounts.channel, accounts.handle] })
  const [row] = await tx.select().from(accounts).where(and(mine(tx, accounts), eq(accounts.channel, given.channel), eq(accounts.handle, given.handle))).limit(1)
  return row!
}

export async function accountsOf(db: Db): Promise<AccountRow[]> {
  return await db.select().from(accounts).where(mine(db, accounts)).orderBy(asc(accounts.connectedAt), asc(accounts.id))
}
export async function accountById(db: Db, id: string): Promise<AccountRow | undefined> {
  const [row] = await db.select().from(accounts).where(and(mine(db, accounts), eq(accounts.id, id))).limit(1)
  return row
}
/** The first account of a channel: for channels of the house there is one. */
export async function accountOn(db: Db, channel: string): Promise<AccountRow | undefined> {
  const [row] = await db.select().from(accounts).where(and(mine(db, accounts), eq(accounts.channel, channel))).orderBy(asc(accounts.connectedAt)).limit(1)
  return row
}
export async function noteHeard(tx: Tx, accountId: string, at: Date): Promise<void> {
  await tx.update(accounts).set({ heardAt: at }).where(and(mine(tx, accounts), eq(accounts.id, accountId)))
}
export async function setAccountSettings(tx: Tx, id: string, settings: Json): Promise<void> {
  await tx.update(accounts).set({ settings }).where(and(mine(tx, accounts), eq(accounts.id, id)))
}

/** Our access ended: nothing is asked of the network until a person has signed in again. Told once. */
export async function needsLogin(tx: Tx, id: string, { at, because }: { readonly at: Date; readonly because: string }): Promise<void> {
  const [row] = await tx.update(accounts).set({ state: 'login-needed', toldLight: 'trouble' })
    .where(and(mine(tx, accounts), eq(accounts.id, id), eq(accounts.state, 'connected'))).returning()
  if (row) await emit(tx, 'account.troubled', { at, data: { accountId: id, channel: row.channel, handle: row.handle, because } })
}

export interface Connecting { readonly id: string; readonly channel: string; readonly handle: string; readonly name: string; readonly settings: Json; readonly remoteId: string; readonly endsAt: Date | null; readonly at: Date }
/** Connects an account, for the first time or again: a handle of a channel is one row, whatever became of it before. */
export async function keepAccount(tx: Tx, given: Connecting): Promise<AccountRow> {
  const { at, id, ...facts } = given
  const fresh = { ...facts, state: 'connected' as const, removedAt: null, toldLight: null, toldEnding: false }
  const [row] = await tx.insert(accounts).values({ id, ...fresh, connectedAt: at }).onConflictDoUpdate({ target: accounts.id, set: fresh }).returning()
  await tx.update(accountCursors).set({ failures: 0, trouble: null, troubleSince: null, nextAt: null }).where(and(mine(tx, accountCursors), eq(accountCursors.accountId, id)))
  return row!
}
export async function accountByHandle(db: Db, channel: string, handle: string): Promise<AccountRow | undefined> {
  const [row] = await db.select().from(accounts).where(and(mine(db, accounts), eq(accounts.channel, channel), eq(accounts.handle, handle))).limit(1)
  return row
}
/** Whoever else connects this handle waits until we are done, also while there is no row of it yet. */
export async function lockHandle(tx: Tx, channel: string, handle: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`${tx.workspace} ${channel} ${handle}`}, 0))`)
}
export async function lockAccount(tx: Tx, id: string): Promise<AccountRow | undefined> {
  const [row] = await tx.select().from(accounts).where(and(mine(tx, accounts), eq(accounts.id, id))).for('update')
  return row
}
/** Gone from here: its secrets and its place in what it hears go, what was said there stays. */
export async function dropAccount(tx: Tx, row: AccountRow, at: Date): Promise<void> {
  await tx.update(accounts).set({ state: 'removed', removedAt: at, settings: {}, endsAt: null }).where(and(mine(tx, accounts), eq(accounts.id, row.id)))
  await tx.delete(accountCursors).where(and(mine(tx, accountCursors), eq(accountCursors.accountId, row.id)))
}
