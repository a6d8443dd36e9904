import type { Publication } from './store.ts'
import { whyChange, whyNow, type Why } from './words.ts'

/** An edit or removal that has yet to reach the network, or was refused there (`what` is null then). */
export interface ShownChange { readonly what: 'revise' | 'retract' | null; readonly since: Date | null; readonly why: Why; /** Somebody was told that it takes too long. */ readonly overdue: boolean; /** It was tried and did not get through. */ readonly stuck: boolean; readonly retryAt: Date | null }
/** A publication as screens are told of it. */
export interface Shown extends Pick<Publication, 'id' | 'accountId' | 'channel' | 'part' | 'state' | 'because' | 'attempts' | 'dueAt' | 'confirmedAt' | 'pending'> {
  readonly why: Why | null
  readonly url: string | null
  /** When it is tried again by itself. */
  readonly retryAt: Date | null
  readonly change: ShownChange | null
  /** When it was last looked for on its network; with `because` 'not-seen' it was not there. */
  readonly readBackAt: Date | null
}
const waits = ['retry-wait', 'unknown', 'scheduled', 'prepared']
function changeOf(one: Publication): ShownChange | null {
  const why = one.state === 'confirmed' ? whyChange(one) : undefined
  return why ? { what: one.pending, since: one.changeAskedAt, why, overdue: one.changeAlertedAt !== null, stuck: one.pending !== null && one.changeBecause !== null, retryAt: one.pending ? one.wakeAt : null } : null
}
export const shown = (one: Publication): Shown => ({
  id: one.id, accountId: one.accountId, channel: one.channel, part: one.part, state: one.state, because: one.because, why: whyNow(one) ?? null, url: one.remoteUrl,
  attempts: one.attempts, dueAt: one.dueAt, confirmedAt: one.confirmedAt, pending: one.pending,
  retryAt: waits.includes(one.state) && one.wakeAt && one.wakeAt > one.dueAt ? one.wakeAt : null, change: changeOf(one), readBackAt: one.readBackAt,
})
