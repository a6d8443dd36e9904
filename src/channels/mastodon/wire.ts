import { z } from 'zod'
import { visibilities } from './settings.ts'

/** What is frozen of a draft before the first try. */
export const Wire = z.strictObject({
  key: z.string(), status: z.string(), spoiler: z.string(), language: z.enum(['en', 'el']),
  visibility: z.enum(visibilities), inReplyTo: z.string().nullable(), writtenAt: z.string(),
  media: z.array(z.strictObject({ id: z.string().nullable(), alt: z.string(), focus: z.string().nullable() })),
})
export type Wire = z.infer<typeof Wire>

// Of what servers answer, only what is used; they differ in the rest.
const text = z.string().catch('')
const address = z.string().nullish().catch(undefined)
export const Person = z.object({ id: z.string(), acct: z.string(), username: text, display_name: text, url: address, avatar: address })
export type Person = z.infer<typeof Person>

export const Media = z.object({ id: z.string(), url: address, description: z.string().nullish().catch(undefined) })
const Attached = z.array(Media).catch([])
const Bare = z.object({
  id: z.string(), url: address, uri: address, created_at: text, content: text, spoiler_text: text, visibility: text,
  language: z.string().nullish().catch(undefined), in_reply_to_id: z.string().nullish().catch(undefined), in_reply_to_account_id: z.string().nullish().catch(undefined),
  mentions: z.array(z.object({ id: z.string() })).catch([]), text: z.string().nullish().catch(undefined),
  media_attachments: Attached, application: z.object({ name: z.string() }).nullish().catch(undefined), account: Person,
})
export const Status = Bare.extend({ reblog: Bare.nullish().catch(undefined) })
export type Status = z.infer<typeof Status>
/** What was just posted: an id is all that counts. */
export const Posted = z.object({ id: z.string().min(1), url: address, uri: address })

export const Notification = z.object({ id: z.string(), type: z.string(), created_at: text, account: Person, status: Status.nullish().catch(undefined) })
export type Notification = z.infer<typeof Notification>
/** Each is read by itself: one of a new kind does not take the others with it. */
export const List = z.array(z.unknown())

export const App = z.object({ name: z.string().optional(), scopes: z.array(z.string()).optional().catch(undefined) })
export const Registered = z.object({ client_id: z.string().min(1), client_secret: z.string().min(1) })
export const Token = z.object({ access_token: z.string().min(1) })

export const NodeInfoIndex = z.object({ links: z.array(z.object({ rel: text, href: text })).max(20) })
export const NodeInfo = z.object({ software: z.object({ name: text, version: text }) })

const count = z.number().optional().catch(undefined)
export const Instance = z.object({
  domain: z.string().optional().catch(undefined), uri: z.string().optional().catch(undefined),
  max_toot_chars: count, description_limit: count,
  urls: z.object({ streaming_api: z.string().optional().catch(undefined) }).optional().catch(undefined),
  configuration: z.object({
    urls: z.object({ streaming: z.string().optional().catch(undefined) }).optional().catch(undefined),
    statuses: z.object({ max_characters: count, max_media_attachments: count, characters_reserved_per_url: count }).optional().catch(undefined),
    media_attachments: z.object({
      supported_mime_types: z.array(z.string()).optional().catch(undefined), description_limit: count,
      image_size_limit: count, image_matrix_limit: count, video_size_limit: count,
    }).optional().catch(undefined),
  }).optional().catch(undefined),
})
export type Instance = z.infer<typeof Instance>
