import { and, eq, inArray, ne, sql } from 'drizzle-orm'
import { newId } from '#kit/id.ts'
import { Refusal } from '#kit/refusal.ts'
import { mine, type Tx } from '#db/database.ts'
import { messages } from '../conversations/tables.ts'
import { emit } from '../events/store.ts'
import { confirm } from './endings.ts'
import { isLate } from './rules.ts'
import type { State } from './states.ts'
import { lockPublication, move, ringDue, type Publication } from './store.ts'
import { publications } from './tables.ts'

export interface Answer { readonly answer: 'there' | 'send' | 'drop'; readonly url?: string | undefined; /** The network's own id of it, where the person knows it. */ readonly id?: string | undefined; readonly by?: string; readonly at: Date }

const open: Readonly<Record<Answer['answer'], readonly State[]>> = {
  there: ['unknown', 'needs-person', 'auth-needed', 'held'],
  send: ['unknown', 'needs-person', 'auth-needed', 'held', 'refused'],
  drop: ['unknown', 'needs-person', 'auth-needed', 'held', 'refused'],
}

/** Sends it once more on a person's word, when its time has come: as a new thing, where the one before may stand. */
async function sendAgain(tx: Tx, row: Publication, { by, at }: Answer): Promise<Publication | undefined> {
  const renewed = row.unsureSince !== null && row.draft !== null
  const key = renewed ? newId() : row.key
  const sent = await move(tx, row, { to: 'scheduled', at, set: {
    because: null, wakeAt: row.dueAt > at ? row.dueAt : at, approvals: row.approvals + 1, approvedBy: by ?? null, unsureSince: null, firstTriedAt: null, looks: 0,
    ...(renewed ? { key, draft: { ...row.draft!, key }, preparedAt: null } : {}), ...(row.state === 'refused' ? { preparedAt: null } : {}),
  } })
  if (sent) await ringDue(tx)
  return sent
}

/** What was to stand under one that will not be goes with it. */
async function dropWithIt(tx: Tx, parentId: string): Promise<void> {
  const dropped = await tx.update(publications).set({ state: 'cancelled', because: 'dropped', wakeAt: null, version: sql`${publications.version} + 1` as never })
    .where(and(mine(tx, publications), eq(publications.parentId, parentId), inArray(publications.state, ['waiting', 'held']))).returning({ id: publications.id })
  for (const { id } of dropped) await dropWithIt(tx, id)
}

/** The network had said yes and showed nothing: a person has looked. It is never sent again from here. */
async function settleUnseen(tx: Tx, row: Publication, { answer, at }: Answer): Promise<Publication | undefined> {
  const of = and(mine(tx, publications), eq(publications.id, row.id))
  if (answer === 'there') return (await tx.update(publications).set({ because: null, readBackAt: at }).where(of).returning())[0]
  if (answer !== 'drop' || row.pending !== null) return undefined
  if (row.messageId) await tx.update(messages).set({ withdrawnAt: at }).where(and(mine(tx, messages), eq(messages.id, row.messageId)))
  return await move(tx, row, { to: 'gone', at, set: { because: null, goneAt: at } })
}
/** One place on a network is of one publication: what somebody names twice by mistake is told, not kept. */
async function isThere(tx: Tx, row: Publication, { url, id, at }: Answer): Promise<Publication | undefined> {
  const place = id ?? url ?? row.id
  const taken = await tx.$count(publications, and(mine(tx, publications), eq(publications.accountId, row.accountId), eq(publications.remoteId, place), ne(publications.id, row.id)))
  if (taken > 0) throw new Refusal('stands_for_another', { field: 'url' })
  return await confirm(tx, row.id, { receipt: { id: place, ...(url ? { url } : {}) }, at })
}
const settleAny = async (tx: Tx, row: Publication, given: Answer): Promise<Publication | undefined> => {
  const { answer, at } = given
  if (row.state === 'confirmed' && row.because === 'not-seen') return await settleUnseen(tx, row, given)
  if (!open[answer].includes(row.state)) return undefined
  if (answer === 'there') return await isThere(tx, row, given)
  return answer === 'send' ? await sendAgain(tx, row, given) : await move(tx, row, { to: 'cancelled', at, set: { because: 'dropped' } })
}

/** A person's word on what nobody else can know: it is there; send it; drop it. Undefined when there is nothing to say about it. */
export async function settle(tx: Tx, id: string, given: Answer): Promise<Publication | undefined> {
  const row = await lockPublication(tx, id)
  const settled = row && await settleAny(tx, row, given)
  if (!row || !settled) return undefined
  const { answer, url, at } = given
  if (answer === 'drop') await dropWithIt(tx, id)
  await emit(tx, 'publication.settled', { at, ...(given.by ? { memberId: given.by } : {}), ...(row.postId ? { postId: row.postId } : {}), data: { publicationId: id, channel: row.channel, answer, because: row.because, url: url ?? null } })
  return answer === 'there' ? await lockPublication(tx, id) : settled
}

/** Its account lets us in again: what waited for that goes on where it stopped, and asks if its moment has passed. */
export async function reconnected(tx: Tx, accountId: string, at: Date): Promise<void> {
  const rows = await tx.select().from(publications).where(and(mine(tx, publications), eq(publications.accountId, accountId), eq(publications.state, 'auth-needed'))).for('update')
  for (const row of rows) {
    const late = row.messageId === null && row.unsureSince === null && row.part === 0 && row.approvals === 0 && isLate(row, at)
    if (late) await move(tx, row, { to: 'needs-person', at, set: { because: 'late' } })
    else await move(tx, row, { to: row.unsureSince !== null ? 'unknown' : row.preparedAt === null ? 'scheduled' : 'prepared', at, set: { because: null, wakeAt: at } })
  }
  if (rows.length > 0) await ringDue(tx)
}
