import { useEffect, useRef, useState, type ReactNode } from 'react'
import css from './list.module.css'
import { useKeys, type Key } from './keys.ts'
import { useWords } from './words.ts'
import { words } from './own-words.ts'

interface Rows<T> {
  items: readonly T[]
  id: (item: T) => string
  /** One row. Its first link or button takes the focus when j and k pass. */
  row: (item: T, isCurrent: boolean) => ReactNode
  label: string
  open: (item: T) => void
  /** The row to stand on, when something outside decides it. */
  current?: string | undefined
  onCurrent?: (item: T) => void
  /** Keys that act on the row one stands on: `e`, `a`, `s`, … */
  keys?: readonly { readonly keys: string; readonly says: string; run(item: T): void }[]
  /** Called when the end comes near. */
  onEnd?: () => void
}

/** A list for the keyboard: `j k` move, `Enter` opens, and keys of its own act on the row one stands on. */
export function List<T>({ items, id, row, label, open, current, onCurrent, keys = [], onEnd }: Rows<T>) {
  const t = useWords(words)
  const [own, setOwn] = useState<{ id: string; since: string | undefined }>()
  const list = useRef<HTMLUListElement>(null)
  // Whoever moved last decides: the keys here, or `current` from outside.
  const standsOn = own && own.since === current ? own.id : current
  const at = items.findIndex((item) => id(item) === standsOn)
  const standOn = (item: T) => setOwn({ id: id(item), since: current })
  const move = (by: number) => {
    const next = items[Math.min(items.length - 1, Math.max(0, at === -1 ? 0 : at + by))]
    if (!next) return
    standOn(next)
    onCurrent?.(next)
    const element = list.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(id(next))}"]`)
    element?.querySelector<HTMLElement>('a, button')?.focus({ preventScroll: true })
    element?.scrollIntoView({ block: 'nearest' })
  }
  const here = items[at]
  const acts: readonly Key[] = keys.map((key) => ({ keys: key.keys, says: key.says, run: () => { if (here) key.run(here) } }))
  useKeys([
    { keys: 'j', says: t('keys.next'), run: () => move(1) },
    { keys: 'k', says: t('keys.previous'), run: () => move(-1) },
    { keys: 'Enter', says: t('keys.open'), run: () => { if (here) open(here) } },
    ...acts,
  ])
  return (
    <ul ref={list} className={css.list} aria-label={label}>
      {items.map((item) => (
        <li key={id(item)} data-row={id(item)} className={`${css.row} ${items[at] === item ? css.current : ''}`} onFocus={() => standOn(item)}>
          {row(item, items[at] === item)}
        </li>
      ))}
      {onEnd ? <End onEnd={onEnd} /> : null}
    </ul>
  )
}

function End({ onEnd }: { onEnd: () => void }) {
  const here = useRef<HTMLLIElement>(null)
  const latest = useRef(onEnd)
  useEffect(() => { latest.current = onEnd })
  useEffect(() => {
    if (!here.current) return
    const watch = new IntersectionObserver((seen) => { if (seen.some((entry) => entry.isIntersecting)) latest.current() }, { rootMargin: '600px' })
    watch.observe(here.current)
    return () => watch.disconnect()
  }, [])
  return <li ref={here} className={css.end} aria-hidden="true" />
}
