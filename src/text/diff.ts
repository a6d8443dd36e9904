export interface Piece { readonly does: 'stays' | 'comes' | 'goes'; readonly text: string }

const segmenter = new Intl.Segmenter('el', { granularity: 'word' })
/** The words, spaces and marks of a text, none left out; a sign people see as one is never cut in two. */
export const tokens = (text: string): string[] => Array.from(segmenter.segment(text), (one) => one.segment)

// Beyond this many changed words the way there is no longer worth finding: the changed middle is shown as a whole.
const most = 2_000

/** What was taken out and what was put in, word by word; what stays and goes is the old text, what stays and comes the new. */
export function wordDiff(before: string, after: string): readonly Piece[] {
  if (before === after) return before === '' ? [] : [{ does: 'stays', text: before }]
  const [old, now] = [tokens(before), tokens(after)]
  const head = alike(old, now)
  const tail = alike(old.slice(head).reverse(), now.slice(head).reverse())
  const [left, right] = [old.slice(head, old.length - tail), now.slice(head, now.length - tail)]
  const middle: readonly Piece[] = left.length + right.length > most
    ? [{ does: 'goes', text: left.join('') }, { does: 'comes', text: right.join('') }]
    : shortest(left, right)
  return gathered([{ does: 'stays', text: old.slice(0, head).join('') }, ...middle, { does: 'stays', text: old.slice(old.length - tail).join('') }])
}

function alike(one: readonly string[], other: readonly string[]): number {
  const end = Math.min(one.length, other.length)
  let place = 0
  while (place < end && one[place] === other[place]) place++
  return place
}

/** How far each diagonal comes with each further change (Myers, 1986). */
function shortest(old: readonly string[], now: readonly string[]): readonly Piece[] {
  const size = old.length + now.length
  let far = new Int32Array(2 * size + 3)
  const trace: Int32Array[] = []
  for (let changes = 0; changes <= size; changes++) {
    trace.push(far)
    const next = far.slice()
    for (let diagonal = -changes; diagonal <= changes; diagonal += 2) {
      let x = takesNew(far, diagonal, { changes, size }) ? far[size + diagonal + 2]! : far[size + diagonal]! + 1
      if (changes === 0) x = 0
      while (x < old.length && x - diagonal < now.length && old[x] === now[x - diagonal]) x++
      next[size + diagonal + 1] = x
      if (x >= old.length && x - diagonal >= now.length) return back(trace, old, now)
    }
    far = next
  }
  return []
}

const takesNew = (far: Int32Array, diagonal: number, { changes, size }: { readonly changes: number; readonly size: number }): boolean =>
  diagonal === -changes || (diagonal !== changes && far[size + diagonal]! < far[size + diagonal + 2]!)

function back(trace: readonly Int32Array[], old: readonly string[], now: readonly string[]): readonly Piece[] {
  const size = old.length + now.length
  const found: Piece[] = []
  let [x, y] = [old.length, now.length]
  for (let changes = trace.length - 1; changes >= 0; changes--) {
    const diagonal = x - y
    const from = takesNew(trace[changes]!, diagonal, { changes, size }) ? diagonal + 1 : diagonal - 1
    const fromX = changes === 0 ? 0 : trace[changes]![size + from + 1]!
    const fromY = changes === 0 ? 0 : fromX - from
    while (x > fromX && y > fromY) { x--; y--; if (x < fromX || y < fromY) break; found.push({ does: 'stays', text: old[x]! }) }
    if (changes === 0) break
    if (from > diagonal) found.push({ does: 'comes', text: now[fromY]! })
    else found.push({ does: 'goes', text: old[fromX]! })
    x = fromX
    y = fromY
  }
  return found.reverse()
}

// Neighbours that do the same are one piece, and between two stays what goes comes before what comes.
function gathered(pieces: readonly Piece[]): readonly Piece[] {
  const found: Piece[] = []
  let [goes, comes] = ['', '']
  const close = (): void => {
    if (goes !== '') found.push({ does: 'goes', text: goes })
    if (comes !== '') found.push({ does: 'comes', text: comes });
    [goes, comes] = ['', '']
  }
  for (const { does, text } of pieces) {
    if (text === '') continue
    if (does === 'goes') goes += text
    else if (does === 'comes') comes += text
    else {
      close()
      const last = found.at(-1)
      if (last?.does === 'stays') found[found.length - 1] = { does, text: last.text + text }
      else found.push({ does, text })
    }
  }
  close()
  return found
}

/** The new text of a difference, or the old one. */
export const textOf = (pieces: readonly Piece[], side: 'before' | 'after'): string =>
  pieces.filter(({ does }) => does === 'stays' || does === (side === 'before' ? 'goes' : 'comes')).map((piece) => piece.text).join('')
