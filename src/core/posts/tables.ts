import { index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import type { Intent } from '#kit/events.ts'
import { id, instant, workspaceId } from '#db/columns.ts'

export const formats = ['story', 'guide', 'question', 'news', 'offer', 'contest', 'promotion', 'game'] as const
export type Format = (typeof formats)[number]
/** What the checks saw when the post was let out; told again by post.published. */
export interface Reviewed { readonly findings: readonly string[]; readonly similarity: number; readonly similarTo: string | null; readonly invites: boolean }
export interface PostMedia { readonly mediaId: string; readonly alt: string }

/** Something the brand says. */
export const posts = pgTable('posts', {
  id: id(), workspaceId: workspaceId(),
  campaignId: uuid('campaign_id'),
  authorId: uuid('author_id').notNull(),
  title: text('title').notNull().default(''),
  text: text('text').notNull().default(''),
  lang: text('lang').$type<'en' | 'el'>().notNull(),
  intent: text('intent').$type<Intent>().notNull().default('talk'),
  format: text('format').$type<Format>().notNull().default('story'),
  tags: jsonb('tags').$type<readonly string[]>().notNull().default([]),
  media: jsonb('media').$type<readonly PostMedia[]>().notNull().default([]),
  accountIds: jsonb('account_ids').$type<readonly string[]>().notNull().default([]),
  state: text('state').$type<'draft' | 'scheduled' | 'published' | 'withdrawn'>().notNull().default('draft'),
  /** Local wall time as typed (2026-10-25T09:30), its IANA zone, and the instant they name. */
  wallTime: text('wall_time'),
  zone: text('zone'),
  dueAt: instant('due_at'),
  publishedAt: instant('published_at'),
  reviewed: jsonb('reviewed').$type<Reviewed>(),
  /** Goes up with each save: two tabs cannot overwrite each other unknowingly. */
  version: integer('version').notNull().default(1),
  createdAt: instant('created_at').notNull().defaultNow(),
  updatedAt: instant('updated_at').notNull().defaultNow(),
}, (t) => [
  index('posts_due').on(t.workspaceId, t.dueAt), index('posts_published').on(t.workspaceId, t.publishedAt),
  index('posts_state').on(t.workspaceId, t.state, t.updatedAt),
])
