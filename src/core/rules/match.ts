import { and, eq, sql, type SQL } from 'drizzle-orm'
import { mine, type Db } from '#db/database.ts'
import { conditionOf } from '../conversations/compile.ts'
import type { Asked, Term } from '../conversations/grammar.ts'
import { conversations, messages } from '../conversations/tables.ts'

/** What only one member could mean: a rule is the team's. */
export const isPersonal = (term: Term): boolean => (term.is === 'assignee' && term.value === 'me') || (term.is === 'has' && (term.value === 'unread' || term.value === 'draft'))
/** What may have been otherwise when something happened. */
const lasting: ReadonlySet<Term['is']> = new Set(['channel', 'lang', 'campaign'])
export const asksOfNow = ({ terms }: Asked): boolean => terms.some((term) => !lasting.has(term.is))

const nobody = '00000000-0000-0000-0000-000000000000'
/** The terms of a line, as one condition on conversations. */
export const termsHold = (db: Db, { terms }: Asked, now: Date): SQL | undefined =>
  and(mine(db, conversations), sql`${conversations.mergedInto} is null`, ...terms.map((term) => conditionOf(db, term, { memberId: nobody, now })))

/** Whole words, in any of their forms. */
const query = (words: string): SQL => sql`websearch_to_tsquery('public.stoa', ${words})`
/** A message that says what the line looks for. */
export const saysWords = (words: string): SQL => sql`${messages.search} @@ ${query(words)}`
/** A conversation in which somebody outside said it. */
export const wordsSaid = (db: Db, words: string): SQL => sql`exists (select 1 from ${messages} where ${and(
  mine(db, messages), eq(messages.direction, 'in'), eq(messages.moderation, 'shown'), saysWords(words))} and ${messages.conversationId} = ${conversations.id})`
