import type { Limits } from '#kit/channel.ts'

/** A page holds 2,048 KiB ($wgMaxArticleSize); we keep far below it, so that the page a section is added to has room. New accounts may write eight pages a minute. */
export const limits: Limits = { text: { max: 100_000, unit: 'codepoint', also: { max: 200_000, unit: 'byte' } }, pace: { sends: 8, perMinutes: 1 } }
