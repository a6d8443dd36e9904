import type { Limits } from '#kit/channel.ts'
import { bluesky } from '#text/networks/open.ts'

// A video goes over as one file in one exchange, which ends after some seconds: a larger one would not get there.
const media = bluesky.media && { ...bluesky.media, ...(bluesky.media.video ? { video: { ...bluesky.media.video, maxBytes: Math.min(50_000_000, bluesky.media.video.maxBytes) } } : {}) }
// A new record costs 3 points of the 5,000 an hour and 35,000 a day that the network's own servers allow.
export const limits: Limits = { text: bluesky.text, ...(media ? { media, answers: { pictures: true } } : {}), pace: { sends: 1_600, perMinutes: 60 } }
export const mostPictures = bluesky.media?.max ?? 4
export const mostTags = 8
export const longestTag = 64
/** Of the picture of a card, in bytes. */
export const largestThumb = 1_000_000
