import { boolean, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import type { Intent } from '#kit/events.ts'
import type { Json } from '#kit/json.ts'
import { id, instant, workspaceId } from '#db/columns.ts'
import type { PostInput } from '../posts/store.ts'

/** A weekly time at which an account likes to speak. */
export const slots = pgTable('slots', {
  id: id(), workspaceId: workspaceId(),
  accountId: uuid('account_id').notNull(),
  /** Monday is 1, Sunday 7; `time` is wall time (09:30) in `zone`. */
  weekday: integer('weekday').notNull(), time: text('time').notNull(), zone: text('zone').notNull(),
  intent: text('intent').$type<Intent>(), campaignId: uuid('campaign_id'),
}, (t) => [uniqueIndex('slots_once').on(t.workspaceId, t.accountId, t.weekday, t.time, t.zone)])

/** What each post of a series begins as. */
export type Template = PostInput

/** A post that comes again by a rule, in the wall time of its zone. */
export const series = pgTable('series', {
  id: id(), workspaceId: workspaceId(),
  rule: text('rule').notNull(), startWall: text('start_wall').notNull(), zone: text('zone').notNull(),
  exdates: jsonb('exdates').$type<readonly string[]>().notNull().default([]),
  rdates: jsonb('rdates').$type<readonly string[]>().notNull().default([]),
  template: jsonb('template').$type<Template>().notNull(),
  /** Words with which its author let each post pass a check that holds. */
  reasons: jsonb('reasons').$type<Readonly<Record<string, string>>>().notNull().default({}),
  authorId: uuid('author_id').notNull(),
  state: text('state').$type<'on' | 'paused' | 'ended'>().notNull().default('on'),
  /** The series this one was split from. */
  afterId: uuid('after_id'),
  version: integer('version').notNull().default(1),
  createdAt: instant('created_at').notNull().defaultNow(), updatedAt: instant('updated_at').notNull().defaultNow(),
}, (t) => [index('series_of').on(t.workspaceId, t.state)])

/** One day of a series: the post made for it, or that it is left out. There is one row for each wall time the rule names. */
export const seriesOccurrences = pgTable('series_occurrences', {
  id: id(), workspaceId: workspaceId(),
  seriesId: uuid('series_id').notNull().references(() => series.id, { onDelete: 'cascade' }),
  wall: text('wall').notNull(),
  skipped: boolean('skipped').notNull().default(false),
  postId: uuid('post_id'),
  /** The post's version when it was made: a higher one was edited by hand. */
  madeVersion: integer('made_version'),
  /** Why it could not be scheduled and stands as a draft: a code of problems.ts. */
  because: text('because'),
  at: instant('at').notNull().defaultNow(),
}, (t) => [uniqueIndex('series_occurrences_once').on(t.workspaceId, t.seriesId, t.wall), index('series_occurrences_post').on(t.workspaceId, t.postId)])

/** A scheduled post that was taken out of the queue and keeps its time. */
export const pausedPosts = pgTable('paused_posts', {
  id: id(), workspaceId: workspaceId(),
  postId: uuid('post_id').notNull(), dueAt: instant('due_at').notNull(), by: uuid('by'), at: instant('at').notNull(),
}, (t) => [uniqueIndex('paused_posts_once').on(t.workspaceId, t.postId)])

/** Where a draft without a time stands on the shelf, from the top. */
export const shelfPlaces = pgTable('shelf_places', {
  id: id(), workspaceId: workspaceId(),
  postId: uuid('post_id').notNull(), place: integer('place').notNull(),
}, (t) => [uniqueIndex('shelf_places_once').on(t.workspaceId, t.postId)])

/** What one act on the calendar changed, so that its member can take it back for a while. */
export const undos = pgTable('undos', {
  id: id(), workspaceId: workspaceId(),
  memberId: uuid('member_id').notNull(),
  steps: jsonb('steps').$type<Json>().notNull(),
  until: instant('until').notNull(), usedAt: instant('used_at'),
}, (t) => [index('undos_until').on(t.workspaceId, t.until)])

/** A member's own link to the calendar for other programs. */
export const calendarLinks = pgTable('calendar_links', {
  id: id(), workspaceId: workspaceId(),
  memberId: uuid('member_id').notNull(), madeAt: instant('made_at').notNull(), revokedAt: instant('revoked_at'),
}, (t) => [index('calendar_links_of').on(t.workspaceId, t.memberId)])

/** What was taken from outside into a post, so that it is taken once: an item of a feed, an event of a calendar, a row of a file. */
export const takenItems = pgTable('taken_items', {
  id: id(), workspaceId: workspaceId(),
  source: text('source').notNull(), key: text('key').notNull(), postId: uuid('post_id'),
  /** Why it stands as a draft although it should have been scheduled. */
  because: text('because'),
  at: instant('at').notNull(),
}, (t) => [uniqueIndex('taken_items_once').on(t.workspaceId, t.source, t.key), index('taken_items_post').on(t.workspaceId, t.postId)])

/** What becomes of each new item of a feed. */
export const feedRules = pgTable('feed_rules', {
  id: id(), workspaceId: workspaceId(),
  feedAccountId: uuid('feed_account_id').notNull(),
  does: text('does').$type<'draft' | 'slot'>().notNull(),
  accountIds: jsonb('account_ids').$type<readonly string[]>().notNull().default([]),
  template: text('template').notNull(),
  lang: text('lang').$type<'en' | 'el'>().notNull(), intent: text('intent').$type<Intent>().notNull().default('give'),
  campaignId: uuid('campaign_id'), authorId: uuid('author_id').notNull(),
  on: boolean('on').notNull().default(true),
  createdAt: instant('created_at').notNull().defaultNow(),
}, (t) => [index('feed_rules_of').on(t.workspaceId, t.feedAccountId)])
