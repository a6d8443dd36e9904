import { z } from 'zod'

/** What a server says of itself; whatever it leaves out is Mastodon's default. */
export const ServerLimits = z.strictObject({
  characters: z.number().int().positive(), perLink: z.number().int().nonnegative(), media: z.number().int().nonnegative(), alt: z.number().int().positive(),
  pictureTypes: z.array(z.string()), pictureBytes: z.number().positive(), longestSide: z.number().positive(),
  videoTypes: z.array(z.string()), videoBytes: z.number().positive(),
})
export type ServerLimits = z.infer<typeof ServerLimits>

export const visibilities = ['public', 'unlisted', 'private', 'direct'] as const
export type Visibility = (typeof visibilities)[number]

/** `server` is an origin once it has been verified; all that is optional is filled in by then. */
export const Settings = z.strictObject({
  server: z.string().trim().min(1).max(300),
  token: z.string().trim().max(2_000).optional(),
  audience: z.enum(['public', 'unlisted', 'private']).optional(),
  clientId: z.string().max(2_000).optional(), clientSecret: z.string().max(2_000).optional(),
  accountId: z.string().optional(),
  /** The host of its handles, which need not be the server's. */
  domain: z.string().optional(),
  software: z.string().optional(), version: z.string().optional(),
  /** The name our posts carry there, where the server tells it. */
  app: z.string().optional(),
  /** Where it streams from, if it says it does. */
  streaming: z.string().optional(),
  limits: ServerLimits.optional(),
})
export type Settings = z.infer<typeof Settings>

/** Of the servers tried only Mastodon's own software keeps an Idempotency-Key. */
export const keepsKeys = ({ software }: Settings): boolean => software === 'mastodon'
