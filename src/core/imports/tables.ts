import { bigint, boolean, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import type { Json } from '#kit/json.ts'
import { id, instant, workspaceId } from '#db/columns.ts'

/** A file of conversations being brought in. Rows and place move together, so a killed import goes on where it stopped. */
export const imports = pgTable('imports', {
  id: id(), workspaceId: workspaceId(),
  fileName: text('file_name').notNull(), path: text('path').notNull(), sha256: text('sha256').notNull(),
  format: text('format').$type<'csv' | 'jsonl' | 'disqus' | 'wxr' | 'forum'>().notNull(),
  mapping: jsonb('mapping').$type<Json>().notNull(),
  dryRun: boolean('dry_run').notNull().default(false),
  state: text('state').$type<'waiting' | 'running' | 'done' | 'failed' | 'stopped'>().notNull().default('waiting'),
  because: text('because'),
  totalBytes: bigint('total_bytes', { mode: 'number' }).notNull(), doneBytes: bigint('done_bytes', { mode: 'number' }).notNull().default(0),
  /** Lines read so far, so that an error after a restart names the right one. */
  doneLines: integer('done_lines').notNull().default(0),
  /** Records read so far, and what became of them. */
  rows: integer('rows').notNull().default(0), made: integer('made').notNull().default(0),
  known: integer('known').notNull().default(0), wrong: integer('wrong').notNull().default(0),
  /** When this run began, and where: tells how fast it goes. */
  startedAt: instant('started_at'), startedBytes: bigint('started_bytes', { mode: 'number' }).notNull().default(0),
  startedBy: uuid('started_by'),
  createdAt: instant('created_at').notNull().defaultNow(), updatedAt: instant('updated_at').notNull().defaultNow(), endedAt: instant('ended_at'),
}, (t) => [index('imports_recent').on(t.workspaceId, t.createdAt)])

export const importErrors = pgTable('import_errors', {
  id: id(), workspaceId: workspaceId(),
  importId: uuid('import_id').notNull().references(() => imports.id, { onDelete: 'cascade' }),
  /** Line of the file, counted from 1, where the record begins. */
  line: integer('line').notNull(), code: text('code').notNull(), column: text('column'), value: text('value'),
}, (t) => [uniqueIndex('import_errors_line').on(t.importId, t.line, t.code)])
