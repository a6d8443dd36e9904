import type { Publish, Trouble } from '#kit/channel.ts'
import type { Late, State } from './states.ts'

export type Idempotency = Publish<unknown, never>['idempotency']

/** What of a publication decides about it. */
export interface Standing {
  readonly state: State
  readonly because: string | null
  readonly dueAt: Date
  readonly late: Late | null
  /** An answer of a person, said now: it neither waits for a pause nor comes too late. */
  readonly spoken: boolean
  readonly part: number
  readonly attempts: number
  readonly approvals: number
  readonly looks: number
  readonly firstTriedAt: Date | null
  /** Since when a try under its key may have arrived. */
  readonly unsureSince: Date | null
}
/** What stands around it at this moment. */
export interface Facts {
  readonly idempotency: Idempotency
  readonly keyHours?: number
  readonly account: 'connected' | 'login-needed' | 'gone'
  readonly paused: boolean
  /** What it stands under is out, and we know as what; true where it stands by itself. */
  readonly parentOut: boolean
  /** Until when its account is left alone, and why. */
  readonly gate?: { readonly until: Date; readonly because: 'paced' | 'breaker' }
}
export type Happening =
  | { readonly what: 'woken' }
  /** Found in the middle of sending, with nobody at it. */
  | { readonly what: 'cut-off' }
  /** While it was readied: nothing of it can have been seen. */
  | { readonly what: 'hindered'; readonly trouble: Trouble }
  | { readonly what: 'tried'; readonly trouble: Trouble }
  /** Kept back after all, before the first byte: the disk would not hold the intent. */
  | { readonly what: 'kept-back'; readonly because: string }
  | { readonly what: 'looked'; readonly found: 'absent' | 'unsure' }
/** `afresh`: made ready again from its draft before it is sent. */
export type Decision =
  | { readonly do: 'send' }
  | { readonly do: 'look' }
  | { readonly do: 'rest'; readonly to: State; readonly because: string | null; readonly until: Date | null; readonly afresh?: true }

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour
/** More than this late, a post asks before it goes out: the moment may have passed. */
export const lateAfter = 15 * minute
// A key is trusted until a quarter of an hour before the network forgets it.
const margin = 15 * minute
/** For so long something is tried again before a person is asked. */
export const patience = 2 * day
// What was sent may show late on the network: it is looked for after so long, and again.
const looksAfter = [10 * second, minute, 3 * minute] as const
const lookPatience: Readonly<Record<Idempotency, number>> = { keyed: 0, 'keyed-ttl': day, 'two-phase': patience, 'content-refusal': hour, 'read-back': hour, blind: 0 }

const after = (now: Date, wait: number): Date => new Date(now.getTime() + wait)
/** 2 s, 4 s, 8 s … at most 15 minutes. */
export const backoff = (times: number, now: Date): Date => after(now, Math.min(15 * minute, second * 2 ** Math.min(Math.max(times, 1), 10)))
/** What a network asked for, but neither for ever nor not at all. */
export const clamped = (asked: Date, now: Date): Date => after(now, Math.min(Math.max(Number.isNaN(asked.getTime()) ? minute : asked.getTime() - now.getTime(), second), day))

const rest = (to: State, because: string | null, until: Date | null = null): Decision => ({ do: 'rest', to, because, until })
const ask = (because: string): Decision => rest('needs-person', because)
const age = (since: Date | null, now: Date): number => (since ? now.getTime() - since.getTime() : 0)
const canLook = (idempotency: Idempotency): boolean => idempotency !== 'keyed' && idempotency !== 'blind'

/** True while our key makes a repeat harmless. */
export function keyHolds(row: Pick<Standing, 'firstTriedAt'>, facts: Pick<Facts, 'idempotency' | 'keyHours'>, now: Date): boolean {
  if (facts.idempotency === 'keyed') return true
  return facts.idempotency === 'keyed-ttl' && age(row.firstTriedAt, now) < (facts.keyHours ?? 1) * hour - margin
}

export function isLate(row: Pick<Standing, 'dueAt' | 'late'>, now: Date): boolean {
  const late = row.late ?? { do: 'ask' }
  return late.do !== 'publish' && age(row.dueAt, now) > (late.do === 'ask' ? lateAfter : late.minutes * minute)
}

/** One whose outcome is not known, when its time to be taken up has come. */
function settleUnknown(row: Standing, facts: Facts, now: Date): Decision {
  if (keyHolds(row, facts, now)) return age(row.firstTriedAt, now) < patience ? { do: 'send' } : ask('outcome-unknown')
  return canLook(facts.idempotency) ? { do: 'look' } : ask('outcome-unknown')
}
/** The same, when it has just become so: when to take it up. */
function becameUnknown(row: Standing, facts: Facts, now: Date): Decision {
  if (keyHolds(row, facts, now)) return rest('unknown', null, backoff(row.attempts, now))
  if (!canLook(facts.idempotency)) return ask('outcome-unknown')
  return rest('unknown', null, facts.idempotency === 'two-phase' ? backoff(row.attempts, now) : after(now, looksAfter[0]))
}

