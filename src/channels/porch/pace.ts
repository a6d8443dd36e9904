import ipaddr from 'ipaddr.js'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { Refusal } from '#kit/refusal.ts'

/** Who is counted together: one IPv4 address, or the /64 an IPv6 reader was given; an address already cut to its network stays as it is. */
export function networkOf(ip: string): string {
  if (!ipaddr.isValid(ip)) return ip.slice(0, 64)
  const address = ipaddr.process(ip)
  if (address.kind() === 'ipv4') return address.toString()
  return `${address.toByteArray().slice(0, 8).map((byte) => byte.toString(16).padStart(2, '0')).join('')}/64`
}

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
