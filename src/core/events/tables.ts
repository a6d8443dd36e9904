import { sql } from 'drizzle-orm'
import { bigint, bigserial, customType, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import type { EventName } from '#kit/events.ts'
import type { Json } from '#kit/json.ts'
import { id, instant, workspaceId } from '#db/columns.ts'

const xid8 = customType<{ data: string }>({ dataType: () => 'xid8' })

/**
 * The outbox: facts in the past tense, written in the transaction that made them true. Readers go by (tx, seq) and only
 * below the oldest transaction still open, so that one which commits late is never passed over.
 */
export const events = pgTable('events', {
  seq: bigserial('seq', { mode: 'number' }).primaryKey(),
  tx: xid8('tx').notNull().default(sql`pg_current_xact_id()`),
  workspaceId: workspaceId(),
  name: text('name').$type<EventName>().notNull(),
  at: instant('at').notNull(),
  data: jsonb('data').$type<Json>().notNull(),
  memberId: uuid('member_id'), campaignId: uuid('campaign_id'), postId: uuid('post_id'),
  conversationId: uuid('conversation_id'), contactId: uuid('contact_id'),
}, (t) => [
  index('events_order').on(t.workspaceId, t.tx, t.seq), index('events_name').on(t.workspaceId, t.name, t.at),
  index('events_contact').on(t.contactId, t.at), index('events_post').on(t.postId),
])

/** How far each handler has come in each workspace; moved in the handler's own transaction. */
export const handlerCursors = pgTable('handler_cursors', {
  id: id(), workspaceId: workspaceId(),
  handler: text('handler').notNull(),
  tx: xid8('tx').notNull(), seq: bigint('seq', { mode: 'number' }).notNull(),
  failures: integer('failures').notNull().default(0),
}, (t) => [uniqueIndex('handler_cursors_of').on(t.workspaceId, t.handler)])

/** Events a handler could not take in after several tries: kept to be looked at, so that the rest goes on. */
export const parkedEvents = pgTable('parked_events', {
  id: id(), workspaceId: workspaceId(),
  handler: text('handler').notNull(), seq: bigint('seq', { mode: 'number' }).notNull(),
  because: text('because').notNull(), at: instant('at').notNull().defaultNow(),
})
