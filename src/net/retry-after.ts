const least = 1_000
const most = 6 * 3_600_000
const usual = 60_000

/**
 * When to try again after a network asked for patience: its `Retry-After` in seconds or as a date,
 * never before one second from now and never later than six hours; without a readable header, in a minute.
 */
export function retryAfter(header: string | null | undefined, now: Date): Date {
  return new Date(now.getTime() + Math.min(most, Math.max(least, asked(header?.trim() ?? '', now))))
}

function asked(header: string, now: Date): number {
  if (/^[+-]?\d+(\.\d+)?$/.test(header)) return Number(header) * 1_000
  const date = /[a-z]/i.test(header) ? Date.parse(header) : Number.NaN
  return Number.isNaN(date) ? usual : date - now.getTime()
}
