import { useEffect, useRef, useState } from 'react'
import { keepDraft } from './calls.ts'

export type Kept = { readonly state: 'none' | 'saving' | 'here' } | { readonly state: 'saved'; readonly at: string }
const pauseMs = 500
const againMs = 4000
const shelf = (id: string): string => `stoa.answer.${id}`

/**
 * What a member writes in a conversation: kept by the browser with each key and by the server after a short pause.
 * What the server has not taken yet survives a crash of either.
 */
export function useDraft(id: string, fromServer: { readonly text: string; readonly savedAt: string } | null) {
  const [text, setText] = useState(() => localStorage.getItem(shelf(id)) ?? fromServer?.text ?? '')
  const [kept, setKept] = useState<Kept>(() =>
    (localStorage.getItem(shelf(id)) !== null ? { state: 'here' } : fromServer ? { state: 'saved', at: fromServer.savedAt } : { state: 'none' }))
  const saved = useRef(fromServer?.text ?? '')
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const latest = useRef(text)

  const save = async () => {
    const now = latest.current
    if (now === saved.current) return
    setKept({ state: 'saving' })
    try {
      await keepDraft(id, now)
      saved.current = now
      // What was sent or written on meanwhile has its own word on whether it is kept.
      if (latest.current !== now) return
      localStorage.removeItem(shelf(id))
      setKept(now === '' ? { state: 'none' } : { state: 'saved', at: new Date().toISOString() })
    } catch {
      setKept({ state: 'here' })
      timer.current = setTimeout(() => void save(), againMs)
    }
  }
  const write = (next: string) => {
    latest.current = next
    setText(next)
    if (next === saved.current) localStorage.removeItem(shelf(id))
    else localStorage.setItem(shelf(id), next)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => void save(), pauseMs)
  }
  /** The text has gone; nothing of it is kept. */
  const clear = () => {
    clearTimeout(timer.current)
    latest.current = ''
    saved.current = ''
    setText('')
    localStorage.removeItem(shelf(id))
    setKept({ state: 'none' })
  }
  const leave = useRef(save)
  useEffect(() => { leave.current = save })
  useEffect(() => {
    if (latest.current !== saved.current) void leave.current()
    return () => { clearTimeout(timer.current); void leave.current() }
  }, [])
  return { text, write, clear, kept }
}
