import { createReadStream } from 'node:fs'
import type { OldWord } from '#kit/old-words.ts'
import { header, readLine } from './forum-line.ts'
import type { Batch, Read, Reading } from './read.ts'
import type { Cells, Row, RowError } from './rules.ts'
import { Splitter } from './split.ts'

/** Columns as people see them before they say yes. */
export const forumColumns = ['topic', 'category', 'author', 'at', 'text'] as const
export const isForumFile = (head: string): boolean => head.startsWith(header)
export const forumStart = { byte: header.length + 1, line: 1 }

const wordCells = (word: OldWord): Cells => ({ topic: word.topic.title, category: word.topic.category.name, author: word.author.name, at: word.at, text: word.markdown.slice(0, 200) })
/** The posts of a laid out export as rows, or what is wrong with them. */
export function forumRow(line: number, text: string): (Row & { readonly old: OldWord; readonly cells: Cells }) | RowError {
  const word = readLine(text)
  if ('wrong' in word) return { line, code: word.wrong, value: word.where }
  return {
    line, id: word.id, text: word.markdown, author: word.author.name, authorId: word.author.id, email: word.author.email ?? '', at: new Date(word.at), thread: word.topic.id, direction: 'in', lang: null, channel: 'forum',
    subject: word.topic.title, tags: word.topic.tags, old: word, cells: wordCells(word),
  }
}

export async function* readForum(path: string, { from, size, signal }: Reading): AsyncGenerator<Batch> {
  const split = new Splitter(from, { delimiter: undefined })
  let [records, next]: [Read[], Reading['from']] = [[], from]
  const take = function* (found: ReturnType<Splitter['push']>): Generator<Batch> {
    for (const one of found) {
      next = one.next
      if ('wrong' in one) records.push({ line: one.line, code: one.wrong })
      else if (one.bytes.length > 0) records.push({ line: one.line, cells: { old: one.bytes.toString('utf8') } })
      if (records.length >= size) { yield { records, next }; records = [] }
    }
  }
  for await (const chunk of createReadStream(path, { start: from.byte, highWaterMark: 256 * 1024, ...(signal ? { signal } : {}) })) yield* take(split.push(chunk as Buffer))
  yield* take(split.end())
  if (records.length > 0) yield { records, next }
}
