import { z } from 'zod'

/** The record of a post is kept as the JSON that is sent: its CID is made of it. */
export const StrongRef = z.strictObject({ uri: z.string(), cid: z.string() })
export type StrongRef = z.infer<typeof StrongRef>
const Ref = z.strictObject({ $link: z.string() })
export const Blob = z.strictObject({ $type: z.literal('blob'), ref: Ref, mimeType: z.string(), size: z.number().int().nonnegative() })
export type Blob = z.infer<typeof Blob>
const Aspect = z.strictObject({ width: z.number().int().positive(), height: z.number().int().positive() })

// `null` stands for a file that was not handed over: such a record is never sent.
export const Image = z.strictObject({ alt: z.string(), image: Blob.nullable(), aspectRatio: Aspect.optional() })
const Images = z.strictObject({ $type: z.literal('app.bsky.embed.images'), images: z.array(Image) })
const Video = z.strictObject({ $type: z.literal('app.bsky.embed.video'), video: Blob.nullable(), alt: z.string().optional(), aspectRatio: Aspect.optional() })
const External = z.strictObject({
  $type: z.literal('app.bsky.embed.external'),
  external: z.strictObject({ uri: z.string(), title: z.string(), description: z.string(), thumb: Blob.optional() }),
})
export const Shown = z.discriminatedUnion('$type', [Images, Video, External])
export type Shown = z.infer<typeof Shown>
const Quote = z.strictObject({ $type: z.literal('app.bsky.embed.record'), record: StrongRef })
const QuoteWith = z.strictObject({ $type: z.literal('app.bsky.embed.recordWithMedia'), record: Quote, media: Shown })
export const Embed = z.discriminatedUnion('$type', [Images, Video, External, Quote, QuoteWith])
export type Embed = z.infer<typeof Embed>

const Feature = z.discriminatedUnion('$type', [
  z.strictObject({ $type: z.literal('app.bsky.richtext.facet#link'), uri: z.string() }),
  z.strictObject({ $type: z.literal('app.bsky.richtext.facet#mention'), did: z.string() }),
  z.strictObject({ $type: z.literal('app.bsky.richtext.facet#tag'), tag: z.string() }),
])
export type Feature = z.infer<typeof Feature>
export const Facet = z.strictObject({ index: z.strictObject({ byteStart: z.number().int(), byteEnd: z.number().int() }), features: z.array(Feature) })
export type Facet = z.infer<typeof Facet>

export const Post = z.strictObject({
  $type: z.literal('app.bsky.feed.post'), text: z.string(), createdAt: z.string(), langs: z.array(z.string()),
  facets: z.array(Facet).optional(), tags: z.array(z.string()).optional(), embed: Embed.optional(),
  reply: z.strictObject({ root: StrongRef, parent: StrongRef }).optional(),
})
export type Post = z.infer<typeof Post>

/** What is frozen of a draft: the records of all its parts, and what staging still has to find out. */
export const Wire = z.strictObject({
  key: z.string(), did: z.string(), tid: z.string(), records: z.array(Post),
  /** The address of what it answers. */
  answers: z.string().nullable(),
  /** Posts linked to at the end of a part, which it is to show. */
  quotes: z.array(z.strictObject({ part: z.number().int(), link: z.string() })),
  /** Files that are there, but cannot be shown together. */
  mixed: z.boolean(),
})
export type Wire = z.infer<typeof Wire>

export const collection = 'app.bsky.feed.post'

// Of what servers answer, only what is used.
const address = z.string().optional().catch(undefined)
export const Written = z.object({ uri: z.string(), cid: z.string() })
export const WrittenAll = z.object({ results: z.array(z.object({ uri: z.string().optional(), cid: z.string().optional() })).optional() })
export const Found = z.object({ uri: z.string(), cid: z.string().optional(), value: z.record(z.string(), z.json()) })
export type Found = z.infer<typeof Found>
export const Uploaded = z.object({ blob: z.looseObject({ ref: Ref, mimeType: z.string(), size: z.number() }) })
export const Resolved = z.object({ did: z.string().startsWith('did:') })

const Service = z.object({ id: z.string().catch(''), type: z.string().catch(''), serviceEndpoint: z.string().catch('') })
export const DidDoc = z.object({ service: z.array(Service).max(50).optional().catch(undefined) })
export type DidDoc = z.infer<typeof DidDoc>
export const Opened = z.object({
  did: z.string().startsWith('did:'), handle: z.string(), accessJwt: z.string(), refreshJwt: z.string(),
  active: z.boolean().optional().catch(undefined), status: z.string().optional().catch(undefined), didDoc: DidDoc.optional().catch(undefined),
})
export type Opened = z.infer<typeof Opened>
/** Whose a session is. */
export const Here = Opened.pick({ did: true, handle: true, active: true, status: true })
export type Here = z.infer<typeof Here>
export const Renewed = z.object({ accessJwt: z.string(), refreshJwt: z.string() })
export const Described = z.object({ availableUserDomains: z.array(z.string()) })
export const Profile = z.object({ displayName: z.string().optional().catch(undefined) })

export const Actor = z.object({ did: z.string(), handle: z.string().catch(''), displayName: address, avatar: address })
export type Actor = z.infer<typeof Actor>
const Label = z.object({ val: z.string(), neg: z.boolean().optional() })
export const Notice = z.object({ uri: z.string(), author: Actor, reason: z.string(), reasonSubject: address, record: z.unknown(), indexedAt: z.string(), labels: z.array(Label).optional().catch(undefined) })
export type Notice = z.infer<typeof Notice>
/** Each is read by itself: one of a new kind does not take the others with it. */
export const Notices = z.object({ notifications: z.array(z.unknown()), cursor: z.string().optional() })
export const Feed = z.object({ feed: z.array(z.unknown()) })
export const Own = z.object({ post: z.object({ uri: z.string(), author: Actor, replyCount: z.number().optional() }), reason: z.unknown().optional() })
const replies = z.array(z.unknown()).optional().catch(undefined)
export const Replies = z.object({ replies })
export const ThreadPost = z.object({
  post: z.object({ uri: z.string(), author: Actor, record: z.unknown(), indexedAt: z.string(), labels: z.array(Label).optional().catch(undefined) }),
  replies,
})
export const Thread = z.object({ thread: z.unknown() })

const HeardFeature = z.object({ $type: z.string(), uri: z.string().optional() })
export const HeardFacet = z.object({ index: z.object({ byteStart: z.number(), byteEnd: z.number() }), features: z.array(HeardFeature) })
export type HeardFacet = z.infer<typeof HeardFacet>
const strong = z.object({ uri: z.string() })
const HeardImages = z.array(z.object({ alt: z.string().catch('') })).optional().catch(undefined)
const HeardMedia = z.object({ images: HeardImages, alt: address, external: z.object({ uri: z.string() }).optional().catch(undefined), $type: z.string().optional() })
/** Somebody's post, as their record has it. */
export const HeardPost = z.object({
  text: z.string(), createdAt: z.string().catch(''), langs: z.array(z.string()).optional().catch(undefined),
  facets: z.array(z.unknown()).optional().catch(undefined),
  reply: z.object({ root: strong, parent: strong }).optional().catch(undefined),
  embed: HeardMedia.extend({ record: z.unknown().optional(), media: HeardMedia.optional().catch(undefined) }).optional().catch(undefined),
})
export type HeardPost = z.infer<typeof HeardPost>
export const HeardAct = z.object({ subject: z.union([z.string(), strong]).optional() })
