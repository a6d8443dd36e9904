import { and, asc, desc, eq, gt, inArray, isNotNull } from 'drizzle-orm'
import type { Json } from '#kit/json.ts'
import { Refusal } from '#kit/refusal.ts'
import { mine, type Db, type Tx } from '#db/database.ts'
import { emit } from '../events/store.ts'
import type { RowError } from './rules.ts'
import { importErrors, imports } from './tables.ts'

export type Import = typeof imports.$inferSelect

export async function makeImport(tx: Tx, given: typeof imports.$inferInsert): Promise<Import> {
  const [row] = await tx.insert(imports).values(given).returning()
  return row!
}
export async function importById(db: Db, id: string): Promise<Import> {
  const [row] = await db.select().from(imports).where(and(mine(db, imports), eq(imports.id, id))).limit(1)
  if (!row) throw new Refusal('not_found')
  return row
}
export async function lockImport(tx: Tx, id: string): Promise<Import> {
  const [row] = await tx.select().from(imports).where(and(mine(tx, imports), eq(imports.id, id))).for('update').limit(1)
  if (!row) throw new Refusal('not_found')
  return row
}
export async function changeImport(tx: Tx, id: string, set: Partial<typeof imports.$inferInsert>): Promise<void> {
  await tx.update(imports).set(set).where(and(mine(tx, imports), eq(imports.id, id)))
}
export async function importsOf(db: Db): Promise<Import[]> {
  return await db.select().from(imports).where(mine(db, imports)).orderBy(desc(imports.createdAt), desc(imports.id)).limit(100)
}
/** Uploaded files of a workspace that were cut short: they go on at the next start. What runs at a terminal goes on there. */
export async function unfinishedImports(db: Db): Promise<Import[]> {
  return await db.select().from(imports).where(and(mine(db, imports), eq(imports.state, 'running'), isNotNull(imports.startedBy))).orderBy(asc(imports.createdAt))
}
/** A run of the very same file in the very same way that has not come to its end. */
export async function samePending(db: Db, given: { readonly sha256: string; readonly fileName: string; readonly mapping: Json }): Promise<Import | undefined> {
  const rows = await db.select().from(imports).where(and(mine(db, imports), eq(imports.sha256, given.sha256), eq(imports.fileName, given.fileName), eq(imports.dryRun, false), inArray(imports.state, ['running', 'stopped'])))
    .orderBy(desc(imports.createdAt))
  return rows.find((row) => JSON.stringify(sorted(row.mapping)) === JSON.stringify(sorted(given.mapping)))
}
// jsonb keeps no order of keys.
const sorted = (value: Json): Json => (typeof value === 'object' && value !== null && !Array.isArray(value)
  ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, sorted(inner as Json)])) : value)

/** More errors than this are counted, not kept. */
export const errorsKept = 10_000
export async function keepErrors(tx: Tx, row: Pick<Import, 'id' | 'wrong'>, errors: readonly RowError[]): Promise<void> {
  const kept = errors.slice(0, Math.max(0, errorsKept - row.wrong))
  if (kept.length === 0) return
  await tx.insert(importErrors).values(kept.map((one) => ({ importId: row.id, line: one.line, code: one.code, column: one.column, value: one.value?.replaceAll('\0', '').toWellFormed() })))
    .onConflictDoNothing({ target: [importErrors.importId, importErrors.line, importErrors.code] })
}
export async function errorsOf(db: Db, importId: string, page: { readonly after: number; readonly limit: number }) {
  return await db.select({ line: importErrors.line, code: importErrors.code, column: importErrors.column, value: importErrors.value }).from(importErrors)
    .where(and(mine(db, importErrors), eq(importErrors.importId, importId), gt(importErrors.line, page.after))).orderBy(asc(importErrors.line)).limit(page.limit)
}
export async function forgetErrors(tx: Tx, importId: string): Promise<void> {
  await tx.delete(importErrors).where(and(mine(tx, importErrors), eq(importErrors.importId, importId)))
}

export async function tellMoved(tx: Tx, row: Pick<Import, 'id' | 'state' | 'doneBytes' | 'totalBytes'>, at: Date): Promise<void> {
  await emit(tx, 'import.moved', { at, data: { importId: row.id, state: row.state, done: row.doneBytes, total: row.totalBytes } })
}
