import { weekdayOf } from './agenda.ts'
import { daysBetween, wallAfter } from './clock.ts'

export const freqs = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const
export type Freq = (typeof freqs)[number]
const names = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const
export const nths = ['first', 'second', 'third', 'fourth', 'last'] as const
export type Nth = (typeof nths)[number]

/** A rule as the form of a person has it. */
export interface RuleForm {
  readonly freq: Freq; readonly interval: number
  /** 1 for Monday to 7 for Sunday; of a week. */
  readonly weekdays: readonly number[]
  /** By the day of the month, or by a weekday in it. */
  readonly monthly: 'date' | 'weekday'
  readonly ends: 'never' | 'until' | 'times'; readonly until: string; readonly count: number
}

/** Which of its weekdays in the month a day is; from the fifth on it is the last one. */
export function nthOf(day: string): Nth {
  const place = Math.ceil(Number(day.slice(8, 10)) / 7)
  return nths[place > 4 ? 4 : place - 1]!
}
export const formFor = (day: string): RuleForm => ({ freq: 'WEEKLY', interval: 1, weekdays: [weekdayOf(day)], monthly: 'date', ends: 'never', until: day, count: 10 })

/** The rule of RFC 5545 a form asks for, beginning on a day. */
export function ruleOf(form: RuleForm, day: string): string {
  const nth = nthOf(day)
  const dayRule = form.freq === 'WEEKLY' ? [`BYDAY=${form.weekdays.toSorted().map((one) => names[one - 1]).join(',')}`]
    : form.freq === 'MONTHLY' ? [form.monthly === 'date' ? `BYMONTHDAY=${Number(day.slice(8, 10))}` : `BYDAY=${nth === 'last' ? -1 : nths.indexOf(nth) + 1}${names[weekdayOf(day) - 1]}`] : []
  const end = form.ends === 'times' ? [`COUNT=${form.count}`] : form.ends === 'until' ? [`UNTIL=${form.until.replaceAll('-', '')}T235900`] : []
  return [`FREQ=${form.freq}`, ...(form.interval > 1 ? [`INTERVAL=${form.interval}`] : []), ...dayRule, ...end].join(';')
}

const partsOf = (rule: string): Map<string, string> => new Map(rule.replace(/^RRULE:/, '').split(';').map((part) => { const [name = '', value = ''] = part.split('='); return [name, value] }))

/** The form a rule would have come from; undefined for rules that say more than the form can. */
export function formOf(rule: string, day: string): RuleForm | undefined {
  const parts = partsOf(rule)
  const start = formFor(day)
  const [byDay, date, until, count] = ['BYDAY', 'BYMONTHDAY', 'UNTIL', 'COUNT'].map((name) => parts.get(name))
  const freq = freqs.find((one) => one === parts.get('FREQ'))
  if (!freq) return undefined
  const weekdays = freq === 'WEEKLY' && byDay ? byDay.split(',').map((name) => names.indexOf(name as (typeof names)[number]) + 1) : start.weekdays
  const form: RuleForm = {
    freq, interval: Number(parts.get('INTERVAL') ?? 1), weekdays, monthly: freq === 'MONTHLY' && byDay ? 'weekday' : 'date',
    ends: until ? 'until' : count ? 'times' : 'never', until: until ? `${until.slice(0, 4)}-${until.slice(4, 6)}-${until.slice(6, 8)}` : start.until, count: Number(count ?? start.count),
  }
  const same = (text: string) => [...partsOf(text)].filter(([name]) => name !== 'UNTIL').map(([name, value]) => `${name}=${value}`).toSorted().join(';')
  const bare = freq === 'MONTHLY' && !byDay && !date ? `${rule};BYMONTHDAY=${Number(day.slice(8, 10))}` : freq === 'WEEKLY' && !byDay ? `${rule};BYDAY=${names[weekdayOf(day) - 1]}` : rule
  return same(ruleOf(form, day)) === same(bare) ? form : undefined
}

/** A rule that comes so many days later or earlier; undefined where moving one does not say how the others move. */
export function shiftedRule(rule: string, from: string, to: string): string | undefined {
  const days = daysBetween(from.slice(0, 10), to.slice(0, 10))
  const parts = partsOf(rule)
  if (days === 0) return rule
  if (parts.has('BYSETPOS') || parts.has('BYMONTH')) return undefined
  const freq = parts.get('FREQ')
  const byDay = parts.get('BYDAY')
  if (byDay !== undefined) {
    if (freq !== 'WEEKLY') return undefined
    parts.set('BYDAY', byDay.split(',').map((name) => names[(((names.indexOf(name as (typeof names)[number]) + days) % 7) + 7) % 7]).join(','))
  }
  const date = parts.get('BYMONTHDAY')
  if (date !== undefined) {
    const next = Number(date) + days
    if (freq !== 'MONTHLY' || date.includes(',') || Number(date) < 1 || next < 1 || next > 28) return undefined
    parts.set('BYMONTHDAY', String(next))
  }
  return [...parts].map(([name, value]) => `${name}=${value}`).join(';')
}
export const shiftedStart = (start: string, from: string, to: string): string => {
  const minutes = (Date.parse(`${to.slice(0, 16)}:00Z`) - Date.parse(`${from.slice(0, 16)}:00Z`)) / 60_000
  return wallAfter(start, 0, minutes)
}
