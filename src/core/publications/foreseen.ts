import { and, asc, getTableColumns, gt, inArray, lte, sql } from 'drizzle-orm'
import { EVERY, type Database, type Tx } from '#db/database.ts'
import type { Publication } from './store.ts'
import { publications } from './tables.ts'

// A row is the one that was read as long as it stands where it stood, written by whom it was written: any change makes another.
const standing = sql<string>`${publications}.ctid::text || ' ' || ${publications}.xmin::text`
const most = 10_000
const atOnce = 500
// Of fewer than these it is no use to know beforehand.
const few = 50

/** Rows read shortly before they are due, so that at their moment nothing is left to do but to write down that they go. */
export interface Foreseen { readonly until: Date; readonly read: ReadonlyMap<string, { readonly standing: string; readonly row: Publication }> }
export const unforeseen: Foreseen = { until: new Date(0), read: new Map() }

export async function foresee(database: Database, { after, until }: { readonly after: Date; readonly until: Date }): Promise<Foreseen> {
  const ids = (await database.read(EVERY, (db) => db.select({ id: publications.id }).from(publications)
    .where(and(gt(publications.wakeAt, after), lte(publications.wakeAt, until))).orderBy(asc(publications.wakeAt)).limit(most))).map((row) => row.id)
  if (ids.length < few) return unforeseen
  const read = new Map<string, { standing: string; row: Publication }>()
  for (let from = 0; from < ids.length; from += atOnce) {
    const rows = await database.read(EVERY, (db) => db.select({ ...getTableColumns(publications), standing }).from(publications).where(inArray(publications.id, ids.slice(from, from + atOnce))))
    for (const { standing: where, ...row } of rows) read.set(row.id, { standing: where, row })
  }
  return { until, read }
}

/** What is due, locked: of several workers each row goes to one. Only what was not foreseen, or has changed since, is read whole. */
export async function lockDue(tx: Tx, { now, limit, id }: { readonly now: Date; readonly limit: number; readonly id?: string }, { read }: Foreseen): Promise<Publication[]> {
  const due = and(lte(publications.wakeAt, now), id ? sql`${publications.id} = ${id}` : undefined)
  if (read.size === 0) return await tx.select().from(publications).where(due).orderBy(asc(publications.wakeAt)).limit(limit).for('update', { skipLocked: true })
  const found = await tx.select({ id: publications.id, standing }).from(publications).where(due).orderBy(asc(publications.wakeAt)).limit(limit).for('update', { skipLocked: true })
  const known = new Map(found.flatMap((one) => { const seen = read.get(one.id); return seen?.standing === one.standing ? [[one.id, seen.row] as const] : [] }))
  const others = found.flatMap((one) => (known.has(one.id) ? [] : [one.id]))
  if (others.length > 0) for (const row of await tx.select().from(publications).where(inArray(publications.id, others))) known.set(row.id, row)
  return found.flatMap((one) => known.get(one.id) ?? [])
}
