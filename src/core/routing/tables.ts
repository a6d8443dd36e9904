import { boolean, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import type { Both } from '#kit/lang.ts'
import { id, instant, workspaceId } from '#db/columns.ts'
import type { Priority } from '../conversations/grammar.ts'
import type { Way } from './rules.ts'

/** How new conversations find a member: the ways that are tried, in their order. One row for each workspace. */
export const routings = pgTable('routings', {
  id: id(), workspaceId: workspaceId(),
  ways: jsonb('ways').$type<readonly Way[]>().notNull(),
  onDutyOnly: boolean('on_duty_only').notNull().default(true),
}, (t) => [uniqueIndex('routings_one').on(t.workspaceId)])

/** Within how many minutes of duty an answer is due; an empty channel or priority means any. */
export const answerTargets = pgTable('answer_targets', {
  id: id(), workspaceId: workspaceId(),
  channel: text('channel').notNull().default(''),
  priority: text('priority').$type<Priority | ''>().notNull().default(''),
  first: integer('first_minutes').notNull(),
  next: integer('next_minutes').notNull(),
}, (t) => [uniqueIndex('answer_targets_of').on(t.workspaceId, t.channel, t.priority)])

/** Whom a conversation was given to without a person's hand, by which way, and the sentence that says why. */
export const assignments = pgTable('assignments', {
  id: id(), workspaceId: workspaceId(),
  conversationId: uuid('conversation_id').notNull(),
  memberId: uuid('member_id').notNull(),
  way: text('way').$type<Way>().notNull(),
  says: jsonb('says').$type<Both>().notNull(),
  at: instant('at').notNull(),
}, (t) => [index('assignments_conversation').on(t.workspaceId, t.conversationId, t.at), index('assignments_turns').on(t.workspaceId, t.memberId, t.at)])
