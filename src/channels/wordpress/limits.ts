import type { Limits } from '#kit/channel.ts'

/**
 * WordPress itself knows no limit for a post; we keep to what a page can bear. It tells nobody what the server takes at once:
 * PHP's own default is 2 MiB a file. Larger pictures than 2,560 pixels it makes smaller itself.
 */
export const limits: Limits = {
  text: { max: 60_000, unit: 'codepoint', also: { max: 120_000, unit: 'byte' } },
  media: { max: 20, types: ['image/jpeg', 'image/png', 'image/webp', 'image/gif'], maxBytes: 2_000_000, longestSide: 2_560, altMax: 1_500 },
  pace: { sends: 30, perMinutes: 1 },
}
