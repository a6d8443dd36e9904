import { and, asc, eq, inArray, lte } from 'drizzle-orm'
import type { Account, Letter, Trouble } from '#kit/channel.ts'
import type { Json } from '#kit/json.ts'
import { mine, type Db, type Tx } from '#db/database.ts'
import { accountById, accountOf } from '../accounts/store.ts'
import type { House } from '../house.ts'
import { letterAccount } from './store.ts'
import { stopLink } from './stop.ts'
import { letters } from './tables.ts'

export type LetterRow = typeof letters.$inferSelect

const minute = 60_000
const leaseMs = 3 * minute
/** Older than this when its turn comes, a letter is looked for among what was sent before it is sent. */
export const lookFirstAfter = 10 * minute
const patience = 2 * 24 * 60 * minute
const after = (now: Date, ms: number): Date => new Date(now.getTime() + ms)

/** Letters whose turn it is, over all workspaces. */
export async function dueLetters(db: Db, now: Date, limit = 30): Promise<{ id: string; workspaceId: string }[]> {
  return await db.select({ id: letters.id, workspaceId: letters.workspaceId }).from(letters).where(lte(letters.wakeAt, now)).orderBy(asc(letters.wakeAt), asc(letters.id)).limit(limit)
}

export interface Taken {
  readonly row: LetterRow; readonly account: Account; readonly wire: Json
  /** It may have gone out already: it is looked for first. */
  readonly doubt: boolean
}

async function locked(tx: Tx, id: string, now: Date): Promise<LetterRow | undefined> {
  const [row] = await tx.select().from(letters).where(and(mine(tx, letters), eq(letters.id, id), inArray(letters.state, ['waiting', 'sending']), lte(letters.wakeAt, now))).for('update', { skipLocked: true })
  return row
}
const rest = async (tx: Tx, row: LetterRow, set: Partial<LetterRow>): Promise<void> => { await tx.update(letters).set({ leaseUntil: null, ...set }).where(and(mine(tx, letters), eq(letters.id, row.id))) }

/** Writes down that it is about to be sent, with the bytes it is sent as. Undefined: somebody else has it, or nothing can send it now. */
export async function takeLetter(tx: Tx, house: House, id: string): Promise<Taken | undefined> {
  const now = house.now()
  const row = await locked(tx, id, now)
  if (!row) return undefined
  const chosen = row.accountId ? await accountById(tx, row.accountId) : await letterAccount(tx)
  const writes = house.channels.find((one) => one.id === chosen?.channel)?.letters
  if (!chosen || chosen.state !== 'connected' || !writes) {
    const over = now.getTime() - row.writtenAt.getTime() > patience
    await rest(tx, row, over ? { state: row.state === 'sending' ? 'doubtful' : 'dropped', because: 'no-account', wakeAt: null, endedAt: now } : { wakeAt: after(now, 15 * minute) })
    return undefined
  }
  const account = accountOf(chosen)
  const prepared = row.wire === null ? writes.prepare(letterOf(house, row), account) : undefined
  const wire = prepared?.wire ?? row.wire!
  const begun = row.state === 'sending'
  await tx.update(letters).set({
    state: 'sending', accountId: chosen.id, wire, remoteId: prepared?.id ?? row.remoteId, tries: row.tries + 1, leaseUntil: after(now, leaseMs), wakeAt: after(now, leaseMs),
  }).where(and(mine(tx, letters), eq(letters.id, row.id)))
  return { row, account, wire, doubt: begun || now.getTime() - row.writtenAt.getTime() > lookFirstAfter }
}

const letterOf = (house: House, row: LetterRow): Letter => ({
  id: row.id, to: row.to, name: row.name, lang: row.lang, subject: row.subject, text: row.text, writtenAt: row.writtenAt.toISOString(),
  ...(row.replyTo ? { replyTo: row.replyTo } : {}), ...(row.inReplyTo ? { inReplyTo: row.inReplyTo } : {}), ...(row.stoppable ? { stop: stopLink(house, row.id) } : {}),
})

/** It is out. */
export async function letterSent(tx: Tx, row: LetterRow, { id, at }: { readonly id: string; readonly at: Date }): Promise<void> {
  await rest(tx, row, { state: 'sent', remoteId: id, because: null, wakeAt: null, endedAt: at })
}
/** Begun once, and nobody can say whether it arrived: better not at all than twice. */
export async function letterDoubtful(tx: Tx, row: LetterRow, at: Date): Promise<void> {
  await rest(tx, row, { state: 'doubtful', because: 'outcome-unknown', wakeAt: null, endedAt: at })
}
/** What follows from a try that did not get through. */
export async function letterTroubled(tx: Tx, row: LetterRow, { trouble, now }: { readonly trouble: Trouble; readonly now: Date }): Promise<void> {
  const tries = row.tries + 1
  const over = now.getTime() - row.writtenAt.getTime() > patience
  if (trouble.kind === 'refused') return await rest(tx, row, { state: 'failed', because: trouble.because.slice(0, 300), wakeAt: null, endedAt: now })
  // The next time round it is looked for, and not sent.
  if (trouble.kind === 'unknown') return await rest(tx, row, { state: 'sending', because: null, wakeAt: after(now, minute) })
  if (over) return await rest(tx, row, { state: 'dropped', because: trouble.kind, wakeAt: null, endedAt: now })
  const wait = trouble.kind === 'paced' ? Math.max(1000, trouble.retryAt.getTime() - now.getTime()) : Math.min(60 * minute, minute * 2 ** Math.min(tries, 6))
  await rest(tx, row, { state: 'waiting', because: trouble.kind, wakeAt: after(now, wait) })
}
