interface Listed<T> { readonly items: readonly T[]; readonly next: string | null; /** Whether a search left older hits unlooked at. */ readonly cut?: boolean }
/** Pages of a list as they were fetched: `from` is the cursor a page was asked with. */
export interface Page<T> extends Listed<T> { readonly from: string | null }
interface Kept { readonly id: string }

/**
 * Which pages to ask again when some conversations changed: the first (what is new stands there), those that show a changed one,
 * and the last once the list is at its end (where the newest stand at the bottom).
 */
export function stale<T extends Kept>(pages: readonly Page<T>[], changed: ReadonlySet<string>): readonly number[] {
  return pages.flatMap((page, place) =>
    (place === 0 || page.next === null || page.items.some((item) => changed.has(item.id)) ? [place] : []))
}

/**
 * The list with some pages asked anew. What a fresh page no longer holds but nobody changed was only pushed down, and stays;
 * what changed stands where the fresh pages show it, or nowhere.
 */
export function renewed<T extends Kept>(pages: readonly Page<T>[], fresh: ReadonlyMap<number, Listed<T>>, changed: ReadonlySet<string>): readonly Page<T>[] {
  const shown = new Set([...fresh.values()].flatMap((page) => page.items.map((item) => item.id)))
  const seen = new Set<string>()
  const once = (item: T): boolean => !seen.has(item.id) && seen.add(item.id) !== undefined
  return pages.map((page, place) => {
    const now = fresh.get(place)
    const stays = page.items.filter((item) => !changed.has(item.id) && !shown.has(item.id))
    const items = now ? [...now.items, ...stays] : stays
    return { ...page, items: items.filter(once), next: place === pages.length - 1 && now ? now.next : page.next }
  })
}

/** The list without one row, as it looks the moment an act takes it away. */
export const without = <T extends Kept>(pages: readonly Page<T>[], id: string): readonly Page<T>[] =>
  pages.map((page) => ({ ...page, items: page.items.filter((item) => item.id !== id) }))

/** Which rows of a tall list stand in its window, with some to spare above and below. */
export function inWindow(count: number, row: number, view: { readonly top: number; readonly height: number }): { readonly from: number; readonly to: number } {
  const spare = 8
  const from = Math.max(0, Math.floor(view.top / row) - spare)
  return { from: Math.min(from, count), to: Math.min(count, Math.ceil((view.top + view.height) / row) + spare) }
}

/** Where the window must stand for a row to be seen whole; where it is, if it is. */
export function shownFrom(place: number, row: number, view: { readonly top: number; readonly height: number }): number {
  if (place * row < view.top) return place * row
  return Math.max(view.top, (place + 1) * row - view.height)
}
