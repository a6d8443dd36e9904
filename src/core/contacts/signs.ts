import { fold } from '#text/fold.ts'
import { words } from '#text/words.ts'
import { readEmail } from './rules.ts'
import type { Signs } from './tables.ts'

/** What stands where something of a person stood. */
export const ERASED = '[…]'
/** What a person is called who was erased. */
export const NOBODY = '—'

export interface Traced {
  readonly names: readonly string[]; readonly emails: readonly (string | null)[]
  readonly identities: readonly { readonly remoteId: string; readonly handle: string; readonly url: string | null; readonly picture: string | null }[]
}

const isPage = (text: string | null): text is string => text !== null && URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && new URL(text).pathname.replace(/\/+$/, '') !== ''
// A network's id that names one account by itself: did:plc:…, an address, a uuid; not a bare nick.
const tellsItself = (id: string): boolean => !id.startsWith('once:') && !id.startsWith('mailto:') && id.length >= 8 && (/[:/@]/.test(id) || /^[0-9a-f-]{32,36}$/i.test(id))
const marked = (handle: string): boolean => handle.length >= 4 && (handle.startsWith('@') || handle.includes('.') || handle.includes('@'))
const mailOf = (remoteId: string): string | undefined => (remoteId.startsWith('mailto:') ? readEmail(remoteId.slice(7)) : undefined)

/**
 * By what a person is known again. An address, a handle, a page and a full name that nobody else has (`others`) are theirs
 * wherever they stand; a first name or a nick only where they spoke.
 */
export function signsOf(person: Traced, others: ReadonlySet<string>): Signs {
  const given = [
    ...person.emails, ...person.identities.map(({ remoteId }) => mailOf(remoteId)), ...person.identities.map(({ handle }) => handle).filter(marked),
    ...person.identities.map(({ url }) => url).filter(isPage), ...person.identities.map(({ picture }) => picture).filter(isPage), ...person.identities.map(({ remoteId }) => remoteId).filter(tellsItself),
    ...person.names.filter((name) => words(name).length >= 2 && name.length >= 8),
  ].flatMap((sign) => (sign && sign.length >= 4 ? [sign] : []))
  const everywhere = [...new Set(given)].filter((sign) => !others.has(fold(sign))).toSorted((a, b) => b.length - a.length)
  const parts = person.names.flatMap((name) => words(name).map((word) => word.text)).filter((word) => word.length >= 3 && /^\p{Lu}/u.test(word))
  const nicks = person.identities.flatMap(({ handle, remoteId }) => [handle, handle.replace(/^@/, ''), remoteId]).filter((nick) => nick.length >= 3 && !/^(once|mailto):/.test(nick))
  const sites = person.identities.flatMap(({ url }) => (url === null ? [] : [url]))
  const near = [...new Set([...person.names.filter((name) => name.length >= 2), ...parts, ...nicks, ...sites])].filter((sign) => !everywhere.includes(sign)).toSorted((a, b) => b.length - a.length)
  return { everywhere, near }
}

const vowels: Readonly<Record<string, string>> = { α: 'αάΑΆ', ε: 'εέΕΈ', η: 'ηήΗΉ', ι: 'ιίϊΐΙΊΪ', ο: 'οόΟΌ', υ: 'υύϋΰΥΎΫ', ω: 'ωώΩΏ', σ: 'σςΣ' }
const special = /[.*+?^${}()|[\]\\/-]/g
function letter(sign: string): string {
  const class_ = vowels[fold(sign)]
  if (class_) return `[${class_}]`
  return sign === '-' ? '-' : sign.replace(special, '\\$&')
}
/** A sign as a pattern that both JavaScript and PostgreSQL read: whole words, in any case, with or without accents. */
export function patternOf(sign: string, inJson = false): string {
  const written = inJson ? JSON.stringify(sign).slice(1, -1) : sign
  const body = [...written].map(letter).join('')
  // A page takes what stands behind it along: their posts carry their address.
  return isPage(sign) ? `${body}[^[:space:]"<>\\\\)]*` : `(?<![[:alnum:]_])${body}(?![[:alnum:]_@]|[.-][[:alnum:]])`
}
/** All signs as one pattern for PostgreSQL. */
export const patternOfAll = (signs: readonly string[], inJson = false): string => signs.map((sign) => patternOf(sign, inJson)).join('|')

const forJs = (pattern: string): RegExp => new RegExp(pattern.replaceAll('[[:alnum:]_]', '[\\p{L}\\p{N}_]').replaceAll('[[:alnum:]_@]', '[\\p{L}\\p{N}_@]').replaceAll('[[:alnum:]]', '[\\p{L}\\p{N}]').replaceAll('[^[:space:]"', '[^\\s"').replaceAll('\\-', '-'), 'giu')
// Greek calls somebody without the last sigma: «Γεια σου, Γιώργο».
const called = (name: string): string[] => (/[ςσΣ]$/.test(name) && name.length >= 5 ? [name, name.slice(0, -1)] : [name])

/** A text of ours without the person in it: their names, their signs, and their words where we repeated them. */
export function without(text: string, signs: Signs, theirs: Repeats): string {
  const cleared = theirs.cut(text)
  return [...signs.everywhere, ...signs.near.flatMap(called)].reduce((now, sign) => now.replace(forJs(patternOf(sign)), ERASED), cleared)
}

const run = 4
export interface Repeats { readonly cut: (text: string) => string }
/** What repeats four words in a row of theirs, or quotes a line of theirs whole. */
export function repeatsOf(texts: readonly string[]): Repeats {
  const runs = new Set<string>()
  const folded = texts.map((text) => words(text).map((word) => fold(word.text)))
  for (const all of folded) for (let at = 0; at + run <= all.length; at++) runs.add(all.slice(at, at + run).join(' '))
  const whole = folded.map((all) => ` ${all.join(' ')} `)
  const quotes = (line: string): boolean => {
    const said = words(line).map((word) => fold(word.text)).join(' ')
    return said !== '' && whole.some((one) => one.includes(` ${said} `))
  }
  const cutRuns = (text: string): string => {
    const all = words(text)
    const hit = all.map(() => false)
    for (let at = 0; at + run <= all.length; at++) if (runs.has(all.slice(at, at + run).map((word) => fold(word.text)).join(' '))) hit.fill(true, at, at + run)
    let [result, place] = ['', 0]
    for (let at = 0; at < all.length; at++) {
      if (!hit[at]) continue
      let end = at
      while (hit[end + 1]) end++
      result += text.slice(place, all[at]!.start) + ERASED
      place = all[end]!.end
      at = end
    }
    return result + text.slice(place)
  }
  return { cut: (text) => cutRuns(text.split('\n').map((line) => (/^\s*>/.test(line) && quotes(line) ? `> ${ERASED}` : line)).join('\n')) }
}
