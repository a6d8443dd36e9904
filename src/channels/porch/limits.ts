import type { Limits } from '#kit/channel.ts'

/** A post is as long as a short book at most: what the page shows stays under the sanitizer's cap. */
export const postLimits: Limits = {
  text: { max: 40_000, unit: 'grapheme' }, warning: { counted: false },
  media: { max: 12, types: ['image/jpeg', 'image/png', 'image/webp', 'image/avif', 'image/gif'], maxBytes: 10_000_000 },
}

/** What a visitor may send. Lengths in UTF-16 units, as `maxlength` counts them. */
export const commentLimits = {
  name: 80, email: 254, text: 4_000, appeal: 2_000, links: 3, bodyBytes: 65_536,
  formFrom: 2_000, formUntil: 24 * 3_600_000, proofUntil: 15 * 60_000,
  /** How long a comment may be changed by whoever wrote it, and how long they may look what became of it. */
  editUntil: 15 * 60_000, ownUntil: 30 * 86_400_000,
} as const
