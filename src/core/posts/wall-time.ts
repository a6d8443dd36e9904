import { Temporal } from '@js-temporal/polyfill'
import { Refusal } from '#kit/refusal.ts'

const shape = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/
const tenYears = 10 * 366 * 24 * 3_600_000

export function isZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false
  try { return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '' } catch { return false }
}

type Which = 'first' | 'second'
export type Resolved = { readonly at: Date } | { readonly gap: readonly [before: string, after: string] } | { readonly twice: readonly [first: Date, second: Date] }

const short = (time: Temporal.PlainDateTime): string => time.toString({ smallestUnit: 'minute' })

/** The instant a wall time names in a zone; an hour the clocks skip or repeat is handed back as a choice. */
export function resolveWall(wall: string, zone: string, which?: Which): Resolved {
  const plain = Temporal.PlainDateTime.from(wall)
  const early = plain.toZonedDateTime(zone, { disambiguation: 'earlier' })
  const late = plain.toZonedDateTime(zone, { disambiguation: 'later' })
  if (early.epochMilliseconds === late.epochMilliseconds) return { at: new Date(early.epochMilliseconds) }
  if (!early.toPlainDateTime().equals(plain)) return { gap: [short(early.toPlainDateTime()), short(late.toPlainDateTime())] }
  if (which) return { at: new Date((which === 'first' ? early : late).epochMilliseconds) }
  return { twice: [new Date(early.epochMilliseconds), new Date(late.epochMilliseconds)] }
}

/** The instant to publish at, or the refusal that offers both choices. */
export function dueAt(given: { readonly wall: string; readonly zone: string; readonly which?: Which | undefined }, now: Date): Date {
  if (!isZone(given.zone)) throw new Refusal('zone_unknown', { field: 'zone' })
  if (!shape.test(given.wall)) throw new Refusal('invalid_input', { params: { reason: '2026-12-01T09:30' }, field: 'wall' })
  let found: Resolved
  try { found = resolveWall(given.wall, given.zone, given.which) } catch (cause) { throw new Refusal('invalid_input', { params: { reason: given.wall }, field: 'wall', cause }) }
  const { wall, zone } = given
  if ('gap' in found) throw new Refusal('local_time_missing', { params: { wall, zone, before: found.gap[0], after: found.gap[1] }, field: 'wall', extra: { choices: [{ wall: found.gap[0] }, { wall: found.gap[1] }] } })
  if ('twice' in found) throw new Refusal('local_time_ambiguous', { params: { wall, zone }, field: 'wall', extra: { choices: [{ which: 'first', at: found.twice[0] }, { which: 'second', at: found.twice[1] }] } })
  if (found.at.getTime() <= now.getTime()) throw new Refusal('time_in_past', { field: 'wall' })
  if (found.at.getTime() > now.getTime() + tenYears) throw new Refusal('time_too_far', { field: 'wall' })
  return found.at
}
