import { z } from 'zod'
import { line } from '#kit/text.ts'

export const Settings = z.strictObject({ url: line(2_000).pipe(z.url({ protocol: /^https?$/ })), title: z.string().max(300).optional() })
export type Settings = z.infer<typeof Settings>

/** Where we stand: what the server gave to ask by, and a mark of each item and of its words. */
export const Cursor = z.object({ etag: z.string().optional(), modified: z.string().optional(), known: z.record(z.string(), z.string()) })
export type Cursor = z.infer<typeof Cursor>

/** One thing a feed tells, in whatever format it came. */
export interface Entry {
  readonly id: string; readonly url: string | undefined; readonly title: string; readonly html: string; readonly author: string | undefined
  readonly at: string | undefined; readonly lang: string | undefined
}
export interface Feed { readonly title: string; readonly home: string | undefined; readonly entries: readonly Entry[] }
