import { index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { id, instant, workspaceId } from '#db/columns.ts'
import type { Act, When } from './grammar.ts'

/** When something happens, and a conversation is as its line asks, then this is done to it. */
export const inboxRules = pgTable('inbox_rules', {
  id: id(), workspaceId: workspaceId(),
  name: text('name').notNull(),
  /** The order in which rules act on the same fact. */
  place: integer('place').notNull(),
  when: jsonb('when').$type<When>().notNull(),
  /** A line of search; empty: every conversation. */
  line: text('line').notNull().default(''),
  acts: jsonb('acts').$type<readonly Act[]>().notNull(),
  pausedAt: instant('paused_at'),
  pausedBecause: text('paused_because').$type<'member' | 'runaway'>(),
  /** It acts on nothing that happened before: when it was made, changed, or set going again. */
  since: instant('since').notNull(),
  version: integer('version').notNull().default(1),
  madeBy: uuid('made_by').notNull(),
}, (t) => [index('inbox_rules_order').on(t.workspaceId, t.place)])

/** What a rule did to a conversation because of one fact: once for each, however often that fact is told. */
export const ruleRuns = pgTable('rule_runs', {
  id: id(), workspaceId: workspaceId(),
  ruleId: uuid('rule_id').notNull(),
  /** As it was called then. */
  ruleName: text('rule_name').notNull(),
  conversationId: uuid('conversation_id').notNull(),
  /** The message, fact or wait it acted on. */
  subject: text('subject').notNull(),
  did: jsonb('did').$type<readonly Act[]>().notNull(),
  at: instant('at').notNull(),
}, (t) => [
  uniqueIndex('rule_runs_once').on(t.workspaceId, t.ruleId, t.conversationId, t.subject),
  index('rule_runs_conversation').on(t.workspaceId, t.conversationId, t.at), index('rule_runs_rule').on(t.workspaceId, t.ruleId, t.at),
])

/** Acts under a name, with a beginning of an answer, done by a member at one press. */
export const macros = pgTable('macros', {
  id: id(), workspaceId: workspaceId(),
  /** Whose it is; null: the team's. */
  memberId: uuid('member_id'),
  name: text('name').notNull(),
  acts: jsonb('acts').$type<readonly Act[]>().notNull(),
  text: text('text').notNull().default(''),
  madeBy: uuid('made_by').notNull(),
  madeAt: instant('made_at').notNull().defaultNow(),
}, (t) => [index('macros_of').on(t.workspaceId, t.memberId)])
