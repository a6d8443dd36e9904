import { z } from 'zod'

const Box = z.strictObject({ name: z.string(), address: z.string() })
/** What is frozen of a letter before the first try: the same bytes each time. */
export const Wire = z.strictObject({
  key: z.string(), messageId: z.string(), date: z.string(), lang: z.enum(['en', 'el']),
  from: Box, to: Box, replyTo: z.string().nullable(),
  /** Null: an answer whose original has not been read yet. */
  subject: z.string().nullable(),
  inReplyTo: z.string().nullable(), references: z.array(z.string()),
  text: z.string(), html: z.string(),
  quote: z.strictObject({ head: z.string(), text: z.string() }).nullable(),
  /** Written by the house and not by a person. */
  automatic: z.boolean(), stop: z.string().nullable(),
})
export type Wire = z.infer<typeof Wire>
