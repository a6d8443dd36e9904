import { overAt, roomBehind, roomLeft, tightest } from '#text/count.ts'
import type { Account } from './calls.ts'

export interface Room { readonly used: number; readonly max: number; readonly over: number; readonly left: number }

/** An account with the room it leaves behind a warning. */
export const behind = <A extends Pick<Account, 'limits'>>(account: A, warning = ''): A =>
  (warning === '' ? account : { ...account, limits: { ...account.limits, text: roomBehind(account.limits, warning) } })

/** How much of a network's room a text takes, by the measure that is tighter. */
export function roomOf(account: Pick<Account, 'limits'>, text: string): Room {
  const { used, max } = tightest(text, account.limits.text)
  const left = roomLeft(text, account.limits.text)
  return { used, max, left, over: Math.max(0, -left) }
}

/** The strictest first: who has the least room, and by name where it is the same. */
export const byStrictness = <A extends Pick<Account, 'limits' | 'channelName'>>(accounts: readonly A[]): readonly A[] =>
  accounts.toSorted((a, b) => a.limits.text.max - b.limits.text.max || a.channelName.localeCompare(b.channelName))

/** Of several accounts the one a text comes nearest to not fitting, and from which sign on. */
export function tightestOf<A extends Pick<Account, 'limits' | 'channelName'>>(accounts: readonly A[], text: string): { readonly account: A; readonly room: Room; readonly overAt: number | undefined } | undefined {
  const account = byStrictness(accounts).toSorted((a, b) => share(b, text) - share(a, text))[0]
  return account && { account, room: roomOf(account, text), overAt: overAt(text, account.limits.text) }
}
const share = (account: Pick<Account, 'limits'>, text: string): number => { const { used, max } = roomOf(account, text); return used / max }
