import { useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { take } from '#ui/api.ts'
import { onCall } from '#ui/live.ts'
import { ringSoftly } from '#ui/ring.ts'
import { calls } from './settings/bell-calls.ts'
import { markOfHere } from './push.ts'

/** Calls the member while a window of Stoa is open. Of several windows, one calls; a browser that takes push messages is called by those. */
export function Calling() {
  const { history } = useRouter()
  useEffect(() => onCall((id) => {
    void navigator.locks.request(`stoa.call.${id}`, { ifAvailable: true }, async (lock) => { if (lock) await call(id, (path) => history.push(path)) }).catch(() => undefined)
  }), [history])
  useEffect(() => {
    if (!('serviceWorker' in navigator)) return undefined
    const open = ({ data }: MessageEvent<{ open?: unknown }>) => { if (typeof data.open === 'string' && data.open.startsWith('/app/')) history.push(data.open) }
    navigator.serviceWorker.addEventListener('message', open)
    return () => navigator.serviceWorker.removeEventListener('message', open)
  }, [history])
  return null
}

async function call(id: string, go: (path: string) => void): Promise<void> {
  const about = await take(calls[':id'].$get({ param: { id } }))
  if (about.ways.includes('sound')) ringSoftly()
  const isPushed = about.ways.includes('push') && await markOfHere() !== undefined
  if (about.ways.includes('bell') && !isPushed && 'Notification' in window && Notification.permission === 'granted') {
    const shown = new Notification(about.title, { body: about.text, tag: about.tag })
    shown.addEventListener('click', () => { window.focus(); go(about.path) })
  }
  // The lock is held a moment, so that no other window calls for the same thing.
  await new Promise((resolve) => { setTimeout(resolve, 1500) })
}
