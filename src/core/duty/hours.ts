import type { DutyHours } from '#kit/pillar.ts'
import { moveWall, settleWall, wallOf } from '../posts/wall-time.ts'
import { lengthOf } from './rules.ts'

/** Milliseconds from one instant to another, the end left out. Lists of them are in order and do not touch. */
export interface Span { readonly from: number; readonly to: number }
export interface Week { readonly hours: readonly DutyHours[]; readonly zone: string }
export interface DayOff { readonly date: string; readonly from: number; readonly to: number }

const dayMs = 24 * 3_600_000
const clock = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

/** The same time, each moment of it once. */
export function united(spans: readonly Span[]): readonly Span[] {
  const list: Span[] = []
  for (const span of spans.filter(({ from, to }) => from < to).toSorted((a, b) => a.from - b.from)) {
    const last = list.at(-1)
    if (last && span.from <= last.to) list[list.length - 1] = { from: last.from, to: Math.max(last.to, span.to) }
    else list.push(span)
  }
  return list
}

/** What of the first is not in the second. */
export function without(spans: readonly Span[], gone: readonly Span[]): readonly Span[] {
  return united(gone).reduce<readonly Span[]>((left, cut) => left.flatMap(({ from, to }) => [{ from, to: Math.min(to, cut.from) }, { from: Math.max(from, cut.to), to }].filter((one) => one.from < one.to)), united(spans))
}

const dates = (range: Span, zone: string): string[] => {
  const first = wallOf(new Date(range.from - dayMs), zone).slice(0, 10)
  const days = Math.ceil((range.to - range.from) / dayMs) + 3
  return Array.from({ length: days }, (_, n) => moveWall(`${first}T00:00`, { days: n }).slice(0, 10))
}
const part = (date: string, minute: number, zone: string): number => settleWall(minute >= 1440 ? moveWall(`${date}T00:00`, { minutes: minute }) : `${date}T${clock(minute)}`, zone).at.getTime()

/** The hours of a week as they fall in a stretch of time, by the clocks of their zone. */
export function spansOf({ hours, zone }: Week, range: Span): readonly Span[] {
  return united(dates(range, zone).flatMap((date) => {
    const day = (new Date(`${date}T00:00Z`).getUTCDay() + 6) % 7 + 1
    return hours.filter((one) => one.day === day && one.from !== one.to)
      .map((one) => ({ from: Math.max(range.from, part(date, one.from, zone)), to: Math.min(range.to, part(date, one.from + lengthOf(one), zone)) }))
  }))
}
export const offSpans = (days: readonly DayOff[], zone: string): readonly Span[] =>
  united(days.map(({ date, from, to }) => ({ from: part(date, from, zone), to: part(date, to, zone) })))

/** How much of the time between two moments lies in the spans, in milliseconds. */
export const between = (spans: readonly Span[], from: number, to: number): number =>
  spans.reduce((sum, span) => sum + Math.max(0, Math.min(span.to, to) - Math.max(span.from, from)), 0)

/** The moment by which so much time has passed within the spans; undefined when they end before. */
export function after(spans: readonly Span[], from: number, ms: number): number | undefined {
  let left = ms
  for (const span of spans) {
    const start = Math.max(span.from, from)
    if (span.to <= start) continue
    if (span.to - start >= left) return start + left
    left -= span.to - start
  }
  return undefined
}

export const isIn = (spans: readonly Span[], at: number): boolean => spans.some(({ from, to }) => from <= at && at < to)
export const nextIn = (spans: readonly Span[], at: number): number | undefined => spans.find(({ from }) => from > at)?.from

/** A moment as the clocks of a zone show it: the date, and minutes after its midnight. */
export function wallMinute(at: number, zone: string): { readonly date: string; readonly minute: number } {
  const wall = wallOf(new Date(at), zone)
  return { date: wall.slice(0, 10), minute: Number(wall.slice(11, 13)) * 60 + Number(wall.slice(14, 16)) }
}
