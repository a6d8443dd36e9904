import { z } from 'zod'

/** What the team decides about its forum when it opens it. */
export const ForumSettings = z.strictObject({
  firstPosts: z.enum(['shown', 'held']).default('shown'),
  /** Whether it can be followed and answered from the fediverse, and since when those who write here are told so. */
  federated: z.enum(['no', 'yes']).optional(), federatedSince: z.union([z.iso.datetime(), z.literal('off')]).optional(),
})
export type ForumSettings = z.infer<typeof ForumSettings>

/** An answer of the team as it will stand in its topic: frozen before it is first shown. */
export const ForumWire = z.object({
  key: z.uuid(), writtenAt: z.string(), lang: z.enum(['en', 'el']), markdown: z.string(), html: z.string(),
  author: z.object({ id: z.string(), name: z.string(), picture: z.string().optional(), signOff: z.string().optional() }),
  /** The post it answers. */
  under: z.string(),
})
export type ForumWire = z.infer<typeof ForumWire>
