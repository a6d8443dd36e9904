import { open } from 'node:fs/promises'
import { Refusal } from '#kit/refusal.ts'
import { fieldsOf, Splitter, type Place } from './split.ts'
import { dateOrderOf, suggestMapping, type Cells, type DateOrder, type Field } from './rules.ts'
import { commentColumns, readComments, type CommentsFormat } from './comments-read.ts'
import { forumColumns, forumRow, forumStart, isForumFile } from './forum-read.ts'
import { jsonCells, readBatches, utf8 } from './read.ts'

/** How a file is written, and where its records begin. */
export interface Shape {
  readonly format: 'csv' | 'jsonl' | 'forum' | CommentsFormat
  readonly columns: readonly string[]
  readonly delimiter: string
  readonly newline: number
  readonly from: Place
}
export interface Inspection extends Shape {
  readonly suggested: Readonly<Partial<Record<Field, string>>>
  readonly dateOrder: DateOrder | undefined
  readonly sample: readonly Cells[]
}

// Enough to see how the dates of a file are written.
const looked = 2 * 1024 * 1024
const [LF, CR] = [10, 13]

async function beginning(path: string): Promise<Buffer> {
  const file = await open(path, 'r')
  try {
    const buffer = Buffer.alloc(looked)
    const { bytesRead } = await file.read(buffer, 0, looked, 0)
    return buffer.subarray(0, bytesRead)
  } finally { await file.close() }
}

const wide = (head: Buffer): boolean => (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)
const delimiters = [',', ';', '\t', '|']
function delimiterOf(header: string): string {
  const bare = header.replace(/"[^"]*"/g, '')
  return delimiters.map((sign) => ({ sign, count: bare.split(sign).length })).reduce((best, one) => (one.count > best.count ? one : best)).sign
}

/** Names of columns: trimmed, none empty, none twice. */
function named(fields: readonly string[]): string[] {
  const names: string[] = []
  for (const field of fields) {
    const name = field.trim() || `column ${names.length + 1}`
    names.push(names.includes(name) ? `${name} ${names.length + 1}` : name)
  }
  return names
}

/** Looks at the beginning of a file: its format, its columns, and what they probably tell. */
export async function inspect(path: string, fileName: string = path): Promise<Inspection> {
  const head = await beginning(path)
  if (wide(head)) throw new Refusal('file_type_not_allowed', { params: { allowed: 'UTF-8 CSV, JSON Lines' } })
  const start = head.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf])) ? 3 : 0
  const first = head.subarray(start).toString('utf8', 0, 200).trimStart()
  if (first === '') throw new Refusal('file_broken')
  if (isForumFile(first)) return inspectForum(head)
  if (first.startsWith('<')) return await inspectXml(path, head.toString('latin1', 0, 4_096))
  if (first.startsWith('[')) throw new Refusal('file_type_not_allowed', { params: { allowed: 'CSV, JSON Lines' } })
  const newline = head.includes(LF) || !head.includes(CR) ? LF : CR
  const json = /\.(?:jsonl|ndjson|json)$/i.test(fileName) || first.startsWith('{')
  return json ? inspectJson(head, { start, newline }) : inspectCsv(head, { start, newline })
}

