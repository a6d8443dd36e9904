/** What happens when a post would go out later than it should. Not said: it asks once it is a quarter of an hour late. */
export type Late = { readonly do: 'publish' } | { readonly do: 'publish-within'; readonly minutes: number } | { readonly do: 'ask' }

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

interface Rule {
  /** Who has to act next; nobody once it has ended. */
  readonly owner: 'worker' | 'network' | 'person' | 'nobody'
  /** How long it may last before somebody is told. */
  readonly within?: number
  /** Counted from the time it is due rather than from the move. */
  readonly fromDue?: true
  readonly to: readonly string[]
}

/** Every state a publication can be in: whose turn it is, for how long, and what may follow. */
export const states = {
  scheduled: { owner: 'worker', within: hour, fromDue: true, to: ['scheduled', 'claimed', 'sending', 'held', 'needs-person', 'auth-needed', 'refused', 'cancelled'] },
  waiting: { owner: 'worker', within: day, fromDue: true, to: ['scheduled', 'waiting', 'held', 'needs-person', 'refused', 'cancelled'] },
  claimed: { owner: 'worker', within: 10 * minute, to: ['scheduled', 'waiting', 'prepared', 'sending', 'retry-wait', 'needs-person', 'auth-needed', 'refused', 'held', 'cancelled'] },
  prepared: { owner: 'worker', within: hour, to: ['scheduled', 'waiting', 'prepared', 'sending', 'retry-wait', 'needs-person', 'auth-needed', 'refused', 'held', 'cancelled'] },
  'retry-wait': { owner: 'worker', within: 2 * day, to: ['scheduled', 'claimed', 'sending', 'retry-wait', 'needs-person', 'auth-needed', 'refused', 'held', 'cancelled'] },
  sending: { owner: 'network', within: 10 * minute, to: ['confirmed', 'retry-wait', 'unknown', 'needs-person', 'auth-needed', 'refused', 'held'] },
  unknown: { owner: 'worker', within: 2 * day, to: ['sending', 'confirmed', 'unknown', 'needs-person', 'auth-needed', 'held', 'scheduled', 'cancelled'] },
  held: { owner: 'person', within: day, to: ['held', 'sending', 'unknown', 'confirmed', 'needs-person', 'auth-needed', 'refused', 'scheduled', 'cancelled'] },
  'needs-person': { owner: 'person', within: day, to: ['confirmed', 'scheduled', 'held', 'cancelled'] },
  'auth-needed': { owner: 'person', within: day, to: ['prepared', 'scheduled', 'unknown', 'confirmed', 'needs-person', 'held', 'refused', 'cancelled'] },
  // What was taken can still come back undelivered.
  confirmed: { owner: 'nobody', to: ['gone', 'refused'] },
  refused: { owner: 'nobody', to: ['scheduled', 'cancelled'] },
  cancelled: { owner: 'nobody', to: [] },
  gone: { owner: 'nobody', to: [] },
} as const satisfies Record<string, Rule>

export type State = keyof typeof states
export const allStates = Object.keys(states) as State[]
const ruleOf = (state: State): Rule => states[state]

export const ended = (state: State): boolean => ruleOf(state).owner === 'nobody'
export const mayMove = (from: State, to: State): boolean => ruleOf(from).to.includes(to)
export const openStates: readonly State[] = allStates.filter((state) => !ended(state))

/** When somebody is told that it still stands there; undefined once it has ended. */
export function deadlineOf(state: State, { now, dueAt }: { readonly now: Date; readonly dueAt: Date }): Date | undefined {
  const { within, fromDue } = ruleOf(state)
  if (within === undefined) return undefined
  return new Date((fromDue ? Math.max(dueAt.getTime(), now.getTime()) : now.getTime()) + within)
}
