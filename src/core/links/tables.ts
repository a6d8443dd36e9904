import { boolean, date, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { id, instant, workspaceId } from '#db/columns.ts'
import type { LinkCard } from './card.ts'

/** What a page said of itself when it was last read. */
export const linkCards = pgTable('link_cards', {
  workspaceId: workspaceId(),
  /** SHA-256 of the address, which may be longer than an index takes. */
  key: text('key').notNull(), url: text('url').notNull(),
  card: jsonb('card').$type<LinkCard>().notNull(), dead: boolean('dead').notNull(),
  readAt: instant('read_at').notNull(),
}, (t) => [primaryKey({ columns: [t.workspaceId, t.key] })])

/** A short address of our own, which leads to one target that a member named. */
export const shortLinks = pgTable('short_links', {
  id: id(), workspaceId: workspaceId(),
  code: text('code').notNull(), target: text('target').notNull(),
  postId: uuid('post_id'), campaignId: uuid('campaign_id'), madeBy: uuid('made_by'),
  madeAt: instant('made_at').notNull().defaultNow(),
}, (t) => [uniqueIndex('short_links_code').on(t.code), index('short_links_post').on(t.workspaceId, t.postId), index('short_links_campaign').on(t.workspaceId, t.campaignId)])

/** How often a short link was followed on a day, in the workspace's zone. Nothing of who did. `told`: how many of the clicks an event has told. */
export const linkClicks = pgTable('link_clicks', {
  workspaceId: workspaceId(),
  linkId: uuid('link_id').notNull().references(() => shortLinks.id, { onDelete: 'cascade' }),
  day: date('day', { mode: 'string' }).notNull(),
  clicks: integer('clicks').notNull().default(0), bots: integer('bots').notNull().default(0),
  told: integer('told').notNull().default(0), toldAt: instant('told_at'),
}, (t) => [primaryKey({ columns: [t.workspaceId, t.linkId, t.day] })])
