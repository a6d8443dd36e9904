import { sql } from 'drizzle-orm'
import { index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { id, instant, workspaceId } from '#db/columns.ts'
import type { Sealed } from '#db/seal.ts'
import { conversations, messages } from '../conversations/tables.ts'
import type { Moment, Way } from './rules.ts'

/** What a member is called for. It holds no words: what is shown is written anew from what stands in the conversation. */
export const bellCalls = pgTable('bell_calls', {
  id: id(), workspaceId: workspaceId(),
  memberId: uuid('member_id').notNull(),
  moment: text('moment').$type<Moment | 'summary'>().notNull(),
  /** One call for each such word, however often it is told. */
  once: text('once').notNull(),
  conversationId: uuid('conversation_id').references(() => conversations.id, { onDelete: 'cascade' }),
  messageId: uuid('message_id').references(() => messages.id, { onDelete: 'cascade' }),
  accountId: uuid('account_id'),
  ways: jsonb('ways').$type<readonly Way[]>().notNull(),
  /** Of a summary: how many it tells of. */
  count: integer('count').notNull().default(1),
  at: instant('at').notNull(),
  /** `held`: came in quiet hours or with a flood. `told`: a summary tells of it. */
  state: text('state').$type<'held' | 'rung' | 'told' | 'seen'>().notNull(),
  ringAt: instant('ring_at'),
  /** When a letter is to tell of it, unless it was seen before. */
  mailAt: instant('mail_at'),
  rungAt: instant('rung_at'), seenAt: instant('seen_at'),
}, (t) => [
  uniqueIndex('bell_calls_once').on(t.workspaceId, t.memberId, t.once),
  index('bell_calls_of').on(t.workspaceId, t.memberId, t.at),
  index('bell_calls_held').on(t.ringAt).where(sql`ring_at is not null`),
  index('bell_calls_mail').on(t.mailAt).where(sql`mail_at is not null`),
  index('bell_calls_unseen').on(t.workspaceId, t.memberId, t.conversationId).where(sql`seen_at is null`),
])

/** Which conversation a member has before their eyes, and until when that is believed. */
export const bellLooks = pgTable('bell_looks', {
  workspaceId: workspaceId(),
  memberId: uuid('member_id').notNull(),
  conversationId: uuid('conversation_id').notNull().references(() => conversations.id, { onDelete: 'cascade' }),
  until: instant('until').notNull(),
}, (t) => [primaryKey({ columns: [t.workspaceId, t.memberId, t.conversationId] })])

/** The key by which push services know this workspace. */
export const bellKeys = pgTable('bell_keys', {
  id: id(), workspaceId: workspaceId(),
  publicKey: text('public_key').notNull(),
  privateKey: jsonb('private_key').$type<Sealed>().notNull(),
  madeAt: instant('made_at').notNull(),
}, (t) => [uniqueIndex('bell_keys_of').on(t.workspaceId)])

/** A browser on a device that takes push messages for a member. */
export const bellDevices = pgTable('bell_devices', {
  id: id(), workspaceId: workspaceId(),
  memberId: uuid('member_id').notNull(),
  /** SHA-256 of the address: whoever knows an address may send to it, so it is sealed. */
  endpointHash: text('endpoint_hash').notNull(),
  subscription: jsonb('subscription').$type<Sealed>().notNull(),
  name: text('name').notNull(),
  addedAt: instant('added_at').notNull(),
  heardAt: instant('heard_at'),
}, (t) => [uniqueIndex('bell_devices_endpoint').on(t.workspaceId, t.endpointHash), index('bell_devices_of').on(t.workspaceId, t.memberId)])

/** One push message to one device, sent once. */
export const bellPushes = pgTable('bell_pushes', {
  id: id(), workspaceId: workspaceId(),
  callId: uuid('call_id').notNull().references(() => bellCalls.id, { onDelete: 'cascade' }),
  deviceId: uuid('device_id').notNull().references(() => bellDevices.id, { onDelete: 'cascade' }),
  state: text('state').$type<'waiting' | 'sending' | 'sent' | 'failed' | 'doubtful' | 'dropped'>().notNull().default('waiting'),
  because: text('because'),
  tries: integer('tries').notNull().default(0),
  madeAt: instant('made_at').notNull(),
  wakeAt: instant('wake_at'), endedAt: instant('ended_at'),
}, (t) => [uniqueIndex('bell_pushes_once').on(t.callId, t.deviceId), index('bell_pushes_due').on(t.wakeAt).where(sql`wake_at is not null`)])
