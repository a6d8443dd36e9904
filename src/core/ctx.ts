import { and, eq } from 'drizzle-orm'
import { ChannelError, type Account, type Ctx, type Log } from '#kit/channel.ts'
import { isId } from '#kit/id.ts'
import type { Json } from '#kit/json.ts'
import { mine } from '#db/database.ts'
import { keysOf, openSettings, sealSettings } from './accounts/seal.ts'
import { needsLogin } from './accounts/store.ts'
import { accounts } from './accounts/tables.ts'
import { channelOf, type House } from './house.ts'

export interface Lending { readonly workspaceId: string; readonly fetch: typeof globalThis.fetch; readonly signal: AbortSignal; readonly log?: Log }

/**
 * One exchange of tokens at a time, over all processes: the account's row is locked and read again before anything is asked of the network.
 * When the exchange fails nothing is stored: whether the old token still counts is the network's to say, and it is asked once more at most:
 * after its no, a person signs in before anything is asked again.
 */
export const renewing = (house: Renewing): Ctx['renew'] => async <S>(account: Account<S>, exchange: (current: S) => Promise<S | undefined>) =>
  isId(account.id) ? await renewed(house, account, exchange) : { ...account, settings: await exchange(account.settings) ?? account.settings }

type Renewing = Pick<House, 'database' | 'channels' | 'hosts' | 'now'>
async function renewed<S>(house: Renewing, account: Account<S>, exchange: (current: S) => Promise<S | undefined>): Promise<Account<S>> {
  const exchanged = house.database.write(account.workspaceId, async (tx) => {
    const [row] = await tx.select({ settings: accounts.settings, state: accounts.state }).from(accounts).where(and(mine(tx, accounts), eq(accounts.id, account.id))).for('update')
    if (row && row.state !== 'connected') throw new ChannelError({ kind: 'expired' })
    const current = (row ? openSettings(row.settings, account) : account.settings) as S
    const settings = await exchange(current)
    if (settings === undefined || !row) return { ...account, settings: settings ?? current }
    const stored = await sealSettings(tx, settings as Json, { keys: keysOf(house), account, names: channelOf(house, account.channel).sealed ?? [] })
    await tx.update(accounts).set({ settings: stored }).where(and(mine(tx, accounts), eq(accounts.id, account.id)))
    return { ...account, settings }
  })
  return await exchanged.catch(async (error: unknown) => {
    if (error instanceof ChannelError && error.trouble.kind === 'expired') await house.database.write(account.workspaceId, (tx) => needsLogin(tx, account.id, { at: house.now(), because: 'expired' }))
    throw error
  })
}

/** What a channel is lent for one piece of work. */
export const ctxFor = (house: House, { workspaceId, fetch, signal, log }: Lending): Ctx =>
  ({ fetch, signal, now: house.now, log: log ?? house.log, host: house.hosts.of(workspaceId), renew: renewing(house) })
