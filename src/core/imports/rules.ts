import type { OldWord } from '#kit/old-words.ts'
import { guessLang } from '#text/lang.ts'

/** What a row may tell. */
export const fields = ['id', 'text', 'author', 'authorId', 'email', 'at', 'thread', 'direction', 'lang', 'channel', 'subject', 'tags'] as const
export type Field = (typeof fields)[number]
export type DateOrder = 'dmy' | 'mdy'
export interface Mapping {
  /** Which column tells a field. */
  readonly columns: Readonly<Partial<Record<Field, string>>>
  /** The zone in which times without one are read. */
  readonly zone: string
  /** How dates such as 2/3/2026 are read; undefined: by the first rows that leave no doubt. */
  readonly dateOrder?: DateOrder | undefined
  /** Words in the direction column that mean: ours. */
  readonly outWords?: readonly string[] | undefined
}

export type Wrong = 'bad-utf8' | 'bad-json' | 'fields' | 'open-quote' | 'too-big' | 'no-text' | 'too-long' | 'bad-time' | 'bad-xml' | 'cut-short' | 'no-page' | 'bad-post' | 'other-forum'
export interface RowError { readonly line: number; readonly code: Wrong; readonly column?: string; readonly value?: string }

/** One row, read: an utterance of somebody's. */
export interface Row {
  readonly line: number; readonly id: string | undefined; readonly text: string; readonly author: string; readonly authorId: string; readonly email: string
  readonly at: Date | undefined; readonly thread: string; readonly direction: 'in' | 'out'; readonly lang: string | null; readonly channel: string; readonly subject: string; readonly tags: readonly string[]
  /** Of a comment: what it answers, how it was written, and whether a person has still to look at it. */
  readonly comment?: { readonly parent: string; readonly html: string; readonly held: boolean }
  /** Of a post of an old forum: all that its export tells. */
  readonly old?: OldWord
}

/** `text=body,author=name` as fields and columns; a string says what is wrong with it. */
export function readMapping(given: string): Partial<Record<Field, string>> | { readonly wrong: string } {
  const columns: Partial<Record<Field, string>> = {}
  for (const part of given.split(',').map((one) => one.trim()).filter(Boolean)) {
    const sign = part.indexOf('=')
    const [field, column] = [part.slice(0, sign).trim(), part.slice(sign + 1).trim()]
    if (sign < 1 || column === '') return { wrong: part }
    const known = fields.find((one) => one === field)
    if (!known) return { wrong: `${field} (${fields.join(', ')})` }
    columns[known] = column
  }
  return columns.text === undefined ? { wrong: 'text' } : columns
}

const likely: Readonly<Record<Field, RegExp>> = {
  id: /^(?:(?:tweet|message|msg|comment|post)_?id|id|uuid)$/i, text: /^(?:text|body|message|content|comment|tweet|full_text|κειμενο|κείμενο|μηνυμα|μήνυμα|σχολιο|σχόλιο)$/i,
  author: /^(?:author|name|user|username|screen_name|from|sender|author_name|ονομα|όνομα|αποστολεας|αποστολέας)$/i, authorId: /^(?:author_?id|user_?id|sender_?id|handle)$/i,
  email: /^(?:e-?mail|mail|author_?email)$/i, at: /^(?:at|date|time|timestamp|created|created_at|tweet_created|sent_at|datetime|ημερομηνια|ημερομηνία|ωρα|ώρα)$/i,
  thread: /^(?:thread|thread_?id|conversation|conversation_?id|ticket|ticket_?id|case_?id)$/i, direction: /^(?:direction|inbound|in_out|type)$/i, lang: /^(?:lang|language|locale|γλωσσα|γλώσσα)$/i,
  channel: /^(?:channel|source|network|platform|καναλι|κανάλι)$/i, subject: /^(?:subject|title|topic|θεμα|θέμα)$/i, tags: /^(?:tags|labels|categories|ετικετες|ετικέτες)$/i,
}
/** A first guess at what each column tells, by its name. */
export function suggestMapping(columns: readonly string[]): Partial<Record<Field, string>> {
  const found: Partial<Record<Field, string>> = {}
  for (const field of fields) {
    const column = columns.find((name) => likely[field].test(name.trim()))
    if (column !== undefined) found[field] = column
  }
  return found
}
/** The first mapped column that a file does not have. */
export const missingColumn = (columns: readonly string[], mapping: Pick<Mapping, 'columns'>): string | undefined =>
  Object.values(mapping.columns).find((name) => !columns.includes(name))

const slashed = /^(\d{1,2})[/.-](\d{1,2})[/.-]\d{4}\b/
/** How the slashed dates of a file are written; undefined while every one could be either. */
export function dateOrderOf(times: Iterable<string>): DateOrder | undefined {
  for (const time of times) {
    const [, first, second] = slashed.exec(time.trim()) ?? []
    if (Number(first) > 12) return 'dmy'
    if (Number(second) > 12) return 'mdy'
  }
  return undefined
}

const ours = ['out', 'outbound', 'outgoing', 'sent', 'team', 'agent', 'brand', 'us', 'εξερχόμενο', 'εξερχομενο', 'false']
/** Whether a row is ours. A column called inbound says True or False; others name the side. */
export function directionOf(value: string, mapping: Pick<Mapping, 'outWords'>): 'in' | 'out' {
  const word = value.trim().toLowerCase()
  return (mapping.outWords ?? ours).some((one) => one.toLowerCase() === word) ? 'out' : 'in'
}

const longest = 20_000
export type Cells = Readonly<Record<string, string>>
interface Reading { readonly mapping: Mapping; readonly time: (value: string) => Date | undefined; readonly line: number }

const clean = (text: string): string => text.replaceAll('\0', '').toWellFormed()
const oneLine = (text: string, max: number): string => clean(text).replace(/\s+/g, ' ').trim().slice(0, max)

/** A record as an utterance, or what is wrong with it. Cells are text and nothing else: a formula is never more than its letters. */
export function readRow(cells: Cells, { mapping, time, line }: Reading): Row | RowError {
  const { columns } = mapping
  const cell = (field: Field): string => { const column = columns[field]; return column === undefined ? '' : cells[column] ?? '' }
  const text = clean(cell('text')).trim()
  if (text === '') return { line, code: 'no-text', column: columns.text! }
  if (text.length > longest) return { line, code: 'too-long', column: columns.text!, value: text.slice(0, 80) }
  const [when, told] = [cell('at').trim(), cell('lang').trim().toLowerCase().slice(0, 2)]
  const at = when === '' ? undefined : time(when)
  if (when !== '' && at === undefined) return { line, code: 'bad-time', column: columns.at!, value: when.slice(0, 80) }
  return {
    line, text, at, id: oneLine(cell('id'), 300) || undefined, author: oneLine(cell('author'), 200), authorId: oneLine(cell('authorId'), 300), email: oneLine(cell('email'), 254),
    thread: oneLine(cell('thread'), 300), direction: columns.direction === undefined ? 'in' : directionOf(cell('direction'), mapping), lang: /^[a-z]{2}$/.test(told) ? told : guessLang(text) ?? null,
    channel: oneLine(cell('channel'), 40).toLowerCase(), subject: oneLine(cell('subject'), 200), tags: cell('tags').split(/[,;|]/).map((one) => oneLine(one, 60)).filter(Boolean).slice(0, 20),
  }
}
export const isRowError = (row: Row | RowError): row is RowError => 'code' in row
