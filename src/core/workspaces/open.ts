import type { DutyHours } from '#kit/pillar.ts'
import { moveWall, settleWall, wallOf } from '../posts/wall-time.ts'

const clock = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
const lengthOf = ({ from, to }: DutyHours): number => (to > from ? to - from : to + 24 * 60 - from)

/** Whether somebody is there by the hours of a week, and when next. No hours at all: nobody promised any. */
export function openNow(duty: readonly DutyHours[], zone: string, now: Date): { readonly open: boolean; readonly opensAt: string | null } {
  const today = wallOf(now, zone).slice(0, 10)
  const spans = Array.from({ length: 9 }, (_, n) => moveWall(`${today}T00:00`, { days: n - 1 }).slice(0, 10)).flatMap((date) => {
    const day = (new Date(`${date}T00:00Z`).getUTCDay() + 6) % 7 + 1
    return duty.filter((hours) => hours.day === day && hours.from !== hours.to).map((hours) => {
      const wall = `${date}T${clock(hours.from)}`
      return { from: settleWall(wall, zone).at, to: settleWall(moveWall(wall, { minutes: lengthOf(hours) }), zone).at }
    })
  })
  const open = spans.some(({ from, to }) => from <= now && now < to)
  const next = spans.filter(({ from }) => from > now).sort((a, b) => a.from.getTime() - b.from.getTime())[0]
  return { open, opensAt: open || !next ? null : next.from.toISOString() }
}
