import { and, asc, eq, inArray, isNotNull, isNull, lte } from 'drizzle-orm'
import type { Tx } from '#db/database.ts'
import { mine } from '#db/database.ts'
import { emit } from '../events/store.ts'
import type { Publication } from './store.ts'
import { publications } from './tables.ts'

const second = 1000
const minute = 60 * second
const day = 24 * 60 * minute
const again = 5 * minute
/** What is out is looked for between half a minute and two after it was confirmed, each at a time of its own. */
export const lookAfter = (key: string, confirmedAt: Date): Date => new Date(confirmedAt.getTime() + 30 * second + (Number.parseInt(key.slice(0, 4), 16) % 91) * second)

export interface Finding { readonly found: 'there' | 'absent' | 'unsure'; /** The network will not be asked before. */ readonly notBefore?: Date | undefined }
/** `not-seen`: twice it was not there. `nothing`: it could not be found out, and is asked no more. */
export type Verdict = { readonly is: 'seen' | 'not-seen' | 'nothing' } | { readonly is: 'again'; readonly at: Date }

/** Pure: what follows from one look at what should stand there. It is never sent again for that. */
export function verdictOf({ readBacks, confirmedAt }: { readonly readBacks: number; readonly confirmedAt: Date | null }, { found, notBefore }: Finding, now: Date): Verdict {
  if (found === 'there') return { is: 'seen' }
  if (found === 'absent') return readBacks > 0 ? { is: 'not-seen' } : { is: 'again', at: new Date(now.getTime() + again) }
  if (now.getTime() - (confirmedAt ?? now).getTime() > day) return { is: 'nothing' }
  return { is: 'again', at: new Date(Math.max(now.getTime() + 3 * again, notBefore?.getTime() ?? 0)) }
}

/** Takes up a few that are to be looked for, over all workspaces. A worker that dies over it leaves them for the next. */
export async function claimReadBacks(tx: Tx, { now, limit }: { readonly now: Date; readonly limit: number }): Promise<Publication[]> {
  const due = await tx.select({ id: publications.id }).from(publications)
    .where(and(isNotNull(publications.readBackDue), lte(publications.readBackDue, now), eq(publications.state, 'confirmed'), isNull(publications.pending)))
    .orderBy(asc(publications.readBackDue)).limit(limit).for('update', { skipLocked: true })
  if (due.length === 0) return []
  return await tx.update(publications).set({ readBackDue: new Date(now.getTime() + again) }).where(inArray(publications.id, due.map((row) => row.id))).returning()
}

/** Keeps what a look told. It moves neither state nor version: an edit underway is not disturbed. */
export async function keepReadBack(tx: Tx, row: Publication, { finding, at }: { readonly finding: Finding; readonly at: Date }): Promise<Verdict> {
  const verdict = verdictOf(row, finding, at)
  const set = verdict.is === 'again' ? { readBackDue: verdict.at, readBacks: row.readBacks + (finding.found === 'absent' ? 1 : 0) }
    : { readBackDue: null, ...(verdict.is === 'nothing' ? {} : { readBackAt: at, because: verdict.is === 'seen' ? null : 'not-seen' }) }
  const kept = await tx.update(publications).set(set)
    .where(and(mine(tx, publications), eq(publications.id, row.id), eq(publications.state, 'confirmed'), isNull(publications.pending), eq(publications.remoteId, row.remoteId ?? ''))).returning({ id: publications.id })
  if (kept.length > 0 && verdict.is === 'not-seen') await emit(tx, 'publication.not-seen', { at, ...(row.postId ? { postId: row.postId } : {}), data: { publicationId: row.id, channel: row.channel } })
  return verdict
}
