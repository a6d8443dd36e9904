import { moveWall, settleWall, wallOf } from '../posts/wall-time.ts'

/** From a minute of the day to another on the days it begins, 1 for Monday to 7; over midnight when it ends before it begins, a whole day when both are the same. */
export interface Quiet { readonly days: readonly number[]; readonly from: number; readonly to: number }

const dayMinutes = 24 * 60
const spans = 9
const weekday = (date: string): number => new Date(`${date}T00:00Z`).getUTCDay() || 7
const minuteOn = (date: string, minute: number, zone: string): number => settleWall(moveWall(`${date}T00:00`, { minutes: minute }), zone).at.getTime()

/** The end of the one span of quiet hours that an instant lies in. */
function endOfSpan({ days, from, to }: Quiet, zone: string, at: number): number | undefined {
  const today = wallOf(new Date(at), zone).slice(0, 10)
  const ends = [0, -1].flatMap((back) => {
    const date = moveWall(`${today}T00:00`, { days: back }).slice(0, 10)
    if (!days.includes(weekday(date))) return []
    const end = minuteOn(date, to <= from ? to + dayMinutes : to, zone)
    return minuteOn(date, from, zone) <= at && at < end ? [end] : []
  })
  return ends.length === 0 ? undefined : Math.max(...ends)
}

/** When the quiet that holds at an instant ends, by the clocks of a zone; undefined: nobody wants quiet then. Spans that touch are one. */
export function quietUntil(quiet: Quiet | null, zone: string, at: Date): Date | undefined {
  if (!quiet || quiet.days.length === 0) return undefined
  let until: number | undefined
  for (let n = 0, here = at.getTime(); n < spans; n++) {
    const end = endOfSpan(quiet, zone, here)
    if (end === undefined) break
    until = here = end
  }
  return until === undefined ? undefined : new Date(until)
}
