import type { Account, Attachment, Channel, Ctx, Limits } from '#kit/channel.ts'
import { ChannelError, idempotencyOf, type Trouble } from '#kit/channel.ts'
import type { Json } from '#kit/json.ts'
import { Refusal } from '#kit/refusal.ts'
import type { House } from '#core/house.ts'
import type { Around, Confirmed, Ending, Ledger } from '#core/publications/ledger.ts'
import { decide, type Decision, type Facts, type Happening, type Standing } from '#core/publications/rules.ts'
import type { Publication } from '#core/publications/store.ts'
import type { Journal } from './journal.ts'

export type SendingChannel = Channel<unknown, Json, Json> & { readonly publish: NonNullable<Channel<unknown, Json, Json>['publish']> }

/** Everything the publisher touches: a simulator gives its own of each. */
export interface Tools {
  readonly house: Pick<House, 'channels' | 'now' | 'log'>
  readonly ledger: Ledger
  readonly journal: Journal
  readonly ctx: (row: Publication, /** In milliseconds, where it may take longer than one send. */ patience?: number) => Ctx
  /** The bytes of a file as the network wants them. */
  readonly fit: (row: Publication, attachment: Attachment, limits: Limits['media']) => Promise<{ readonly bytes: Uint8Array<ArrayBuffer>; readonly attachment: Attachment }>
  /** Milliseconds of a clock that only goes forward. */
  readonly monotonic: () => number
  /** When, by that clock, the others last took this worker for dead. */
  readonly lostAt?: () => number
  /** Which worker this is, of all on the same database. */
  readonly owner: string
}

/** How long a claim is a worker's own; the last line before the first byte looks at it once more. */
export const leaseMs = 120_000
export const sendTimeout = 60_000
// An attempt begins only while there is time for it to end within its lease.
const reserve = leaseMs - sendTimeout

/** A lease by both clocks: neither a stopped process nor a sleeping machine takes it for valid. */
export interface Held { readonly until: Date; readonly byMonotonic: number }
export const leaseFrom = ({ house, monotonic }: Pick<Tools, 'house' | 'monotonic'>): Held => ({ until: new Date(house.now().getTime() + leaseMs), byMonotonic: monotonic() + leaseMs })
export const holds = ({ house, monotonic, lostAt }: Pick<Tools, 'house' | 'monotonic' | 'lostAt'>, lease: Held): boolean =>
  house.now().getTime() < lease.until.getTime() - reserve && monotonic() < lease.byMonotonic - reserve && (lostAt?.() ?? -Infinity) < lease.byMonotonic - leaseMs

/** What all errands of one publisher share. */
export interface Desk extends Tools {
  /** Says that the network has it; many in one transaction. */
  readonly confirming: (one: Confirmed) => Promise<void>
  /** Lets few at once upload and decode. */
  readonly readying: <T>(work: () => Promise<T>) => Promise<T>
  /** Its network has answered; what is left to do is to say so. */
  readonly told: (id: string) => void
  /** It is no longer underway here. */
  readonly leave: (id: string) => void
}
export interface Errand { readonly desk: Desk; readonly row: Publication; readonly around: Around; readonly channel: SendingChannel; readonly account: Account; readonly lease: Held }

export const troubleOf = (error: unknown): Trouble => (error instanceof ChannelError ? error.trouble : { kind: 'unknown' })
/** The same before anything is sent: there a refusal of our own house is as final as one of the network. */
export const hindranceOf = (error: unknown): Trouble => (error instanceof Refusal ? { kind: 'refused', because: error.code } : troubleOf(error))

export const standingOf = (row: Publication): Standing => ({ ...row, spoken: row.messageId !== null })
export function factsOf({ channel, around, account }: Pick<Errand, 'around'> & { readonly channel: SendingChannel | undefined; readonly account?: Account }): Facts {
  const publish = channel?.publish
  return { ...around.facts, idempotency: publish ? idempotencyOf(publish, account) : 'blind', ...(publish?.idempotency === 'keyed-ttl' ? { keyHours: publish.keyHours } : {}) }
}

export const happened = (errand: Errand, happening: Happening): Decision =>
  decide(standingOf(errand.row), happening, { facts: factsOf(errand), now: errand.desk.house.now() })
export const rest = (errand: Errand, ending: Ending): Promise<Publication | undefined> => errand.desk.ledger.rest(errand.row, ending, errand.desk.house.now())
export const stumbled = ({ house }: Pick<Tools, 'house'>, row: Publication) => (error: unknown): void => house.log('publishing stumbled', { publication: row.id, error: String(error) })
