/** What was seen before, kept as a mark of 52 bits each: eight bytes a name and at most half as much again, however long the names are. */
export interface Seen { /** True the first time. Two names in ten million may be taken for one. */ add(name: string): boolean }

/** Two 32-bit hashes (FNV-1a with different seeds), of the second 20 bits; never 0, which is an empty place. */
function markOf(name: string): number {
  let [a, b] = [0x811c9dc5, 0x01000193]
  for (let at = 0; at < name.length; at++) {
    const unit = name.charCodeAt(at)
    a = Math.imul(a ^ unit, 0x01000193)
    b = Math.imul(b ^ unit ^ (unit << 9), 0x85ebca6b)
    b ^= b >>> 15
  }
  return (((b >>> 0) & 0xfffff) * 2 ** 32 + (a >>> 0)) || 1
}

/** Places a mark where it belongs; false when it stood there. */
function put(places: Float64Array, mark: number): boolean {
  const last = places.length - 1
  for (let at = (mark % 0x7fffffff) & last; ; at = (at + 1) & last) {
    if (places[at] === mark) return false
    if (places[at] === 0) { places[at] = mark; return true }
  }
}

export function seenNames(): Seen {
  let places = new Float64Array(1024)
  let count = 0
  return {
    add: (name) => {
      if (count * 3 > places.length * 2) {
        const wider = new Float64Array(places.length * 2)
        for (const mark of places) if (mark !== 0) put(wider, mark)
        places = wider
      }
      const fresh = put(places, markOf(name))
      if (fresh) count++
      return fresh
    },
  }
}
