import { wallMs, wallText } from '../posts/wall-time.ts'
import { weekdays, type ByDay, type Rule, type Weekday } from './rrule.ts'

/** When something comes again, all in wall time: no zone has a say until one of its times is to be met. */
export interface Recurrence { readonly startWall: string; readonly rule: Rule; readonly exdates: readonly string[]; readonly rdates: readonly string[] }

const dayMs = 86_400_000
// Days are counted from 1970-01-01, a Thursday.
const dayOf = (year: number, month: number, date: number): number => Math.floor(Date.UTC(year, month - 1, date) / dayMs)
const weekdayOf = (day: number): number => (((day + 3) % 7) + 7) % 7
const partsOf = (day: number): { year: number; month: number; date: number } => {
  const at = new Date(day * dayMs)
  return { year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, date: at.getUTCDate() }
}
const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate()
const dayAt = (wall: string): number => Math.floor(wallMs(wall.slice(0, 16))! / dayMs)
const place = (day: Weekday): number => weekdays.indexOf(day)

interface Span { readonly first: number; readonly last: number }
const daysOf = ({ first, last }: Span): number[] => Array.from({ length: last - first + 1 }, (_, step) => first + step)
const monthSpan = (year: number, month: number): Span => { const first = dayOf(year, month, 1); return { first, last: first + daysIn(year, month) - 1 } }

/** The days of a span that a weekday names, counted within it where it says which. */
function named({ day, nth }: ByDay, { first, last }: Span): number[] {
  const from = first + ((place(day) - weekdayOf(first) + 7) % 7)
  const all = from > last ? [] : Array.from({ length: Math.floor((last - from) / 7) + 1 }, (_, week) => from + 7 * week)
  if (nth === undefined) return all
  const one = all.at(nth > 0 ? nth - 1 : nth)
  return one === undefined ? [] : [one]
}
const byDays = (rule: Rule, span: Span): Set<number> => new Set(rule.byDay.flatMap((one) => named(one, span)))
const onMonthDay = (rule: Rule, day: number): boolean => {
  const { year, month, date } = partsOf(day)
  return rule.byMonthDay.some((wanted) => (wanted > 0 ? wanted : daysIn(year, month) + 1 + wanted) === date)
}
const inMonth = (rule: Rule, day: number): boolean => rule.byMonth.length === 0 || rule.byMonth.includes(partsOf(day).month)

function ofDay(rule: Rule, day: number): number[] {
  const fits = inMonth(rule, day) && (rule.byMonthDay.length === 0 || onMonthDay(rule, day)) && (rule.byDay.length === 0 || rule.byDay.some((one) => place(one.day) === weekdayOf(day)))
  return fits ? [day] : []
}
function ofWeek(rule: Rule, first: number, start: number): number[] {
  const wanted = rule.byDay.length > 0 ? rule.byDay.map((one) => place(one.day)) : [weekdayOf(start)]
  return daysOf({ first, last: first + 6 }).filter((day) => wanted.includes(weekdayOf(day)) && inMonth(rule, day))
}
function ofMonth(rule: Rule, { year, month }: { readonly year: number; readonly month: number }, start: number): number[] {
  const span = monthSpan(year, month)
  if (rule.byMonth.length > 0 && !rule.byMonth.includes(month)) return []
  const days = rule.byDay.length > 0 ? byDays(rule, span) : undefined
  if (rule.byMonthDay.length > 0) return daysOf(span).filter((day) => onMonthDay(rule, day) && (days?.has(day) ?? true))
  if (days) return [...days]
  const { date } = partsOf(start)
  return date > daysIn(year, month) ? [] : [span.first + date - 1]
}
function ofYear(rule: Rule, year: number, start: number): number[] {
  const begun = partsOf(start)
  // Weekdays alone are counted over the year; beside months or days of the month they are counted within each month.
  if (rule.byDay.length > 0 && rule.byMonth.length === 0 && rule.byMonthDay.length === 0) return [...byDays(rule, { first: dayOf(year, 1, 1), last: dayOf(year, 12, 31) })]
  const every = rule.byMonthDay.length > 0 ? Array.from({ length: 12 }, (_, month) => month + 1) : [begun.month]
  return (rule.byMonth.length > 0 ? rule.byMonth : every).flatMap((month) => ofMonth(rule, { year, month }, start))
}

