import { z } from 'zod'

const Picture = z.strictObject({ id: z.number().nullable(), url: z.string().nullable(), alt: z.string() })
export type Picture = z.infer<typeof Picture>
/** `staged`: the invisible draft, or the comment held back, that `send` lets out. */
const common = { key: z.string(), staged: z.number().nullable(), html: z.string() }
export const PostWire = z.strictObject({
  ...common, is: z.literal('post'), title: z.string(), slug: z.string(), excerpt: z.string(), lang: z.enum(['en', 'el']),
  before: z.string(), after: z.string(), media: z.array(Picture), cover: z.boolean(), tags: z.array(z.string()),
})
export type PostWire = z.infer<typeof PostWire>
export const AnswerWire = z.strictObject({ ...common, is: z.literal('answer'), inReplyTo: z.string(), post: z.number().nullable(), parent: z.number() })
export type AnswerWire = z.infer<typeof AnswerWire>
export type Wire = PostWire | AnswerWire

// Of what a site answers, only what is used; plugins change the rest.
const words = z.string().catch('')
const Rendered = z.object({ rendered: words, raw: z.string().optional().catch(undefined) }).catch({ rendered: '' })
const id = z.number().int().positive()

export const Index = z.object({
  name: words, url: words, home: words, namespaces: z.array(z.string()).catch([]),
  authentication: z.record(z.string(), z.unknown()).catch({}),
})
export const Myself = z.object({ id, name: words, slug: words, capabilities: z.record(z.string(), z.unknown()).catch({}) })
export const Post = z.object({ id, status: z.string(), link: z.string(), slug: words, content: Rendered, featured_media: z.number().catch(0) })
export type Post = z.infer<typeof Post>
export const Posts = z.array(Post)
export const Media = z.object({ id, source_url: z.string().min(1) })
export const MediaList = z.array(Media)
export const Tag = z.object({ id })
export const Comment = z.object({
  id, post: z.number(), parent: z.number().catch(0), author: z.number().catch(0), author_name: words, author_url: words,
  author_email: z.string().optional().catch(undefined), author_user_agent: z.string().optional().catch(undefined),
  author_avatar_urls: z.record(z.string(), z.string()).catch({}), date_gmt: words, content: Rendered, link: words, status: z.string().catch('approved'),
})
export type Comment = z.infer<typeof Comment>
/** Each is read by itself: an odd one does not take the others with it. */
export const List = z.array(z.unknown())
export const Anything = z.unknown()
export const Problem = z.object({ code: words, message: words, data: z.object({ term_id: z.number().optional().catch(undefined) }).catch({}) })
