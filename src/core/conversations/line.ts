import { fold } from '#text/fold.ts'
import { Term, type Asked } from './grammar.ts'

/** What a line asks, or the first piece of it that is not understood. */
export type Line = { readonly ok: true; readonly asked: Asked } | { readonly ok: false; readonly piece: string; readonly because: 'word' | 'value' | 'quotes' | 'length' }

// Each word as it is written in either language, without accents; the first is how it is written back.
const heads: Readonly<Record<Term['is'], readonly string[]>> = {
  channel: ['channel', 'καναλι'], lang: ['lang', 'language', 'γλωσσα'], tag: ['tag', 'ετικετα'], campaign: ['campaign', 'καμπανια'],
  assignee: ['assignee', 'υπευθυνοσ'], state: ['state', 'κατασταση'], priority: ['priority', 'προτεραιοτητα'], has: ['has', 'εχει'], waiting: ['waiting', 'περιμενει'], due: ['due', 'ληγει'],
}
const values: Readonly<Record<string, string>> = {
  ανοιχτη: 'open', ανοιχτο: 'open', αργοτερα: 'snoozed', τελειωσε: 'done', χαμηλη: 'low', κανονικη: 'normal', υψηλη: 'high', επειγον: 'urgent', επειγουσα: 'urgent',
  αρχεια: 'files', σημειωσεισ: 'notes', προχειρο: 'draft', αδιαβαστα: 'unread', ελληνικα: 'el', αγγλικα: 'en', εγω: 'me', κανεισ: 'nobody', κανεναν: 'nobody',
}
const units: Readonly<Record<string, number>> = { m: 1, min: 1, λ: 1, λεπ: 1, h: 60, ω: 60, ωρ: 60, d: 1440, η: 1440, ημ: 1440, w: 10_080, ε: 10_080 }

// A piece is a word, quoted words, or head:value with a value that may be quoted; a minus before it means "not".
const piece = /(-?)(?:([\p{L}_]+):("(?:[^"]*)"|[^\s"]*)|"([^"]*)"|([^\s"]+))(?=\s|$)|(\S+)/gu
const longest = 300

/** Reads a line such as `lang:el tag:ψωμί waiting:>2h -channel:porch "exact words"`. */
export function parseLine(text: string): Line {
  if (text.length > longest) return { ok: false, piece: text.slice(0, 30), because: 'length' }
  const terms: Term[] = []
  const words: string[] = []
  for (const [whole, minus, head, value, quoted, plain, broken] of text.matchAll(piece)) {
    // An open quote is somebody in the middle of typing one: the rest is words.
    if (broken !== undefined) {
      if (/^-?[\p{L}_]+:"/u.test(broken)) return { ok: false, piece: broken, because: 'quotes' }
      words.push(broken)
    } else if (head !== undefined && !value!.startsWith('//')) {
      const is = headOf(head)
      if (is === undefined) return { ok: false, piece: whole, because: 'word' }
      const term = termOf(is, bare(value!), minus === '-')
      if (term === undefined) return { ok: false, piece: whole, because: 'value' }
      terms.push(term)
    } else words.push(quoted === undefined ? `${minus}${plain ?? `${head}:${value}`}` : `${minus}"${quoted}"`)
  }
  const said = words.join(' ')
  return said.length > 200 || terms.length > 20 ? { ok: false, piece: said.slice(0, 30), because: 'length' } : { ok: true, asked: { terms, words: said } }
}

const bare = (value: string): string => (value.startsWith('"') ? value.slice(1, -1) : value).trim()
const isHead = (name: string): name is Term['is'] => Object.hasOwn(heads, name)
const headOf = (head: string): Term['is'] | undefined => Object.keys(heads).filter(isHead).find((name) => heads[name].includes(fold(head)))

function termOf(is: Term['is'], given: string, isNot: boolean): Term | undefined {
  const known = Object.hasOwn(values, fold(given)) ? values[fold(given)] : undefined
  const not = isNot ? { not: true as const } : {}
  const made = is === 'waiting' ? { is, ...spanOf(given), ...not } : is === 'due' ? { is, ...dueOf(given), ...not }
    : { is, value: closed.has(is) ? (known ?? given.toLowerCase()) : is === 'assignee' ? (known ?? given) : given, ...not }
  const read = Term.safeParse(made)
  return read.success ? read.data : undefined
}
const closed: ReadonlySet<Term['is']> = new Set(['lang', 'state', 'priority', 'has'])

function spanOf(text: string): { than: 'over' | 'under'; minutes: number } | undefined {
  const found = /^([<>]?)(\d{1,5})([\p{L}]+)\.?$/u.exec(text)
  const unit = found && Object.hasOwn(units, fold(found[3]!)) ? units[fold(found[3]!)] : undefined
  return found && unit !== undefined ? { than: found[1] === '<' ? 'under' : 'over', minutes: Number(found[2]) * unit } : undefined
}

const missed: ReadonlySet<string> = new Set(['missed', 'εκπροθεσμη', 'εκπροθεσμο', 'εκπροθεσμα', 'εληξε'])
const dueOf = (text: string): { than: 'over' | 'under' | 'missed'; minutes: number } | undefined => (missed.has(fold(text)) ? { than: 'missed', minutes: 0 } : spanOf(text))

/** The line as it is written back; reading it again gives the same. */
export function lineOf({ terms, words }: Asked): string {
  return [...terms.map((term) => `${term.not ? '-' : ''}${term.is}:${term.is === 'due' && term.than === 'missed' ? 'missed' : term.is === 'waiting' || term.is === 'due' ? spanText(term) : quotedIfNeeded(term.value)}`), ...(words ? [words] : [])].join(' ')
}
function spanText({ than, minutes }: { readonly than: string; readonly minutes: number }): string {
  const [size, unit] = ([[1440, 'd'], [60, 'h'], [1, 'm']] as const).find(([one]) => minutes % one === 0 && minutes / one < 100_000)!
  return `${than === 'over' ? '>' : '<'}${minutes / size}${unit}`
}
const quotedIfNeeded = (value: string): string => (/\s/.test(value) || value.startsWith('//') ? `"${value}"` : value)
