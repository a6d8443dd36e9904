import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { Refusal } from '#kit/refusal.ts'
import { networkOf } from '#net/addresses.ts'

export interface Pace {
  /** One more try from a network. */
  network(workspaceId: string, ip: string): Promise<void>
  /** One more comment for a post. */
  post(workspaceId: string, postKey: string): Promise<void>
}

/** A comment takes two tries, one to ask for the proof and one with it. Too many refuse with the seconds to wait. */
export function pace(): Pace {
  const networks = new RateLimiterMemory({ points: 40, duration: 600 })
  const posts = new RateLimiterMemory({ points: 120, duration: 600 })
  return {
    network: (workspaceId, ip) => take(networks, `${workspaceId} ${networkOf(ip)}`),
    post: (workspaceId, postKey) => take(posts, `${workspaceId} ${postKey}`),
  }
}

async function take(limiter: RateLimiterMemory, key: string): Promise<void> {
  try { await limiter.consume(key) } catch (full) {
    if (!(full instanceof RateLimiterRes)) throw full
    const seconds = Math.max(1, Math.ceil(full.msBeforeNext / 1_000))
    throw new Refusal('rate_limited', { params: { seconds }, extra: { retryAfter: seconds } })
  }
}
