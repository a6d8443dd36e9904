import { z } from 'zod'
import type { OldPerson, OldWord } from '#kit/old-words.ts'
import { htmlToMarkdown } from '#text/html/to-markdown.ts'
import type { WrongLine } from './forum-line.ts'

// What a topic of Discourse tells at /t/ID.json: what is needed of it, all else goes by.
const Post = z.object({
  id: z.number(), post_number: z.number().int(), post_type: z.number().optional(), username: z.string(), name: z.string().nullish(), user_id: z.number().nullish(), created_at: z.string(), updated_at: z.string().nullish(), cooked: z.string(), version: z.number().optional(),
  hidden: z.boolean().nullish(), deleted_at: z.string().nullish(), user_deleted: z.boolean().nullish(), accepted_answer: z.boolean().nullish(), actions_summary: z.array(z.object({ id: z.number(), count: z.number().nullish() })).nullish(),
})
type Post = z.infer<typeof Post>
const Tag = z.union([z.string(), z.object({ name: z.string() }).transform(({ name }) => name)])
const Topic = z.object({
  id: z.number(), title: z.string(), created_at: z.string(), archetype: z.string().optional(), visible: z.boolean().optional(), closed: z.boolean().nullish(), archived: z.boolean().nullish(), pinned: z.boolean().nullish(), deleted_at: z.string().nullish(),
  category_id: z.number().nullish(), tags: z.array(Tag).nullish(), accepted_answer: z.object({ post_number: z.number() }).nullish(), user_id: z.number().nullish(),
  details: z.object({ created_by: z.object({ id: z.number(), username: z.string(), name: z.string().nullish() }).nullish() }).nullish(),
})
type Topic = z.infer<typeof Topic>
const Category = z.object({ id: z.number(), name: z.string(), description_text: z.string().nullish(), description: z.string().nullish(), read_restricted: z.boolean().nullish(), parent_category_id: z.number().nullish() })

export interface Place { readonly name: string; readonly about: string; readonly closed: boolean }
/** What is known of an export beside its topics: its categories, and topics whose further posts come in files of their own. */
export interface Discourse { readonly categories: Map<string, Place>; readonly topics: Map<string, OldWord['topic']> }

const listOf = (value: object, ...path: readonly string[]): unknown => path.reduce<unknown>((at, key) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[key] : undefined), value)
/** The categories of site.json or categories.json. */
export function readCategories(value: object, { categories }: Discourse): boolean {
  const list = listOf(value, 'categories') ?? listOf(value, 'category_list', 'categories')
  if (!Array.isArray(list)) return false
  for (const one of list) {
    const read = Category.safeParse(one)
    if (read.success) categories.set(String(read.data.id), { name: read.data.name, about: (read.data.description_text ?? read.data.description ?? '').replace(/<[^>]*>/g, '').replace(/\s+/g, ' ').trim(), closed: read.data.read_restricted === true })
  }
  return true
}

export const isDiscourse = (value: object): boolean => Array.isArray(listOf(value, 'post_stream', 'posts'))
const idOf = (value: object): string => String(listOf(value, 'id') ?? listOf(value, 'post_stream', 'posts', '0', 'topic_id') ?? '')
/** Whether it holds further posts of a topic that is not known yet. */
export const isMore = (value: object, { topics }: Discourse): boolean => !('title' in value) && !topics.has(idOf(value))
const whoIs = (given: { readonly username: string; readonly name?: string | null | undefined; readonly user_id?: number | null | undefined }): OldPerson => ({ id: given.username.toLowerCase(), name: given.name?.trim() ? given.name : given.username })
const iso = (time: string): string => { const at = new Date(time); return Number.isNaN(at.getTime()) ? '' : at.toISOString() }

function topicOf(topic: Topic, posts: readonly Post[], { categories }: Discourse): OldWord['topic'] {
  const first = posts.find((one) => one.post_number === 1)
  const by = topic.details?.created_by
  const category = String(topic.category_id ?? '')
  const accepted = topic.accepted_answer?.post_number ?? posts.find((one) => one.accepted_answer)?.post_number
  return {
    id: String(topic.id), title: topic.title, openedAt: iso(topic.created_at), locked: topic.closed === true || topic.archived === true, pinned: topic.pinned === true, tags: topic.tags ?? [],
    category: { id: category, name: categories.get(category)?.name ?? '', about: categories.get(category)?.about ?? '' },
    author: by ? whoIs(by) : first ? whoIs(first) : { id: '', name: '' }, opener: `${topic.id}#1`, ...(accepted === undefined ? {} : { accepted: `${topic.id}#${accepted}` }),
  }
}

function wordOf(post: Post, topic: OldWord['topic']): OldWord {
  const edited = (post.version ?? 1) > 1 && post.updated_at ? iso(post.updated_at) : ''
  return {
    system: 'discourse', topic, id: `${topic.id}#${post.post_number}`, author: whoIs(post), at: iso(post.created_at), ...(edited === '' ? {} : { editedAt: edited }),
    markdown: htmlToMarkdown(post.cooked), thanks: post.actions_summary?.find(({ id }) => id === 2)?.count ?? 0,
  }
}
// What was said by people to all: no notices of the machine, no whispers, nothing that was taken down.
const isSaid = (post: Post): boolean => (post.post_type ?? 1) <= 2 && post.hidden !== true && !post.deleted_at && post.user_deleted !== true

/** The posts of a topic as /t/ID.json tells them, or of its further pages as /t/ID/posts.json does. Private messages and what only some may read stay behind. */
export function readDiscourse(value: object, where: string, known: Discourse): (OldWord | WrongLine)[] {
  const posts = (listOf(value, 'post_stream', 'posts') as unknown[]).map((one) => Post.safeParse(one))
  const good = posts.flatMap((one) => (one.success ? [one.data] : []))
  const head = Topic.safeParse(value)
  const id = idOf(value)
  if (head.success) {
    if (head.data.archetype === 'private_message' || head.data.deleted_at || head.data.visible === false || known.categories.get(String(head.data.category_id))?.closed) return []
    known.topics.set(id, topicOf(head.data, good, known))
  }
  const topic = known.topics.get(id)
  if (!topic) return [{ wrong: 'bad-post', where: `${where}: topic ${id}` }]
  const wrong = posts.flatMap((one, place): WrongLine[] => (one.success ? [] : [{ wrong: 'bad-post', where: `${where} #${place + 1}: ${one.error.issues[0]?.path.join('.') ?? ''}` }]))
  return [...good.filter(isSaid).map((one) => wordOf(one, topic)), ...wrong]
}
