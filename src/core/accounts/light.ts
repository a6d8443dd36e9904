export const lights = ['live', 'quiet', 'trouble'] as const
export type Light = (typeof lights)[number]

/** What is known of an account when its light is drawn; times are null when the thing never happened. */
export interface Sight {
  readonly now: Date
  readonly state: 'connected' | 'login-needed' | 'removed'
  readonly connectedAt: Date
  /** How often it is pulled; undefined: others come to us, nothing is pulled. */
  readonly everySeconds: number | undefined
  readonly answeredAt: Date | null
  readonly troubleSince: Date | null
  readonly failures: number
  /** What the last pull broke off with, as a stable word. */
  readonly trouble: string | null
  readonly heardAt: Date | null; readonly firstHeardAt: Date | null; readonly heardCount: number
  readonly endsAt: Date | null
}

const minute = 60_000
const day = 24 * 3600_000

/** Failing this long is trouble and no longer a hiccup. */
export const graceOf = (everySeconds: number): number => Math.max(15 * minute, 3 * everySeconds * 1000)
/** An access that ends within this is told of. */
export const endingWithin = 7 * day

/** How long this account may say nothing before that is unusual: six times its own usual distance, within two days and a month. */
export function silenceAfter({ firstHeardAt, heardAt, heardCount }: Pick<Sight, 'firstHeardAt' | 'heardAt' | 'heardCount'>): number {
  if (!firstHeardAt || !heardAt || heardCount < 3) return 30 * day
  const usual = (heardAt.getTime() - firstHeardAt.getTime()) / (heardCount - 1)
  return Math.min(Math.max(6 * usual, 2 * day), 30 * day)
}

export const endsSoon = ({ endsAt, now }: Pick<Sight, 'endsAt' | 'now'>): boolean => endsAt !== null && endsAt.getTime() - now.getTime() < endingWithin

/** Why the light is not 'live', as a stable word; undefined when it is. */
export function reasonOf(sight: Sight): 'login-needed' | 'ended' | 'failing' | 'not-pulled' | 'silent' | undefined {
  const { now, everySeconds } = sight
  if (sight.state !== 'connected') return 'login-needed'
  if (sight.endsAt && sight.endsAt <= now) return 'ended'
  if (everySeconds === undefined) return undefined
  // One that has never answered has shown nothing yet that a hiccup could interrupt.
  if (sight.troubleSince && sight.answeredAt === null && sight.trouble !== 'paced') return 'failing'
  if (sight.troubleSince && now.getTime() - sight.troubleSince.getTime() > graceOf(everySeconds)) return 'failing'
  if (now.getTime() - (sight.answeredAt ?? sight.connectedAt).getTime() > 4 * graceOf(everySeconds)) return 'not-pulled'
  if (now.getTime() - (sight.heardAt ?? sight.connectedAt).getTime() > silenceAfter(sight)) return 'silent'
  return undefined
}

/** Live: we are connected and it answers. Quiet: it answers, yet says nothing for unusually long. Trouble: a person should look. */
export function lightOf(sight: Sight): Light {
  const reason = reasonOf(sight)
  if (reason === undefined) return 'live'
  return reason === 'silent' ? 'quiet' : 'trouble'
}
