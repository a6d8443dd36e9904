import { createHash } from 'node:crypto'
import { isId } from '#kit/id.ts'
import { Refusal } from '#kit/refusal.ts'
import { isBlank } from '#kit/text.ts'
import { fold } from '#text/fold.ts'
import { utf8 } from '../imports/read.ts'
import { dateOrderOf, type DateOrder } from '../imports/rules.ts'
import { fieldsOf, Splitter } from '../imports/split.ts'
import { isZone, wallMs } from '../posts/wall-time.ts'
import type { Found } from './import.ts'

export const csvFields = ['id', 'date', 'time', 'zone', 'which', 'title', 'text', 'lang', 'intent', 'format', 'tags', 'accounts', 'campaign', 'state'] as const
export type CsvField = (typeof csvFields)[number]
export type CsvMapping = Readonly<Partial<Record<CsvField, string>>>

// Compared folded: «Ημερομηνία» and «ΗΜΕΡΟΜΗΝΙΑ» are the same word.
const likely: Readonly<Record<CsvField, RegExp>> = {
  id: /^(?:id|κωδικοσ)$/, date: /^(?:date|day|due|publish_?at|scheduled_?(?:at|for)|datetime|ημερομηνια|ημερα|ποτε)$/, time: /^(?:time|hour|ωρα)$/, zone: /^(?:(?:time[_ ]?)?zone|tz|ζωνη(?: ωρασ)?)$/,
  which: /^(?:which|ποια)$/, title: /^(?:title|subject|headline|τιτλοσ|θεμα)$/, text: /^(?:text|body|message|content|post|caption|copy|κειμενο|μηνυμα|αναρτηση)$/, lang: /^(?:lang|language|γλωσσα)$/,
  intent: /^(?:intent|purpose|προθεση|σκοποσ)$/, format: /^(?:format|kind|type|μορφη|ειδοσ)$/, tags: /^(?:tags|hashtags|labels|ετικετεσ)$/, accounts: /^(?:accounts?|channels?|networks?|profiles?|λογαριασμο[ισ]|καναλια?|δικτυα?)$/,
  campaign: /^(?:campaign|καμπανια|εκστρατεια)$/, state: /^(?:state|status|κατασταση)$/,
}
/** A first guess at what each column tells, by its name in English or Greek. */
export function suggestCsv(columns: readonly string[]): CsvMapping {
  return Object.fromEntries(csvFields.flatMap((field) => { const column = columns.find((name) => likely[field].test(fold(name).trim())); return column === undefined ? [] : [[field, column]] }))
}

interface Line { readonly line: number; readonly fields: readonly string[] }
interface Table { readonly columns: readonly string[]; readonly lines: readonly (Line | { readonly line: number; readonly wrong: string; readonly value: string })[] }

/** Taken at once, in one transaction; a longer file comes in pieces. */
const most = 5_000

function delimiterOf(text: string): string {
  const header = text.slice(0, text.indexOf('\n') < 0 ? text.length : text.indexOf('\n')).replace(/"[^"]*"/g, '')
  return [',', ';', '\t', '|'].reduce((best, sign) => (header.split(sign).length > header.split(best).length ? sign : best), ',')
}
/** A file of rows, as the imports of conversations read theirs. */
export function tableOf(given: string): Table {
  const text = given.replace(/^\ufeff/, '')
  const delimiter = delimiterOf(text)
  const newline = text.includes('\n') ? 10 : 13
  const split = new Splitter({ byte: 0, line: 1 }, { delimiter: delimiter.charCodeAt(0), newline })
  const records = [...split.push(Buffer.from(text)), ...split.end()]
  if (records.length > most + 1) throw new Refusal('too_many_rows', { params: { count: records.length - 1, limit: most }, field: 'csv' })
  const header = records.shift()
  if (!header || !('bytes' in header)) throw new Refusal('file_broken', { field: 'csv' })
  const columns = fieldsOf(utf8(header.bytes) ?? '', delimiter).map((name, place) => name.trim() || `column ${place + 1}`)
  return { columns, lines: records.flatMap((one): Table['lines'][number][] => {
    if ('wrong' in one) return [{ line: one.line, wrong: one.wrong, value: '' }]
    const fields = fieldsOf(utf8(one.bytes) ?? '', delimiter)
    if (fields.every((field) => field.trim() === '')) return []
    const fits = fields.length >= columns.length && fields.slice(columns.length).every((field) => field.trim() === '')
    return [fits ? { line: one.line, fields } : { line: one.line, wrong: 'fields', value: `${fields.length} / ${columns.length}` }]
  }) }
}

