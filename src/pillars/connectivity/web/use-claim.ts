import { useEffect, useRef } from 'react'
import { claim, letGo } from './calls.ts'

const idleMs = 90_000

/**
 * Says to the others that this member is answering: taken with the first key or focus, renewed while they write,
 * let go when they leave or stop for a while. Who holds somebody else's is told by the thread itself.
 */
export function useClaim(id: string, isAllowed: boolean) {
  const until = useRef(0)
  const asked = useRef(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  const release = () => {
    clearTimeout(timer.current)
    if (until.current > Date.now()) void letGo(id).catch(() => undefined)
    until.current = 0
  }
  const touch = () => {
    clearTimeout(timer.current)
    timer.current = setTimeout(release, idleMs)
    // Renewed when less than half a minute of it is left.
    if (!isAllowed || asked.current || until.current - Date.now() > 30_000) return
    asked.current = true
    claim(id).then((taken) => { until.current = Date.parse(taken.until) }).catch(() => undefined).finally(() => { asked.current = false })
  }
  const leave = useRef(release)
  useEffect(() => { leave.current = release })
  useEffect(() => () => leave.current(), [])
  return { touch, release }
}
