import type { Lang } from '#kit/lang.ts'
import { resolveWall } from '../posts/wall-time.ts'
import type { Row } from './calendar-rows.ts'
import type { CsvField } from './csv-in.ts'

const headers: Readonly<Record<Lang, Readonly<Record<CsvField, string>>>> = {
  en: { id: 'id', date: 'date', time: 'time', zone: 'zone', which: 'which', title: 'title', text: 'text', lang: 'language', intent: 'intent', format: 'format', tags: 'tags', accounts: 'accounts', campaign: 'campaign', state: 'state' },
  el: { id: 'κωδικός', date: 'ημερομηνία', time: 'ώρα', zone: 'ζώνη', which: 'ποια', title: 'τίτλος', text: 'κείμενο', lang: 'γλώσσα', intent: 'πρόθεση', format: 'μορφή', tags: 'ετικέτες', accounts: 'λογαριασμοί', campaign: 'καμπάνια', state: 'κατάσταση' },
}
const order: readonly CsvField[] = ['id', 'date', 'time', 'zone', 'which', 'title', 'text', 'lang', 'intent', 'format', 'tags', 'accounts', 'campaign', 'state']

// A cell that begins like this would be run by a spreadsheet; with a sign before it, it is only letters.
const harmless = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text)
const cell = (text: string): string => { const safe = harmless(text); return /[",;\t\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe }

export interface Line { readonly row: Row; readonly text: string; readonly tags: readonly string[]; readonly accounts: readonly string[]; readonly campaign: string }
// An hour that comes twice is two times of one name.
function whichOf({ wallTime, zone, dueAt, at }: Row): string {
  const instant = dueAt ?? at
  const found = wallTime && zone && instant ? resolveWall(wallTime, zone) : undefined
  return found && 'twice' in found ? (Date.parse(instant!) === found.twice[1].getTime() ? 'second' : 'first') : ''
}

/** The calendar as a table that this Stoa, and any spreadsheet, reads back. */
export function csvOf(lines: readonly Line[], lang: Lang): string {
  const rows = lines.map(({ row, text, tags, accounts, campaign }) => {
    const values: Readonly<Record<CsvField, string>> = {
      id: row.id, date: row.wallTime?.slice(0, 10) ?? '', time: row.wallTime?.slice(11, 16) ?? '', zone: row.zone ?? '', which: whichOf(row), title: row.title, text, lang: row.lang, intent: row.intent, format: row.format,
      tags: tags.join(', '), accounts: accounts.join(', '), campaign, state: row.state,
    }
    return order.map((field) => cell(values[field])).join(',')
  })
  return `\ufeff${[order.map((field) => headers[lang][field]).join(','), ...rows].join('\r\n')}\r\n`
}
