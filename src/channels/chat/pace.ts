import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { Refusal } from '#kit/refusal.ts'
import { networkOf } from '#net/addresses.ts'

type Act = 'asks' | 'arrives' | 'says' | 'hands' | 'signs' | 'opens'
/** How much of each a network, and a visitor, may do in a minute. An office behind one address is many visitors. */
const rules: Readonly<Record<Act, { readonly network: number; readonly visitor: number }>> = {
  asks: { network: 1_200, visitor: 300 }, arrives: { network: 60, visitor: 20 }, says: { network: 300, visitor: 60 },
  hands: { network: 60, visitor: 12 }, signs: { network: 600, visitor: 120 }, opens: { network: 300, visitor: 60 },
}
export type Pace = (act: Act, who: { readonly ip: string; readonly visitorId?: string | undefined }) => Promise<void>

async function take(limiter: RateLimiterMemory, key: string): Promise<void> {
  try { await limiter.consume(key) } catch (full) {
    if (!(full instanceof RateLimiterRes)) throw full
    const seconds = Math.max(1, Math.ceil(full.msBeforeNext / 1_000))
    throw new Refusal('rate_limited', { params: { seconds }, extra: { retryAfter: seconds } })
  }
}

/** Too many refuse with the seconds to wait; what is refused costs nothing of the database. `times`: how many visitors one address may stand for, where a test is all of them. */
export function pace(times = 1): Pace {
  const limiters = Object.fromEntries(Object.entries(rules).map(([act, { network, visitor }]) => [act, {
    network: new RateLimiterMemory({ points: network * times, duration: 60 }), visitor: new RateLimiterMemory({ points: visitor, duration: 60 }),
  }])) as Readonly<Record<Act, Readonly<Record<'network' | 'visitor', RateLimiterMemory>>>>
  return async (act, { ip, visitorId }) => {
    await take(limiters[act].network, networkOf(ip))
    if (visitorId !== undefined) await take(limiters[act].visitor, visitorId)
  }
}
