import type { Idempotency } from './words.ts'
import type { Trouble } from '#kit/channel.ts'

/** What the worker does after a try that did not end in a receipt. */
export type Step =
  | { readonly do: 'send-again'; readonly at: Date }
  | { readonly do: 'look' }
  | { readonly do: 'ask-person'; readonly because: string }
  | { readonly do: 'refuse'; readonly because: string }
  | { readonly do: 'reconnect' }

export interface Tried { readonly idempotency: Idempotency; readonly keyHours?: number; readonly attempts: number; readonly firstTriedAt: Date }

const hour = 3_600_000
const day = 24 * hour
// A key is trusted until a quarter of an hour before the network forgets it.
const margin = hour / 4

/** 2 s, 4 s, 8 s … at most 15 minutes. */
export const backoff = (attempts: number, now: Date): Date => new Date(now.getTime() + Math.min(15 * 60_000, 1000 * 2 ** Math.min(attempts, 10)))

function afterUnknown(tried: Tried, now: Date): Step {
  const age = now.getTime() - tried.firstTriedAt.getTime()
  switch (tried.idempotency) {
    case 'keyed': return age < 2 * day ? { do: 'send-again', at: backoff(tried.attempts, now) } : { do: 'ask-person', because: 'unreached-for-days' }
    case 'keyed-ttl': return age < (tried.keyHours ?? 1) * hour - margin ? { do: 'send-again', at: backoff(tried.attempts, now) } : { do: 'look' }
    case 'two-phase': case 'content-refusal': case 'read-back': return { do: 'look' }
    case 'blind': return { do: 'ask-person', because: 'outcome-unknown' }
  }
}

/** Pure: what follows from how a try ended. A crash while sending is trouble of kind `unknown`. */
export function nextStep(trouble: Trouble, tried: Tried, now: Date): Step {
  switch (trouble.kind) {
    case 'refused': return { do: 'refuse', because: trouble.because }
    case 'expired': return { do: 'reconnect' }
    case 'paced': return { do: 'send-again', at: new Date(Math.min(Math.max(trouble.retryAt.getTime(), now.getTime() + 1000), now.getTime() + day)) }
    case 'unreached': case 'stale': return now.getTime() - tried.firstTriedAt.getTime() < 2 * day ? { do: 'send-again', at: backoff(tried.attempts, now) } : { do: 'ask-person', because: 'unreached-for-days' }
    case 'unknown': return afterUnknown(tried, now)
  }
}

/** Pure: what follows from having looked on the network itself. */
export function afterLook(found: 'found' | 'absent' | 'unsure', tried: Tried, now: Date): Step | 'confirm' {
  if (found === 'found') return 'confirm'
  // That it cannot be seen proves nothing, unless nothing of it can be half there: an invisible draft may be made again.
  if (found === 'absent' && tried.idempotency === 'two-phase') return { do: 'send-again', at: backoff(tried.attempts, now) }
  return { do: 'ask-person', because: 'outcome-unknown' }
}

/** More than this late, a post asks before it goes out: the moment may have passed. */
export const lateAfter = 15 * 60_000
export const isLate = (dueAt: Date, now: Date): boolean => now.getTime() - dueAt.getTime() > lateAfter
