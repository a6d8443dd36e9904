import { Temporal as Polyfill } from '@js-temporal/polyfill'

/** An ISO time as the vocabulary wants it; Node has no Temporal of its own yet. */
export const instantOf = (iso: string): Temporal.Instant => Polyfill.Instant.from(iso) as unknown as Temporal.Instant

/** A time somebody else wrote, never later than now: posts from the future would stay on top. */
export function timeOf(given: Temporal.Instant | null | undefined, now: Date): string {
  const at = given ? given.epochMilliseconds : now.getTime()
  return new Date(Math.min(Math.max(at, 0), now.getTime())).toISOString()
}
