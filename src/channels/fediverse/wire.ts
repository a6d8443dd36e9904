import { z } from 'zod'

/** What is frozen of a draft before the first try. Addresses on our site are paths; the origin is added when it leaves. */
export const Wire = z.strictObject({
  key: z.string(), notePath: z.string(), kind: z.enum(['post', 'reply', 'message']),
  html: z.string(), lang: z.enum(['en', 'el']), title: z.string().nullable(), url: z.string().nullable(),
  media: z.array(z.strictObject({ url: z.string(), type: z.string(), alt: z.string(), width: z.number().nullable(), height: z.number().nullable() })),
  tags: z.array(z.string()), warning: z.string().optional(),
  author: z.strictObject({ name: z.string(), url: z.string().nullable() }),
  inReplyTo: z.strictObject({ id: z.string(), actor: z.string().nullable(), handle: z.string().nullable() }).nullable(),
  published: z.string(),
})
export type Wire = z.infer<typeof Wire>

const link = z.object({ rel: z.string(), type: z.string().optional(), href: z.string().optional() })
export const WebFinger = z.object({ subject: z.string().optional(), links: z.array(link).max(100).default([]) })
export type WebFinger = z.infer<typeof WebFinger>
