import { Tooltip } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { Lang } from '#kit/lang.ts'
import { useLang } from './lang.tsx'
import { useWords } from './words.ts'
import { words } from './own-words.ts'

const steps: readonly (readonly [unit: Intl.RelativeTimeFormatUnit, seconds: number])[] = [
  ['year', 31_536_000], ['month', 2_592_000], ['week', 604_800], ['day', 86_400], ['hour', 3600], ['minute', 60],
]

/** "3 minutes ago", or undefined within the last minute. */
export function relative(at: Date, now: Date, lang: Lang): string | undefined {
  const seconds = (at.getTime() - now.getTime()) / 1000
  const step = steps.find(([, size]) => Math.abs(seconds) >= size)
  if (!step) return undefined
  return new Intl.RelativeTimeFormat(lang, { numeric: 'auto', style: 'long' }).format(Math.trunc(seconds / step[1]), step[0])
}

/** Times in 24 hours in both languages: «7:00 π.μ.» is not how Greeks write opening hours, and its dot ends sentences twice. */
const place = { en: 'en-GB', el: 'el-GR' } as const
const hours24 = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
export const exact = (at: Date, lang: Lang, zone: string): string =>
  new Intl.DateTimeFormat(place[lang], { dateStyle: 'full', timeStyle: 'short', hourCycle: 'h23', timeZone: zone }).format(at) + ` (${zone})`
/** A day and a time in few words, for a line that has little room. */
export const short = (at: Date, lang: Lang, zone: string): string =>
  new Intl.DateTimeFormat(place[lang], { weekday: 'short', day: 'numeric', month: 'short', ...hours24, timeZone: zone }).format(at)
export const clock = (at: Date, lang: Lang, zone: string): string => new Intl.DateTimeFormat(place[lang], { ...hours24, timeZone: zone }).format(at)
export const day = (at: Date, lang: Lang, zone: string): string => new Intl.DateTimeFormat(lang, { dateStyle: 'medium', timeZone: zone }).format(at)
/** A calendar day without a time, as '2026-12-01' is one: it has no zone. */
export const plainDay = (date: string, lang: Lang): string => new Intl.DateTimeFormat(lang, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`))

/** The minute in which the reader is, so that relative times keep up. */
export function useNow(everyMs = 30_000): Date {
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return now
}

/** Relative time; hover or focus gives the exact one with its zone. */
export function When({ at, zone: given }: { at: string; zone?: string }) {
  const { lang, zone } = useLang()
  const t = useWords(words)
  const now = useNow()
  const date = new Date(at)
  return (
    <Tooltip label={exact(date, lang, given ?? zone)}>
      <time dateTime={at} style={{ whiteSpace: 'nowrap' }}>{relative(date, now, lang) ?? t('justNow')}</time>
    </Tooltip>
  )
}
