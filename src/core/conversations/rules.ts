import type { Kind } from '#kit/channel.ts'

export const priorities = ['low', 'normal', 'high', 'urgent'] as const
export type Priority = (typeof priorities)[number]
/** Urgency as the database keeps it, so that it can be put in order. */
export const rankOf = (priority: Priority): number => priorities.indexOf(priority) - 1
export const priorityOf = (rank: number): Priority => priorities[rank + 1] ?? 'normal'

export type From = 'contact' | 'team'

/** Where a conversation stands, told from what was said in it. */
export interface Tally {
  readonly messageCount: number
  /** Changes of speaker so far. */
  readonly turns: number
  readonly lastFrom: From
  /** When the oldest message arrived that nobody has answered. */
  readonly waitingSince: Date | null
}
export const nothingSaid: Tally = { messageCount: 0, turns: 0, lastFrom: 'contact', waitingSince: null }

/** `asks`: it was put to us, so from now on somebody waits. */
export interface Said { readonly from: From; readonly at: Date; readonly asks: boolean }

/** Where it stands once this, too, was said. */
export function after(tally: Tally, said: Said): Tally {
  const turned = tally.messageCount > 0 && tally.lastFrom !== said.from
  return {
    messageCount: tally.messageCount + 1, turns: tally.turns + (turned ? 1 : 0), lastFrom: said.from,
    waitingSince: said.from === 'team' ? null : tally.waitingSince ?? (said.asks ? said.at : null),
  }
}
export const tallyOf = (all: readonly Said[]): Tally => all.reduce(after, nothingSaid)

/** The first free moment in a conversation: its messages stand in the order in which the house took them in. */
export const nextMoment = (last: Date | null, now: Date): Date =>
  last === null || now.getTime() > last.getTime() ? now : new Date(last.getTime() + 1)

/** How long a claim keeps others from answering; whoever writes on renews it. */
export const claimMs = 2 * 60_000
export interface Claim { readonly claimedBy: string | null; readonly claimedUntil: Date | null }

/** The member who holds a conversation now, if any. */
export const holderOf = (claim: Claim, now: Date): string | null =>
  claim.claimedBy !== null && claim.claimedUntil !== null && claim.claimedUntil.getTime() > now.getTime() ? claim.claimedBy : null
export const heldByAnother = (claim: Claim, memberId: string, now: Date): string | null => {
  const holder = holderOf(claim, now)
  return holder === memberId ? null : holder
}

export const kindOf = (visibility: 'public' | 'private'): Kind => (visibility === 'private' ? 'message' : 'reply')

/** `until`: when the network stops taking one. `byHand`: a person posts it there. */
export type MayAnswer = { readonly ok: true; readonly until: Date | null; readonly byHand: boolean } | { readonly ok: false; readonly because: 'history' | 'no-answers' | 'login-needed' | 'removed' | 'too-late' }
interface Way {
  readonly kind: Kind
  /** What the channel carries; undefined: the account belongs to none, as an import's. */
  readonly kinds: readonly Kind[] | undefined
  readonly account: 'connected' | 'login-needed' | 'removed'
  /** Within how many hours of their last word the network takes an answer. */
  readonly hours: number | undefined
  readonly lastHeard: Date | null
  /** What the network takes only from a person's own hand. */
  readonly byHand?: readonly Kind[] | undefined
}
/** Whether an answer can reach them, and what stands in the way. */
export function mayAnswer(way: Way, now: Date): MayAnswer {
  if (way.kinds === undefined) return { ok: false, because: 'history' }
  const byHand = !way.kinds.includes(way.kind)
  if (byHand && !way.byHand?.includes(way.kind)) return { ok: false, because: 'no-answers' }
  if (way.account === 'removed' || (!byHand && way.account !== 'connected')) return { ok: false, because: way.account === 'removed' ? 'removed' : 'login-needed' }
  const until = way.hours === undefined ? null : new Date((way.lastHeard?.getTime() ?? 0) + way.hours * 3_600_000)
  return until && until.getTime() < now.getTime() ? { ok: false, because: 'too-late' } : { ok: true, until, byHand }
}

/** The beginning of what was said, on one line, for lists. */
export function glimpse(text: string, max = 240): string {
  const line = text.slice(0, max * 4).replace(/\s+/g, ' ').trim()
  return line.length <= max ? line.toWellFormed() : `${line.slice(0, max - 1).toWellFormed().replace(/\uFFFD$/, '').trimEnd()}…`
}
