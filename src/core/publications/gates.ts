import type { Trouble } from '#kit/channel.ts'
import type { Pace } from './ledger.ts'

/** How we stand towards an account: left alone until then, after so many calls in a row without an answer. */
export interface Gate { readonly closedUntil: Date | null; readonly because: 'paced' | 'breaker' | null; readonly failures: number }
export const open: Gate = { closedUntil: null, because: null, failures: 0 }

const minute = 60_000
// So many calls in a row without an answer, and the account is left alone for a while.
const enough = 5
// While one tries the door, the others wait this long.
const trying = minute

/** Pure: the gate after a call. `until` is when the network will have us again. */
export function gateAfter(gate: Gate, trouble: Trouble['kind'], { now, until }: { readonly now: Date; readonly until: Date | null }): Gate {
  if (trouble === 'paced') return { closedUntil: until, because: 'paced', failures: 0 }
  if (trouble !== 'unreached' && trouble !== 'unknown') return open
  const failures = gate.failures + 1
  if (failures < enough) return { ...gate, failures }
  const wait = Math.min(15 * minute, minute / 2 * 2 ** Math.min(failures - enough, 5))
  return { closedUntil: new Date(now.getTime() + wait), because: 'breaker', failures }
}

export interface Admission { /** How many may go now. */ readonly now: number; /** When the n-th of the others may. */ readonly later: (n: number) => Date; readonly because: 'paced' | 'breaker'; readonly gate: Gate }
interface Asking { readonly gate: Gate; readonly pace: Pace | undefined; /** When the last ones left, newest first, as far as the pace reaches. */ readonly recent: readonly Date[]; readonly wanted: number; readonly now: Date }

// A call reaches its network a little after its intent was written; so much later than its window ends, the next may be.
const slack = 1_000
/** How long a place in the pace is taken, in milliseconds. */
export const windowOf = (pace: Pace): number => pace.perMinutes * minute + slack

/** Pure: how many of an account's publications may leave now. No window of the pace ever holds more than it allows. */
export function admit({ gate, pace, recent, wanted, now }: Asking): Admission {
  const { closedUntil, because } = gate
  if (closedUntil && closedUntil > now) return { now: 0, later: () => closedUntil, because: because ?? 'paced', gate }
  if (closedUntil) {
    // The wait is over: one goes ahead, and what it meets decides for the others.
    const until = new Date(now.getTime() + trying)
    return { now: Math.min(1, wanted), later: () => until, because: because ?? 'paced', gate: { ...gate, closedUntil: until } }
  }
  if (!pace) return { now: wanted, later: () => now, because: 'paced', gate }
  const window = windowOf(pace)
  const within = recent.filter((at) => now.getTime() - at.getTime() < window)
  const room = Math.max(0, Math.min(wanted, pace.sends - within.length))
  // Places come free in the order in which they were taken, those of this moment last.
  const taken = [...within].reverse().concat(Array.from({ length: room }, () => now)).slice(-pace.sends)
  const later = (n: number): Date => new Date(taken[n % pace.sends]!.getTime() + window * (1 + Math.floor(n / pace.sends)))
  return { now: room, later, because: 'paced', gate }
}
