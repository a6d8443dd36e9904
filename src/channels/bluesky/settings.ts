import { z } from 'zod'

/** Opened by name and app password. */
const Opened = z.strictObject({ access: z.string().max(8_000), refresh: z.string().max(8_000) })
/** Granted on the network's own page (OAuth): of use only with the key it is bound to. */
export const Granted = z.strictObject({
  by: z.literal('oauth'), access: z.string().max(8_000), refresh: z.string().max(8_000),
  /** The key, as a private JWK. */
  key: z.string().max(2_000),
  /** Who granted it, and the name under which this Stoa asked. */
  issuer: z.string().max(300), client: z.string().max(500),
  /** Straight from the network's page: it counts before any app password that is kept. */
  fresh: z.literal(true).optional(),
})
export type Granted = z.infer<typeof Granted>
export const Session = z.union([Granted, Opened])
export type Session = z.infer<typeof Session>
export const isGranted = (session: Session | undefined): session is Granted => session !== undefined && 'by' in session

/** What a person gives is `identifier`, `password` and perhaps `service`; the rest is filled in when it has been tried. */
export const Settings = z.strictObject({
  identifier: z.string().trim().min(1).max(2_048),
  /** Absent where one signed in on the network's own page. */
  password: z.string().trim().min(1).max(512).optional(),
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
