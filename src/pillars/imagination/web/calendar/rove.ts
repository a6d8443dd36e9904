// The keyboard's way through the grid: between the posts of a cell, and from cell to cell. One thing in it is a stop of the Tab key.
const chips = (cell: Element): readonly HTMLElement[] => [...cell.querySelectorAll<HTMLElement>('[data-item]')]
const cellAt = (root: Element, row: number, column: number): HTMLElement | null => root.querySelector<HTMLElement>(`[data-at="${row},${column}"]`)
type Arrow = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown' | 'Home' | 'End'
export const isArrow = (key: string): key is Arrow => /^(Arrow(Left|Right|Up|Down)|Home|End)$/.test(key)

/** The element an arrow leads to; 'before' or 'after' at the edge of what is shown. */
export function led(root: HTMLElement, from: HTMLElement, arrow: Arrow): HTMLElement | 'before' | 'after' | undefined {
  const cell = from.closest<HTMLElement>('[data-at]')
  if (!cell) return listed(root, from, arrow)
  const [row, column] = cell.dataset['at']!.split(',').map(Number) as [number, number]
  const inside = chips(cell)
  const place = inside.indexOf(from)
  switch (arrow) {
    case 'ArrowDown': return inside[place + 1] ?? cellAt(root, row + 1, column) ?? 'after'
    case 'ArrowUp': {
      if (place > 0) return inside[place - 1]
      if (place === 0) return cell
      const above = cellAt(root, row - 1, column)
      return above ? chips(above).at(-1) ?? above : 'before'
    }
    case 'Home': case 'End': {
      const all = [...root.querySelectorAll<HTMLElement>(`[data-at^="${row},"]`)]
      return all.at(arrow === 'Home' ? 0 : -1)
    }
    default: {
      const by = arrow === 'ArrowRight' ? 1 : -1
      const beside = cellAt(root, row, column + by) ?? edge(root, row, by)
      if (!beside) return by === 1 ? 'after' : 'before'
      return place === -1 ? beside : chips(beside)[place] ?? chips(beside).at(-1) ?? beside
    }
  }
}

// At the end of a week the next one begins; the rows of other grids are no sequence.
function edge(root: HTMLElement, row: number, by: 1 | -1): HTMLElement | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(cellAt(root, row, 0)?.dataset['cell'] ?? '') || cellAt(root, 0, 7)) return undefined
  const next = [...root.querySelectorAll<HTMLElement>(`[data-at^="${row + by},"]`)]
  return next.at(by === 1 ? 0 : -1)
}

function listed(root: HTMLElement, from: HTMLElement, arrow: Arrow): HTMLElement | undefined {
  if (arrow !== 'ArrowDown' && arrow !== 'ArrowUp') return undefined
  return neighbour(root, from, arrow === 'ArrowDown' ? 1 : -1)
}

/** The post after or before another in the order they are shown; from nowhere the first one. */
export function neighbour(root: HTMLElement, from: Element | null, by: 1 | -1): HTMLElement | undefined {
  const all = chips(root)
  if (from instanceof HTMLElement && from.dataset['item']) return all[all.indexOf(from) + by]
  const cell = from?.closest('[data-cell]')
  if (!cell) return all[0]
  return by === 1 ? all.find((one) => (cell.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0) : all.findLast((one) => (cell.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_PRECEDING) !== 0)
}

/** Makes an element the one stop of the Tab key within the grid. */
export function stopAt(root: HTMLElement, element: HTMLElement | null): void {
  if (!element || element.tabIndex === 0) return
  for (const old of root.querySelectorAll<HTMLElement>('[data-item][tabindex="0"], [data-cell][tabindex="0"]')) old.tabIndex = -1
  element.tabIndex = 0
}
export const focusOn = (element: HTMLElement): void => { element.focus({ preventScroll: true }); element.scrollIntoView({ block: 'nearest', inline: 'nearest' }) }
export const chipOf = (root: HTMLElement, id: string): HTMLElement | null => root.querySelector<HTMLElement>(`[data-item="${CSS.escape(id)}"]`)
export const cellOf = (root: HTMLElement, day: string): HTMLElement | null => root.querySelector<HTMLElement>(`[data-cell="${day}"]`) ?? root.querySelector<HTMLElement>(`[data-cell^="${day}T09"]`)
