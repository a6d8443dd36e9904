import { index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { id, instant, workspaceId } from '#db/columns.ts'

/** A picture, re-encoded by us; its file is media/<workspace>/<id>.<ending> under the data directory. */
export const media = pgTable('media', {
  id: id(), workspaceId: workspaceId(),
  type: text('type').notNull(), ending: text('ending').notNull(),
  width: integer('width').notNull(), height: integer('height').notNull(), bytes: integer('bytes').notNull(),
  sha256: text('sha256').notNull(),
  alt: text('alt').notNull().default(''),
  uploadedBy: uuid('uploaded_by'),
  uploadedAt: instant('uploaded_at').notNull().defaultNow(),
}, (t) => [index('media_recent').on(t.workspaceId, t.uploadedAt)])