/** An export of comments: its columns are known. */
async function inspectXml(path: string, head: string): Promise<Inspection> {
  const format = /<disqus[\s>]/.test(head) ? 'disqus' as const : /<rss[\s>]/.test(head) && head.includes('wordpress.org/export/') ? 'wxr' as const : undefined
  const encoding = /<\?xml[^>]*encoding=["']([^"']+)/i.exec(head)?.[1]
  if (head.includes('<!DOCTYPE')) throw new Refusal('xml_doctype')
  if (!format || (encoding && !/^utf-?8$/i.test(encoding))) throw new Refusal('file_type_not_allowed', { params: { allowed: 'CSV, JSON Lines, Disqus XML, WordPress WXR (UTF-8)' } })
  const shape: Shape = { format, columns: commentColumns, delimiter: '', newline: LF, from: { byte: 0, line: 1 } }
  const batches = readComments(path, format, { from: shape.from, size: 20 })
  const first = await batches.next()
  await batches.return(undefined)
  const rows = (first.done ? [] : first.value.records).flatMap((one) => ('cells' in one ? [one.cells] : []))
  return { ...shape, suggested: suggestMapping(['id', 'text', 'author', 'email', 'at', 'thread', 'subject']), dateOrder: undefined, sample: rows.map((cells) => ({ ...cells })) }
}

/** An export of a forum, laid out as one post a line. */
function inspectForum(head: Buffer): Inspection {
  const split = new Splitter(forumStart, { delimiter: undefined, newline: LF })
  const lines = [...split.push(head.subarray(forumStart.byte)), ...(head.length < looked ? split.end() : [])].slice(0, 20)
  const sample = lines.flatMap((one): Cells[] => { const row = 'bytes' in one ? forumRow(one.line, one.bytes.toString('utf8')) : undefined; return row && 'cells' in row ? [row.cells] : [] })
  return { format: 'forum', columns: forumColumns, delimiter: '', newline: LF, from: forumStart, suggested: { text: 'text', author: 'author', subject: 'topic' }, dateOrder: undefined, sample }
}

interface Beginning { readonly start: number; readonly newline: number }
function inspectCsv(head: Buffer, { start, newline }: Beginning): Inspection {
  const from = { byte: start, line: 1 }
  const firstEnd = head.indexOf(newline, start)
  const delimiter = delimiterOf(head.subarray(start, firstEnd < 0 ? head.length : firstEnd).toString('utf8'))
  const split = new Splitter(from, { delimiter: delimiter.charCodeAt(0), newline })
  const records = [...split.push(head.subarray(start)), ...(head.length < looked ? split.end() : [])]
  const header = records.shift()
  if (!header || !('bytes' in header)) throw new Refusal('file_broken')
  const columns = named(fieldsOf(utf8(header.bytes) ?? header.bytes.toString('latin1'), delimiter))
  const rows = records.slice(0, 5_000).flatMap((one): Cells[] => {
    const fields = 'bytes' in one ? fieldsOf(utf8(one.bytes) ?? '', delimiter) : []
    return fields.length === columns.length ? [Object.fromEntries(columns.map((name, place) => [name, fields[place]!]))] : []
  })
  return seen({ format: 'csv', columns, delimiter, newline, from: header.next }, rows)
}

function inspectJson(head: Buffer, { start, newline }: Beginning): Inspection {
  const from = { byte: start, line: 1 }
  const split = new Splitter(from, { delimiter: undefined, newline })
  const records = [...split.push(head.subarray(start)), ...(head.length < looked ? split.end() : [])]
  const rows = records.slice(0, 5_000).flatMap((one) => { const cells = 'bytes' in one ? jsonCells(utf8(one.bytes) ?? '') : undefined; return cells ? [cells] : [] })
  const columns = [...new Set(rows.slice(0, 500).flatMap((cells) => Object.keys(cells)))]
  if (columns.length === 0) throw new Refusal('file_broken')
  return seen({ format: 'jsonl', columns, delimiter: '', newline, from }, rows)
}

function seen(shape: Shape, rows: readonly Cells[]): Inspection {
  const suggested = suggestMapping(shape.columns)
  return { ...shape, suggested, dateOrder: suggested.at === undefined ? undefined : dateOrderOf(timesIn(rows, suggested.at)), sample: rows.slice(0, 20).map((cells) => ({ ...cells })) }
}
const timesIn = (rows: readonly Cells[], column: string): string[] => rows.map((cells) => cells[column] ?? '')

const slashed = /^\s*\d{1,2}[/.-]\d{1,2}[/.-]\d{4}/
/** How the dates of one column are written, by the first that leaves no doubt. */
export async function dateOrderIn(path: string, shape: Shape, column: string): Promise<DateOrder | undefined> {
  const times: string[] = []
  for await (const batch of readBatches(path, shape, { from: shape.from, size: 5_000 })) {
    times.push(...batch.records.flatMap((one) => ('cells' in one ? [one.cells[column] ?? ''] : [])))
    const order = dateOrderOf(times)
    if (order || !times.some((time) => slashed.test(time))) return order
    times.length = 0
  }
  return undefined
}
