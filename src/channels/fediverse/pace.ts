import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { Refusal } from '#kit/refusal.ts'
import { networkOf } from '#net/addresses.ts'

export interface InboxPace {
  /** One request from a network. What is refused counts tenfold: it made us ask elsewhere for keys and came to nothing. */
  network<T>(workspaceId: string, ip: string, work: () => Promise<T>): Promise<T>
  /** One activity of a server whose signature holds: a name somebody merely claims never fills its measure. */
  house(workspaceId: string, host: string): Promise<void>
}
export interface Measures { readonly network: number; readonly house: number }

const seconds = 60
const wasteful = 10
// A large server sends a busy account a few in a second; a minute's worth of that is let in at once.
const usual: Measures = { network: 1_200, house: 1_200 }

export function inboxPace({ network, house }: Measures = usual): InboxPace {
  const networks = new RateLimiterMemory({ points: network, duration: seconds })
  const houses = new RateLimiterMemory({ points: house, duration: seconds })
  return {
    network: async (workspaceId, ip, work) => {
      const key = `${workspaceId} ${networkOf(ip)}`
      await take(networks, key)
      try { return await work() } catch (error) {
        if (error instanceof Refusal && error.code !== 'rate_limited') await networks.penalty(key, wasteful - 1)
        throw error
      }
    },
    house: (workspaceId, host) => take(houses, `${workspaceId} ${host}`),
  }
}

async function take(limiter: RateLimiterMemory, key: string): Promise<void> {
  try { await limiter.consume(key) } catch (full) {
    if (!(full instanceof RateLimiterRes)) throw full
    const wait = Math.max(1, Math.ceil(full.msBeforeNext / 1_000))
    throw new Refusal('rate_limited', { params: { seconds: wait }, extra: { retryAfter: wait } })
  }
}
