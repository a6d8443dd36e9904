import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { create, post as read, save, type Post } from '../calls.ts'
import { forget, keep, kept } from './backup.ts'
import { Saver } from './saver.ts'
import type { Words } from './writing.ts'

interface Given { readonly from: Post | undefined; readonly start: Words; readonly onCreated: (id: string) => void }

/** The page's saver, and what it shows; leaving the page saves once more. */
export function useSaving({ from, start, onCreated }: Given) {
  const queries = useQueryClient()
  const [saver] = useState(() => new Saver({
    create, save, read, kept, keep, forget,
    onSaved: (post, isFirst) => { queries.setQueryData(['posts', post.id], post); if (isFirst) onCreated(post.id) },
  }, start, from))
  const shown = useSyncExternalStore(saver.subscribe, saver.look)
  useEffect(() => saver.leave, [saver])
  const { write, settled, takeBackup, dropBackup, resolve, adopt } = saver
  return { ...shown, write, settled, takeBackup, dropBackup, resolve, adopt }
}
export type Saving = ReturnType<typeof useSaving>
