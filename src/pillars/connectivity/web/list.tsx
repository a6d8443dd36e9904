import { useEffect, useLayoutEffect, useRef, useState, type ReactNode, type RefObject } from 'react'
import { useWords } from '#ui/words.ts'
import css from './inbox.module.css'
import { inWindow, shownFrom } from './pages.ts'
import { RowView } from './row.tsx'
import type { Row } from './calls.ts'
import { words } from './words/words.ts'

export const rowHeight = 88
const nearEnd = 30

interface Given {
  readonly rows: readonly Row[]
  readonly current: string | undefined
  readonly me: string
  readonly hasMore: boolean
  readonly isLoadingMore: boolean
  readonly onMore: () => void
  readonly onOpen: (id: string) => void
  readonly chosen: ReadonlySet<string>
  readonly onChoose: (id: string) => void
  readonly empty: ReactNode
}

/** A tall list of which only the rows near the window are drawn. */
export function ConversationList({ rows, current, me, hasMore, isLoadingMore, onMore, onOpen, chosen, onChoose, empty }: Given) {
  const t = useWords(words)
  const box = useRef<HTMLDivElement>(null)
  const view = useView(box)
  const { from, to } = inWindow(rows.length, rowHeight, view)
  useEffect(() => { if (hasMore && !isLoadingMore && to > rows.length - nearEnd) onMore() }, [hasMore, isLoadingMore, to, rows.length, onMore])
  useInSight(box, rows.findIndex((row) => row.id === current))
  return (
    <div ref={box} className={css.scroll} aria-busy={isLoadingMore}>
      {rows.length === 0 ? empty : (
        <>
          <ul className={css.rows} style={{ height: rows.length * rowHeight }} aria-label={t('inbox.list')}>
          {rows.slice(from, to).map((row, place) => (
            <li
              key={row.id} className={css.row} style={{ transform: `translateY(${(from + place) * rowHeight}px)` }}
              aria-setsize={hasMore ? -1 : rows.length} aria-posinset={from + place + 1} data-current={row.id === current || undefined}
            >
              <RowView row={row} isCurrent={row.id === current} me={me} onOpen={onOpen} isChosen={chosen.has(row.id)} isChoosing={chosen.size > 0} onChoose={onChoose} />
            </li>
          ))}
          </ul>
          <p className={css.foot}>{hasMore ? t('inbox.loadingMore') : t('inbox.thatIsAll')}</p>
        </>
      )}
    </div>
  )
}

/** Where the window of a scrolling box stands; told at most once a frame. */
function useView(box: RefObject<HTMLDivElement | null>) {
  const [view, setView] = useState({ top: 0, height: 900 })
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    let frame = 0
    const look = () => { frame = 0; setView({ top: element.scrollTop, height: element.clientHeight }) }
    const later = () => { frame ||= requestAnimationFrame(look) }
    const size = new ResizeObserver(later)
    size.observe(element)
    element.addEventListener('scroll', later, { passive: true })
    look()
    return () => { size.disconnect(); element.removeEventListener('scroll', later); cancelAnimationFrame(frame) }
  }, [box])
  return view
}

/** Brings the chosen row into the window, only when the choice changes. */
function useInSight(box: RefObject<HTMLDivElement | null>, place: number): void {
  const last = useRef(-1)
  useLayoutEffect(() => {
    const element = box.current
    if (!element || place < 0 || place === last.current) return
    last.current = place
    const top = shownFrom(place, rowHeight, { top: element.scrollTop, height: element.clientHeight })
    if (top !== element.scrollTop) element.scrollTo({ top })
  }, [box, place])
}
