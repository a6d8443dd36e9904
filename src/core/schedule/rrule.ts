import { Refusal } from '#kit/refusal.ts'
import { wallMs, wallOf } from '../posts/wall-time.ts'

export const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const
export type Weekday = (typeof weekdays)[number]
export type Freq = 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY'
/** A weekday, or the nth of its kind in the period: 1 the first, -1 the last. */
export interface ByDay { readonly day: Weekday; readonly nth?: number }
/** A rule of RFC 5545, as far as a post can follow one: days, never hours. */
export interface Rule {
  readonly freq: Freq; readonly interval: number
  readonly count?: number
  /** The last wall time that still belongs to it. */
  readonly until?: string
  readonly byDay: readonly ByDay[]; readonly byMonthDay: readonly number[]; readonly byMonth: readonly number[]; readonly bySetPos: readonly number[]
  readonly weekStart: Weekday
}

const wrong = (reason: string): never => { throw new Refusal('rule_invalid', { params: { reason }, field: 'rule' }) }
const isWeekday = (text: string): text is Weekday => weekdays.some((one) => one === text)

interface Bounds { readonly name: string; readonly max: number; readonly negative: boolean }
function numbers(value: string, { name, max, negative }: Bounds): number[] {
  return value.split(',').map((text) => {
    const number = /^[+-]?\d{1,3}$/.test(text) ? Number(text) : 0
    return number === 0 || Math.abs(number) > max || (number < 0 && !negative) ? wrong(`${name}=${text}`) : number
  })
}
function byDayOf(value: string): ByDay[] {
  return value.split(',').map((text) => {
    const [, nth, day = ''] = /^([+-]?\d{1,2})?([A-Z]{2})$/.exec(text) ?? []
    if (!isWeekday(day) || (nth !== undefined && (Number(nth) === 0 || Math.abs(Number(nth)) > 53))) return wrong(`BYDAY=${text}`)
    return nth === undefined ? { day } : { day, nth: Number(nth) }
  })
}
function whole(name: string, value: string, max: number): number {
  const number = /^\d{1,6}$/.test(value) ? Number(value) : 0
  return number < 1 || number > max ? wrong(`${name}=${value}`) : number
}
/** UNTIL as wall time: a day counts to its end, an instant is read on the clock of the zone. */
function untilOf(value: string, zone: string): string {
  const [, year, month, day, hour = '23', minute = '59', second = '59', utc] = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z)?)?$/.exec(value) ?? []
  const wall = `${year}-${month}-${day}T${hour}:${minute}:${second}`
  const ms = wallMs(wall)
  if (ms === undefined) return wrong(`UNTIL=${value}`)
  return utc ? wallOf(new Date(ms), zone) : wall
}

const known = new Set(['FREQ', 'INTERVAL', 'COUNT', 'UNTIL', 'BYDAY', 'BYMONTHDAY', 'BYMONTH', 'BYSETPOS', 'WKST'])
function partsOf(text: string): Map<string, string> {
  const parts = new Map<string, string>()
  for (const part of text.replace(/^RRULE:/i, '').trim().toUpperCase().split(';').filter(Boolean)) {
    const [name = '', value = '', more] = part.split('=')
    if (!known.has(name) || value === '' || more !== undefined || parts.has(name)) return wrong(part)
    parts.set(name, value)
  }
  return parts
}

/** Reads a rule; what a post cannot follow (hours, weeks of the year) is refused rather than passed over. */
export function readRule(text: string, zone: string): Rule {
  const parts = partsOf(text.slice(0, 1_000))
  const freq = (['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const).find((one) => one === parts.get('FREQ')) ?? wrong(`FREQ=${parts.get('FREQ') ?? ''}`)
  const list = (name: string, bounds: Omit<Bounds, 'name'>): number[] => { const value = parts.get(name); return value === undefined ? [] : numbers(value, { name, ...bounds }) }
  const [interval, count, until, byDay, start] = ['INTERVAL', 'COUNT', 'UNTIL', 'BYDAY', 'WKST'].map((name) => parts.get(name))
  const rule: Rule = {
    freq, interval: interval === undefined ? 1 : whole('INTERVAL', interval, 1_000), byDay: byDay === undefined ? [] : byDayOf(byDay),
    byMonthDay: list('BYMONTHDAY', { max: 31, negative: true }), byMonth: list('BYMONTH', { max: 12, negative: false }), bySetPos: list('BYSETPOS', { max: 366, negative: true }),
    weekStart: start === undefined ? 'MO' : isWeekday(start) ? start : wrong(`WKST=${start}`),
    ...(count === undefined ? {} : { count: whole('COUNT', count, 10_000) }), ...(until === undefined ? {} : { until: untilOf(until, zone) }),
  }
  if (rule.count !== undefined && rule.until !== undefined) return wrong('COUNT, UNTIL')
  if (rule.byDay.some((one) => one.nth !== undefined) && (freq === 'DAILY' || freq === 'WEEKLY')) return wrong(`BYDAY=${byDay}`)
  if (freq === 'WEEKLY' && rule.byMonthDay.length > 0) return wrong('BYMONTHDAY')
  if (rule.bySetPos.length > 0 && rule.byDay.length + rule.byMonthDay.length + rule.byMonth.length === 0) return wrong('BYSETPOS')
  return rule
}

const dense = (wall: string): string => `${wall.slice(0, 19).replace(/[-:]/g, '')}${wall.length === 16 ? '00' : ''}`
/** The rule as RFC 5545 writes it. `until` without a zone is wall time, as ours are. */
export function ruleText(rule: Rule): string {
  const list = (name: string, values: readonly (string | number)[]): string[] => (values.length === 0 ? [] : [`${name}=${values.join(',')}`])
  return [
    `FREQ=${rule.freq}`, ...(rule.interval === 1 ? [] : [`INTERVAL=${rule.interval}`]), ...(rule.count === undefined ? [] : [`COUNT=${rule.count}`]),
    ...(rule.until === undefined ? [] : [`UNTIL=${dense(rule.until)}`]), ...list('BYMONTH', rule.byMonth), ...list('BYMONTHDAY', rule.byMonthDay),
    ...list('BYDAY', rule.byDay.map(({ day, nth }) => `${nth ?? ''}${day}`)), ...list('BYSETPOS', rule.bySetPos), ...(rule.weekStart === 'MO' ? [] : [`WKST=${rule.weekStart}`]),
  ].join(';')
}
