import { useEffect, useMemo, useState } from 'react'
import { base } from './api.ts'
import { onPresence, type LivePresence } from './live.ts'

const call = (id: string, what: 'typing' | 'seen'): void => { fetch(`${base}/conversations/${id}/${what}`, { method: 'POST', credentials: 'same-origin' }).catch(() => undefined) }
const fades = { typing: 6_000, read: 45_000 } as const
const sayTypingEvery = 4_000
const lookEvery = 20_000

interface Talk { readonly id: string; readonly accountId: string; readonly rootRef: string }
interface Seen { readonly who: string; readonly name: string; readonly visitor: boolean; readonly does: LivePresence['does']; readonly until: number }
/** `writing`: on the other side (their name, may be empty), or null. The others are of the team, by name. */
export interface Nearby {
  readonly writing: string | null; readonly answering: readonly string[]; readonly looking: readonly string[]
  readonly sayTyping: () => void; readonly saySeen: () => void
}

const seenIn = ({ from, does, name, by }: LivePresence): Seen => ({ who: `${by?.id ?? 'visitor'} ${does}`, name: by?.name ?? name, visitor: from === 'visitor', does, until: Date.now() + fades[does] })

/** Who is at a talk besides us, as far as their last sign is fresh. */
function useSeen({ accountId, rootRef }: Talk, memberId: string): readonly Seen[] {
  const [seen, setSeen] = useState<readonly Seen[]>([])
  useEffect(() => {
    const off = onPresence((presence) => {
      if (presence.accountId !== accountId || presence.root !== rootRef || presence.by?.id === memberId) return
      const one = seenIn(presence)
      setSeen((before) => [...before.filter(({ who }) => who !== one.who), one])
    })
    const timer = setInterval(() => setSeen((before) => (before.some(({ until }) => until < Date.now()) ? before.filter(({ until }) => until >= Date.now()) : before)), 1_000)
    return () => { off(); clearInterval(timer); setSeen([]) }
  }, [accountId, rootRef, memberId])
  return seen
}

/** Who is near in a talk, and how to say that we are. Nobody waits for these calls: what is lost is said again with the next. */
export function usePresence(talk: Talk, memberId: string): Nearby {
  const { id } = talk
  const seen = useSeen(talk, memberId)
  const say = useMemo(() => {
    let last = -sayTypingEvery
    return {
      sayTyping: () => {
        if (performance.now() - last < sayTypingEvery) return
        last = performance.now()
        call(id, 'typing')
      },
      saySeen: () => { if (document.visibilityState === 'visible') call(id, 'seen') },
    }
  }, [id])
  useEffect(() => { const timer = setInterval(say.saySeen, lookEvery); return () => clearInterval(timer) }, [say])
  const answering = seen.filter(({ visitor, does }) => !visitor && does === 'typing')
  return {
    ...say, writing: seen.find(({ visitor, does }) => visitor && does === 'typing')?.name ?? null, answering: answering.map(({ name }) => name),
    looking: seen.filter(({ visitor, does, name }) => !visitor && does === 'read' && !answering.some((one) => one.name === name)).map(({ name }) => name),
  }
}
