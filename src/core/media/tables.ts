import { bigint, boolean, index, integer, pgTable, primaryKey, real, text, uuid } from 'drizzle-orm/pg-core'
import { id, instant, workspaceId } from '#db/columns.ts'

/** A picture, re-encoded by us, or a video without its labels; its file is media/<workspace>/<id>.<ending> under the data directory. */
export const media = pgTable('media', {
  id: id(), workspaceId: workspaceId(),
  type: text('type').notNull(), ending: text('ending').notNull(),
  width: integer('width').notNull(), height: integer('height').notNull(), bytes: integer('bytes').notNull(),
  sha256: text('sha256').notNull(),
  alt: text('alt').notNull().default(''),
  animated: boolean('animated').notNull().default(false),
  /** Of a video. */
  seconds: real('seconds'), codec: text('codec'),
  /** The point that matters most, from the top left, each 0 to 1. */
  focusX: real('focus_x'), focusY: real('focus_y'),
  /** 'card': the picture of a page behind a link; it is not among those people choose from. */
  madeFor: text('made_for').$type<'card'>(),
  uploadedBy: uuid('uploaded_by'),
  uploadedAt: instant('uploaded_at').notNull().defaultNow(),
}, (t) => [index('media_recent').on(t.workspaceId, t.uploadedAt)])

/** A file on its way in: what has come of it lies at spool/<workspace>/<id>, and its length is how far it got. Done, it is the media of the same id. */
export const uploads = pgTable('uploads', {
  id: id(), workspaceId: workspaceId(),
  name: text('name').notNull(), size: bigint('size', { mode: 'number' }).notNull(),
  memberId: uuid('member_id').notNull(),
  doneAt: instant('done_at'),
  createdAt: instant('created_at').notNull().defaultNow(), touchedAt: instant('touched_at').notNull().defaultNow(),
}, (t) => [index('uploads_touched').on(t.workspaceId, t.touchedAt)])

/** How large a file a workspace takes in, where it is not the usual. */
export const mediaPolicies = pgTable('media_policies', {
  workspaceId: workspaceId(),
  maxPictureBytes: integer('max_picture_bytes').notNull(), maxVideoBytes: integer('max_video_bytes').notNull(),
}, (t) => [primaryKey({ columns: [t.workspaceId] })])
