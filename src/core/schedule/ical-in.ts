import { Refusal } from '#kit/refusal.ts'
import { isBlank } from '#kit/text.ts'
import { isZone, moveWall, resolveWall, wallMs, wallOf } from '../posts/wall-time.ts'
import { occurrences } from './recurrence.ts'
import { readRule } from './rrule.ts'
import type { Found } from './import.ts'

const most = { lines: 100_000, events: 2_000, recurring: 100, items: 5_000, days: 366, times: 100, depth: 8 }
/** An event of a whole day is planned for this hour. */
const wholeDay = '09:00'

interface Property { readonly name: string; readonly params: ReadonlyMap<string, string>; readonly value: string; readonly line: number }
interface Event { readonly line: number; readonly properties: readonly Property[] }

function* unfolded(text: string): Generator<{ line: string; number: number }> {
  const raw = text.replace(/^\ufeff/, '').replaceAll('\0', '').toWellFormed().split(/\r\n|\r|\n/)
  if (raw.length > most.lines) throw new Refusal('calendar_broken', { params: { reason: `> ${most.lines}` } })
  let parts: string[] = []
  let number = 0
  for (const [place, line] of raw.entries()) {
    if ((line.startsWith(' ') || line.startsWith('\t')) && parts.length > 0) { parts.push(line.slice(1)); continue }
    if (parts.length > 0) yield { line: parts.join(''), number }
    parts = [line]
    number = place + 1
  }
  if (parts.length > 0) yield { line: parts.join(''), number }
}

/** NAME;PARAM="a:b":value. A sign within quotes divides nothing. */
function propertyOf(line: string, number: number): Property | undefined {
  const pieces: string[] = []
  let [from, quoted, end] = [0, false, -1]
  for (let at = 0; at < line.length; at++) {
    const sign = line[at]
    if (sign === '"') quoted = !quoted
    if (quoted || (sign !== ';' && sign !== ':')) continue
    pieces.push(line.slice(from, at))
    from = at + 1
    if (sign === ':') { end = at; break }
  }
  if (end < 0) return undefined
  const params = new Map(pieces.slice(1).map((piece) => { const sign = piece.indexOf('='); return [piece.slice(0, sign).toUpperCase(), piece.slice(sign + 1).replace(/^"|"$/g, '')] as const }))
  return { name: pieces[0]!.toUpperCase(), params, value: line.slice(end + 1), line: number }
}

function eventsIn(text: string): Event[] {
  const events: Event[] = []
  const open: string[] = []
  let properties: Property[] = []
  let begun = false
  for (const { line, number } of unfolded(text)) {
    const property = propertyOf(line, number)
    if (!property) continue
    const { name, value } = property
    const component = value.trim().toUpperCase()
    if (name === 'BEGIN') {
      open.push(component)
      begun ||= component === 'VCALENDAR'
      if (open.length > most.depth) throw new Refusal('calendar_broken', { params: { reason: `BEGIN:${component.slice(0, 40)}` } })
      if (component === 'VEVENT') properties = []
    } else if (name === 'END') {
      if (open.pop() !== component) throw new Refusal('calendar_broken', { params: { reason: `END:${component.slice(0, 40)}` } })
      if (component === 'VEVENT') events.push({ line: properties[0]?.line ?? number, properties })
      if (events.length > most.events) throw new Refusal('calendar_broken', { params: { reason: `VEVENT > ${most.events}` } })
    } else if (open.at(-1) === 'VEVENT') properties.push(property)
  }
  if (!begun || open.length > 0) throw new Refusal('calendar_broken', { params: { reason: begun ? `BEGIN:${open.at(-1)!.slice(0, 40)}` : 'BEGIN:VCALENDAR' } })
  return events
}

const unescaped = (text: string): string => text.replace(/\\([\\;,nN])/g, (_, sign: string) => (sign === 'n' || sign === 'N' ? '\n' : sign))

/** The zone of a TZID: an IANA name, or one that ends in it, as some programs write. */
function zoneIn(tzid: string): string | undefined {
  const parts = tzid.split('/').filter(Boolean)
  return [tzid, parts.slice(-2).join('/'), parts.slice(-3).join('/')].find((name) => isZone(name))
}
interface When { readonly wall: string; readonly zone: string; readonly which?: 'first' | 'second' }
type Whens = When | { readonly wrong: string }
/** A moment of a calendar by the clock it was planned by: its own zone, or, where it names an instant or nothing, ours. */
function whenOf({ params, value }: Pick<Property, 'params' | 'value'>, zone: string): Whens {
  const [, year, month, day, hour, minute, utc] = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})\d{2}(Z)?)?$/.exec(value.trim()) ?? []
  const wall = `${year}-${month}-${day}T${hour === undefined ? wholeDay : `${hour}:${minute}`}`
  const ms = wallMs(wall)
  if (ms === undefined || Number(year) < 1970 || Number(year) > 9998) return { wrong: 'bad-time' }
  if (utc) return onClock(new Date(ms), zone)
  const tzid = params.get('TZID')
  const own = tzid === undefined ? zone : zoneIn(tzid)
  return own === undefined ? { wrong: 'zone_unknown' } : { wall, zone: own }
}

