import type { Box } from './mp4.ts'
import type { Patch } from './source.ts'

const maxChunks = 200_000
interface Listed { readonly from: number; readonly count: number; at(place: number, column: number): number }
/** A table of 32-bit numbers with `columns` in a row behind `skip` bytes. */
function listed(view: DataView, box: Box | undefined, { skip, columns }: { readonly skip: number; readonly columns: number }): Listed | undefined {
  if (!box || box.from + skip > box.to) return undefined
  const count = view.getUint32(box.from + skip - 4)
  const from = box.from + skip
  return { from, count: Math.min(count, Math.floor((box.to - from) / (columns * 4))), at: (place, column) => view.getUint32(from + (place * columns + column) * 4) }
}

/** Where in the file the samples of a track lie, as stretches to be written over with zeros. */
export function sampleRanges(view: DataView, table: readonly Box[], fileSize: number): Patch[] {
  const box = (type: string): Box | undefined => table.find((one) => one.type === type)
  const wide = box('co64')
  const chunks = listed(view, box('stco') ?? wide, { skip: 8, columns: wide && !box('stco') ? 2 : 1 })
  const runs = listed(view, box('stsc'), { skip: 8, columns: 3 })
  const sizes = listed(view, box('stsz'), { skip: 12, columns: 1 })
  if (!chunks || !runs || !sizes || runs.count === 0 || chunks.count > maxChunks) return []
  const same = view.getUint32(sizes.from - 8)
  const offset = (place: number): number => (wide && !box('stco') ? chunks.at(place, 0) * 2 ** 32 + chunks.at(place, 1) : chunks.at(place, 0))
  const found: Patch[] = []
  for (let place = 0, run = 0, sample = 0; place < chunks.count; place++) {
    while (run + 1 < runs.count && runs.at(run + 1, 0) <= place + 1) run++
    const many = runs.at(run, 1)
    let length = same * many
    if (same === 0) for (let each = 0; each < many && sample < sizes.count; each++) length += sizes.at(sample++, 0)
    const at = offset(place)
    if (length > 0 && at + length <= fileSize) found.push({ at, zeros: length })
  }
  return found
}
