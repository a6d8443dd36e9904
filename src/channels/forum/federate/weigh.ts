import { levelOf, linksIn, allowances, type Hold } from '../rules.ts'
import type { Doings } from './store.ts'

/** The mentions of our own actors at the beginning, by which other servers find us, say nothing to a reader. */
export function withoutOurMentions(html: string, host: string): string {
  const name = `@?(?:topic_[0-9a-z]{8}|forum(?:_[0-9a-z_]+)?)(?:@${host.replaceAll('.', '\\.')})?`
  const linked = `(?:@\\s*)?<a [^<>]*>(?:<span>|@)*${name}(?:</span>)*</a>`
  const first = new RegExp(`^((?:<p[^<>]*>)?\\s*)(?:(?:${linked}|(?:<span>)${linked}</span>|@${name}(?![\\w@.]))\\s*(?:<br />)?\\s*)+`, 'i')
  return html.replace(first, '$1').replace(/^<p[^<>]*>\s*<\/p>\s*/, '')
}

/** Links that lead somewhere else; names of people and words after a number sign are none, as long as they are few. */
export function linksOut(html: string): number {
  const words = [...html.matchAll(/<a\b[^>]*>([^]*?)<\/a>/g)].map(([, inner]) => (inner ?? '').replace(/<[^>]*>/g, '').trim())
  const naming = words.filter((word) => /^[@#]\S{1,80}$/.test(word)).length
  return words.length - Math.min(naming, 5) + linksIn(html.replace(/<a\b[^>]*>[^]*?<\/a>/g, ' '))
}

export interface Weighed { readonly html: string; readonly text: string; readonly repeated: boolean; readonly doings: Doings; readonly firstPosts: 'shown' | 'held'; readonly now: Date }
/** Whoever writes from elsewhere is trusted by what they did here, as everybody is. */
export function levelFrom(doings: Doings, now: Date) {
  return levelOf({ joinedAt: doings.first ?? now, days: doings.days, posts: doings.shown, thanked: doings.thanked, accepted: 0, rulings: doings.ruled, ruledAt: doings.lastRuled }, now)
}

const shouts = (text: string): boolean => {
  const letters = text.match(/\p{L}/gu) ?? []
  return letters.length >= 30 && (text.match(/\p{Lu}/gu)?.length ?? 0) / letters.length > 0.7
}
/** Why one of us should look first, if so. Too many in an hour, and the same words again by somebody new, are held without a word. */
export function holdOf({ html, text, repeated, doings, firstPosts, now }: Weighed): Hold | undefined {
  const level = levelFrom(doings, now)
  if (doings.hour >= allowances[level].perHour) return 'many'
  if (repeated && level === 0) return 'repeated'
  if (linksOut(html) > allowances[level].links) return 'links'
  if (level === 0 && shouts(text)) return 'shouting'
  return firstPosts === 'held' && level === 0 && doings.shown === 0 ? 'first' : undefined
}
