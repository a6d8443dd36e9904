import { and, eq, sql } from 'drizzle-orm'
import type { Account, Ctx, Log } from '#kit/channel.ts'
import { mine, type Database } from '#db/database.ts'
import { accounts } from './accounts/tables.ts'
import type { House } from './house.ts'

export interface Lending { readonly workspaceId: string; readonly fetch: typeof globalThis.fetch; readonly signal: AbortSignal; readonly log?: Log }

/** One exchange of tokens at a time, over all processes: the account's row is locked and read again before anything is asked of the network. */
export const renewing = (database: Database): Ctx['renew'] => async <S>(account: Account<S>, exchange: (current: S) => Promise<S | undefined>) =>
  await database.write(account.workspaceId, async (tx) => {
    await tx.execute(sql`select id from accounts where workspace_id = ${tx.workspace} and id = ${account.id} for update`)
    const [row] = await tx.select({ settings: accounts.settings }).from(accounts).where(and(mine(tx, accounts), eq(accounts.id, account.id)))
    const current = (row?.settings ?? account.settings) as S
    const settings = await exchange(current)
    if (settings === undefined) return { ...account, settings: current }
    await tx.update(accounts).set({ settings: settings as never }).where(and(mine(tx, accounts), eq(accounts.id, account.id)))
    return { ...account, settings }
  })

/** What a channel is lent for one piece of work. */
export const ctxFor = (house: House, { workspaceId, fetch, signal, log }: Lending): Ctx =>
  ({ fetch, signal, now: house.now, log: log ?? house.log, host: house.hosts.of(workspaceId), renew: renewing(house.database) })
