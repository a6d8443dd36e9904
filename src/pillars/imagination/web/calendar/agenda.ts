import { wallAt } from './clock.ts'

/** A calendar day in a zone, as '2026-12-01'. */
export const dayIn = (zone: string, at: Date): string => wallAt(zone, at.getTime()).slice(0, 10)
/** The wall clock in a zone, as '09:30'. */
export const hourIn = (zone: string, at: Date): string => wallAt(zone, at.getTime()).slice(11, 16)

/** The day so many days after another, whatever the clocks do between. */
export function dayAfter(day: string, days: number): string {
  const at = new Date(`${day}T00:00:00Z`)
  at.setUTCDate(at.getUTCDate() + days)
  return at.toISOString().slice(0, 10)
}
/** The same day of a month so many months on; the last one where that month is shorter. */
export function monthAfter(day: string, months: number): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10)
}
/** 1 for Monday to 7 for Sunday. */
export const weekdayOf = (day: string): number => ((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7) + 1
export const mondayOf = (day: string): string => dayAfter(day, 1 - weekdayOf(day))
export const daysFrom = (day: string, count: number): readonly string[] => Array.from({ length: count }, (_, place) => dayAfter(day, place))

/** The whole weeks a month touches, and the days of a month alone. */
export function weeksOf(day: string): readonly (readonly string[])[] {
  const first = `${day.slice(0, 8)}01`
  const next = monthAfter(first, 1)
  const weeks: string[][] = []
  for (let monday = mondayOf(first); monday < next; monday = dayAfter(monday, 7)) weeks.push([...daysFrom(monday, 7)])
  return weeks
}
export const monthDays = (day: string): readonly string[] => {
  const first = `${day.slice(0, 8)}01`
  return daysFrom(first, Number(dayAfter(monthAfter(first, 1), -1).slice(8)))
}
