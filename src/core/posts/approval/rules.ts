export const approvalModes = ['none', 'optional', 'required', 'two-step'] as const
/** Whether somebody has to say yes before a post leaves: nobody, whoever was asked, one other person, or two others. */
export type ApprovalMode = (typeof approvalModes)[number]
export const deeds = ['ask', 'approve', 'return', 'withdraw', 'change'] as const
/** What happens to an approval; `change`: the words were changed after it had been asked for. */
export type Deed = (typeof deeds)[number]

/** Somebody who acted: a member, or a stranger by a link. */
export interface Who { readonly memberId: string | null; readonly linkId: string | null }
export interface Step extends Who { readonly deed: Deed }
export interface Rules {
  readonly mode: ApprovalMode; readonly linksCount: boolean
  /** Those whose words they are: nobody's yes to their own words stands for another's. */
  readonly writers: readonly string[]
}
export type ApprovalState = 'none' | 'asked' | 'half' | 'approved' | 'returned'
export interface Standing { readonly state: ApprovalState; readonly approvals: readonly Step[]; readonly counting: number; readonly wanted: number }

const wantedIn: Readonly<Record<ApprovalMode, number>> = { none: 1, optional: 1, required: 1, 'two-step': 2 }
const strict = (mode: ApprovalMode): boolean => mode === 'required' || mode === 'two-step'

/** The yeses that count: of different people, none of them a writer; of all who came by links at most one, where the policy lets them count. */
function countOf(approvals: readonly Step[], { mode, linksCount, writers }: Rules): number {
  if (!strict(mode)) return approvals.length
  const members = new Set(approvals.flatMap((one) => (one.memberId !== null && !writers.includes(one.memberId) ? [one.memberId] : [])))
  const outside = linksCount && approvals.some((one) => one.linkId !== null)
  return members.size + (outside ? 1 : 0)
}

interface Round { readonly is: 'none' | 'open' | 'returned'; readonly approvals: readonly Step[] }
function next(round: Round, step: Step): Round {
  switch (step.deed) {
    case 'ask': return { is: 'open', approvals: [] }
    case 'approve': return round.is === 'open' ? { is: 'open', approvals: [...round.approvals, step] } : round
    case 'return': return round.is === 'open' ? { is: 'returned', approvals: [] } : round
    case 'withdraw': return { is: 'none', approvals: [] }
    case 'change': return round.is === 'open' ? { is: 'open', approvals: [] } : round
  }
}

/** Where an approval stands, from all that happened to it. */
export function standing(steps: readonly Step[], rules: Rules): Standing {
  const { is, approvals } = steps.reduce(next, { is: 'none', approvals: [] })
  const wanted = wantedIn[rules.mode]
  const counting = countOf(approvals, rules)
  return { state: is === 'open' ? open(counting, wanted) : is, approvals, counting, wanted }
}
function open(counting: number, wanted: number): ApprovalState {
  if (counting >= wanted) return 'approved'
  return counting > 0 ? 'half' : 'asked'
}

export type Answer = 'yes' | 'wrong-state' | 'own-words' | 'already-said'
/** Whether this may happen now, by this person. */
export function may(deed: Exclude<Deed, 'change'>, who: Who, { steps, rules }: { readonly steps: readonly Step[]; readonly rules: Rules }): Answer {
  const { state, approvals } = standing(steps, rules)
  if (deed === 'ask') return state === 'none' || state === 'returned' ? 'yes' : 'wrong-state'
  if (deed === 'withdraw') return state === 'none' ? 'wrong-state' : 'yes'
  if (deed === 'return') return state === 'none' || state === 'returned' ? 'wrong-state' : 'yes'
  if (state !== 'asked' && state !== 'half') return 'wrong-state'
  if (approvals.some((one) => one.memberId === who.memberId && one.linkId === who.linkId)) return 'already-said'
  return strict(rules.mode) && who.memberId !== null && rules.writers.includes(who.memberId) ? 'own-words' : 'yes'
}

/** Whether the post may leave. Where approval is optional it waits only once somebody was asked. */
export function mayGoOut(mode: ApprovalMode, state: ApprovalState): boolean {
  if (mode === 'none') return true
  return state === 'approved' || (mode === 'optional' && state === 'none')
}
