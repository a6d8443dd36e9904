/** How many windows each visitor and each network has open now; whoever has none is forgotten. */
export interface Standing { of(who: string): number; /** Counts one more; what is returned counts it off, once. */ take(who: string): () => void }

export function standing(): Standing {
  const open = new Map<string, number>()
  const of = (who: string): number => open.get(who) ?? 0
  return {
    of,
    take: (who) => {
      open.set(who, of(who) + 1)
      let taken = true
      return () => {
        if (!taken) return
        taken = false
        if (of(who) > 1) open.set(who, of(who) - 1)
        else open.delete(who)
      }
    },
  }
}
