import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { markRead, type Thread } from './calls.ts'

const lookMs = 700

/** What stands on the screen for a moment, in a window somebody looks at, is read. */
export function useRead(thread: Thread): void {
  const queries = useQueryClient()
  const told = useRef('')
  const { id } = thread.conversation
  const last = thread.messages.findLast((message) => !message.id.startsWith('here-'))?.id
  useEffect(() => {
    if (last === undefined || told.current === last) return
    const tell = () => {
      if (document.visibilityState !== 'visible' || told.current === last) return
      told.current = last
      markRead(id, last).then(async () => {
        await queries.invalidateQueries({ queryKey: ['conversations', 'counts'] })
        await queries.invalidateQueries({ queryKey: ['inbox'] })
      }).catch(() => { told.current = '' })
    }
    const timer = setTimeout(tell, lookMs)
    const back = () => { setTimeout(tell, lookMs) }
    document.addEventListener('visibilitychange', back)
    return () => { clearTimeout(timer); document.removeEventListener('visibilitychange', back) }
  }, [id, last, queries])
}
