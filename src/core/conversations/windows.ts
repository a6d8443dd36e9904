/** A stretch of time; null: without an end on that side. */
export interface Window { readonly from: Date | null; readonly to: Date | null }
interface Looked<H> { readonly hits: readonly H[]; /** How many messages matched before anything else was asked of them. */ readonly seen: number }
interface Looking<H> {
  readonly limit: number
  /** How many messages are expected to match, of how many. */
  readonly hits: number; readonly total: number
  /** So few are taken at once. */
  readonly few: number
  /** So many messages that matched are looked at before what was found is handed out. */
  readonly patience: number
  readonly newest: Date | null
  /** So many messages are looked at first, where what is expected is no more than a guess. */
  readonly probe?: number | undefined
  after(before: Date | null, count: number): Promise<Date | null>
  look(window: Window): Promise<Looked<H>>
}

// A conversation often holds several hits of a stretch, and an estimate may be too high by as much.
const spare = 3

/**
 * Looks from the newest back until a page is full: through stretches that should each hold enough, by what PostgreSQL expects and then
 * by what was found. Once the rest is little, all of it at once. `stopped`: from there on nothing was looked at.
 */
export async function windows<H>({ limit, hits, total, few, patience, newest, probe, after, look }: Looking<H>): Promise<{ hits: H[]; stopped: Date | null }> {
  const found: H[] = []
  let matched = 0
  let to = newest
  for (let [dense, yields, guessed] = [hits / Math.max(1, total), 1, probe !== undefined]; ;) {
    const wanted = Math.ceil((limit - found.length) * spare / Math.max(dense * yields, 1e-9))
    const count = guessed ? probe! : Math.min(wanted, Math.ceil(Math.max(few, patience - matched) / Math.max(dense, 1e-9)))
    const from = (!guessed && dense * total <= few) || count >= total ? null : await after(to, count)
    const looked = await look({ from, to })
    found.push(...looked.hits)
    if (found.length >= limit || from === null) return { hits: found.slice(0, limit), stopped: null }
    matched += looked.seen
    if (matched >= patience) return { hits: found, stopped: from }
    dense = (looked.seen + 1) / count
    yields = (found.length + 1) / (matched + 1)
    to = new Date(from.getTime() - 1)
    guessed = false
  }
}
