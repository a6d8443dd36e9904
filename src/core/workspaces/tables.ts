import { jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { id, instant, workspaceId } from '#db/columns.ts'

/** How strictly the pillars are applied, and when somebody is there: the team's choice. */
export interface PillarSettings {
  readonly asksInRow: number; readonly givePerAsk: number; readonly similarity: number
  /** Rules that hold a post or an answer until somebody gives a reason. */
  readonly holds: readonly string[]
  /** Rules the team has switched off. */
  readonly off: readonly string[]
  readonly duty: readonly { readonly day: number; readonly from: number; readonly to: number }[]
}

export const workspaces = pgTable('workspaces', {
  id: id(),
  name: text('name').notNull(),
  tagline: text('tagline').notNull().default(''),
  about: text('about').notNull().default(''),
  email: text('email'),
  lang: text('lang').$type<'en' | 'el'>().notNull(),
  zone: text('zone').notNull(),
  /** The host name this workspace's porch answers at; null: any. */
  host: text('host'),
  /** Which door was taken: the bakery's story, an own campaign, or none yet. */
  door: text('door').$type<'story' | 'own'>(),
  settings: jsonb('settings').$type<PillarSettings>().notNull(),
  /** Secrets derived for forms and links are derived from this. */
  secret: text('secret').notNull(),
  createdAt: instant('created_at').notNull().defaultNow(),
  pausedBy: uuid('paused_by'),
})

/** Tokens that were shown once: forms, proofs, links. */
export const usedTokens = pgTable('used_tokens', {
  token: text('token').notNull(),
  workspaceId: workspaceId(),
  until: instant('until').notNull(),
}, (t) => [primaryKey({ columns: [t.workspaceId, t.token] })])
