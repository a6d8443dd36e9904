import { EVERY } from '#db/database.ts'
import { writeDigests } from '#core/bells/digest.ts'
import { callSoon } from '#core/bells/moments.ts'
import { deviceGone, duePushes, pushFailed, pushLater, pushSent, takePush, type TakenPush } from '#core/bells/pushes.ts'
import { forgetCalls, ringHeld } from '#core/bells/ring.ts'
import type { House } from '#core/house.ts'
import { allWorkspaces } from '#core/workspaces/store.ts'
import { NetError } from '#net/net-error.ts'
import { retryAfter } from '#net/retry-after.ts'

export interface Ringer {
  /** Sends the push messages whose turn it is. */
  push(): Promise<number>
  /** What the clock brings: quiet hours that end, answers that are due soon, letters. */
  tick(): Promise<void>
}

const sendTimeout = 20_000
const atOnce = 8

/** Calls members on their devices and by letter. That a message is about to leave is in the database before it leaves; it goes out once. */
export function makeRinger(house: House, { fetch }: { readonly fetch: typeof globalThis.fetch }): Ringer {
  const settle = async (workspaceId: string, taken: TakenPush): Promise<void> => {
    const inside = (work: Parameters<typeof house.database.write<void>>[1]) => house.database.write(workspaceId, work)
    const answer = await fetch(taken.endpoint, { method: 'POST', headers: taken.headers, body: new Uint8Array(taken.body), redirect: 'manual', signal: AbortSignal.timeout(sendTimeout) }).catch((error: unknown) => (error instanceof NetError ? error : new NetError('broken', String(error), { left: true })))
    const now = house.now()
    if (answer instanceof NetError) {
      house.log('a push message did not get through', { push: taken.id, failure: answer.failure })
      // An address inside is no push service's; what may have arrived is not sent again.
      if (answer.failure === 'blocked') return await inside((tx) => deviceGone(tx, taken))
      return await inside((tx) => (answer.left ? pushFailed(tx, taken, { state: 'doubtful', because: answer.failure, now }) : pushLater(tx, taken, { because: answer.failure, now })))
    }
    await answer.body?.cancel()
    if (answer.ok) return await inside((tx) => pushSent(tx, taken, now))
    house.log('a push service said no', { push: taken.id, status: answer.status })
    if (answer.status === 404 || answer.status === 410) return await inside((tx) => deviceGone(tx, taken))
    if (answer.status === 429) return await inside((tx) => pushLater(tx, taken, { because: 'paced', retryAt: retryAfter(answer.headers.get('retry-after'), now), now }))
    await inside((tx) => (answer.status >= 500 ? pushLater(tx, taken, { because: String(answer.status), now }) : pushFailed(tx, taken, { state: 'failed', because: String(answer.status), now })))
  }
  const send = async ({ id, workspaceId }: { readonly id: string; readonly workspaceId: string }): Promise<void> => {
    const taken = await house.database.write(workspaceId, (tx) => takePush(tx, house, id))
    if (taken) await settle(workspaceId, taken)
  }
  return {
    push: async () => {
      const due = await house.database.read(EVERY, (db) => duePushes(db, house.now()))
      for (let from = 0; from < due.length; from += atOnce) await Promise.all(due.slice(from, from + atOnce).map(send))
      return due.length
    },
    tick: async () => {
      for (const { id } of await house.database.read(EVERY, allWorkspaces)) {
        await house.database.write(id, async (tx) => { await callSoon(tx, house.now()); await ringHeld(tx, house.now()); await writeDigests(tx, house); await forgetCalls(tx, house.now()) })
      }
    },
  }
}

const pushEvery = 2_000
const tickEvery = 20_000
/** Rings for as long as the house is open. */
export function startRinging(house: House, given: { readonly fetch: typeof globalThis.fetch }): { stop(): Promise<void> } {
  const ringer = makeRinger(house, given)
  const going = new Map<'push' | 'tick', Promise<unknown>>()
  const go = (what: 'push' | 'tick'): void => {
    if (going.has(what)) return
    going.set(what, ringer[what]().catch((error: unknown) => house.log('the bell stumbled', { error: String(error) })).finally(() => { going.delete(what) }))
  }
  const timers = [setInterval(() => go('push'), pushEvery), setInterval(() => go('tick'), tickEvery)]
  return { stop: async () => { for (const timer of timers) clearInterval(timer); await Promise.all(going.values()) } }
}