/** The nth period of a rule: the days it names, in order, before COUNT and UNTIL. */
function period(rule: Rule, start: number, turn: number): number[] {
  const { year, month } = partsOf(start)
  const steps = turn * rule.interval
  const days = ((): number[] => {
    switch (rule.freq) {
      case 'DAILY': return ofDay(rule, start + steps)
      case 'WEEKLY': return ofWeek(rule, start - ((weekdayOf(start) - place(rule.weekStart) + 7) % 7) + 7 * steps, start)
      case 'MONTHLY': { const months = year * 12 + month - 1 + steps; return ofMonth(rule, { year: Math.floor(months / 12), month: (months % 12) + 1 }, start) }
      case 'YEARLY': return ofYear(rule, year + steps, start)
    }
  })().toSorted((a, b) => a - b)
  if (rule.bySetPos.length === 0) return days
  return [...new Set(rule.bySetPos.flatMap((nth) => days.at(nth > 0 ? nth - 1 : nth) ?? []))].toSorted((a, b) => a - b)
}

const beginsAt = (rule: Rule, start: number, turn: number): number => {
  const steps = turn * rule.interval
  return start + (rule.freq === 'DAILY' ? steps : rule.freq === 'WEEKLY' ? 7 * steps - 7 : rule.freq === 'MONTHLY' ? 28 * steps - 31 : 365 * steps - 366)
}

/** The first period worth looking at for days from `from` on; where times are counted, all of them are. */
function firstTurn(rule: Rule, start: number, from: number): number {
  const length = { DAILY: 1, WEEKLY: 7, MONTHLY: 31, YEARLY: 366 }[rule.freq] * rule.interval
  return rule.count === undefined ? Math.max(0, Math.floor((from - start) / length) - 2) : 0
}

function* ruleWalls({ startWall, rule }: Recurrence, { firstDay, lastDay }: { readonly firstDay: number; readonly lastDay: number }): Generator<string> {
  const startMs = wallMs(startWall)!
  const start = Math.floor(startMs / dayMs)
  const time = startMs - start * dayMs
  let left = rule.count ?? Infinity
  for (let turn = firstTurn(rule, start, firstDay); beginsAt(rule, start, turn) <= lastDay; turn++) {
    for (const day of period(rule, start, turn)) {
      if (day < start) continue
      const wall = wallText(day * dayMs + time)
      if (left-- <= 0 || (rule.until !== undefined && wall > rule.until) || day > lastDay) return
      yield wall
    }
  }
}

export interface Within { readonly from?: string | undefined; readonly until: string; readonly limit?: number | undefined }
/** The times it comes, from and until given wall times inclusive, in order, none twice. */
export function occurrences(recurrence: Recurrence, { from = '', until, limit = 10_000 }: Within): string[] {
  const without = new Set(recurrence.exdates)
  const extra = recurrence.rdates.filter((wall) => wall >= from && wall <= until && !without.has(wall)).toSorted()
  const found: string[] = []
  const [firstDay, lastDay] = [from === '' ? -Infinity : dayAt(from), dayAt(until)]
  const take = (wall: string): void => { if (found.at(-1) !== wall) found.push(wall) }
  for (const wall of ruleWalls(recurrence, { firstDay, lastDay })) {
    if (wall > until) break
    if (wall < from || without.has(wall)) continue
    while (extra[0] !== undefined && extra[0] <= wall) take(extra.shift()!)
    take(wall)
    if (found.length >= limit) return found.slice(0, limit)
  }
  for (const wall of extra) take(wall)
  return found.slice(0, limit)
}
