import { sql } from 'drizzle-orm'
import { index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import type { Draft, Kind, Receipt } from '#kit/channel.ts'
import type { Json } from '#kit/json.ts'
import { id, instant, workspaceId } from '#db/columns.ts'
import type { Late, State } from './states.ts'

export type PublicationState = State

/** One part of one post, or one answer, on its way to one account: what must go out exactly once. */
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
  /** Since when the change is asked for, what stands in its way, and whether somebody was told that it takes too long. */
  changeAskedAt: instant('change_asked_at'), changeBecause: text('change_because'), changeAlertedAt: instant('change_alerted_at'),
  /** What is to be said, until it is fitted to the network and frozen; kept for a preparation from the beginning. */
  draft: jsonb('draft').$type<Draft>(),
  /** From here on the wire is final: every attempt sends these bytes and no others. */
  preparedAt: instant('prepared_at'),
  /** The place in a thread; each part but the first waits for the network's id of its parent. */
  part: integer('part').notNull().default(0),
  parentId: uuid('parent_id'),
  /** The network's ids of the parts that went out with this one, in a thread sent whole. */
  more: jsonb('more').$type<readonly Receipt[]>(),
  late: jsonb('late').$type<Late>(),
  /** When the worker has to look at it next: its time, the end of a wait, or the end of a lease. Null: nothing for the worker to do. */
  wakeAt: instant('wake_at'),
  /** Who works on it, until when, and under which number; a worker whose number is not the newest does nothing more with it. */
  leaseOwner: text('lease_owner'), leaseUntil: instant('lease_until'),
  leaseNo: integer('lease_no').notNull().default(0),
  /** Since when a try under this key may have arrived without our knowing. */
  unsureSince: instant('unsure_since'),
  looks: integer('looks').notNull().default(0),
  /** How often a person has said "send it". */
  approvals: integer('approvals').notNull().default(0),
  approvedBy: uuid('approved_by'),
  /** Somebody was told that it is beyond its deadline. */
  alertedAt: instant('alerted_at'),
  editedAt: instant('edited_at'), editNote: text('edit_note'),
  goneAt: instant('gone_at'),
  /** Once it is out it is looked for on its network: when next, and when it was known. */
  readBackDue: instant('read_back_due'), readBackAt: instant('read_back_at'),
  readBacks: integer('read_backs').notNull().default(0),
}, (t) => [
  uniqueIndex('publications_key').on(t.workspaceId, t.key),
  uniqueIndex('publications_remote').on(t.workspaceId, t.accountId, t.remoteId).where(sql`remote_id is not null`),
  index('publications_standing').on(t.accountId, t.kind, t.confirmedAt, t.id).where(sql`state = 'confirmed'`),
  index('publications_post').on(t.postId).where(sql`post_id is not null`), index('publications_message').on(t.messageId).where(sql`message_id is not null`),
  index('publications_wake').on(t.wakeAt).where(sql`wake_at is not null`),
  index('publications_read_back').on(t.readBackDue).where(sql`read_back_due is not null`),
  index('publications_parent').on(t.parentId).where(sql`parent_id is not null`),
  index('publications_open').on(t.workspaceId, t.deadline).where(sql`state not in ('confirmed', 'refused', 'cancelled', 'gone')`),
])

/** Append-only: each try, written before the first byte and closed with what came back. */
export const attempts = pgTable('attempts', {
  id: id(), workspaceId: workspaceId(),
  publicationId: uuid('publication_id').notNull(),
  number: integer('number').notNull(),
  startedAt: instant('started_at').notNull(), endedAt: instant('ended_at'),
  outcome: text('outcome'), detail: text('detail'),
  accountId: uuid('account_id'),
  /** What identifies it to the network, the hash of the bytes, and the lease it was made under. */
  key: uuid('key'), hash: text('hash'), leaseNo: integer('lease_no'),
  /** The person on whose word it was sent again. */
  approvedBy: uuid('approved_by'),
}, (t) => [uniqueIndex('attempts_number').on(t.publicationId, t.number), index('attempts_pace').on(t.accountId, t.startedAt)])

/** An account towards which we hold still for a while: its network asked for patience, or does not answer. */
export const accountGates = pgTable('account_gates', {
  accountId: uuid('account_id').primaryKey(), workspaceId: workspaceId(),
  closedUntil: instant('closed_until'),
  because: text('because').$type<'paced' | 'breaker'>(),
  /** Calls in a row without an answer. */
  failures: integer('failures').notNull().default(0),
})

/** The switch that holds everything scheduled: who pulled it, why, and who let go. */
export const pauses = pgTable('pauses', {
  id: id(), workspaceId: workspaceId(),
  since: instant('since').notNull(), by: uuid('by'), reason: text('reason').notNull(),
  endedAt: instant('ended_at'), endedBy: uuid('ended_by'),
}, (t) => [uniqueIndex('pauses_one').on(t.workspaceId).where(sql`ended_at is null`)])

/** Which life of this database it is; a copy brought back begins another (epoch.ts). */
export const epochs = pgTable('epochs', { id: integer('id').primaryKey().default(1), epoch: uuid('epoch').notNull(), began: instant('began').notNull() })
