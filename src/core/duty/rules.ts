import type { DutyHours, Watch } from '#kit/pillar.ts'

const dayMinutes = 24 * 60
const weekMinutes = 7 * dayMinutes
/** How long after a post most answers come. */
const watch = 120

export type OnDuty =
  | { readonly somebody: true }
  | { readonly somebody: false; readonly next: { readonly day: number; readonly minute: number; /** Told where it is more than a week away. */ readonly date?: string } | undefined }

const days: Readonly<Record<string, number>> = { Mon: 0, Tue: 1, Wed: 2, Thu: 3, Fri: 4, Sat: 5, Sun: 6 }

/** Minutes since Monday midnight on the wall clock of a zone; undefined when the time or the zone cannot be read. */
export function weekMinute(at: string, zone: string): number | undefined {
  const time = new Date(at)
  if (Number.isNaN(time.getTime())) return undefined
  try {
    const parts = new Intl.DateTimeFormat('en-US', { timeZone: zone, weekday: 'short', hour: '2-digit', minute: '2-digit',
      hourCycle: 'h23' }).formatToParts(time)
    const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? ''
    return days[part('weekday')]! * dayMinutes + Number(part('hour')) * 60 + Number(part('minute'))
  } catch {
    return undefined
  }
}

const startOf = ({ day, from }: DutyHours): number => (day - 1) * dayMinutes + from
/** Minutes from their beginning to their end; hours that end before they begin go on after midnight. */
export const lengthOf = ({ from, to }: DutyHours): number => (to > from ? to - from : to + dayMinutes - from)

/** Is anybody there when a post goes out, or within the two hours after? If not, when is somebody next? */
export function onDuty(at: string, zone: string, duty: readonly DutyHours[]): OnDuty | undefined {
  const now = weekMinute(at, zone)
  if (now === undefined) return undefined
  const waits = duty.filter(({ from, to }) => from !== to).map((hours) => {
    const since = (now - startOf(hours) + weekMinutes) % weekMinutes
    return since < lengthOf(hours) ? 0 : weekMinutes - since
  })
  if (waits.length === 0) return { somebody: false, next: undefined }
  const wait = Math.min(...waits)
  if (wait < watch) return { somebody: true }
  const next = (now + wait) % weekMinutes
  return { somebody: false, next: { day: Math.floor(next / dayMinutes) + 1, minute: next % dayMinutes } }
}

const weekMs = weekMinutes * 60_000
/** The same by the stretches in which somebody really is there; undefined where they do not reach. */
export function onWatch(at: string, zone: string, { until, spans }: Watch): OnDuty | undefined {
  const time = Date.parse(at)
  const end = Date.parse(until)
  if (Number.isNaN(time) || time >= end) return undefined
  const next = spans.find((span) => Date.parse(span.to) > time)
  if (!next) return { somebody: false, next: undefined }
  const from = Date.parse(next.from)
  if (from < time + watch * 60_000) return { somebody: true }
  const minute = weekMinute(next.from, zone)
  if (minute === undefined) return undefined
  const date = from - time < weekMs ? {} : { date: new Intl.DateTimeFormat('en-GB', { timeZone: zone, day: 'numeric', month: 'numeric' }).format(from) }
  return { somebody: false, next: { day: Math.floor(minute / dayMinutes) + 1, minute: minute % dayMinutes, ...date } }
}
