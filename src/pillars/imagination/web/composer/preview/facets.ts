import { linksIn, type TextLimit } from '#text/count.ts'
import type { NetworkFacts } from '#text/networks/facts.ts'
import { hashtagsIn, mentionsIn } from '#text/tags.ts'

export interface Facet { readonly is: 'text' | 'link' | 'tag' | 'mention'; readonly text: string }
type Rules = Pick<NetworkFacts, 'hashtags' | 'mentions'>

/** A text cut into what a network makes clickable, by its own rules, and what it leaves as it is. */
export function facetsOf(text: string, limit: Pick<TextLimit, 'unit'>, rules: Rules): readonly Facet[] {
  const links = linksIn(text, limit).map((one) => ({ ...one, is: 'link' as const }))
  const tags = (rules.hashtags ? hashtagsIn(text, rules.hashtags.kind) : []).map((one) => ({ ...one, is: 'tag' as const }))
  const mentions = (rules.mentions ? mentionsIn(text, rules.mentions.kind) : []).map((one) => ({ ...one, is: 'mention' as const }))
  const pieces: Facet[] = []
  let at = 0
  for (const { start, end, is } of [...links, ...tags, ...mentions].toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (start < at) continue
    if (start > at) pieces.push({ is: 'text', text: text.slice(at, start) })
    pieces.push({ is, text: text.slice(start, end) })
    at = end
  }
  if (at < text.length) pieces.push({ is: 'text', text: text.slice(at) })
  return pieces
}

/** An address as a reader sees it: without its scheme, cut where a network cuts it. */
export function shownLink(url: string, most = 30): string {
  const bare = url.replace(/^https?:\/\/(www\.)?/, '').replace(/\/$/, '')
  return bare.length > most ? `${bare.slice(0, most - 1)}…` : bare
}
export const hostOf = (url: string): string => { try { return new URL(url).hostname.replace(/^www\./, '') } catch { return '' } }

/** The first web address in a text: the one a card is made of. */
export function firstLink(text: string): string | undefined {
  const first = linksIn(text, { unit: 'grapheme' })[0]
  return first && text.slice(first.start, first.end)
}
