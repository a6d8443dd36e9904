import { useNow } from '#ui/when.tsx'
import { useWords } from '#ui/words.ts'
import { words } from './words/words.ts'

const minute = 60_000
const steps = [['years', 525_600], ['months', 43_200], ['days', 1440], ['hours', 60], ['minutes', 1]] as const

/** How long ago, in the largest unit that fits; undefined within the first minute. */
export function age(at: string, now: Date): { readonly unit: (typeof steps)[number][0]; readonly n: number } | undefined {
  const minutes = Math.floor((now.getTime() - Date.parse(at)) / minute)
  const step = steps.find(([, size]) => minutes >= size)
  return step && { unit: step[0], n: Math.floor(minutes / step[1]) }
}

/** "3 h" beside a row of a list: short enough to stand in a column, and it keeps up with the clock. */
export function useSince(): (at: string) => string {
  const t = useWords(words)
  const now = useNow()
  return (at) => {
    const found = age(at, now)
    return found ? t(`time.${found.unit}`, { n: String(found.n) }) : t('time.now')
  }
}
