import { and, asc, eq } from 'drizzle-orm'
import type { Account } from '#kit/channel.ts'
import type { Json } from '#kit/json.ts'
import { mine, type Db, type Tx } from '#db/database.ts'
import { accounts } from './tables.ts'

export type AccountRow = typeof accounts.$inferSelect

export const accountOf = (row: AccountRow): Account =>
  ({ id: row.id, workspaceId: row.workspaceId, channel: row.channel, handle: row.handle, name: row.name, settings: row.settings })

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
