import type { Lang } from '#kit/lang.ts'
import type { Writing } from '#kit/pillar.ts'
import { fold } from '#text/fold.ts'
import { holds, phrase, prose } from '#text/prose.ts'
import type { Place } from '#text/prose.ts'
import { transliterate } from '#text/slug.ts'
import { stems } from '#text/stem.ts'
import { words } from '#text/words.ts'

export type Unsigned =
  | { readonly who: 'nobody' | 'logo'; readonly at: Place }
  | { readonly who: 'team'; readonly words: string; readonly at: Place; readonly instead: string | undefined }

const team = phrase("(?:the|your|our)(?: [\\p{L}'&.-]+){0,4} (?:team|crew|management|staff)", 'team [\\p{L} .&-]{2,40}',
  '(?:the )?(?:management|administration)', '(?:customer|client) (?:service|services|care|support)(?: team| department)?',
  '(?:support|social media|marketing) team',
  'η (?:[\\p{L}]+ )?ομαδα(?: (?:του|τησ|των|μασ|στον|στην)(?: [\\p{L}.&-]+){0,4})?', 'η διοικηση(?: [\\p{L}.&-]+){0,4}',
  'η διευθυνση(?: [\\p{L}.&-]+){0,4}', '(?:το τμημα )?εξυπηρετηση(?:σ)? πελατων(?: [\\p{L}.&-]+){0,3}', 'τμημα [\\p{L} ]{3,40}')

const same = (a: string, b: string): boolean => letters(a) !== '' && letters(a) === letters(b)
const letters = (text: string): string => fold(text).replace(/[^\p{L}\p{N}]/gu, '')

/** Who signs nobody can answer: no author, the brand itself, or “the team”. */
export function unsigned({ text, author, siteName }: Pick<Writing, 'text' | 'author' | 'siteName'>): Unsigned | undefined {
  if (author === undefined) return { who: 'nobody', at: [0, 0] }
  const last = lastLine(text)
  if (last !== undefined && signsAsTeam(last.words, siteName, author.name)) {
    const instead = same(author.name, siteName) ? undefined : author.signOff || author.name
    return { who: 'team', words: last.words, at: last.at, instead }
  }
  return same(author.name, siteName) ? { who: 'logo', at: [0, 0] } : undefined
}

function lastLine(text: string): { words: string; at: Place } | undefined {
  const { bare } = prose(text)
  const end = bare.trimEnd().length
  const from = bare.lastIndexOf('\n', end - 1) + 1
  const line = bare.slice(from, end)
  const start = from + (line.length - line.replace(/^[\s—–-]+/, '').length)
  return start < end && from > 0 ? { words: text.slice(start, end), at: [start, end] } : undefined
}

function signsAsTeam(line: string, siteName: string, author: string): boolean {
  const said = fold(line).replace(/^(?:(?:yours|best|kind regards|regards|sincerely|cheers|thanks|με εκτιμηση|φιλικα|ευχαριστουμε)[\s,]+)/, '').replace(/[\s.!,]+$/, '')
  if (words(said).length > 7 || words(author).some((name) => name.text.length > 2 && said.includes(fold(name.text)) && !fold(siteName).includes(fold(name.text)))) return false
  if (same(said, siteName)) return true
  const whole = said.replace(new RegExp(team.source, 'u'), '').trim()
  return holds(said, team) && whole === ''
}

// A name and its cases, in either script: Νίκος, Νίκο, Nikos.
function calls(reply: string, name: string): boolean {
  const said = transliterate(reply).split(/[^a-z]+/)
  return words(name.replace(/[\d_.@-]+/g, ' ')).map((part) => transliterate(part.text)).filter((part) => part.length >= 2)
    .some((part) => said.some((word) => word === part || (Math.min(word.length, part.length) >= 3 && alike(word, part))))
}
const alike = (word: string, name: string): boolean => {
  const root = name.slice(0, Math.max(3, name.length - (name.length > 4 ? 2 : 1)))
  return word.startsWith(root) && Math.abs(word.length - name.length) <= 2
}

/** An answer that would fit anybody: it takes up neither the name nor a word of what was asked. */
export function ignoresAsker({ kind, text, answering }: Pick<Writing, 'kind' | 'text' | 'answering'>): boolean {
  if (kind !== 'reply' || answering === undefined || words(text).length < 4) return false
  const asked = new Set(stems(answering.text))
  return asked.size >= 3 && !stems(text).some((stem) => asked.has(stem)) && !calls(text, answering.name)
}

/** The name to call somebody by, in the vocative; undefined when it does not look like a person’s. */
export function callName(name: string, lang: Lang): string | undefined {
  const first = /^\p{Lu}[\p{Ll}\p{M}]+$/u.exec(name.trim().split(/\s+/)[0] ?? '')?.[0]
  if (first === undefined || lang === 'en' || !/\p{Script=Greek}/u.test(first)) return first
  if (/(?:ας|ης|άς|ής)$/.test(first)) return first.slice(0, -1)
  if (!/(?:ος|ός)$/.test(first)) return first
  const vowels = [...first.toLowerCase().replace(/ου|αι|ει|οι|υι/g, 'ι').replace(/ού|αί|εί|οί|υί/g, 'ί').matchAll(/[αεηιουωάέήίόύώϊϋΐΰ]/g)].map(([vowel]) => vowel)
  const stressed = vowels.findIndex((vowel) => /[άέήίόύώΐΰ]/.test(vowel))
  return first.slice(0, -2) + (vowels.length - stressed >= 3 ? 'ε' : 'ο')
}
