import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { keepDraft, type Along, type Thread } from './calls.ts'

export type Kept = { readonly state: 'none' | 'saving' | 'here' } | { readonly state: 'saved'; readonly at: string }
const pauseMs = 500
const againMs = 4000
const shelf = (id: string): string => `stoa.answer.${id}`

/**
 * What a member writes in a conversation and attaches to it: kept by the browser with each key and by the server after a short pause.
 * What the server has not taken yet survives a crash of either.
 */
export function useDraft(id: string, fromServer: Thread['draft']) {
  const queries = useQueryClient()
  const [text, setText] = useState(() => localStorage.getItem(shelf(id)) ?? fromServer?.text ?? '')
  const [files, setFiles] = useState<readonly Along[]>(() => fromServer?.files ?? [])
  const [kept, setKept] = useState<Kept>(() =>
    (localStorage.getItem(shelf(id)) !== null ? { state: 'here' } : fromServer ? { state: 'saved', at: fromServer.savedAt } : { state: 'none' }))
  const saved = useRef({ text: fromServer?.text ?? '', files })
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const latest = useRef({ text, files })
  const isKept = () => latest.current.text === saved.current.text && latest.current.files === saved.current.files

  const save = async () => {
    const now = latest.current
    if (isKept()) return
    setKept({ state: 'saving' })
    try {
      const { savedAt } = await keepDraft(id, now.text, now.files)
      saved.current = now
      const empty = now.text.trim() === '' && now.files.length === 0
      // Whoever looks away and comes back finds it as it is.
      queries.setQueryData<Thread>(['conversations', id], (thread) => thread && { ...thread, draft: empty ? null : { text: now.text, files: [...now.files], savedAt } })
      // What was sent or written on meanwhile has its own word on whether it is kept.
      if (latest.current !== now) return
      localStorage.removeItem(shelf(id))
      setKept(empty ? { state: 'none' } : { state: 'saved', at: savedAt })
    } catch {
      setKept({ state: 'here' })
      timer.current = setTimeout(() => void save(), againMs)
    }
  }
  const soon = () => { clearTimeout(timer.current); timer.current = setTimeout(() => void save(), pauseMs) }
  const write = (next: string) => {
    latest.current = { ...latest.current, text: next }
    setText(next)
    if (next === saved.current.text) localStorage.removeItem(shelf(id))
    else localStorage.setItem(shelf(id), next)
    soon()
  }
  const attach = (change: (now: readonly Along[]) => readonly Along[]) => {
    latest.current = { ...latest.current, files: change(latest.current.files) }
    setFiles(latest.current.files)
    soon()
  }
  /** The text has gone, and what went along; nothing of it is kept. */
  const clear = () => {
    clearTimeout(timer.current)
    latest.current = { text: '', files: [] }
    saved.current = latest.current
    setText('')
    setFiles(latest.current.files)
    localStorage.removeItem(shelf(id))
    setKept({ state: 'none' })
  }
  const leave = useRef(save)
  useEffect(() => { leave.current = save })
  useEffect(() => {
    if (!isKept()) void leave.current()
    return () => { clearTimeout(timer.current); void leave.current() }
  }, [])
  return { text, files, write, attach, clear, kept }
}
