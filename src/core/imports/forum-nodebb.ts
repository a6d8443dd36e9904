import { z } from 'zod'
import type { OldPerson, OldWord } from '#kit/old-words.ts'
import { htmlToMarkdown } from '#text/html/to-markdown.ts'
import type { WrongLine } from './forum-line.ts'

// What a topic of NodeBB tells at /api/topic/ID; numbers come as numbers or as their digits.
const id = z.union([z.number(), z.string()]).transform(String)
const yes = z.union([z.boolean(), z.number(), z.string()]).nullish().transform((value) => value === true || value === 1 || value === '1' || value === 'true')
const count = z.union([z.number(), z.string()]).nullish().transform((value) => Math.max(0, Math.trunc(Number(value ?? 0)) || 0))
const User = z.object({ uid: id.nullish(), username: z.string().nullish(), displayname: z.string().nullish(), userslug: z.string().nullish() })
const Post = z.object({ pid: id, content: z.string().nullish(), timestamp: z.union([z.number(), z.string()]), edited: z.union([z.number(), z.string()]).nullish(), deleted: yes, upvotes: count, uid: id.nullish(), user: User.nullish() })
const Topic = z.object({
  tid: id, title: z.string(), titleRaw: z.string().nullish(), timestamp: z.union([z.number(), z.string()]), deleted: yes, scheduled: yes, locked: yes, pinned: yes, mainPid: id.nullish(), solvedPid: id.nullish(), cid: id.nullish(), uid: id.nullish(),
  tags: z.array(z.union([z.string(), z.object({ value: z.string() }).transform(({ value }) => value)])).nullish(), category: z.object({ name: z.string(), description: z.string().nullish() }).nullish(), author: User.nullish(), posts: z.array(z.unknown()),
})

export const isNodebb = (value: object): boolean => 'tid' in value && 'posts' in value && Array.isArray(value.posts)
const signs: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'", '#39': "'", '#x2F': '/', '#44': ',', '#x60': '`', '#x5C': '\\' }
/** NodeBB hands out titles as they stand in a page. */
const unescaped = (text: string): string => text.replace(/&(amp|lt|gt|quot|#x27|#39|#x2F|#44|#x60|#x5C);/g, (_, name: string) => signs[name] ?? '')
const iso = (time: string | number): string => { const at = new Date(/^\d+$/.test(String(time)) ? Number(time) : time); return Number.isNaN(at.getTime()) ? '' : at.toISOString() }
const whoIs = (uid: string | null | undefined, user: z.infer<typeof User> | null | undefined): OldPerson => {
  const name = unescaped(user?.displayname?.trim() ? user.displayname : user?.username ?? '')
  const known = uid ?? user?.uid ?? ''
  // 0 is whoever was not signed in or is gone.
  return { id: known === '0' || known === '' ? `guest ${name}` : known, name }
}

/** The posts of a topic as /api/topic/ID tells them, one page of it or all. What was deleted stays behind. */
export function readNodebb(value: object, where: string): (OldWord | WrongLine)[] {
  const read = Topic.safeParse(value)
  if (!read.success) return [{ wrong: 'bad-post', where: `${where}: ${read.error.issues[0]?.path.join('.') ?? ''}` }]
  const one = read.data
  if (one.deleted || one.scheduled) return []
  const posts = one.posts.map((post) => Post.safeParse(post))
  const main = one.mainPid ?? posts[0]?.data?.pid ?? ''
  const first = posts.find((post) => post.data?.pid === main)?.data
  const topic: OldWord['topic'] = {
    id: one.tid, title: one.titleRaw?.trim() ? one.titleRaw : unescaped(one.title), openedAt: iso(one.timestamp), locked: one.locked, pinned: one.pinned, tags: (one.tags ?? []).map(unescaped),
    category: { id: one.cid ?? '', name: unescaped(one.category?.name ?? ''), about: (one.category?.description ?? '').replace(/<[^>]*>/g, '').replace(/\s+/g, ' ').trim() },
    author: one.author ? whoIs(one.uid, one.author) : first ? whoIs(first.uid, first.user) : { id: one.uid ?? '', name: '' }, opener: main, ...(one.solvedPid && one.solvedPid !== '0' ? { accepted: one.solvedPid } : {}),
  }
  return posts.flatMap((post, place): (OldWord | WrongLine)[] => {
    if (!post.success) return [{ wrong: 'bad-post', where: `${where} #${place + 1}: ${post.error.issues[0]?.path.join('.') ?? ''}` }]
    if (post.data.deleted) return []
    const edited = post.data.edited && String(post.data.edited) !== '0' ? iso(post.data.edited) : ''
    return [{ system: 'nodebb', topic, id: post.data.pid, author: whoIs(post.data.uid, post.data.user), at: iso(post.data.timestamp), ...(edited === '' ? {} : { editedAt: edited }), markdown: htmlToMarkdown(post.data.content ?? ''), thanks: post.data.upvotes }]
  })
}
