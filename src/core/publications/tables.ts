import { sql } from 'drizzle-orm'
import { index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import type { Kind } from '#kit/channel.ts'
import type { Json } from '#kit/json.ts'
import { id, instant, workspaceId } from '#db/columns.ts'

export const publicationStates = ['scheduled', 'sending', 'retry-wait', 'unknown', 'needs-person', 'auth-needed', 'confirmed', 'refused', 'cancelled', 'gone'] as const
export type PublicationState = (typeof publicationStates)[number]

/** One variant on its way to one account: what must go out exactly once. Key, time and wire are fixed before the first attempt. */
export const publications = pgTable('publications', {
  id: id(), workspaceId: workspaceId(),
  postId: uuid('post_id'), messageId: uuid('message_id'),
  accountId: uuid('account_id').notNull(),
  channel: text('channel').notNull(),
  kind: text('kind').$type<Kind>().notNull(),
  state: text('state').$type<PublicationState>().notNull().default('scheduled'),
  version: integer('version').notNull().default(1),
  key: uuid('key').notNull(),
  writtenAt: instant('written_at').notNull(),
  wire: jsonb('wire').$type<Json>().notNull(),
  wireHash: text('wire_hash').notNull(),
  lang: text('lang').notNull(),
  tags: jsonb('tags').$type<readonly string[]>().notNull().default([]),
  dueAt: instant('due_at').notNull(),
  /** No state but an end lasts beyond this without somebody being told. */
  deadline: instant('deadline').notNull(),
  attempts: integer('attempts').notNull().default(0),
  firstTriedAt: instant('first_tried_at'),
  remoteId: text('remote_id'), remoteUrl: text('remote_url'),
  inReplyTo: jsonb('in_reply_to').$type<Json>(),
  confirmedAt: instant('confirmed_at'),
  /** What stands in the way, as a stable word; shown with its sentence. */
  because: text('because'),
  /** An edit or removal that has yet to reach the network. */
  pending: text('pending').$type<'revise' | 'retract'>(),
  nextWire: jsonb('next_wire').$type<Json>(),
  note: text('note'),
  editedAt: instant('edited_at'), editNote: text('edit_note'),
  goneAt: instant('gone_at'),
}, (t) => [
  uniqueIndex('publications_key').on(t.workspaceId, t.key),
  uniqueIndex('publications_remote').on(t.workspaceId, t.accountId, t.remoteId),
  index('publications_standing').on(t.accountId, t.kind, t.confirmedAt, t.id).where(sql`state = 'confirmed'`),
  index('publications_post').on(t.postId), index('publications_message').on(t.messageId),
  index('publications_unsettled').on(t.state, t.dueAt).where(sql`state in ('scheduled', 'sending', 'retry-wait', 'unknown') or pending is not null`),
])

/** Append-only: each try, written before the first byte and closed with what came back. */
export const attempts = pgTable('attempts', {
  id: id(), workspaceId: workspaceId(),
  publicationId: uuid('publication_id').notNull(),
  number: integer('number').notNull(),
  startedAt: instant('started_at').notNull(), endedAt: instant('ended_at'),
  outcome: text('outcome'), detail: text('detail'),
}, (t) => [uniqueIndex('attempts_number').on(t.publicationId, t.number)])
