/** How a network reads #words: by X's rule, Mastodon's, Bluesky's, or the plain one that most share. */
export type TagKind = 'twitter' | 'mastodon' | 'bluesky' | 'plain'
/** How a network names accounts: @name, @name@host, @name.host, or by name in its own way. */
export type MentionKind = 'twitter' | 'mastodon' | 'bluesky' | 'telegram' | 'plain'
/** A #word or an @name in a text: its place in UTF-16 units with the sign, and its words without. */
export interface Tag { readonly start: number; readonly end: number; readonly text: string }

const hashtags: Readonly<Record<TagKind, RegExp>> = {
  twitter: /(?<![\p{L}\p{M}\p{Nd}_&])[#＃](?!\ufe0f|\u20e3)([\p{L}\p{M}\p{Nd}_·\u200c\u200d]*[\p{L}\p{M}][\p{L}\p{M}\p{Nd}_·\u200c\u200d]*)(?![#＃]|:\/\/)/gu,
  mastodon: /(?<![=/)\p{L}\p{N}_&])[#＃]([\p{L}\p{M}\p{N}_][\p{L}\p{M}\p{N}_·\u30fb\u200c]*)/gu,
  bluesky: /(?<!\S)[#＃]((?!\ufe0f)[^\u20e2\s\u00ad\u2060\u200a-\u200d]*)/gu,
  plain: /(?<![\p{L}\p{M}\p{N}_&/])#([\p{L}\p{M}\p{N}_]+)/gu,
}
const mentions: Readonly<Record<MentionKind, RegExp>> = {
  twitter: /(?<![a-zA-Z0-9_!#$%&*@＠])[@＠]([a-zA-Z0-9_]{1,20})(?![a-zA-Z0-9_@＠\u00c0-\u024f]|:\/\/)/gu,
  mastodon: /(?<![=/\p{L}\p{N}_])@([a-zA-Z0-9_]+(?:[.-]+[a-zA-Z0-9_]+)*(?:@[\p{L}\p{N}_]+(?:[.-]+[\p{L}\p{N}_]+)*)?)/gu,
  bluesky: /(?<![^\s(])@([a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)+)/gu,
  telegram: /(?<![\p{L}\p{N}_@])@([a-zA-Z][a-zA-Z0-9_]{4,31})(?![a-zA-Z0-9_])/gu,
  plain: /(?<![\p{L}\p{N}_@.])@([a-zA-Z0-9_.]*[a-zA-Z0-9_])/gu,
}

const found = (text: string, pattern: RegExp): Tag[] =>
  Array.from(text.matchAll(pattern), (one) => ({ start: one.index, end: one.index + one[0].length, text: one[1]! }))

/** The #words a network will make into links. A number alone is none. */
export function hashtagsIn(text: string, kind: TagKind): Tag[] {
  const all = found(text, hashtags[kind]).map((tag) => (kind === 'bluesky' ? withoutMarks(tag) : tag))
  return all.filter((tag) => /[^\p{N}_·\s]/u.test(tag.text) && (kind !== 'bluesky' || Array.from(tag.text).length <= 64))
}
/** Bluesky takes all up to the next space and then lets go of the punctuation at the end. */
function withoutMarks(tag: Tag): Tag {
  const text = tag.text.replace(/\p{P}+$/u, '')
  return { ...tag, text, end: tag.end - (tag.text.length - text.length) }
}

/** The accounts a network will take as addressed. */
export const mentionsIn = (text: string, kind: MentionKind): Tag[] => found(text, mentions[kind])
