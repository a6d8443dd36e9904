import { fold } from '#text/fold.ts'
import { stem } from '#text/stem.ts'
import { words } from '#text/words.ts'

export interface Part { readonly text: string; readonly hit: boolean }

const around = 90
/** The place in a text where what is looked for stands, in parts: plain text, each a hit or not. */
export function snippetOf(text: string, q: string): Part[] {
  const asked = words(q).map((word) => fold(word.text))
  const [stems, typed] = [new Set(asked.map(stem)), asked.at(-1)]
  const hits = words(text).filter((word) => {
    const folded = fold(word.text)
    return stems.has(stem(folded)) || (typed !== undefined && folded.startsWith(typed))
  })
  const from = startOf(text, hits[0]?.start ?? 0)
  const to = Math.min(text.length, from + 2 * around)
  const parts: Part[] = []
  let place = from
  const add = (end: number, hit: boolean): void => { if (end > place) { parts.push({ text: text.slice(place, end).replace(/\s+/g, ' '), hit }); place = end } }
  for (const word of hits.filter((one) => one.start >= from && one.end <= to)) { add(word.start, false); add(word.end, true) }
  add(wholeEnd(text, to), false)
  return [...(from > 0 ? [{ text: '…', hit: false }] : []), ...parts, ...(place < text.length ? [{ text: '…', hit: false }] : [])]
}

function startOf(text: string, hit: number): number {
  if (hit <= around) return 0
  const space = text.indexOf(' ', hit - around)
  return space >= 0 && space < hit ? space + 1 : hit
}
function wholeEnd(text: string, to: number): number {
  if (to >= text.length) return text.length
  const space = text.lastIndexOf(' ', to)
  return space > to - 30 ? space : /[\uD800-\uDBFF]$/.test(text.slice(0, to)) ? to - 1 : to
}
