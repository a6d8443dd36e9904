import { Text } from '@mantine/core'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { useLang } from './lang.tsx'
import { words } from './own-words.ts'
import { makeSaver, type Saver, type Saving } from './saver.ts'
import { clock } from './when.tsx'
import { useWords } from './words.ts'

/** A saver for the life of a screen; give the component a `key` when the thing it saves changes. */
export function useSaver<T>(make: () => Parameters<typeof makeSaver<T>>[0]): readonly [Saving<T>, Saver<T>] {
  const [saver] = useState(() => makeSaver<T>(make()))
  const now = useSyncExternalStore(saver.subscribe, saver.get)
  useEffect(() => {
    const leave = () => { if (document.visibilityState === 'hidden') void saver.flush() }
    document.addEventListener('visibilitychange', leave)
    return () => { document.removeEventListener('visibilitychange', leave); void saver.flush() }
  }, [saver])
  return [now, saver]
}

/** "Saved 12:03", or what keeps it from being so. */
export function Saved({ of }: { of: Pick<Saving<unknown>, 'state' | 'savedAt'> }) {
  const t = useWords(words)
  const { lang, zone } = useLang()
  const says = of.state === 'saving' || of.state === 'waiting' ? t('saving') : of.state === 'saved' ? (of.savedAt ? t('saved', { time: clock(of.savedAt, lang, zone) }) : '') : t('notSaved')
  return <Text size="sm" c={of.state === 'failed' || of.state === 'conflict' ? 'terracotta' : 'dimmed'} role="status">{says}</Text>
}
