import { createContext, useContext, useSyncExternalStore } from 'react'

/** Which items are chosen. Each chip listens for itself, so that choosing one draws one again and not the grid. */
export interface Choice {
  has(id: string): boolean
  ids(): readonly string[]
  toggle(id: string): void
  set(ids: readonly string[]): void
  listen(listener: () => void): () => void
}

export function makeChoice(): Choice {
  let chosen: readonly string[] = []
  let known = new Set<string>()
  const listeners = new Set<() => void>()
  const set = (ids: readonly string[]) => {
    chosen = ids
    known = new Set(ids)
    for (const listener of listeners) listener()
  }
  return {
    has: (id) => known.has(id), ids: () => chosen, set,
    toggle: (id) => set(known.has(id) ? chosen.filter((one) => one !== id) : [...chosen, id]),
    listen: (listener) => { listeners.add(listener); return () => listeners.delete(listener) },
  }
}

/** All from one to another in the order they are shown, both included. */
export function between(order: readonly string[], from: string | undefined, to: string): readonly string[] {
  const [a, b] = [from === undefined ? -1 : order.indexOf(from), order.indexOf(to)]
  return a === -1 || b === -1 ? [to] : order.slice(Math.min(a, b), Math.max(a, b) + 1)
}

const Context = createContext<Choice>(makeChoice())
export const ChoiceProvider = Context.Provider
export const useChoice = (): Choice => useContext(Context)
export function useIsChosen(id: string): boolean {
  const choice = useContext(Context)
  return useSyncExternalStore(choice.listen, () => choice.has(id))
}
export function useChosen(): readonly string[] {
  const choice = useContext(Context)
  return useSyncExternalStore(choice.listen, choice.ids)
}
