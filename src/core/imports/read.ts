import { isUtf8 } from 'node:buffer'
import { createReadStream } from 'node:fs'
import type { Cells, RowError } from './rules.ts'
import { fieldsOf, Splitter, type Place, type Split } from './split.ts'
import { isCommentsFormat, readComments } from './comments-read.ts'
import { readForum } from './forum-read.ts'
import type { Shape } from './inspect.ts'

export type Read = { readonly line: number; readonly cells: Cells } | RowError
/** Records in the order of the file, and where the next batch begins. */
export interface Batch { readonly records: readonly Read[]; readonly next: Place }

export const utf8 = (bytes: Buffer): string | undefined => (isUtf8(bytes) ? bytes.toString('utf8') : undefined)

// A number is kept as it is written: an id of 18 digits must not lose its last ones.
const asWritten = (_key: string, value: unknown, context?: { readonly source?: string }): unknown =>
  (typeof value === 'number' && context?.source !== undefined ? context.source : value)
const parse = JSON.parse as (text: string, reviver: typeof asWritten) => unknown

/** The fields of a line of JSON, those of objects within it under `outer.inner`; undefined when it is none. */
export function jsonCells(line: string): Cells | undefined {
  let value: unknown
  try { value = parse(line, asWritten) } catch { return undefined }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const cells: Record<string, string> = Object.create(null) as Record<string, string>
  gather(cells, value, { prefix: '', depth: 0 })
  return cells
}
function gather(cells: Record<string, string>, value: object, { prefix, depth }: { readonly prefix: string; readonly depth: number }): void {
  for (const [name, inner] of Object.entries(value) as [string, unknown][]) {
    if (typeof inner === 'object' && inner !== null && !Array.isArray(inner)) { if (depth < 3) gather(cells, inner, { prefix: `${prefix}${name}.`, depth: depth + 1 }) }
    else if (inner !== null && inner !== undefined) cells[prefix + name] = Array.isArray(inner) ? inner.filter((one) => typeof one !== 'object').join(',') : String(inner as string | number | boolean)
  }
}

function csvRead(split: Split & { readonly bytes: Buffer }, shape: Shape): Read | undefined {
  const text = utf8(split.bytes)
  if (text === undefined) return { line: split.line, code: 'bad-utf8', value: split.bytes.toString('latin1').slice(0, 80) }
  if (text.trim() === '') return undefined
  const fields = fieldsOf(text, shape.delimiter)
  const { columns } = shape
  const extra = fields.slice(columns.length).some((field) => field.trim() !== '')
  if (fields.length < columns.length || extra) return { line: split.line, code: 'fields', value: `${fields.length} / ${columns.length}` }
  const cells: Record<string, string> = Object.create(null) as Record<string, string>
  for (let place = 0; place < columns.length; place++) cells[columns[place]!] = fields[place]!
  return { line: split.line, cells }
}
function jsonRead(split: Split & { readonly bytes: Buffer }): Read | undefined {
  const text = utf8(split.bytes)
  if (text === undefined) return { line: split.line, code: 'bad-utf8', value: split.bytes.toString('latin1').slice(0, 80) }
  if (text.trim() === '') return undefined
  const cells = jsonCells(text)
  return cells ? { line: split.line, cells } : { line: split.line, code: 'bad-json', value: text.slice(0, 80) }
}

export interface Reading { readonly from: Place; readonly size: number; readonly signal?: AbortSignal | undefined }

/** Reads a file from a place on, a batch at a time; memory stays flat however large it is. */
export async function* readBatches(path: string, shape: Shape, { from, size, signal }: Reading): AsyncGenerator<Batch> {
  if (isCommentsFormat(shape.format)) { yield* readComments(path, shape.format, { from, size, signal }); return }
  if (shape.format === 'forum') { yield* readForum(path, { from, size, signal }); return }
  const split = new Splitter(from, { delimiter: shape.format === 'csv' ? shape.delimiter.charCodeAt(0) : undefined, newline: shape.newline })
  let records: Read[] = []
  let next = from
  const take = function* (found: readonly Split[]): Generator<Batch> {
    for (const one of found) {
      const read = 'wrong' in one ? { line: one.line, code: one.wrong } : shape.format === 'csv' ? csvRead(one, shape) : jsonRead(one)
      next = one.next
      if (read) records.push(read)
      if (records.length >= size) { yield { records, next }; records = [] }
    }
  }
  for await (const chunk of createReadStream(path, { start: from.byte, highWaterMark: 256 * 1024, ...(signal ? { signal } : {}) })) yield* take(split.push(chunk as Buffer))
  yield* take(split.end())
  if (records.length > 0) yield { records, next }
}
