import { createMiddleware } from 'hono/factory'
import type { HouseEnv } from '#kit/http.ts'
import { readerLang } from '#kit/lang.ts'
import { Refusal } from '#kit/refusal.ts'
import { isPublicAddress } from '#net/addresses.ts'
import { addressOf, answerRefusal } from './guard.ts'

// What an address has asked for is a sum that fades: 300 at once, or 150 a second without end.
const fadesIn = 2
const most = 300
// However long somebody has been at it, they are heard again a few seconds after they stop.
const worst = most * 20
const rooms = 100_000

interface Asked { sum: number; at: number }
/** `admit`: how many seconds to wait; 0: come in. `at` in seconds. */
export interface FloodGate { admit(address: string, at: number): number }

/** Knows of each address only how much it asks for now, and forgets who has gone. */
export function floodGate(): FloodGate {
  const known = new Map<string, Asked>()
  const now = ({ sum, at: then }: Asked, at: number): number => sum * Math.exp((then - at) / fadesIn)
  const tidy = (at: number): void => {
    for (const [address, asked] of known) if (now(asked, at) < 1) known.delete(address)
    if (known.size >= rooms) known.clear()
  }
  return {
    admit: (address, at) => {
      const asked = known.get(address)
      if (!asked) {
        if (known.size >= rooms) tidy(at)
        known.set(address, { sum: 1, at })
        return 0
      }
      const sum = now(asked, at)
      // What is refused weighs more: a server that is held up for a moment does not take the flood for new.
      asked.sum = Math.min(sum + (sum >= most ? 3 : 1), worst)
      asked.at = at
      return asked.sum <= most ? 0 : Math.ceil(fadesIn * Math.log(asked.sum / most)) + 1
    },
  }
}

/**
 * Before all else: who asks for more than any house of people would is refused unread. Without a trusted proxy in front,
 * neighbours on the same machine or network are let in, since they may be a proxy nobody told us of, with everybody behind it.
 */
export const turnAway = (gate: FloodGate, hops: number) => createMiddleware<HouseEnv>(async (c, next) => {
  const address = addressOf(c, hops)
  const seconds = hops === 0 && !isPublicAddress(address) ? 0 : gate.admit(address, performance.now() / 1000)
  if (seconds === 0) return await next()
  c.set('lang', readerLang(c.req.header('accept-language'), 'en'))
  return answerRefusal(c, new Refusal('rate_limited', { params: { seconds }, extra: { retryAfter: seconds } }))
})
