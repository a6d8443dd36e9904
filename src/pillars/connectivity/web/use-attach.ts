import { useEffect, useState } from 'react'
import { Problem, sendFile, sendForm } from '#ui/api.ts'
import type { Along, Takes } from './calls.ts'

export type Wrong = { readonly is: 'large' | 'many' | 'much' } | { readonly is: 'refused'; readonly error: Problem }
/** A file on its way, or one that did not get there. */
export interface Coming { readonly key: string; readonly name: string; readonly share: number; readonly wrong?: Wrong }
interface Picture { readonly id: string; readonly url: string; readonly type: string; readonly bytes: number; readonly width: number; readonly height: number }

async function handOver(takes: Takes, file: File, onPart: (share: number) => void): Promise<Along> {
  if (takes.as === 'files') return await sendFile<Along>('/files', file, onPart)
  const form = new FormData()
  form.set('file', file)
  const { id, url, type, bytes, width, height } = await sendForm<Picture>('/media', form, onPart)
  return { id, name: file.name, url, type, bytes, width, height, alt: '' }
}

interface Given { readonly takes: Takes | null; readonly files: readonly Along[]; readonly onFiles: (change: (now: readonly Along[]) => readonly Along[]) => void }
/** Hands over what is chosen, dropped or pasted, and says of each what stands in its way. */
export function useAttach({ takes, files, onFiles }: Given) {
  const [coming, setComing] = useState<readonly Coming[]>([])
  const change = (key: string, to: Partial<Coming>) => setComing((all) => all.map((one) => (one.key === key ? { ...one, ...to } : one)))
  const drop = (key: string) => setComing((all) => all.filter((one) => one.key !== key))
  const add = (given: Iterable<File>) => {
    if (!takes) return
    let [count, total] = [files.length + coming.filter((one) => !one.wrong).length, files.reduce((sum, file) => sum + file.bytes, 0)]
    for (const file of given) {
      const key = crypto.randomUUID()
      total += file.size
      const wrong: Wrong | undefined = file.size > takes.maxBytes ? { is: 'large' } : count >= takes.max ? { is: 'many' } : takes.maxTotal !== null && total > takes.maxTotal ? { is: 'much' } : undefined
      setComing((all) => [...all, { key, name: file.name, share: 0, ...(wrong ? { wrong } : {}) }])
      if (wrong) { total -= file.size; continue }
      count += 1
      handOver(takes, file, (share) => change(key, { share })).then(
        (made) => { drop(key); onFiles((now) => [...now, made]) },
        (error: unknown) => change(key, { wrong: { is: 'refused', error: error instanceof Problem ? error : new Problem(0, {}) } }),
      )
    }
  }
  const busy = coming.some((one) => !one.wrong)
  // What is on its way is lost with the page; the browser asks first.
  useEffect(() => {
    if (!busy) return undefined
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [busy])
  return { coming, add, drop, busy }
}