function woken(row: Standing, facts: Facts, now: Date): Decision {
  const unsure = row.unsureSince !== null
  if (facts.account === 'gone') return unsure ? ask('account-removed') : rest('refused', 'account-removed')
  if (facts.account === 'login-needed') return rest('auth-needed', 'expired')
  if (!facts.parentOut) return unsure ? rest('held', row.because) : rest('waiting', null)
  const stays = unsure ? (row.state === 'held' ? 'held' : 'unknown') : 'scheduled'
  if (facts.gate && facts.gate.until > now) return rest(stays, facts.gate.because, facts.gate.until)
  if (row.state === 'held') return facts.idempotency === 'keyed' ? { do: 'send' } : canLook(facts.idempotency) ? { do: 'look' } : rest('held', row.because)
  if (unsure) return settleUnknown(row, facts, now)
  if (facts.paused && !row.spoken) return rest('scheduled', 'paused')
  const excused = row.spoken || row.part > 0 || row.approvals > 0 || row.because === 'paced'
  return !excused && isLate(row, now) ? ask('late') : { do: 'send' }
}

/** Tried again where nothing of it can have arrived. Where an earlier try may have, it stays in doubt. */
function again(row: Standing, because: string | null, until: Date): Decision {
  return rest(row.unsureSince === null ? 'retry-wait' : 'unknown', because, until)
}

function refused(row: Standing, facts: Facts, { because, now }: { readonly because: string; readonly now: Date }): Decision {
  if (row.unsureSince === null) return rest('refused', because)
  // An earlier try may stand there all the same: this "no" was said to its repeat.
  // A commit that is refused each time would be looked for, not found and repeated without end: it waits between, and then a person is asked.
  if (canLook(facts.idempotency) && facts.idempotency !== 'two-phase') return { do: 'look' }
  return row.attempts < (facts.idempotency === 'two-phase' ? 12 : 6) ? rest('unknown', null, backoff(row.attempts + 2, now)) : ask('outcome-unknown')
}

function tried(row: Standing, facts: Facts, { trouble, now }: { readonly trouble: Trouble; readonly now: Date }): Decision {
  switch (trouble.kind) {
    case 'refused': return refused(row, facts, { because: trouble.because, now })
    case 'expired': return rest('auth-needed', 'expired')
    case 'paced': return again(row, 'paced', clamped(trouble.retryAt, now))
    case 'unreached': return age(row.firstTriedAt, now) < patience ? again(row, null, backoff(row.attempts, now)) : ask(row.unsureSince ? 'outcome-unknown' : 'unreached-for-days')
    case 'stale':
      // With an earlier try in doubt it is looked for first, and only then readied afresh.
      return row.attempts < 8 + row.approvals ? { do: 'rest', to: row.unsureSince === null ? 'retry-wait' : 'unknown', because: null, until: backoff(row.attempts, now), afresh: true } : ask(row.unsureSince ? 'outcome-unknown' : 'changing')
    case 'unknown': return becameUnknown(row, facts, now)
  }
}

/** Readying may be repeated without harm: only what is final ends it. */
function hindered(row: Standing, facts: Facts, { trouble, now }: { readonly trouble: Trouble; readonly now: Date }): Decision {
  switch (trouble.kind) {
    case 'refused': case 'expired': case 'paced': return tried(row, facts, { trouble, now })
    case 'unreached': case 'stale': case 'unknown':
      return age(row.dueAt, now) < patience ? again(row, null, backoff(4, now)) : ask(row.unsureSince ? 'outcome-unknown' : 'unreached-for-days')
  }
}

function looked(row: Standing, facts: Facts, { found, now }: { readonly found: 'absent' | 'unsure'; readonly now: Date }): Decision {
  if (row.state === 'held') return found === 'unsure' && row.looks < looksAfter.length ? rest('held', row.because, backoff(row.looks + 3, now)) : rest('held', row.because)
  // An invisible draft that was not committed may be committed: the commit is one and the same.
  if (found === 'absent' && facts.idempotency === 'two-phase') return { do: 'send' }
  if (found === 'unsure' && age(row.unsureSince, now) < lookPatience[facts.idempotency]) return rest('unknown', null, backoff(row.looks + 2, now))
  const wait = looksAfter[row.looks + 1]
  return found === 'absent' && wait !== undefined ? rest('unknown', null, after(now, wait)) : ask('outcome-unknown')
}

/** Pure: what follows for a publication from what has just happened to it. */
export function decide(row: Standing, happening: Happening, { facts, now }: { readonly facts: Facts; readonly now: Date }): Decision {
  switch (happening.what) {
    case 'woken': return woken(row, facts, now)
    case 'cut-off': return becameUnknown(row, facts, now)
    case 'hindered': return hindered(row, facts, { trouble: happening.trouble, now })
    case 'tried': return tried(row, facts, { trouble: happening.trouble, now })
    case 'kept-back': return again(row, happening.because, backoff(row.attempts + 4, now))
    case 'looked': return looked(row, facts, { found: happening.found, now })
  }
}

/** Where nothing of it has left, unless an earlier try is in doubt. */
export const unsent: readonly State[] = ['scheduled', 'waiting', 'claimed', 'prepared', 'retry-wait', 'held', 'needs-person', 'auth-needed']
/** What nobody can have seen of it may be taken back. */
export const mayCancel = (row: Pick<Standing, 'state' | 'unsureSince'>): boolean => row.unsureSince === null && unsent.includes(row.state)
