import type { Both } from '#kit/lang.ts'
import { weekdays, type ByDay, type Rule } from './rrule.ts'

const names = {
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'], el: ['Δευτέρα', 'Τρίτη', 'Τετάρτη', 'Πέμπτη', 'Παρασκευή', 'Σάββατο', 'Κυριακή'],
} as const
const months = {
  en: ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'],
  el: ['Ιανουάριο', 'Φεβρουάριο', 'Μάρτιο', 'Απρίλιο', 'Μάιο', 'Ιούνιο', 'Ιούλιο', 'Αύγουστο', 'Σεπτέμβριο', 'Οκτώβριο', 'Νοέμβριο', 'Δεκέμβριο'],
} as const
const every = {
  en: { DAILY: ['every day', 'every {n} days'], WEEKLY: ['every week', 'every {n} weeks'], MONTHLY: ['every month', 'every {n} months'], YEARLY: ['every year', 'every {n} years'] },
  el: { DAILY: ['κάθε μέρα', 'κάθε {n} μέρες'], WEEKLY: ['κάθε εβδομάδα', 'κάθε {n} εβδομάδες'], MONTHLY: ['κάθε μήνα', 'κάθε {n} μήνες'], YEARLY: ['κάθε χρόνο', 'κάθε {n} χρόνια'] },
} as const
const listed = (parts: readonly string[], and: string): string => (parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} ${and} ${parts.at(-1)}`)

const ordinal = (n: number): string => { const rest = n % 100; return `${n}${rest > 10 && rest < 14 ? 'th' : ['th', 'st', 'nd', 'rd'][n % 10] ?? 'th'}` }
const nthEn = (n: number): string => (n === -1 ? 'last' : n < 0 ? `${ordinal(-n)} to last` : ordinal(n))
// Σάββατο is the one neuter weekday; the others are feminine.
const nthEl = (n: number, neuter: boolean): string => (n === -1 ? (neuter ? 'τελευταίο' : 'τελευταία') : n < 0 ? `${-n}${neuter ? 'ο' : 'η'} από το τέλος` : `${n}${neuter ? 'ο' : 'η'}`)
function dayWords({ day, nth }: ByDay, lang: 'en' | 'el'): string {
  const place = weekdays.indexOf(day)
  const name = names[lang][place]!
  if (lang === 'en') return nth === undefined ? name : `the ${nthEn(nth)} ${name}`
  const neuter = day === 'SA'
  return nth === undefined ? name : `${neuter ? 'το' : 'την'} ${nthEl(nth, neuter)} ${name}`
}
const dateWords = (n: number, lang: 'en' | 'el'): string => (lang === 'en'
  ? n === -1 ? 'the last day' : n < 0 ? `the ${nthEn(n)} day` : `the ${ordinal(n)}`
  : n === -1 ? 'την τελευταία μέρα' : n < 0 ? `την ${nthEl(n, false)} μέρα` : `στις ${n}`)

function inWords(rule: Rule, time: string, lang: 'en' | 'el'): string {
  const [and, on, at] = lang === 'en' ? ['and', 'on', 'at'] : ['και', '', 'στις']
  const [one, many] = every[lang][rule.freq]
  const parts: string[] = [rule.interval === 1 ? one : many.replace('{n}', String(rule.interval))]
  const add = (words: string): void => { parts.push(`${on} ${words}`.trim()) }
  const plain = rule.byDay.every((day) => day.nth === undefined)
  const workdays = plain && rule.byDay.length === 5 && rule.byDay.every(({ day }) => day !== 'SA' && day !== 'SU')
  const days = workdays ? (lang === 'en' ? 'weekdays' : 'τις καθημερινές') : listed(rule.byDay.map((day) => dayWords(day, lang)), and!)
  if (rule.byDay.length > 0) {
    const which = rule.bySetPos.length > 0 ? (lang === 'en' ? `the ${listed(rule.bySetPos.map(nthEn), and!)} of ${days}` : `την ${listed(rule.bySetPos.map((n) => nthEl(n, false)), and!)} από: ${days}`) : days
    add(which)
  }
  if (rule.byMonthDay.length > 0) add(listed(rule.byMonthDay.map((n) => dateWords(n, lang)), and!))
  if (rule.byMonth.length > 0) parts.push(`${lang === 'en' ? 'in' : 'τον'} ${listed(rule.byMonth.map((month) => months[lang][month - 1]!), and!)}`)
  parts.push(`${at} ${time}`)
  if (rule.count !== undefined) parts.push(lang === 'en' ? `, ${rule.count} ${rule.count === 1 ? 'time' : 'times'}` : `, ${rule.count} ${rule.count === 1 ? 'φορά' : 'φορές'}`)
  if (rule.until !== undefined) { const [year, month, day] = rule.until.slice(0, 10).split('-').map(Number); parts.push(lang === 'en' ? `, until ${day} ${months.en[month! - 1]} ${year}` : `, έως ${day}/${month}/${year}`) }
  const sentence = parts.join(' ').replaceAll(' ,', ',')
  return sentence[0]!.toUpperCase() + sentence.slice(1)
}

/** A rule as one would say it: "Every 2 weeks on Tuesday and Friday at 09:30". */
export const ruleInWords = (rule: Rule, startWall: string): Both => ({ en: inWords(rule, startWall.slice(11, 16), 'en'), el: inWords(rule, startWall.slice(11, 16), 'el') })
