import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { onLive, type LiveEvent } from '#ui/live.ts'
import { useLang } from '#ui/lang.tsx'
import { useSession } from '#ui/session.ts'
import { useWords } from '#ui/words.ts'
import { calls, isQuiet, minuteOf } from './bell-rules.ts'
import { bellQuery, thread, type Bell } from './calls.ts'
import { words } from './words/words.ts'

/** A soft two-note call, made here so that no file has to be fetched. */
export function ring(): void {
  const audio = new AudioContext()
  for (const [place, pitch] of [[0, 660], [0.16, 880]] as const) {
    const [tone, gain] = [audio.createOscillator(), audio.createGain()]
    const at = audio.currentTime + place
    tone.frequency.value = pitch
    gain.gain.setValueAtTime(0.0001, at)
    gain.gain.exponentialRampToValueAtTime(0.12, at + 0.02)
    gain.gain.exponentialRampToValueAtTime(0.0001, at + 0.3)
    tone.connect(gain).connect(audio.destination)
    tone.start(at)
    tone.stop(at + 0.32)
  }
  setTimeout(() => void audio.close(), 800)
}

const relevant = /^(message\.received|note\.written|conversation\.assigned)$/

/** Calls the member while a window of the inbox is open, outside their quiet hours. Of several windows, one calls. */
export function useBell(): void {
  const t = useWords(words)
  const { me } = useSession()
  const { zone } = useLang()
  const { data: bell } = useQuery(bellQuery)
  const latest = useRef<{ bell: Bell | undefined; zone: string }>({ bell, zone })
  useEffect(() => { latest.current = { bell, zone } })
  useEffect(() => onLive((event) => {
    const { bell: now, zone: where } = latest.current
    const id = event.conversationId
    if (!now || now.calls === 'none' || id === undefined || !relevant.test(event.name) || Date.now() - Date.parse(event.at) > 60_000) return
    if (isQuiet(minuteOf(new Date(), where), now.quietFrom, now.quietTo)) return
    void navigator.locks.request(`stoa.bell.${event.at}.${id}`, { ifAvailable: true }, async (lock) => { if (lock) await call({ event, id, bell: now, me: me.id, t }) }).catch(() => undefined)
  }), [me.id, t])
}

interface Calling { readonly event: LiveEvent; readonly id: string; readonly bell: Bell; readonly me: string; readonly t: ReturnType<typeof useWords<(typeof words)['en']>> }
async function call({ event, id, bell, me, t }: Calling): Promise<void> {
  const about = await thread(id)
  const what = calls(event, bell, { me, assigneeId: about.conversation.assigneeId })
  if (what === undefined || (document.visibilityState === 'visible' && new URLSearchParams(location.search).get('c') === id)) return
  if (bell.sound) ring()
  if (!('Notification' in window) || Notification.permission !== 'granted') return
  const said = about.messages.at(-1)?.text ?? ''
  const shown = new Notification(t(`bell.${what}`, { name: about.contact.name }), { body: said.slice(0, 140), tag: id })
  shown.addEventListener('click', () => { window.focus(); location.assign(`/app/inbox?view=all&c=${id}`) })
  // The lock is held a moment, so that no other window calls for the same thing.
  await new Promise((resolve) => setTimeout(resolve, 1500))
}
