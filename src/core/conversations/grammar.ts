import { z } from 'zod'
import { storable } from '#kit/text.ts'
import { priorities, priorityOf, rankOf, type Priority } from './rules.ts'

const word = z.string().trim().min(1).max(100).refine(storable, 'invalid_text')
const not = { not: z.literal(true).optional() }
export const states = ['open', 'snoozed', 'done'] as const
export const has = ['files', 'notes', 'draft', 'held', 'unread'] as const

/** One thing asked of a conversation. The language is closed: what is not written here cannot be asked. */
export const Term = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('channel'), value: word, ...not }),
  z.strictObject({ is: z.literal('lang'), value: z.string().regex(/^[a-z]{2,3}$/), ...not }),
  z.strictObject({ is: z.literal('tag'), value: word, ...not }),
  z.strictObject({ is: z.literal('campaign'), value: word, ...not }),
  z.strictObject({ is: z.literal('assignee'), value: word, ...not }),
  z.strictObject({ is: z.literal('state'), value: z.enum(states), ...not }),
  z.strictObject({ is: z.literal('priority'), value: z.enum(priorities), ...not }),
  z.strictObject({ is: z.literal('has'), value: z.enum(has), ...not }),
  z.strictObject({ is: z.literal('waiting'), than: z.enum(['over', 'under']), minutes: z.int().min(1).max(5_256_000), ...not }),
  // When the answer should be there: within so long, not before so long, or already passed.
  z.strictObject({ is: z.literal('due'), than: z.enum(['over', 'under', 'missed']), minutes: z.int().min(0).max(5_256_000), ...not }),
])
export type Term = z.infer<typeof Term>
/** All of them hold, and the words are found. */
export const Asked = z.strictObject({ terms: z.array(Term).max(20), words: z.string().max(200).refine(storable, 'invalid_text') })
export type Asked = z.infer<typeof Asked>
export { priorities, priorityOf, rankOf, type Priority }
