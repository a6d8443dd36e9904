import { z } from 'zod'
import type { OldWord } from '#kit/old-words.ts'
import type { Wrong } from './rules.ts'

const name = z.string().max(400)
const time = z.iso.datetime()
const Person = z.strictObject({ id: name, name: name, email: z.string().max(254).optional() })
const Topic = z.strictObject({
  id: name, title: z.string().min(1).max(400), openedAt: time, locked: z.boolean(), pinned: z.boolean(), tags: z.array(name).max(50), category: z.strictObject({ id: name, name: name, about: z.string().max(1_000) }), author: Person, opener: name, accepted: name.optional(),
})
const Word = z.strictObject({
  system: z.enum(['discourse', 'nodebb']), topic: Topic, id: name, author: Person, at: time, editedAt: time.optional(), markdown: z.string(), thanks: z.number().int().min(0),
})
// More than this in one post is no post.
const longest = 100_000

/** What could not be read of an export, and where in it. */
export interface WrongLine { readonly wrong: Wrong; readonly where: string }
/** The first line of an export that was laid out as one post a line. */
export const header = '{"stoaForum":1}'

export const lineOf = (one: OldWord | WrongLine): string => `${JSON.stringify(one)}\n`
/** A line as the post it tells, or what is wrong with it. */
export function readLine(line: string): OldWord | WrongLine {
  let value: unknown
  try { value = JSON.parse(line) } catch { return { wrong: 'bad-json', where: line.slice(0, 80) } }
  if (typeof value === 'object' && value !== null && 'wrong' in value) return value as WrongLine
  const read = Word.safeParse(value)
  if (!read.success) return { wrong: 'bad-post', where: String(read.error.issues[0]?.path.join('.')).slice(0, 80) }
  const where = `${read.data.topic.title.slice(0, 60)} #${read.data.id}`
  if (read.data.markdown.trim() === '') return { wrong: 'no-text', where }
  return read.data.markdown.length > longest ? { wrong: 'too-long', where } : read.data
}
