import { jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import type { Json } from '#kit/json.ts'
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
}, (t) => [uniqueIndex('accounts_handle').on(t.workspaceId, t.channel, t.handle)])
