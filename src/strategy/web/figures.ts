import type { Lang } from '#kit/lang.ts'

export type Unit = 'percent' | 'ratio' | 'minutes' | 'count'

function lasting(minutes: number, lang: Lang): string {
  const unit = (value: number, name: 'minute' | 'hour' | 'day') => new Intl.NumberFormat(lang, { style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits: 0 }).format(value)
  const whole = Math.round(minutes)
  if (whole < 60) return unit(whole, 'minute')
  const [hours, rest] = [Math.floor(whole / 60), whole % 60]
  if (hours < 24) return rest === 0 ? unit(hours, 'hour') : `${unit(hours, 'hour')} ${unit(rest, 'minute')}`
  return hours % 24 === 0 ? unit(hours / 24, 'day') : `${unit(Math.floor(hours / 24), 'day')} ${unit(hours % 24, 'hour')}`
}

/** A figure as people say it: 82 %, 3.2 : 1, 1 hr 20 min, 14. */
export function shown(value: number, unit: Unit, lang: Lang): string {
  switch (unit) {
    case 'percent': return new Intl.NumberFormat(lang, { style: 'percent', maximumFractionDigits: value !== 0 && Math.abs(value) < 0.1 ? 1 : 0 }).format(value)
    case 'ratio': return `${new Intl.NumberFormat(lang, { maximumFractionDigits: 1 }).format(value)} : 1`
    case 'minutes': return lasting(value, lang)
    case 'count': return new Intl.NumberFormat(lang, { maximumFractionDigits: 1 }).format(value)
  }
}

/** What is typed in a field for a figure: shares as percent, times in minutes. */
export const typedOf = (value: number, unit: Unit): number => (unit === 'percent' ? Math.round(value * 10_000) / 100 : value)
export const fromTyped = (typed: number, unit: Unit): number => (unit === 'percent' ? typed / 100 : typed)
export const suffix = (unit: Unit, lang: Lang): string => unit === 'percent' ? ' %' : unit === 'ratio' ? ' : 1' : unit === 'minutes' ? (lang === 'el' ? ' λεπτά' : ' min') : ''
