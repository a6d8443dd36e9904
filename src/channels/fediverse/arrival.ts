import type { Activity, Object as ApObject } from '@fedify/vocab'
import type { Incoming } from '#kit/channel.ts'
import type { Within } from '#kit/host.ts'
import type { ProblemCode } from '#kit/problems.ts'
import type { Tx } from '#db/database.ts'
import type { Peer } from './actors.ts'
import { sameHouse } from './addresses.ts'
import type { Desk } from './house.ts'

/** A signed activity whose sender is known to be its actor. Nothing has been done about it yet. */
export interface Arrival { readonly desk: Desk; readonly activity: Activity; readonly id: URL; readonly peer: Peer; readonly now: Date }

/** What is to be done: everything in `take` happens, or, after any refusal, nothing. */
export type Verdict =
  | { readonly do: 'take'; readonly items: readonly Incoming[]; readonly object: string | null; readonly also?: (tx: Tx) => Promise<void> }
  /** Something of the channel's own is kept with what is heard, in one transaction. */
  | { readonly do: 'keep'; readonly object: string | null; readonly keep: (open: Within) => Promise<void> }
  | { readonly do: 'ignore' }
  | { readonly do: 'refuse'; readonly code: ProblemCode }

export const ignored: Verdict = { do: 'ignore' }
export const refuse = (code: ProblemCode): Verdict => ({ do: 'refuse', code })
export const take = (items: readonly Incoming[], object: string | null, also?: (tx: Tx) => Promise<void>): Verdict =>
  ({ do: 'take', items, object, ...(also ? { also } : {}) })

export const keepWith = (object: string | null, keep: (open: Within) => Promise<void>): Verdict => ({ do: 'keep', object, keep })

/** What every item says of where it comes from. */
export const from = ({ desk, peer, now }: Arrival, id: string, url?: string) =>
  ({ ref: { channel: desk.account.channel, id, ...(url ? { url } : {}) }, at: now.toISOString(), author: peer.person })

/** The object of an activity: what was sent along when it is of the sender's own house, else fetched by its id. */
export async function objectOf({ activity, desk }: Arrival): Promise<ApObject | null> {
  const { documents, contexts } = desk.loaders
  return activity.getObject({ documentLoader: documents, contextLoader: contexts, suppressError: true })
}

/** An object is somebody's own when it stands in their house and names them as its only author. */
export function isOwn(object: ApObject, peer: Peer): boolean {
  const authors = object.attributionIds.map(({ href }) => href)
  return sameHouse(object.id, new URL(peer.uri)) && authors.length === 1 && authors[0] === peer.uri
}
