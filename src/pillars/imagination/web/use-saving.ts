import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { Problem } from '#ui/api.ts'
import { create, post as read, save } from './api.ts'
import { forget, keep, kept, type Backup } from './backup.ts'
import type { Post } from './shapes.ts'
import { isBlankPage, same, wordsOf, type Words } from './writing.ts'

export type SaveState = { readonly is: 'never' | 'saving' | 'here' } | { readonly is: 'saved'; readonly at: string } | { readonly is: 'failed'; readonly why: string }
interface Stored { readonly id: string; readonly version: number; readonly words: Words }
const pauseMs = 600
const againMs = 4000
const fresh = 'new'

interface Given { readonly from: Post | undefined; readonly start: Words; readonly onCreated: (id: string) => void }

/**
 * A post that saves itself: made on the server with the first words, then saved over its version.
 * Each key is kept by the browser until the server has it; somebody else's save is never written over unasked.
 */
export function useSaving({ from, start, onCreated }: Given) {
  const queries = useQueryClient()
  const [words, setWords] = useState<Words>(start)
  const [state, setState] = useState<SaveState>(from ? { is: 'saved', at: from.updatedAt } : { is: 'never' })
  const [theirs, setTheirs] = useState<Post>()
  const [backup, setBackup] = useState<Backup | undefined>(() => newer(kept(from?.id ?? fresh), from, start))
  const now = useRef(words)
  const stored = useRef<Stored | undefined>(from && { id: from.id, version: from.version, words: wordsOf(from) })
  const running = useRef<Promise<void>>(undefined)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const stuck = useRef(false)

  const took = (post: Post, sent: Words) => {
    const isFirst = stored.current === undefined
    stored.current = { id: post.id, version: post.version, words: sent }
    if (isFirst) forget(fresh)
    if (same(now.current, sent)) forget(post.id)
    setState({ is: 'saved', at: post.updatedAt })
    queries.setQueryData(['posts', post.id], post)
    if (isFirst) onCreated(post.id)
  }
  const failed = async (error: unknown) => {
    if (error instanceof Problem && error.code === 'changed_meanwhile' && stored.current) {
      stuck.current = true
      setState({ is: 'never' })
      setTheirs(await read(stored.current.id))
    } else if (error instanceof Problem && error.status >= 400 && error.status < 500) {
      setState({ is: 'failed', why: error.detail || error.title })
    } else {
      setState({ is: 'here' })
      timer.current = setTimeout(() => void push().catch(() => undefined), againMs)
    }
  }
  const pushOnce = async () => {
    const sent = now.current
    const known = stored.current
    if (stuck.current || (known ? same(sent, known.words) : isBlankPage(sent))) return
    setState({ is: 'saving' })
    try {
      took(known ? await save(known.id, sent, known.version) : await create(sent), sent)
    } catch (error) {
      await failed(error)
      throw error
    }
  }
  /** One save at a time, until the server has the newest words. */
  const push = (): Promise<void> => {
    clearTimeout(timer.current)
    running.current ??= (async () => {
      try {
        await pushOnce()
        if (stored.current && !same(now.current, stored.current.words) && !stuck.current) await pushOnce()
      } finally { running.current = undefined }
    })()
    return running.current
  }
  const write = (change: Partial<Words> | ((before: Words) => Partial<Words>)) => {
    const next = { ...now.current, ...(typeof change === 'function' ? change(now.current) : change) }
    now.current = next
    setWords(next)
    setBackup(undefined)
    keep(stored.current?.id ?? fresh, { words: next, at: new Date().toISOString(), version: stored.current?.version ?? 0 })
    clearTimeout(timer.current)
    timer.current = setTimeout(() => void push().catch(() => undefined), pauseMs)
  }
  const leave = useRef(push)
  useEffect(() => { leave.current = push })
  useEffect(() => () => { clearTimeout(timer.current); void leave.current().catch(() => undefined) }, [])
  return {
    words, write, state, theirs, backup,
    /** The post as the server has it after a last save; undefined for a page on which nothing was written. */
    settled: async () => { await push(); return stored.current },
    takeBackup: () => { if (backup) write(backup.words) },
    dropBackup: () => { forget(stored.current?.id ?? fresh); setBackup(undefined) },
    resolve: (keepMine: boolean) => {
      if (!theirs) return
      stuck.current = false
      stored.current = { id: theirs.id, version: theirs.version, words: wordsOf(theirs) }
      setTheirs(undefined)
      if (keepMine) return write({})
      now.current = wordsOf(theirs)
      setWords(now.current)
      forget(theirs.id)
      setState({ is: 'saved', at: theirs.updatedAt })
    },
  }
}
export type Saving = ReturnType<typeof useSaving>

/** What the browser kept is offered only when it is not what the page shows anyway. */
function newer(found: Backup | undefined, from: Post | undefined, start: Words): Backup | undefined {
  if (!found || isBlankPage(found.words) || same(found.words, from ? wordsOf(from) : start)) return undefined
  return from && Date.parse(found.at) < Date.parse(from.updatedAt) && found.version < from.version ? undefined : found
}
