import { index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import type { DutyHours } from '#kit/pillar.ts'
import { id, instant, workspaceId } from '#db/columns.ts'

/** A member's own hours of a week; whoever has none keeps the team's. */
export const memberHours = pgTable('member_hours', {
  id: id(), workspaceId: workspaceId(),
  memberId: uuid('member_id').notNull(),
  hours: jsonb('hours').$type<readonly DutyHours[]>().notNull(),
  zone: text('zone').notNull(),
}, (t) => [uniqueIndex('member_hours_of').on(t.workspaceId, t.memberId)])

/** A day on which nobody is there: the whole of it, or from one minute of it to another. */
export const daysOff = pgTable('days_off', {
  id: id(), workspaceId: workspaceId(),
  date: text('date').notNull(),
  name: text('name').notNull(),
  from: integer('from_minute').notNull().default(0),
  to: integer('to_minute').notNull().default(1440),
}, (t) => [uniqueIndex('days_off_date').on(t.workspaceId, t.date)])

/** When one member is away, whatever their hours say. */
export const awayPeriods = pgTable('away_periods', {
  id: id(), workspaceId: workspaceId(),
  memberId: uuid('member_id').notNull(),
  from: instant('from_at').notNull(),
  to: instant('to_at').notNull(),
  note: text('note').notNull().default(''),
}, (t) => [index('away_periods_of').on(t.workspaceId, t.memberId, t.to)])
