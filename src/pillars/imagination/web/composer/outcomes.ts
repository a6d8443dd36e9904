import type { Publication, Settling } from '../calls.ts'

type State = Publication['state']
const forPeople: readonly State[] = ['needs-person', 'auth-needed', 'unknown']
export const isStuck = (one: Pick<Publication, 'state' | 'because'>): boolean => forPeople.includes(one.state) || (one.state === 'held' && one.because !== 'paused')
/** The network said yes, and yet it is not to be seen there. */
export const isUnseen = (one: Pick<Publication, 'state' | 'because'>): boolean => one.state === 'confirmed' && one.because === 'not-seen'
export const isWrong = (one: Pick<Publication, 'state' | 'because'>): boolean => isStuck(one) || one.state === 'refused' || isUnseen(one)
/** Held until somebody says whether it may leave: its network can be asked once more. */
export const isHeld = (one: Pick<Publication, 'state' | 'because'>): boolean => one.state === 'held' && isStuck(one)
/** A change that somebody can say something about: it did not get through, or takes too long. */
export const isChangeOpen = ({ change }: Pick<Publication, 'change'>): boolean => change !== null && (change.stuck || change.overdue || change.what === null)
/** What will not go out under this post any more: said again, it is a new one. */
export const isLost = (one: Pick<Publication, 'state' | 'because'>): boolean => isWrong(one) || one.state === 'gone' || (one.state === 'cancelled' && one.because === 'dropped')

/** Which of the three answers make sense: what is only paused is answered by letting publishing go on. */
export function mayAnswer(one: Pick<Publication, 'state' | 'because'>, answer: Settling): boolean {
  if (isUnseen(one)) return answer !== 'send'
  if (one.state === 'refused') return answer !== 'there'
  if (one.state === 'auth-needed') return answer !== 'send'
  return isStuck(one)
}

const weight: Readonly<Record<State, number>> = {
  'needs-person': 0, 'auth-needed': 1, held: 2, refused: 3, unknown: 4, 'retry-wait': 5, sending: 6, claimed: 7, prepared: 8, scheduled: 9, waiting: 10, confirmed: 11, cancelled: 12, gone: 13,
}
// What is out and yet in trouble matters more than what is on its way.
const weightOf = (one: Publication): number => (isUnseen(one) ? 3.2 : isChangeOpen(one) ? 3.6 : weight[one.state])
export interface Placed { readonly accountId: string; readonly channel: string; readonly parts: readonly Publication[]; readonly out: number; readonly worst: Publication }

/** The publications of a post by account, each with its parts in order, how many are out, and the one that matters most. */
export function byAccount(publications: readonly Publication[]): readonly Placed[] {
  return [...Map.groupBy(publications, (one) => one.accountId)].map(([accountId, all]) => {
    // What was called off before matters only as long as nothing came after it.
    const latest = [...Map.groupBy(all, (one) => one.part).values()].map((same) => same.toSorted((a, b) => weightOf(a) - weightOf(b))[0]!)
    const parts = latest.toSorted((a, b) => a.part - b.part)
    return { accountId, channel: all[0]!.channel, parts, out: parts.filter((one) => one.state === 'confirmed').length, worst: parts.toSorted((a, b) => weightOf(a) - weightOf(b))[0]! }
  })
}
