import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { Refusal } from '#kit/refusal.ts'
import { networkOf } from '#net/addresses.ts'

export interface Paces {
  /** One more try to sign in or to join, from a network and for a name. */
  entry(workspaceId: string, ip: string, name: string): Promise<void>
  /** One more letter to an address. */
  letter(workspaceId: string, ip: string, email: string): Promise<void>
  /** One more thing written, of any kind. */
  write(workspaceId: string, ip: string): Promise<void>
  search(workspaceId: string, ip: string): Promise<void>
}

export function paces(): Paces {
  const [networks, names] = [new RateLimiterMemory({ points: 40, duration: 900 }), new RateLimiterMemory({ points: 8, duration: 900 })]
  const [senders, addresses] = [new RateLimiterMemory({ points: 20, duration: 3_600 }), new RateLimiterMemory({ points: 4, duration: 3_600 })]
  const [writers, seekers] = [new RateLimiterMemory({ points: 120, duration: 600 }), new RateLimiterMemory({ points: 120, duration: 60 })]
  return {
    entry: async (workspaceId, ip, name) => { await take(networks, `${workspaceId} ${networkOf(ip)}`); await take(names, `${workspaceId} ${name}`) },
    letter: async (workspaceId, ip, email) => { await take(senders, `${workspaceId} ${networkOf(ip)}`); await take(addresses, `${workspaceId} ${email}`) },
    write: (workspaceId, ip) => take(writers, `${workspaceId} ${networkOf(ip)}`),
    search: (workspaceId, ip) => take(seekers, `${workspaceId} ${networkOf(ip)}`),
  }
}

async function take(limiter: RateLimiterMemory, key: string): Promise<void> {
  try { await limiter.consume(key) } catch (full) {
    if (!(full instanceof RateLimiterRes)) throw full
    const seconds = Math.max(1, Math.ceil(full.msBeforeNext / 1_000))
    throw new Refusal('rate_limited', { params: { seconds }, extra: { retryAfter: seconds } })
  }
}
