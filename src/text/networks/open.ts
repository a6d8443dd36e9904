import type { NetworkFacts } from './facts.ts'

const asOf = '2026-11-23'
const pictures = ['image/jpeg', 'image/png', 'image/webp', 'image/gif'] as const

export const bluesky: NetworkFacts = {
  id: 'bluesky', name: 'Bluesky', asOf, sources: ['bluesky-social/atproto@d6296a1 lexicons/app/bsky'],
  text: { max: 300, unit: 'grapheme', also: { max: 3_000, unit: 'byte' } },
  media: {
    max: 4, types: ['image/jpeg', 'image/png', 'image/webp'], maxBytes: 2_000_000, longestSide: 2_000,
    video: { types: ['video/mp4'], maxBytes: 300_000_000 },
  },
  hashtags: { kind: 'bluesky' }, mentions: { kind: 'bluesky' },
  notes: ['Up to 8 further tags of 64 graphemes may stand beside the text.', 'The lexicon takes any image type and names no longest side: these are the types every client shows.', 'The picture of a card is at most 1,000,000 bytes.'],
}
export const mastodon: NetworkFacts = {
  id: 'mastodon', name: 'Mastodon', asOf, sources: ['mastodon/documentation@2903485', 'mastodon/mastodon config/initializers/twitter_regex.rb'],
  text: { max: 500, unit: 'grapheme', linkCost: 23, shortHandles: true },
  media: {
    max: 4, types: [...pictures], maxBytes: 16_777_216, longestSide: 4_096, altMax: 1_500,
    video: { types: ['video/mp4', 'video/webm', 'video/quicktime'], maxBytes: 103_809_024 },
  },
  hashtags: { kind: 'mastodon' }, mentions: { kind: 'mastodon' },
  notes: ['Each server sets its own limits and tells them at /api/v2/instance; these are the defaults.', 'A picture may have up to 33 million pixels; the longest side keeps within that.', 'That a content warning counts too, and that pictures and video do not mix, is not verified.'],
}
export const lemmy: NetworkFacts = {
  id: 'lemmy', name: 'Lemmy', asOf, sources: ['LemmyNet/lemmy@439734d crates/utils/validation.rs'],
  text: { max: 50_000, unit: 'codepoint' }, title: { max: 200, unit: 'codepoint' }, comment: { max: 10_000, unit: 'codepoint' },
  mentions: { kind: 'mastodon' }, notes: ['Alt text up to 1,500.'],
}
export const wordpress: NetworkFacts = {
  id: 'wordpress', name: 'WordPress', asOf, sources: ['WP-API/docs@ab20319'],
  text: { max: 1_000_000, unit: 'codepoint' },
  media: { max: 40, types: [...pictures], maxBytes: 10_000_000, longestSide: 2_560, video: { types: ['video/mp4', 'video/webm'], maxBytes: 100_000_000 } },
  notes: ['WordPress names no limit of its own: the server behind it does. These keep within what is usual.'],
}
export const mediawiki: NetworkFacts = {
  id: 'mediawiki', name: 'MediaWiki', asOf, sources: ['mediawiki core, $wgMaxArticleSize'],
  text: { max: 2_097_152, unit: 'byte' }, title: { max: 255, unit: 'byte' },
  notes: ['$wgMaxArticleSize is 2,048 KB unless the wiki says otherwise.'],
}
export const discourse: NetworkFacts = {
  id: 'discourse', name: 'Discourse', asOf, sources: ['discourse config/site_settings.yml'],
  text: { max: 32_000, unit: 'codepoint' }, mentions: { kind: 'plain' }, notes: ['max_post_length is each forum’s own; 32,000 is the default and not verified.'],
}
