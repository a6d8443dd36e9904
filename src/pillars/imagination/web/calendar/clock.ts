// The wall clock of a zone in the browser, quick enough for a thousand posts at once.
const minuteMs = 60_000
const dayMs = 86_400_000
const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' })
  formats.set(zone, made)
  return made
}

function exactOffset(zone: string, ms: number): number {
  const [, day, month, year, hour, minute] = /(\d+)\/(\d+)\/(\d+), (\d+):(\d+)/.exec(formatOf(zone).format(ms))!
  return (Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute)) - Math.floor(ms / minuteMs) * minuteMs) / minuteMs
}

// Clocks change on few days: where a UTC day begins and ends with one offset, all of it has that offset.
const offsets = new Map<string, number | undefined>()
/** Minutes east of UTC, in a zone at an instant. */
export function offsetAt(zone: string, ms: number): number {
  const day = Math.floor(ms / dayMs)
  const key = `${zone} ${day}`
  let whole = offsets.get(key)
  if (whole === undefined && !offsets.has(key)) {
    const [start, end] = [exactOffset(zone, day * dayMs), exactOffset(zone, (day + 1) * dayMs - minuteMs)]
    whole = start === end ? start : undefined
    offsets.set(key, whole)
  }
  return whole ?? exactOffset(zone, ms)
}

/** The wall clock in a zone, as '2026-12-01T09:30'. */
export const wallAt = (zone: string, ms: number): string => new Date(ms + offsetAt(zone, ms) * minuteMs).toISOString().slice(0, 16)

/** The instant a wall time names; of an hour that comes twice the first, and a skipped one is moved on as clocks are. */
export function instantOf(wall: string, zone: string): number {
  const plain = Date.parse(`${wall.slice(0, 16)}:00Z`)
  const before = plain - offsetAt(zone, plain - dayMs) * minuteMs
  const after = plain - offsetAt(zone, plain + dayMs) * minuteMs
  const early = Math.min(before, after)
  if (wallAt(zone, early) === wall.slice(0, 16)) return early
  const late = Math.max(before, after)
  return wallAt(zone, late) === wall.slice(0, 16) ? late : before
}

/** So many days and minutes on from a wall time, as the calendar on the wall counts them. */
export const wallAfter = (wall: string, days: number, minutes = 0): string =>
  new Date(Date.parse(`${wall.slice(0, 16)}:00Z`) + days * dayMs + minutes * minuteMs).toISOString().slice(0, 16)

export const minutesOf = (wall: string): number => Number(wall.slice(11, 13)) * 60 + Number(wall.slice(14, 16))
export const wallOf = (day: string, minutes: number): string => `${day}T${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
/** Whole days from one day to another. */
export const daysBetween = (from: string, to: string): number => Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMs)
