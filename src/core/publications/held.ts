import { and, asc, eq, inArray, isNull, ne, or } from 'drizzle-orm'
import { mine, type Db, type Tx } from '#db/database.ts'
import { emit } from '../events/store.ts'
import type { Idempotency } from './rules.ts'
import { settle } from './settle.ts'
import { ringDue } from './store.ts'
import { publications } from './tables.ts'

export interface HeldAnswer { readonly answer: 'look' | 'send' | 'drop'; /** These alone; not said: all that are held. */ readonly ids?: readonly string[] | undefined; readonly by: string; readonly at: Date }
export interface HeldAnswered { readonly answered: number; readonly left: number }

// So many are answered in one transaction; whoever has more asks again.
const most = 500

/** The network is asked where it can be, by our key or by looking; what it does not tell of stays held. */
async function wake(tx: Tx, { ids, at }: { readonly ids: readonly string[]; readonly at: Date }, classOf: (channel: string) => Idempotency | undefined): Promise<string[]> {
  const rows = await tx.select({ id: publications.id, channel: publications.channel, hash: publications.wireHash }).from(publications).where(and(mine(tx, publications), inArray(publications.id, [...ids])))
  const askable = rows.filter((row) => { const kind = classOf(row.channel); return kind === 'keyed' || (kind !== undefined && kind !== 'blind' && row.hash !== '') }).map((row) => row.id)
  if (askable.length === 0) return []
  await tx.update(publications).set({ wakeAt: at, looks: 0 }).where(and(mine(tx, publications), inArray(publications.id, askable)))
  await ringDue(tx)
  return askable
}

/** One word for many that are held: look for them, send them, or drop them. Each is settled as if it had been answered alone. */
export async function answerHeld(tx: Tx, given: HeldAnswer, classOf: (channel: string) => Idempotency | undefined): Promise<HeldAnswered> {
  const { answer, ids, by, at } = given
  const free = answer === 'look' ? or(isNull(publications.wakeAt), ne(publications.wakeAt, at)) : undefined
  const rows = await tx.select({ id: publications.id }).from(publications)
    .where(and(mine(tx, publications), eq(publications.state, 'held'), isNull(publications.leaseOwner), free, ids ? inArray(publications.id, [...ids]) : undefined))
    .orderBy(asc(publications.dueAt), asc(publications.part), asc(publications.id)).limit(most).for('update')
  const held = rows.map((row) => row.id)
  const done: string[] = []
  if (answer === 'look') done.push(...await wake(tx, { ids: held, at }, classOf))
  else for (const id of held) if (await settle(tx, id, { answer, by, at })) done.push(id)
  const left = await heldLeft(tx, done)
  if (done.length > 0) await emit(tx, 'publishing.held-answered', { at, memberId: by, data: { answer, answered: done.length, left } })
  return { answered: done.length, left }
}
const heldLeft = async (db: Db, answered: readonly string[]): Promise<number> => {
  const held = await db.select({ id: publications.id }).from(publications).where(and(mine(db, publications), eq(publications.state, 'held')))
  return held.filter((row) => !answered.includes(row.id)).length
}
