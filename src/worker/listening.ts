import { ChannelError, type Channel, type Trouble } from '#kit/channel.ts'
import { newId } from '#kit/id.ts'
import type { Json } from '#kit/json.ts'
import { EVERY } from '#db/database.ts'
import { backOff, dueToHear, HoldLost, keepHeard, letGo, letGoInTrouble, pause, pullFor, takeHold, wordOf, type Hold } from '#core/accounts/hearing.ts'
import { accountById, accountOf, needsLogin, type AccountRow } from '#core/accounts/store.ts'
import { tellLights } from '#core/accounts/tell.ts'
import { everyOf } from '#core/accounts/view.ts'
import { ctxFor } from '#core/ctx.ts'
import { channelOf, type House } from '#core/house.ts'
import { allWorkspaces } from '#core/workspaces/store.ts'

export interface Listener {
  /** Pulls every account whose turn it is, and answers how many when all are done. */
  pullDue(): Promise<number>
  /** Tells of accounts that fell silent, near their end or recovered. */
  tell(): Promise<void>
  stop(): Promise<void>
}
export interface Listening { readonly fetch: typeof globalThis.fetch; readonly chance?: () => number }

const atOnce = 12
type Hearing = Channel<unknown, Json, Json> & { readonly listen: { readonly open: NonNullable<NonNullable<Channel<unknown, Json, Json>['listen']>['open']> } }

const troubleOf = (error: unknown): Trouble => (error instanceof ChannelError ? error.trouble : { kind: 'unknown' })

/** Hears every connected account of the channels that are pulled, one pull of an account at a time over all processes. */
export function makeListener(house: House, { fetch, chance = Math.random }: Listening): Listener {
  const busy = new Map<string, Promise<void>>()
  const leaving = new AbortController()
  const channels = house.channels.filter((channel) => everyOf(channel) !== undefined).map(({ id }) => id)

  const take = async (row: AccountRow, hold: Hold): Promise<void> => {
    const channel = channelOf(house, row.channel) as Hearing
    const account = accountOf(row)
    const signal = AbortSignal.any([leaving.signal, AbortSignal.timeout(pullFor)])
    const log = (message: string, facts?: Readonly<Record<string, unknown>>): void => house.log(message, { channel: row.channel, account: row.id, ...facts })
    const ctx = ctxFor(house, { workspaceId: row.workspaceId, fetch, signal, log })
    for await (const { items, cursor } of channel.listen.open(account, hold.cursor, ctx)) {
      await house.database.write(row.workspaceId, (tx) => keepHeard(tx, hold, { row, account, items, cursor, now: house.now(), channels: house.channels }))
      // What is stored is stored: the rest waits for the next pull.
      if (signal.aborted) break
    }
  }

  const settle = async (row: AccountRow, hold: Hold, error: unknown): Promise<void> => {
    const [now, every] = [house.now(), everyOf(channelOf(house, row.channel)) ?? 60]
    if (error === undefined) return await house.database.write(row.workspaceId, (tx) => letGo(tx, hold, { now, nextAt: new Date(now.getTime() + pause(every, chance())) }))
    if (error instanceof HoldLost) return
    const trouble = troubleOf(error)
    house.log('listening stumbled', { channel: row.channel, account: row.id, trouble: trouble.kind, error: error instanceof ChannelError ? String(error) : (error as Error)?.name ?? 'unknown' })
    const nextAt = (failures: number): Date => (trouble.kind === 'paced' ? trouble.retryAt : new Date(now.getTime() + backOff(every, failures, chance())))
    await house.database.write(row.workspaceId, async (tx) => {
      await letGoInTrouble(tx, hold, { now, nextAt, trouble: wordOf(trouble) })
      if (trouble.kind === 'expired') await needsLogin(tx, row.id, { at: now, because: 'expired' })
    })
  }

  const pull = async (workspaceId: string, id: string): Promise<void> => {
    const token = newId()
    const taken = await house.database.write(workspaceId, async (tx) => {
      const row = await accountById(tx, id)
      const hold = row?.state === 'connected' ? await takeHold(tx, id, { token, now: house.now() }) : undefined
      return row && hold ? { row, hold } : undefined
    })
    if (!taken) return
    const failed = await take(taken.row, taken.hold).then(() => undefined, (error: unknown) => error ?? new Error('nothing was thrown'))
    await settle(taken.row, taken.hold, leaving.signal.aborted && failed !== undefined ? new ChannelError({ kind: 'paced', retryAt: house.now() }) : failed)
  }

  return {
    pullDue: async () => {
      const due = (await house.database.read(EVERY, (db) => dueToHear(db, channels, house.now()))).filter(({ id }) => !busy.has(id)).slice(0, Math.max(0, atOnce - busy.size))
      const begun = due.map(({ id, workspaceId }) => {
        const going = pull(workspaceId, id).catch((error: unknown) => house.log('listening failed', { account: id, error: String(error) })).finally(() => busy.delete(id))
        busy.set(id, going)
        return going
      })
      await Promise.all(begun)
      return begun.length
    },
    tell: async () => { for (const { id } of await house.database.read(EVERY, allWorkspaces)) await tellLights(house, id) },
    stop: async () => { leaving.abort(); await Promise.all(busy.values()) },
  }
}

const lookEvery = 3_000
const tellEvery = 60_000
/** Listens for as long as the house is open. */
export function startListening(house: House, given: Listening): { stop(): Promise<void> } {
  const listener = makeListener(house, given)
  const failed = (error: unknown): void => house.log('listening stumbled', { error: String(error) })
  const looking = setInterval(() => { listener.pullDue().catch(failed) }, lookEvery)
  const telling = setInterval(() => { listener.tell().catch(failed) }, tellEvery)
  listener.pullDue().catch(failed)
  return { stop: async () => { clearInterval(looking); clearInterval(telling); await listener.stop() } }
}
