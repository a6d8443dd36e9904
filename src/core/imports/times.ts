import { Temporal } from '@js-temporal/polyfill'
import type { DateOrder } from './rules.ts'

const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2}(?:[.,]\d+)?))?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?$/i
const slashed = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[ ,T]+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([AP]\.?M\.?|[ΠΜ]\.?Μ\.?)?)?$/i
// RFC 2822, and the order in which Twitter's own archives write it.
const worded = /^(?:[A-Z][a-z]{2},?\s+)?(?:\d{1,2}\s+[A-Z][a-z]{2}|[A-Z][a-z]{2}\s+\d{1,2})\b.*\d{4}/

interface Wall { readonly year: number; readonly month: number; readonly day: number; readonly hour: number; readonly minute: number; readonly ms: number }

/** The instant a wall time names, remembering what each hour of a zone was away from UTC. */
export function wallReader(zone: string): (wall: Wall) => Date | undefined {
  const offsets = new Map<string, number | undefined>()
  const offsetOf = ({ year, month, day, hour, minute }: Wall): number | undefined => {
    const name = `${year}-${month}-${day}-${hour}-${Math.floor(minute / 15)}`
    if (offsets.has(name)) return offsets.get(name)
    if (offsets.size > 20_000) offsets.clear()
    const offset = read(zone, { year, month, day, hour, minute })
    offsets.set(name, offset)
    return offset
  }
  return (wall) => {
    const offset = offsetOf(wall)
    return offset === undefined || wall.minute > 59 || wall.ms >= 61_000 ? undefined
      : new Date(Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute, 0, Math.min(wall.ms, 59_999)) - offset)
  }
}

function read(zone: string, parts: { year: number; month: number; day: number; hour: number; minute: number }): number | undefined {
  try {
    const plain = Temporal.PlainDateTime.from(parts, { overflow: 'reject' })
    const utc = Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute)
    return utc - plain.toZonedDateTime(zone).epochMilliseconds
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

const within = (date: Date | undefined): Date | undefined => {
  const time = date?.getTime() ?? Number.NaN
  return Number.isNaN(time) || time < -2_208_988_800_000 || time > 4_102_444_800_000 ? undefined : date
}
const ms = (seconds: string | undefined): number => Math.round(Number((seconds ?? '0').replace(',', '.')) * 1000)

// PM and μ.μ. are after noon; AM and π.μ. before.
function twelve(hour: number, half: string | undefined): number {
  if (!half) return hour
  return (hour % 12) + (['P', 'Μ'].includes(half[0]!.toUpperCase()) ? 12 : 0)
}

export interface TimeReading { readonly zone: string; readonly dateOrder: DateOrder }
/** Reads the times of a file: ISO, RFC 2822, seconds or milliseconds since 1970, and slashed dates. Undefined: it is no time. */
export function timeReader({ zone, dateOrder }: TimeReading): (value: string) => Date | undefined {
  const wallTime = wallReader(zone)
  return (value) => {
    const text = value.trim()
    if (/^\d{9,10}(?:\.\d+)?$/.test(text)) return within(new Date(Number(text) * 1000))
    if (/^\d{12,13}$/.test(text)) return within(new Date(Number(text)))
    const plain = iso.exec(text)
    if (plain) {
      const [, year, month, day, hour, minute, seconds, offset] = plain
      const wall = { year: Number(year), month: Number(month), day: Number(day), hour: Number(hour ?? 0), minute: Number(minute ?? 0), ms: ms(seconds) }
      return within(offset ? shifted(wall, offset) : wallTime(wall))
    }
    const parts = slashed.exec(text)
    if (parts) {
      const [, one, two, year, hour, minute, seconds, half] = parts
      const [day, month] = dateOrder === 'dmy' ? [one, two] : [two, one]
      return within(wallTime({ year: Number(year), month: Number(month), day: Number(day), hour: twelve(Number(hour ?? 0), half), minute: Number(minute ?? 0), ms: ms(seconds) }))
    }
    if (!worded.test(text)) return undefined
    if (/[+-]\d{4}|GMT|UTC|Z$/.test(text)) return within(new Date(text))
    const said = within(new Date(`${text} GMT`))
    return said && within(wallTime({ year: said.getUTCFullYear(), month: said.getUTCMonth() + 1, day: said.getUTCDate(), hour: said.getUTCHours(), minute: said.getUTCMinutes(), ms: said.getUTCSeconds() * 1000 }))
  }
}

const utc = wallReader('UTC')
function shifted(wall: Wall, offset: string): Date | undefined {
  const at = utc(wall)
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(offset) ?? []
  return at && new Date(at.getTime() - (sign ? (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000 : 0))
}
