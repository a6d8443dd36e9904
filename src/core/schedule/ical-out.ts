import type { Lang } from '#kit/lang.ts'
import type { Row } from './calendar-rows.ts'

const words = {
  en: { draft: 'Draft', paused: 'Paused', scheduled: '', sending: 'Going out', published: 'Published', withdrawn: 'Taken down', ahead: 'Series', calendar: 'Calendar of {name}', person: 'Needs a person' },
  el: { draft: 'Πρόχειρο', paused: 'Σε παύση', scheduled: '', sending: 'Βγαίνει τώρα', published: 'Δημοσιεύτηκε', withdrawn: 'Αποσύρθηκε', ahead: 'Σειρά', calendar: 'Ημερολόγιο: {name}', person: 'Χρειάζεται άνθρωπο' },
} as const

const escaped = (text: string): string => text.replace(/[\\;,]/g, (sign) => `\\${sign}`).replace(/\r\n|\r|\n/g, '\\n').replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '')
const bytes = new TextEncoder()

/** A line of at most 75 octets, and what is left of it on lines that begin with a space; no character is cut in two. */
export function folded(line: string): string {
  const lines: string[] = []
  let [current, size] = ['', 0]
  for (const sign of line) {
    const width = bytes.encode(sign).length
    if (size + width > 75) { lines.push(current); current = ' '; size = 1 }
    current += sign
    size += width
  }
  return [...lines, current].join('\r\n')
}
const utc = (iso: string): string => `${iso.slice(0, 19).replace(/[-:]/g, '')}Z`

interface Feed { readonly rows: readonly Row[]; readonly name: string; readonly lang: Lang; readonly origin: string; readonly now: Date }
function eventOf(row: Row & { readonly at: string }, { lang, origin, now }: Feed): string[] {
  const say = words[lang]
  const mark = row.problem ? say.person : say[row.state]
  const title = row.title || row.excerpt.split('\n')[0]!.slice(0, 80) || '…'
  const id = row.kind === 'series' ? `${row.seriesId}.${row.occurrence?.replace(/[-:]/g, '')}` : row.id
  return [
    'BEGIN:VEVENT', `UID:${id}@${new URL(origin).hostname}`, `DTSTAMP:${utc(now.toISOString())}`, `DTSTART:${utc(row.at)}`, 'DURATION:PT15M', `SEQUENCE:${row.version}`,
    `SUMMARY:${escaped(mark ? `${mark}: ${title}` : title)}`, `DESCRIPTION:${escaped(row.problem ? `${row.problem.says[lang]} ${row.problem.next[lang]}\n\n${row.excerpt}` : row.excerpt)}`,
    ...(row.kind === 'post' ? [`URL:${origin}/app/calendar?post=${row.id}`] : []), `CATEGORIES:${[...row.channels, row.intent].map(escaped).join(',')}`,
    `STATUS:${row.state === 'withdrawn' ? 'CANCELLED' : row.state === 'scheduled' || row.state === 'published' || row.state === 'sending' ? 'CONFIRMED' : 'TENTATIVE'}`, 'TRANSP:TRANSPARENT', 'END:VEVENT',
  ]
}

/** The calendar as RFC 5545 has it. Times are instants, so that no reader's table of zones can move them. */
export function icalOf(feed: Feed): string {
  const name = words[feed.lang].calendar.replace('{name}', feed.name)
  return [
    'BEGIN:VCALENDAR', 'VERSION:2.0', `PRODID:-//Stoa//Calendar//${feed.lang.toUpperCase()}`, 'CALSCALE:GREGORIAN', 'METHOD:PUBLISH', `NAME:${escaped(name)}`, `X-WR-CALNAME:${escaped(name)}`, 'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
    ...feed.rows.flatMap((row) => (row.at === null ? [] : eventOf({ ...row, at: row.at }, feed))), 'END:VCALENDAR',
  ].map(folded).join('\r\n') + '\r\n'
}
