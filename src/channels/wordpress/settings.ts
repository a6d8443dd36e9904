import { z } from 'zod'

/** `site` is the address of the front page once it has been verified; all that is optional is filled in by then. */
export const Settings = z.strictObject({
  site: z.string().trim().min(1).max(500),
  user: z.string().trim().min(1).max(200),
  password: z.string().trim().min(1).max(500),
  /** Where the first picture of a post goes: the post's own cover, or the text. */
  cover: z.enum(['cover', 'text']).optional(),
  /** The root of the REST interface, as the site names it. */
  api: z.string().max(1_000).optional(),
  userId: z.number().int().positive().optional(),
  /** Whether this user may let comments in and out: then answers too are readied unseen. */
  moderates: z.boolean().optional(),
})
export type Settings = z.infer<typeof Settings>

/** The site as part of names that must not be taken for those of another site. */
export function placeOf({ site }: Pick<Settings, 'site'>): string {
  const url = new URL(site)
  return `${url.host}${url.pathname.replace(/\/+$/, '')}`
}
export const personId = (settings: Pick<Settings, 'site'>, userId: number): string => `${placeOf(settings)}/users/${userId}`
