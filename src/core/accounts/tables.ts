import { boolean, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import type { Json } from '#kit/json.ts'
import type { Light } from './light.ts'
import { id, instant, workspaceId } from '#db/columns.ts'

/** A connected identity on a channel. */
export const accounts = pgTable('accounts', {
  id: id(), workspaceId: workspaceId(),
  channel: text('channel').notNull(),
  handle: text('handle').notNull(),
  name: text('name').notNull(),
  settings: jsonb('settings').$type<Json>().notNull().default({}),
  state: text('state').$type<'connected' | 'login-needed' | 'removed'>().notNull().default('connected'),
  connectedAt: instant('connected_at').notNull().defaultNow(),
  /** The last time anything was heard from it: a silent channel shows. */
  heardAt: instant('heard_at'),
  /** The network's own id of us, by which we know ourselves again. */
  remoteId: text('remote_id'),
  /** When our access ends unless it is renewed. */
  endsAt: instant('ends_at'),
  removedAt: instant('removed_at'),
  /** The light the team was last told of, so that each change is told once. */
  toldLight: text('told_light').$type<Light>(),
  toldEnding: boolean('told_ending').notNull().default(false),
}, (t) => [uniqueIndex('accounts_handle').on(t.workspaceId, t.channel, t.handle)])

/** How far an account has been heard, and how hearing it goes. */
export const accountCursors = pgTable('account_cursors', {
  accountId: uuid('account_id').primaryKey(), workspaceId: workspaceId(),
  cursor: jsonb('cursor').$type<Json>(),
  /** Who is pulling, and until when nobody else may. */
  heldBy: uuid('held_by'), heldUntil: instant('held_until'),
  nextAt: instant('next_at'),
  triedAt: instant('tried_at'),
  /** The last pull that came to its end. */
  answeredAt: instant('answered_at'),
  failures: integer('failures').notNull().default(0),
  trouble: text('trouble'), troubleSince: instant('trouble_since'),
  /** For the usual distance between two things heard. */
  firstHeardAt: instant('first_heard_at'), heardCount: integer('heard_count').notNull().default(0),
})

/** Somebody on their way to a network's own page and back. */
export const accountLogins = pgTable('account_logins', {
  id: id(), workspaceId: workspaceId(),
  stateHash: text('state_hash').notNull(), browserHash: text('browser_hash').notNull(),
  memberId: uuid('member_id').notNull(),
  channel: text('channel').notNull(),
  /** The account to connect again; null: a new one. */
  accountId: uuid('account_id'),
  keep: jsonb('keep').$type<Json>().notNull(),
  until: instant('until').notNull(),
}, (t) => [uniqueIndex('account_logins_state').on(t.stateHash)])
