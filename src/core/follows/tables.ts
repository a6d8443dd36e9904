import { index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { id, instant, workspaceId } from '#db/columns.ts'

/** Who wants a letter when somebody answers what they said. Counts only once the address was confirmed from its own mailbox. */
export const answerFollows = pgTable('answer_follows', {
  id: id(), workspaceId: workspaceId(),
  messageId: uuid('message_id').notNull(), contactId: uuid('contact_id'),
  email: text('email').notNull(), lang: text('lang').$type<'en' | 'el'>().notNull(),
  /** Where what they said stands. */
  place: text('place').notNull(),
  askedAt: instant('asked_at').notNull(), confirmedAt: instant('confirmed_at'),
}, (t) => [uniqueIndex('answer_follows_once').on(t.workspaceId, t.messageId, t.email), index('answer_follows_of').on(t.messageId)])