const clock = /^(\d{1,2})(?:[:.](\d{2}))?(?::\d{2})?\s*([ap]\.?m\.?|[πμ]\.?μ\.?)?$/i
/** 9:30, 09.30, 9:30 μ.μ. */
function timeIn(text: string): string | undefined {
  const [, hour = '', minute = '00', half] = clock.exec(text.trim()) ?? []
  if (hour === '' || Number(minute) > 59) return undefined
  const late = half !== undefined && /^[pμ]/i.test(half)
  const hours = half === undefined ? Number(hour) : Number(hour) > 12 || Number(hour) === 0 ? 99 : (Number(hour) % 12) + (late ? 12 : 0)
  return hours > 23 ? undefined : `${String(hours).padStart(2, '0')}:${minute}`
}
/** The wall time of a row, from one cell or two. */
export function wallIn(date: string, time: string, order: DateOrder): string | undefined {
  const [, isoDay, isoTime] = /^(\d{4}-\d{1,2}-\d{1,2})(?:[T ]+(.+))?$/.exec(date.trim()) ?? []
  const [, one, two, year, rest] = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[ ,T]+(.+))?$/.exec(date.trim()) ?? []
  const hour = timeIn(time.trim() || isoTime || rest || '')
  const [y, m, d] = isoDay ? isoDay.split('-') : order === 'dmy' ? [year, two, one] : [year, one, two]
  if (!hour || !y || !m || !d) return undefined
  const wall = `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}T${hour}`
  return wallMs(wall) === undefined ? undefined : wall
}

const whiches: Readonly<Record<string, 'first' | 'second'>> = { first: 'first', second: 'second', '1': 'first', '2': 'second', πρωτη: 'first', δευτερη: 'second' }
const intents: Readonly<Record<string, 'give' | 'ask' | 'talk'>> = { give: 'give', ask: 'ask', talk: 'talk', δινω: 'give', ζητω: 'ask', κουβεντα: 'talk' }
// Export writes a sign before what a spreadsheet would run; here it is taken away again.
const bare = (text: string): string => text.replace(/^'(?=[=+\-@\t\r])/, '')

export interface CsvReading { readonly table: Table; readonly mapping: CsvMapping; readonly zone: string; readonly dateOrder?: DateOrder | undefined }
/** The rows of a file as posts to be, or what is wrong with each. */
export function readCsv({ table, mapping, zone, dateOrder }: CsvReading): Found[] {
  const places = new Map(Object.entries(mapping).map(([field, column]) => [field, table.columns.indexOf(column)]))
  const cell = (row: Line, field: CsvField): string => bare((row.fields[places.get(field) ?? -1] ?? '').trim()).replaceAll('\0', '').toWellFormed()
  const order = dateOrder ?? dateOrderOf(table.lines.flatMap((row) => ('fields' in row ? [cell(row, 'date')] : []))) ?? 'dmy'
  return table.lines.map((row): Found => {
    if ('wrong' in row) return { line: row.line, wrong: row.wrong, value: row.value }
    const of = (field: CsvField): string => cell(row, field)
    const { line } = row
    const bad = (wrong: string, field: CsvField): Found => ({ line, wrong, column: mapping[field] ?? field, value: of(field).slice(0, 80) })
    if (isBlank(of('text')) && isBlank(of('title'))) return bad('no-text', 'text')
    if (of('text').length > 60_000) return bad('too-long', 'text')
    const wall = wallIn(of('date'), of('time'), order)
    if (!wall) return bad('bad-time', 'date')
    if (of('zone') !== '' && !isZone(of('zone'))) return bad('zone_unknown', 'zone')
    const intent = of('intent') === '' ? undefined : intents[fold(of('intent'))]
    if (of('intent') !== '' && !intent) return bad('bad-intent', 'intent')
    const which = whiches[fold(of('which'))]
    const key = (isId(of('id')) ? of('id').toLowerCase() : of('id')) || `row:${createHash('sha256').update(JSON.stringify([wall, of('zone'), of('title'), of('text'), of('accounts')])).digest('base64url').slice(0, 32)}`
    return {
      line, key: key.slice(0, 300), title: of('title').replace(/\s+/g, ' '), text: of('text'), wall, zone: of('zone') || zone, tags: of('tags').split(/[,;|]/).map((tag) => tag.trim().replace(/^#/, '')).filter((tag) => !isBlank(tag)),
      ...(which ? { which } : {}), ...(intent ? { intent } : {}), lang: fold(of('lang')).slice(0, 2), format: of('format'), accounts: of('accounts').split(/[,;|]/).map((name) => name.trim()).filter(Boolean), campaign: of('campaign'),
    }
  })
}
