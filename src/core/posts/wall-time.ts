import { Refusal } from '#kit/refusal.ts'

const shape = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2}))?$/
const tenYears = 10 * 366 * 24 * 3_600_000
const day = 24 * 3_600_000

// Making a formatter costs a hundred times what asking one does.
const clocks = new Map<string, Intl.DateTimeFormat>()
function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' })
  if (clocks.size < 1_000) clocks.set(zone, made)
  return made
}

export function isZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false
  try { return clockOf(zone).resolvedOptions().timeZone !== '' } catch { return false }
}

type Which = 'first' | 'second'
export type Resolved = { readonly at: Date } | { readonly gap: readonly [before: string, after: string] } | { readonly twice: readonly [first: Date, second: Date] }

/** A wall time as milliseconds on a clock that knows no zone; undefined when no calendar has it. */
export function wallMs(wall: string): number | undefined {
  const [, year, month, date, hour, minute, second = '0'] = shape.exec(wall) ?? []
  if (year === undefined) return undefined
  const ms = Date.UTC(Number(year), Number(month) - 1, Number(date), Number(hour), Number(minute), Number(second))
  const back = new Date(ms)
  const same = back.getUTCFullYear() === Number(year) && back.getUTCMonth() + 1 === Number(month) && back.getUTCDate() === Number(date) && back.getUTCHours() === Number(hour) && back.getUTCMinutes() === Number(minute)
  return same ? ms : undefined
}
/** The same, written: to the minute, with seconds only where there are some. */
export const wallText = (ms: number): string => new Date(ms).toISOString().slice(0, ms % 60_000 === 0 ? 16 : 19)

function readsAt(zone: string, at: number): number {
  const [month, date, year, hour, minute, second] = (clockOf(zone).format(at).match(/\d+/g) ?? []).map(Number)
  return Date.UTC(year!, month! - 1, date, hour, minute, second)
}
const awayAt = (zone: string, at: number): number => readsAt(zone, at) - Math.floor(at / 1000) * 1000

/** What the clocks of a zone show at an instant. */
export const wallOf = (at: Date, zone: string): string => wallText(readsAt(zone, at.getTime()))

/** The instant a wall time names in a zone; an hour the clocks skip or repeat is handed back as a choice. */
export function resolveWall(wall: string, zone: string, which?: Which): Resolved {
  const ms = wallMs(wall)
  if (ms === undefined) throw new RangeError(`No calendar has ${wall}.`)
  const [before, after] = [awayAt(zone, ms - day), awayAt(zone, ms + day)]
  const [late, early] = [ms - Math.min(before, after), ms - Math.max(before, after)]
  const fits = [...new Set([early, late])].filter((at) => readsAt(zone, at) === ms)
  if (fits.length === 0) return { gap: [wallText(readsAt(zone, early)), wallText(readsAt(zone, late))] }
  if (fits.length === 1) return { at: new Date(fits[0]!) }
  if (which) return { at: new Date(which === 'first' ? early : late) }
  return { twice: [new Date(early), new Date(late)] }
}

export interface Settled { readonly wall: string; readonly at: Date; readonly clockChange: boolean }
/**
 * The rule for times nobody is there to choose for, those of series and slots: an hour the clocks skip is the same moment by
 * the old clock (03:30 becomes 04:30), and of an hour that comes twice it is the first.
 */
export function settleWall(wall: string, zone: string): Settled {
  const found = resolveWall(wall, zone, 'first')
  if ('at' in found) return { wall, at: found.at, clockChange: false }
  if ('twice' in found) return { wall, at: found.twice[0], clockChange: true }
  const later = resolveWall(found.gap[1], zone, 'first')
  if (!('at' in later)) throw new RangeError(`${wall} leads nowhere in ${zone}.`)
  return { wall: found.gap[1], at: later.at, clockChange: true }
}

/** A wall time moved along its own clock: 09:30 a week on is 09:30, whatever the zone does in between. */
export function moveWall(wall: string, { days = 0, minutes = 0 }: { readonly days?: number | undefined; readonly minutes?: number | undefined }): string {
  const ms = wallMs(wall)
  if (ms === undefined) throw new RangeError(`No calendar has ${wall}.`)
  return wallText(ms + days * day + minutes * 60_000)
}

const unreadable = { en: 'This is no day and hour of the calendar. Write it as 2026-12-01T09:30.', el: 'Δεν είναι μέρα και ώρα του ημερολογίου. Γράψτε την όπως 2026-12-01T09:30.' }
export interface WallTime { readonly wall: string; readonly zone: string; readonly which?: Which | undefined }
/** The instant a wall time names, past or to come, or the refusal that offers both choices. */
export function instantOf({ wall, zone, which }: WallTime): Date {
  if (!isZone(zone)) throw new Refusal('zone_unknown', { field: 'zone' })
  const ms = wallMs(wall)
  if (ms === undefined) throw new Refusal('invalid_input', { params: { reason: unreadable }, field: 'wall' })
  if (ms < 0) throw new Refusal('time_too_old', { field: 'wall' })
  const found = resolveWall(wall, zone, which)
  if ('gap' in found) throw new Refusal('local_time_missing', { params: { wall, zone, before: found.gap[0], after: found.gap[1] }, field: 'wall', extra: { choices: [{ wall: found.gap[0] }, { wall: found.gap[1] }] } })
  if ('twice' in found) throw new Refusal('local_time_ambiguous', { params: { wall, zone }, field: 'wall', extra: { choices: [{ which: 'first', at: found.twice[0] }, { which: 'second', at: found.twice[1] }] } })
  return found.at
}

/** The instant to publish at: ahead of now, and within ten years. */
export function dueAt(given: WallTime, now: Date): Date {
  const at = instantOf(given)
  if (at.getTime() <= now.getTime()) throw new Refusal('time_in_past', { field: 'wall' })
  if (at.getTime() > now.getTime() + tenYears) throw new Refusal('time_too_far', { field: 'wall' })
  return at
}
