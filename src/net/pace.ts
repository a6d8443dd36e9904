export interface Rate { readonly sends: number; readonly perMinutes: number }
/** A token bucket as a value: how much was left, and when. */
export interface Bucket { readonly left: number; readonly at: number }
export type Turn = { readonly go: true; readonly bucket: Bucket } | { readonly go: false; readonly bucket: Bucket; readonly waitMs: number }

// Fractions of a token do not add up exactly; what is this close to a whole one counts as one.
const whole = 1 - 1e-9
const refillPerMs = (rate: Rate): number => rate.sends / (rate.perMinutes * 60_000)

export const fullBucket = (rate: Rate, now: number): Bucket => ({ left: rate.sends, at: now })

/** Asks for one send at `now`. A clock that runs backwards gives nothing and takes nothing. */
export function takeTurn(bucket: Bucket, rate: Rate, now: number): Turn {
  const at = Math.max(now, bucket.at)
  const left = Math.min(rate.sends, bucket.left + (at - bucket.at) * refillPerMs(rate))
  if (left >= whole) return { go: true, bucket: { left: Math.max(0, left - 1), at } }
  return { go: false, bucket: { left, at }, waitMs: Math.ceil((1 - left) / refillPerMs(rate)) + (at - now) }
}
