import { boolean, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import type { Person } from '#kit/channel.ts'
import { id, instant, workspaceId } from '#db/columns.ts'

/** Somebody says that their page links to ours; looked at later, and again each time they say so. */
export const webmentionsIn = pgTable('webmentions_in', {
  id: id(), workspaceId: workspaceId(),
  source: text('source').notNull(), target: text('target').notNull(),
  state: text('state').$type<'waiting' | 'heard' | 'gone' | 'refused' | 'given-up'>().notNull().default('waiting'),
  /** Whether a message of ours stands for it. */
  stands: boolean('stands').notNull().default(false),
  tries: integer('tries').notNull().default(0),
  dueAt: instant('due_at').notNull(), askedAt: instant('asked_at').notNull(),
  lastWord: text('last_word'),
  /** Who said it: needed to take it back when their page is gone. */
  author: jsonb('author').$type<Person>(),
  /** What it did when it was heard last. */
  does: text('does').$type<'says' | 'likes' | 'shares'>(),
}, (t) => [uniqueIndex('webmentions_in_once').on(t.workspaceId, t.source, t.target), index('webmentions_in_due').on(t.state, t.dueAt)])

/** A page of ours links, or linked, to one of theirs: they are told once for each wording. */
export const webmentionsOut = pgTable('webmentions_out', {
  id: id(), workspaceId: workspaceId(),
  publicationKey: uuid('publication_key').notNull(),
  source: text('source').notNull(), target: text('target').notNull(),
  state: text('state').$type<'waiting' | 'sent' | 'no-endpoint' | 'refused' | 'given-up'>().notNull().default('waiting'),
  /** The wording they are to be told of: its time of writing, or 'gone'. */
  wording: text('wording').notNull(),
  /** False once the post links there no more. */
  linked: boolean('linked').notNull().default(true),
  endpoint: text('endpoint'),
  tries: integer('tries').notNull().default(0),
  dueAt: instant('due_at').notNull(), sentAt: instant('sent_at'),
  lastWord: text('last_word'),
}, (t) => [uniqueIndex('webmentions_out_once').on(t.workspaceId, t.source, t.target), index('webmentions_out_due').on(t.state, t.dueAt)])
