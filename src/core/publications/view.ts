import type { Publication } from './store.ts'
import { whyNow, type Why } from './words.ts'

/** A publication as screens are told of it. */
export interface Shown extends Pick<Publication, 'id' | 'accountId' | 'channel' | 'part' | 'state' | 'because' | 'attempts' | 'dueAt' | 'confirmedAt' | 'pending'> {
  readonly why: Why | null
  readonly url: string | null
  /** When it is tried again by itself. */
  readonly retryAt: Date | null
}
const waits = ['retry-wait', 'unknown', 'scheduled', 'prepared']
export const shown = (one: Publication): Shown => ({
  id: one.id, accountId: one.accountId, channel: one.channel, part: one.part, state: one.state, because: one.because, why: whyNow(one) ?? null, url: one.remoteUrl,
  attempts: one.attempts, dueAt: one.dueAt, confirmedAt: one.confirmedAt, pending: one.pending,
  retryAt: waits.includes(one.state) && one.wakeAt && one.wakeAt > one.dueAt ? one.wakeAt : null,
})
