import { index, integer, pgTable, text } from 'drizzle-orm/pg-core'
import { id, instant, workspaceId } from '#db/columns.ts'

/** What somebody outside handed over or a member attached: a picture, encoded anew, or a document to download. It lies at files/<workspace>/<id> under the data directory. */
export const files = pgTable('files', {
  id: id(), workspaceId: workspaceId(),
  name: text('name').notNull(), type: text('type').notNull(), bytes: integer('bytes').notNull(),
  width: integer('width'), height: integer('height'),
  sha256: text('sha256').notNull(),
  /** Who handed it over, as their channel names them; `member` and the id where it was one of us. */
  by: text('by').notNull(),
  at: instant('at').notNull(),
}, (t) => [index('files_by').on(t.workspaceId, t.by)])
