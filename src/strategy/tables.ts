import { doublePrecision, index, integer, jsonb, pgTable, text, uniqueIndex, uuid, bigint, date } from 'drizzle-orm/pg-core'
import { id, instant, workspaceId } from '#db/columns.ts'

/** The campaign's strategy; an empty part is a gap. */
export interface Brief {
  readonly product: string; readonly audience: string; readonly competition: string; readonly environment: string; readonly measures: string
  readonly mixProduct: string; readonly mixPlace: string; readonly mixPrice: string; readonly mixPromotion: string; readonly mixPr: string
}

/** A planned effort with a brief, dates, objectives and posts. */
export const campaigns = pgTable('campaigns', {
  id: id(), workspaceId: workspaceId(),
  name: text('name').notNull(),
  brief: jsonb('brief').$type<Brief>().notNull(),
  startsOn: date('starts_on', { mode: 'string' }), endsOn: date('ends_on', { mode: 'string' }),
  /** Where its audience lives, when that is not where the workspace is: its times are planned by this clock. */
  zone: text('zone'),
  state: text('state').$type<'draft' | 'live' | 'ended'>().notNull().default('draft'),
  ownerId: uuid('owner_id').notNull(),
  version: integer('version').notNull().default(1),
  createdAt: instant('created_at').notNull().defaultNow(), openedAt: instant('opened_at'), endedAt: instant('ended_at'),
}, (t) => [index('campaigns_of').on(t.workspaceId, t.state)])

/** A measure with a baseline, a target and a date, tied to a live signal. */
export const objectives = pgTable('objectives', {
  id: id(), workspaceId: workspaceId(),
  campaignId: uuid('campaign_id').notNull().references(() => campaigns.id, { onDelete: 'cascade' }),
  says: text('says').notNull(),
  signal: text('signal').notNull(),
  baseline: doublePrecision('baseline').notNull(), target: doublePrecision('target').notNull(),
  dueOn: date('due_on', { mode: 'string' }).notNull(),
}, (t) => [index('objectives_of').on(t.campaignId)])

/** What each event said to each signal: the scorecard's own rows, folded from events and from nothing else. */
export const readings = pgTable('readings', {
  id: id(), workspaceId: workspaceId(),
  signal: text('signal').notNull(),
  eventSeq: bigint('event_seq', { mode: 'number' }).notNull(),
  campaignId: uuid('campaign_id'),
  at: instant('at').notNull(),
  num: doublePrecision('num'), den: doublePrecision('den'), value: doublePrecision('value'),
  /** Of the readings of a window that share this word only the first counts. */
  once: text('once'),
  because: jsonb('because').$type<{ en: string; el: string }>().notNull(),
}, (t) => [uniqueIndex('readings_once').on(t.workspaceId, t.signal, t.eventSeq), index('readings_window').on(t.workspaceId, t.signal, t.at)])
