import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { newId } from '#kit/id.ts'
import { picturesQuery, type StoredMedia } from '../../calls.ts'
import { wire } from '../calls.ts'
import { shelf } from './shelf.ts'
import { Uploader, type Coming } from './uploader.ts'

const pause = (ms: number) => new Promise<void>((resolve) => {
  const timer = setTimeout(resolve, ms)
  window.addEventListener('online', () => { clearTimeout(timer); resolve() }, { once: true })
})

function makeStore() {
  const listeners = new Set<() => void>()
  return { subscribe: (listener: () => void) => { listeners.add(listener); return () => { listeners.delete(listener) } }, tell: () => { for (const listener of listeners) listener() } }
}

/** The files on their way for one post; `onMade` puts each where it belongs. */
export function useUploads(post: string, onMade: (media: StoredMedia, place: string) => void) {
  const queries = useQueryClient()
  const [store] = useState(makeStore)
  const [latest] = useState(() => ({ onMade }))
  useEffect(() => { latest.onMade = onMade })
  const [uploader] = useState(() => new Uploader<StoredMedia>({
    wire, shelf, pause, key: newId, now: () => performance.now(), onChange: store.tell,
    onMade: (media, place) => {
      queries.setQueryData(picturesQuery.queryKey, (all) => ({ items: [media, ...(all?.items ?? [])] }))
      latest.onMade(media, place)
    },
  }, post))
  useEffect(() => { void uploader.resume() }, [uploader])
  useEffect(() => { uploader.moveTo(post) }, [uploader, post])
  const coming: readonly Coming[] = useSyncExternalStore(store.subscribe, uploader.look)
  const { take, again, drop } = uploader
  return { coming, take, again, drop }
}
export type Uploads = ReturnType<typeof useUploads>
