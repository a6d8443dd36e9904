import { z } from 'zod'

export const Session = z.strictObject({ access: z.string().max(8_000), refresh: z.string().max(8_000) })
export type Session = z.infer<typeof Session>

/** What a person gives is `identifier`, `password` and perhaps `service`; the rest is filled in when it has been tried. */
export const Settings = z.strictObject({
  identifier: z.string().trim().min(1).max(320),
  password: z.string().trim().min(1).max(512),
  /** Where one signs in: an origin once it has been tried. */
  service: z.string().trim().max(300).optional(),
  did: z.string().max(2_048).optional(),
  handle: z.string().max(253).optional(),
  /** The server that holds the repository, which behind an entryway is another than `service`. */
  pds: z.string().max(300).optional(),
  session: Session.optional(),
})
export type Settings = z.infer<typeof Settings>

export const entryway = 'https://bsky.social'
/** Where people read what stands in a repository. */
export const web = 'https://bsky.app'
