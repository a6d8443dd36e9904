import { index, integer, jsonb, pgTable, smallint, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import type { HeardFile } from '#kit/channel.ts'
import { id, instant, workspaceId } from '#db/columns.ts'

/** Somebody who wrote, left an address or proved who they are; who only looks is kept nowhere. */
export const chatVisitors = pgTable('chat_visitors', {
  id: id(), workspaceId: workspaceId(),
  accountId: uuid('account_id').notNull(),
  /** Who the site says they are, by its own signature. */
  sub: text('sub'), name: text('name'), email: text('email'), lang: text('lang'),
  /** The number of their newest line. It only grows, under a lock on this row: so the lines stand in the order of their numbers. */
  seq: integer('seq').notNull().default(0),
  /** Up to which line they have seen, and up to which it was sent by e-mail. */
  readSeq: integer('read_seq').notNull().default(0), mailedSeq: integer('mailed_seq').notNull().default(0),
  /** The first message of the talk that goes on; null: the next message begins one. */
  root: text('root'),
  rated: smallint('rated'),
  /** The mail by which they spoke last; null: they spoke or read in the window. */
  mailRef: text('mail_ref'),
  /** The guest proved to be this one. */
  into: uuid('into'),
  at: instant('at').notNull(),
}, (t) => [uniqueIndex('chat_visitors_sub').on(t.workspaceId, t.accountId, t.sub), index('chat_visitors_root').on(t.workspaceId, t.root)])

/** What stands in the visitor's window, from both sides, each once. */
export const chatLines = pgTable('chat_lines', {
  id: id(), workspaceId: workspaceId(),
  visitorId: uuid('visitor_id').notNull(),
  seq: integer('seq').notNull(),
  /** The visitor's own id of it, or the key of our answer: the same again makes nothing new. */
  key: uuid('key').notNull(),
  from: text('from').$type<'visitor' | 'team'>().notNull(),
  root: text('root').notNull(),
  text: text('text').notNull(), html: text('html'), lang: text('lang'),
  authorName: text('author_name'), authorPicture: text('author_picture'),
  files: jsonb('files').$type<readonly HeardFile[]>().notNull().default([]),
  at: instant('at').notNull(),
}, (t) => [uniqueIndex('chat_lines_order').on(t.workspaceId, t.visitorId, t.seq), uniqueIndex('chat_lines_once').on(t.workspaceId, t.visitorId, t.key)])