/** An instant as our own clocks show it; of an hour that comes twice it is one for certain. */
function onClock(at: Date, zone: string): When {
  const wall = wallOf(at, zone).slice(0, 16)
  const found = resolveWall(wall, zone)
  return { wall, zone, ...('twice' in found ? { which: found.twice[0].getTime() === at.getTime() ? 'first' as const : 'second' as const } : {}) }
}

interface Reading { readonly zone: string; readonly now: Date }
interface Talk { readonly event: Event; readonly get: (name: string) => Property | undefined; readonly uid: string }

function wallsOf(event: Event, names: readonly string[], zone: string): string[] {
  return event.properties.filter(({ name }) => names.includes(name)).flatMap(({ params, value }) => value.split(',').flatMap((one) => { const when = whenOf({ params, value: one }, zone); return 'wall' in when ? [when.wall] : [] }))
}
/** The times of an event that comes again: those still to come within a year. */
function comes({ event, get }: Talk, { start, now, moved }: { readonly start: When; readonly now: Date; readonly moved: readonly string[] }): string[] {
  const rule = get('RRULE')
  const rdates = wallsOf(event, ['RDATE'], start.zone)
  if (!rule && rdates.length === 0) return [start.wall]
  const from = wallOf(now, start.zone).slice(0, 16)
  if (!rule) return [...new Set([start.wall, ...rdates])].filter((wall) => !moved.includes(wall)).slice(0, most.times)
  return occurrences({ startWall: start.wall, rule: readRule(rule.value, start.zone), exdates: [...wallsOf(event, ['EXDATE'], start.zone), ...moved], rdates }, { from, until: moveWall(from, { days: most.days }), limit: most.times })
}

function readOne(talk: Talk, { zone, now, moved }: Reading & { readonly moved: readonly string[] }): Found[] {
  const { event, get, uid } = talk
  const { line } = event
  const begins = get('DTSTART')
  if (get('STATUS')?.value.trim().toUpperCase() === 'CANCELLED') return [{ line, wrong: 'cancelled', column: 'STATUS', value: 'CANCELLED' }]
  if (!begins) return [{ line, wrong: 'bad-time', column: 'DTSTART', value: '' }]
  const start = whenOf(begins, zone)
  if ('wrong' in start) return [{ line: begins.line, wrong: start.wrong, column: 'DTSTART', value: (begins.params.get('TZID') ?? begins.value).slice(0, 80) }]
  const title = unescaped(get('SUMMARY')?.value ?? '').trim()
  const text = unescaped(get('DESCRIPTION')?.value ?? '').trim()
  const said = { title: text === '' ? '' : title, text: text === '' ? title : text }
  const replaced = get('RECURRENCE-ID')
  const instead = replaced && whenOf(replaced, start.zone)
  const again = get('RRULE') !== undefined || get('RDATE') !== undefined
  const tags = (get('CATEGORIES')?.value ?? '').split(',').map((tag) => unescaped(tag).trim()).filter((tag) => !isBlank(tag))
  try {
    const walls = instead ? [start.wall] : comes(talk, { start, now, moved })
    if (isBlank(title) && isBlank(text)) return [{ line, wrong: 'no-text', column: 'SUMMARY', value: '' }]
    return walls.map((wall) => ({ line, key: `${uid}${instead && 'wall' in instead ? `@${instead.wall}` : again ? `@${wall}` : ''}`, ...said, wall, zone: start.zone, ...(start.which && wall === start.wall ? { which: start.which } : {}), tags }))
  } catch (error) {
    if (error instanceof Refusal) return [{ line: get('RRULE')?.line ?? line, wrong: error.code, column: 'RRULE', value: get('RRULE')?.value.slice(0, 80) ?? '' }]
    throw error
  }
}

/** The events of a calendar file as posts to be; those that come again as each of their times within a year. */
export function readIcal(text: string, reading: Reading): Found[] {
  const talks = eventsIn(text).map((event): Talk => {
    const get = (name: string): Property | undefined => event.properties.find((one) => one.name === name)
    return { event, get, uid: get('UID')?.value.trim().slice(0, 300) || `line-${event.line}-${get('DTSTART')?.value.slice(0, 40) ?? ''}-${get('SUMMARY')?.value.slice(0, 100) ?? ''}` }
  })
  // A time of a series that has an event of its own is told by that one alone.
  const moved = new Map<string, string[]>()
  for (const { get, uid } of talks) {
    const replaced = get('RECURRENCE-ID')
    const when = replaced && whenOf(replaced, reading.zone)
    if (when && 'wall' in when) moved.set(uid, [...moved.get(uid) ?? [], when.wall])
  }
  if (talks.filter(({ get }) => get('RRULE') ?? get('RDATE')).length > most.recurring) throw new Refusal('calendar_broken', { params: { reason: `RRULE > ${most.recurring}` } })
  const days = talks.flatMap(({ event }) => event.properties).filter(({ name }) => name === 'RDATE' || name === 'EXDATE').reduce((sum, { value }) => sum + value.split(',').length, 0)
  if (days > most.items) throw new Refusal('calendar_broken', { params: { reason: `EXDATE > ${most.items}` } })
  const found = talks.flatMap((talk) => readOne(talk, { ...reading, moved: moved.get(talk.uid) ?? [] }))
  if (found.length > most.items) throw new Refusal('calendar_broken', { params: { reason: `> ${most.items}` } })
  return found
}
