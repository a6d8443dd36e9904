import { sql } from 'drizzle-orm'
import { boolean, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import type { Json } from '#kit/json.ts'
import { id, instant, workspaceId } from '#db/columns.ts'

/** What the house writes to somebody's e-mail address: a notice, a talk that goes on. Sent by the worker, once. */
export const letters = pgTable('letters', {
  id: id(), workspaceId: workspaceId(),
  to: text('to_address').notNull(), name: text('to_name').notNull().default(''),
  lang: text('lang').$type<'en' | 'el'>().notNull(),
  subject: text('subject').notNull(), text: text('text').notNull(),
  aboutKind: text('about_kind').notNull(), aboutId: text('about_id').notNull(),
  replyTo: text('reply_to'), inReplyTo: text('in_reply_to'),
  /** Whether its reader may stop further ones about the same with one click. */
  stoppable: boolean('stoppable').notNull().default(true),
  /** One letter for each such word, however often it is written. */
  once: text('once'),
  state: text('state').$type<LetterState>().notNull().default('waiting'),
  because: text('because'),
  accountId: uuid('account_id'),
  /** Fixed before the first try, with the Message-ID by which it is found again. */
  wire: jsonb('wire').$type<Json>(), remoteId: text('remote_id'),
  writtenAt: instant('written_at').notNull().defaultNow(),
  wakeAt: instant('wake_at'), leaseUntil: instant('lease_until'),
  tries: integer('tries').notNull().default(0),
  endedAt: instant('ended_at'),
}, (t) => [
  index('letters_due').on(t.wakeAt).where(sql`wake_at is not null`),
  uniqueIndex('letters_once').on(t.workspaceId, t.once),
  index('letters_remote').on(t.workspaceId, t.remoteId),
])
/** `doubtful`: it was begun and nobody can say whether it arrived, so it is not sent again. */
export type LetterState = 'waiting' | 'sending' | 'sent' | 'failed' | 'doubtful' | 'dropped'

/** Who asked for no more letters about something. */
export const letterStops = pgTable('letter_stops', {
  workspaceId: workspaceId(),
  to: text('to_address').notNull(), aboutKind: text('about_kind').notNull(), aboutId: text('about_id').notNull(),
  at: instant('at').notNull().defaultNow(),
}, (t) => [primaryKey({ columns: [t.workspaceId, t.to, t.aboutKind, t.aboutId] })])
