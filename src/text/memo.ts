/** Remembers the last `size` answers of a pure function of a string: a draft is read by many checks at once. */
export function remembered<T>(size: number, read: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>()
  return (text) => {
    const found = known.get(text)
    if (found !== undefined) return found
    const fresh = read(text)
    if (known.size >= size) known.delete(known.keys().next().value!)
    known.set(text, fresh)
    return fresh
  }
}
