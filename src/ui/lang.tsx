import { createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode } from 'react'
import { isLang, readerLang, type Both, type Lang } from '#kit/lang.ts'

interface Reader {
  readonly lang: Lang
  /** IANA zone in which times are shown. */
  readonly zone: string
  speak(lang: Lang): void
  /** The language a member once chose, in a browser where nobody chose any. */
  adopt(lang: Lang): void
  keepTime(zone: string): void
  /** The reader's side of a sentence that comes from the server in both languages. */
  pick(both: Both): string
}

export const browserZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'
const kept = 'stoa.lang'

function firstLang(): Lang {
  const chosen = localStorage.getItem(kept)
  return isLang(chosen) ? chosen : readerLang(navigator.languages.join(','), 'en')
}

const Context = createContext<Reader | undefined>(undefined)

/** Holds the language and zone of the reader; the language is remembered by the browser and set on <html>. */
export function ReaderProvider({ children }: { children: ReactNode }) {
  const [lang, setLang] = useState(firstLang)
  const [zone, keepTime] = useState(browserZone)
  useEffect(() => { document.documentElement.lang = lang }, [lang])
  const speak = useCallback((next: Lang) => { localStorage.setItem(kept, next); setLang(next) }, [])
  const adopt = useCallback((theirs: Lang) => { if (!isLang(localStorage.getItem(kept))) setLang(theirs) }, [])
  const reader = useMemo<Reader>(() => ({ lang, zone, speak, adopt, keepTime, pick: (both) => both[lang] }), [lang, zone, speak, adopt])
  return <Context value={reader}>{children}</Context>
}

export function useLang(): Reader {
  const reader = useContext(Context)
  if (!reader) throw new Error('useLang needs a ReaderProvider above it.')
  return reader
}
