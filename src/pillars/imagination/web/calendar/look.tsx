import { createContext, useContext } from 'react'
import type { Lang } from '#kit/lang.ts'
import type { Say } from '#ui/words.ts'
import type { Account } from './calls.ts'
import type { words } from './words/words.ts'

/** What every chip and cell needs to know of the whole; it changes seldom, so that they are drawn seldom. */
export interface Look {
  readonly lang: Lang; readonly zone: string; readonly t: Say<(typeof words)['en']>
  readonly accounts: ReadonlyMap<string, Account>; readonly campaigns: ReadonlyMap<string, string>
  readonly today: string; readonly mayWrite: boolean
}
const Context = createContext<Look | undefined>(undefined)
export const LookProvider = Context.Provider
export function useLook(): Look {
  const look = useContext(Context)
  if (!look) throw new Error('A piece of the calendar stands outside of it.')
  return look
}

const kept = new Map<string, Intl.DateTimeFormat>()
const format = (lang: Lang, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const key = `${lang} ${JSON.stringify(options)}`
  const made = kept.get(key) ?? new Intl.DateTimeFormat(lang === 'en' ? 'en-GB' : lang, { timeZone: 'UTC', ...options })
  kept.set(key, made)
  return made
}
const plain = (day: string): Date => new Date(`${day.slice(0, 10)}T00:00:00Z`)
/** A day in words; what is read off a wall has no zone. */
export const dayWords = (lang: Lang, day: string): string => format(lang, { weekday: 'long', day: 'numeric', month: 'long' }).format(plain(day))
export const shortDay = (lang: Lang, day: string): string => format(lang, { weekday: 'short', day: 'numeric', month: 'short' }).format(plain(day))
export const weekday = (lang: Lang, day: string, length: 'long' | 'short' | 'narrow' = 'short'): string => format(lang, { weekday: length }).format(plain(day))
export const monthWords = (lang: Lang, day: string): string => sentence(format(lang, { month: 'long', year: 'numeric' }).format(plain(day)))
export const monthShort = (lang: Lang, day: string): string => format(lang, { day: 'numeric', month: 'short' }).format(plain(day))
export const stretch = (lang: Lang, from: string, to: string): string => sentence(format(lang, { day: 'numeric', month: 'long', year: 'numeric' }).formatRange(plain(from), plain(to)))
/** A wall time in words: 'Tue 24 Nov, 09:30'. */
export const wallWords = (lang: Lang, wall: string): string => `${shortDay(lang, wall)}, ${wall.slice(11, 16)}`
const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
/** The place a zone is named for: 'Europe/Athens' is told as 'Athens'. */
export const placeName = (zone: string): string => (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ')
