import { z } from 'zod'

/** What a mail carries: with what encoding adds, 20 MB, which every large provider takes. */
export const mailFiles = { max: 10, maxBytes: 10 * 1024 * 1024, maxTotal: 15_000_000 } as const

const Box = z.strictObject({ name: z.string(), address: z.string() })
/** What is frozen of a letter before the first try: the same bytes each time. */
export const Wire = z.strictObject({
  key: z.string(), messageId: z.string(), date: z.string(), lang: z.enum(['en', 'el']),
  from: Box, to: Box, replyTo: z.string().nullable(),
  /** Null: an answer whose original has not been read yet. */
  subject: z.string().nullable(),
  inReplyTo: z.string().nullable(), references: z.array(z.string()),
  text: z.string(), html: z.string(),
  /** What the talk is about, where its mails are no longer to be read. */
  about: z.string().optional(),
  /** Who else gets it. */
  cc: z.array(Box).optional(),
  /** What goes along: the bytes lie with the house, and are those of the sum or none. */
  files: z.array(z.strictObject({ id: z.string(), name: z.string(), type: z.string(), bytes: z.number(), sha256: z.string() })).optional(),
  quote: z.strictObject({ head: z.string(), text: z.string() }).nullable(),
  /** Written by the house and not by a person. */
  automatic: z.boolean(), stop: z.string().nullable(),
})
export type Wire = z.infer<typeof Wire>
