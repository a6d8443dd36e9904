export type Later = 'in-three-hours' | 'this-evening' | 'tomorrow' | 'monday' | 'next-week'
const hourMs = 3_600_000

/** The moments offered for "not now", on the clock of the reader's zone; those that have passed are left out. */
export function laters(now: Date, zone: string): readonly { readonly name: Later; readonly at: Date }[] {
  const today = wallOf(now, zone).slice(0, 10)
  const at = (days: number, hour: number): Date => instantOf(`${dayAfter(today, days)}T${String(hour).padStart(2, '0')}:00`, zone)
  const monday = (8 - new Date(`${today}T00:00:00Z`).getUTCDay()) % 7 || 7
  return [
    { name: 'in-three-hours' as const, at: new Date(now.getTime() + 3 * hourMs) },
    ...(at(0, 18).getTime() - now.getTime() > hourMs ? [{ name: 'this-evening' as const, at: at(0, 18) }] : []),
    { name: 'tomorrow' as const, at: at(1, 9) },
    ...(monday > 1 ? [{ name: 'monday' as const, at: at(monday, 9) }] : []),
    { name: 'next-week' as const, at: at(7, 9) },
  ]
}

/** What the clock of a zone shows at an instant, as '2026-11-23T09:30'. */
export function wallOf(at: Date, zone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).formatToParts(at)
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.find((one) => one.type === type)?.value ?? '00'
  return `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`
}

/** The instant at which the clock of a zone shows a time; an hour the clocks skip or repeat falls within that hour. */
export function instantOf(wall: string, zone: string): Date {
  const asUtc = Date.parse(`${wall}Z`)
  const shift = (at: number): number => Date.parse(`${wallOf(new Date(at), zone)}Z`) - at
  // The zone's shift at the guess may be that of the other side of a change; one more look settles it.
  const guess = asUtc - shift(asUtc)
  return new Date(asUtc - shift(guess))
}

function dayAfter(day: string, days: number): string {
  const at = new Date(`${day}T00:00:00Z`)
  at.setUTCDate(at.getUTCDate() + days)
  return at.toISOString().slice(0, 10)
}
