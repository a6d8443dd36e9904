import { useEffect, useMemo, useState } from 'react'
import { hc } from 'hono/client'
import type { PresenceApi } from '#core/conversations/presence.ts'
import { base } from './api.ts'
import { onPresence } from './live.ts'

const api = hc<PresenceApi>(base)
const fadesAfter = 6_000
const sayEvery = 4_000

interface Talk { readonly id: string; readonly accountId: string; readonly rootRef: string }
/** Who writes in a talk just now on the other side, and how to say that we do. */
export function usePresence({ id, accountId, rootRef }: Talk): { readonly writing: string | null; readonly sayTyping: () => void; readonly saySeen: () => void } {
  const [writing, setWriting] = useState<string | null>(null)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const off = onPresence((near) => {
      if (near.from !== 'visitor' || near.does !== 'typing' || near.accountId !== accountId || near.root !== rootRef) return
      clearTimeout(timer)
      setWriting(near.name)
      timer = setTimeout(() => setWriting(null), fadesAfter)
    })
    return () => { off(); clearTimeout(timer); setWriting(null) }
  }, [accountId, rootRef])
  const say = useMemo(() => {
    let last = 0
    return {
      sayTyping: () => {
        if (performance.now() - last < sayEvery && last > 0) return
        last = performance.now()
        // Nobody waits for it: what is lost here is said again with the next word.
        void api.conversations[':id'].typing.$post({ param: { id } }).catch(() => undefined)
      },
      saySeen: () => { void api.conversations[':id'].seen.$post({ param: { id } }).catch(() => undefined) },
    }
  }, [id])
  return { writing, ...say }
}
