import type { NetworkFacts } from './facts.ts'

const asOf = '2026-11-23'

export const x: NetworkFacts = {
  id: 'x', name: 'X', asOf, sources: ['xdevplatform/docs@28713281 counting-characters', 'twitter-text 3.1.0 config/v3.json', 'media best practices'],
  text: { max: 280, unit: 'weighted', linkCost: 23 },
  media: {
    max: 4, types: ['image/jpeg', 'image/png', 'image/webp', 'image/gif'], maxBytes: 5_000_000, longestSide: 4_096, altMax: 1_000,
    video: { types: ['video/mp4', 'video/quicktime'], maxBytes: 512_000_000, maxSeconds: 140 },
  },
  hashtags: { kind: 'twitter' }, mentions: { kind: 'twitter' },
  notes: ['An animated GIF may have 15 MB and stands alone.', 'Mentions at the beginning of an answer do not count there.', 'Premium accounts may write more; how much is not verified.', 'A Greek letter ends an address: what follows counts by itself.'],
}
export const threads: NetworkFacts = {
  id: 'threads', name: 'Threads', asOf, sources: ['developers.facebook.com/documentation/threads/posts'],
  text: { max: 500, unit: 'emoji-bytes' },
  media: { max: 10, types: ['image/jpeg', 'image/png'], maxBytes: 8_000_000, longestSide: 1_440, video: { types: ['video/mp4', 'video/quicktime'], maxBytes: 1_000_000_000, maxSeconds: 300 } },
  hashtags: { kind: 'plain', max: 1 }, mentions: { kind: 'plain' },
  notes: ['Media is fetched by the network and so needs a public address.', 'How many pictures a carousel takes: 20 by one source, 10 by another; the smaller is kept.', 'Sizes of files are not verified.'],
}
export const instagram: NetworkFacts = {
  id: 'instagram', name: 'Instagram', asOf, sources: ['developers.facebook.com/docs/instagram-platform/content-publishing', 'ayrshare docs'],
  text: { max: 2_200, unit: 'codepoint' },
  media: { max: 10, types: ['image/jpeg'], maxBytes: 8_000_000, longestSide: 1_440, aspect: { min: 4 / 5, max: 1.91 }, video: { types: ['video/mp4', 'video/quicktime'], maxBytes: 300_000_000 } },
  hashtags: { kind: 'plain', max: 30 }, mentions: { kind: 'plain', max: 20 },
  notes: ['30 hashtags and 20 mentions by one source, 5 and 3 by another.', 'A picture is needed, in JPEG, at a public address; alt text for pictures only.', 'Sizes of files and the aspect are not verified.'],
}
export const facebook: NetworkFacts = {
  id: 'facebook', name: 'Facebook Page', asOf, sources: ['gitroomhq/postiz-docs@f4a631a', 'developers.facebook.com/docs/pages-api/posts'],
  text: { max: 63_206, unit: 'codepoint' },
  media: { max: 10, types: ['image/jpeg', 'image/png'], maxBytes: 10_000_000, longestSide: 2_048, video: { types: ['video/mp4', 'video/quicktime'], maxBytes: 1_000_000_000 } },
  hashtags: { kind: 'plain' }, mentions: { kind: 'plain' }, notes: ['Sizes of files are not verified.'],
}
export const linkedin: NetworkFacts = {
  id: 'linkedin', name: 'LinkedIn', asOf, sources: ['ayrshare docs', 'gitroomhq/postiz-docs@f4a631a'],
  text: { max: 3_000, unit: 'codepoint' }, comment: { max: 1_250, unit: 'codepoint' },
  media: { max: 9, types: ['image/jpeg', 'image/png', 'image/gif'], maxBytes: 8_000_000, video: { types: ['video/mp4'], maxBytes: 500_000_000 } },
  hashtags: { kind: 'plain' }, notes: ['The limits come from third parties.', 'Alt text for pictures only. A mention is more than its words.'],
}
export const youtube: NetworkFacts = {
  id: 'youtube', name: 'YouTube', asOf, sources: ['gitroomhq/postiz-docs@f4a631a'],
  text: { max: 5_000, unit: 'codepoint' }, title: { max: 100, unit: 'codepoint' }, hashtags: { kind: 'plain' },
  media: { max: 1, types: [], maxBytes: 0, video: { types: ['video/mp4', 'video/webm', 'video/quicktime'], maxBytes: 2_000_000_000 } },
  notes: ['Exactly one video.', 'Tags have 500 characters in all.'],
}
export const tiktok: NetworkFacts = {
  id: 'tiktok', name: 'TikTok', asOf, sources: ['gitroomhq/postiz-docs@f4a631a', 'developers.tiktok.com content posting API'],
  text: { max: 2_000, unit: 'utf16' }, hashtags: { kind: 'plain' }, mentions: { kind: 'plain' },
  media: { max: 35, types: ['image/jpeg', 'image/webp'], maxBytes: 20_000_000, video: { types: ['video/mp4', 'video/webm', 'video/quicktime'], maxBytes: 1_000_000_000 } },
  notes: ['2,000 by one source, 2,200 UTF-16 units by another; the smaller is kept.', 'Sizes of files are not verified.'],
}
export const pinterest: NetworkFacts = {
  id: 'pinterest', name: 'Pinterest', asOf, sources: ['pinterest/api-description@c05b189 v5/openapi.json'],
  text: { max: 800, unit: 'codepoint' }, title: { max: 100, unit: 'codepoint' }, hashtags: { kind: 'plain' },
  media: { max: 5, types: ['image/jpeg', 'image/png', 'image/gif', 'image/webp'], maxBytes: 20_000_000, altMax: 500, video: { types: ['video/mp4', 'video/quicktime'], maxBytes: 1_000_000_000 } },
  notes: ['A link may have 2,048 characters.', 'Sizes of files are not verified.'],
}
export const reddit: NetworkFacts = {
  id: 'reddit', name: 'Reddit', asOf, sources: ['reddit API text as copied in several repositories'],
  text: { max: 40_000, unit: 'codepoint' }, title: { max: 300, unit: 'codepoint' }, notes: ['40,000 is not verified; Postiz keeps to 10,000.'],
}
export const telegram: NetworkFacts = {
  id: 'telegram', name: 'Telegram', asOf, sources: ['PaulSonOfLars/telegram-bot-api-spec, Bot API 10.1'],
  text: { max: 4_096, unit: 'utf16', markup: 'html' }, caption: { max: 1_024, unit: 'utf16', markup: 'html' },
  media: { max: 10, types: ['image/jpeg', 'image/png', 'image/webp'], maxBytes: 10_000_000, video: { types: ['video/mp4'], maxBytes: 50_000_000 } },
  hashtags: { kind: 'plain' }, mentions: { kind: 'telegram' },
  notes: ['Counted after the signs of formatting are taken out.', 'There is no alt text.'],
}
export const discord: NetworkFacts = {
  id: 'discord', name: 'Discord', asOf, sources: ['discord/discord-api-docs@c98d64b'],
  text: { max: 2_000, unit: 'codepoint' },
  media: { max: 10, types: ['image/jpeg', 'image/png', 'image/webp', 'image/gif'], maxBytes: 10_485_760, altMax: 1_024, video: { types: ['video/mp4', 'video/webm', 'video/quicktime'], maxBytes: 10_485_760 } },
  notes: ['Mentions go by number, not by name.', 'A request may have 25 MiB in all.'],
}
