import type { Account, Draft, Limits, Receipt, Trouble } from '#kit/channel.ts'
import type { Json } from '#kit/json.ts'
import type { Decision, Facts } from './rules.ts'
import type { Publication } from './store.ts'

export interface Claim { readonly owner: string; readonly now: Date; readonly until: Date; readonly limit: number; /** This one alone. */ readonly id?: string }
/** What the worker needs to know around a row it has claimed. */
export interface Around { readonly account: Account | undefined; readonly facts: Pick<Facts, 'account' | 'paused' | 'parentOut' | 'gate'>; readonly parent: Publication | undefined }
export interface Frozen { readonly draft: Draft | null; readonly wire: Json; readonly hash: string }
export type Pace = NonNullable<Limits['pace']>
/** Whether one that is due may be sent as it stands, and at which pace its account may be called. */
export type Goes = (row: Publication, around: Around) => { readonly pace: Pace | undefined } | undefined
export interface Intent { readonly row: Publication; readonly attemptId: string }
export type Rest = Extract<Decision, { do: 'rest' }>
/** `around`: of all that was due, by its id. */
export interface Taken { readonly claimed: readonly Publication[]; readonly intents: readonly Intent[]; readonly around: ReadonlyMap<string, Around> }
/** How a try ended, or why there was none. */
export interface Ending { readonly rest: Rest; readonly outcome: string; readonly detail?: string | undefined; readonly trouble?: Trouble['kind']; /** It has just become possible that it arrived. */ readonly doubt?: boolean }
/** `lookAt`: when it is looked for on its network once; `seenAt`: when it was seen there just now. */
export interface Confirmed { readonly row: Publication; readonly receipt: Receipt; readonly lookAt?: Date; readonly seenAt?: Date }

/**
 * The worker's book: every line is one transaction, from the state and version the worker saw. What has moved on meanwhile
 * is left out of the answer, and the worker lets it be.
 */
export interface Ledger {
  /** Reads what comes due in this span: whoever takes it up at its moment has it at hand. Nothing is changed or held by it. */
  foresee(span: { readonly after: Date; readonly until: Date }): Promise<void>
  /** Takes up what is due, each under a lease with a number of its own; of what may go as it stands the intent is written at once. */
  take(claim: Claim, goes: Goes): Promise<Taken>
  /** A file was handed over, or the wire is final from here on. */
  keepDraft(row: Publication, draft: Draft, /** Until when the worker has it for itself, where that is longer than its lease. */ until?: Date): Promise<Publication | undefined>
  freeze(row: Publication, frozen: Frozen, at: Date): Promise<Publication | undefined>
  /** Writes down the intent to send. Those whose account has to wait, or whose workspace is paused, are put to rest instead. */
  intend(rows: readonly { readonly row: Publication; readonly pace: Pace | undefined }[], lease: { readonly now: Date; readonly until: Date }): Promise<Intent[]>
  confirm(all: readonly Confirmed[], at: Date): Promise<void>
  rest(row: Publication, ending: Ending, at: Date): Promise<Publication | undefined>
  revised(row: Publication, at: Date): Promise<void>
  retracted(row: Publication, at: Date): Promise<void>
  changeFailed(row: Publication, failed: { readonly until: Date; readonly word?: string } | { readonly because: string }, at: Date): Promise<void>
  nextDue(): Promise<Date | undefined>
}
