import { countText } from '#text/count.ts'
import type { Account } from './calls.ts'

/** How much of a network's room a text takes. */
export function roomOf(account: Account, text: string): { readonly used: number; readonly max: number; readonly over: number } {
  const { text: limit } = account.limits
  const used = countText(text, limit)
  return { used, max: limit.max, over: Math.max(0, used - limit.max) }
}
