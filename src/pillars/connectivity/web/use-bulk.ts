import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import { told, undoable, wrong } from '#ui/undo.tsx'
import { useWords } from '#ui/words.ts'
import { bulk, undoBulk, type BulkChange, type Row } from './calls.ts'
import { useMacro } from './macros.tsx'
import type { Filter } from './place.ts'
import type { Macro } from './rules-calls.ts'
import { words } from './words/words.ts'

const none: ReadonlySet<string> = new Set()

/** What is chosen in the list, and what is done to it with one undo. */
export function useBulk(filter: Filter, rows: readonly Row[]) {
  const t = useWords(words)
  const queries = useQueryClient()
  const name = JSON.stringify(filter)
  const [kept, setKept] = useState({ name, ids: none, isAll: false })
  // What was chosen in one list means nothing in another.
  const { ids: chosen, isAll } = kept.name === name ? kept : { ids: none, isAll: false }
  const clear = useCallback(() => setKept({ name, ids: none, isAll: false }), [name])
  const toggle = useCallback((id: string) => setKept((before) => {
    const next = new Set(before.name === name ? before.ids : none)
    if (!next.delete(id)) next.add(id)
    return { name, ids: next, isAll: false }
  }), [name])
  const again = async () => {
    await queries.invalidateQueries({ queryKey: ['inbox'] })
    await queries.invalidateQueries({ queryKey: ['conversations'] })
  }
  const act = async (change: BulkChange) => {
    try {
      const { id, changed } = await bulk(isAll ? { filter: JSON.parse(name) as Filter } : { ids: [...chosen] }, change)
      clear()
      await again()
      if (changed === 0) return told(t('bulk.nothing'))
      undoable({ says: t('bulk.done', { count: changed }), undoLabel: t('act.undo'), undo: () => void undoBulk(id).then(async ({ left }) => { await again(); if (left > 0) told(t('bulk.left', { count: left })) }).catch((error: unknown) => wrong(error, t('act.failed'))) })
    } catch (error) { wrong(error, t('act.failed')) }
  }
  const macro = useMacro()
  const applyTo = async (one: Macro) => { if (await macro(one, isAll ? { filter: JSON.parse(name) as Filter } : { ids: [...chosen] })) clear() }
  return { chosen, isAll, toggle, clear, act, applyMacro: applyTo, takeAll: () => setKept({ name, ids: new Set(rows.map((row) => row.id)), isAll: true }) }
}
