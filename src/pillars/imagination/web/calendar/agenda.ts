/** A calendar day in a zone, as '2026-12-01'. */
export function dayIn(zone: string, at: Date): string {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' })
  return parts.format(at)
}
/** The wall clock in a zone, as '09:30'. */
export const hourIn = (zone: string, at: Date): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at)

/** The day so many days after another, whatever the clocks do between. */
export function dayAfter(day: string, days: number): string {
  const at = new Date(`${day}T00:00:00Z`)
  at.setUTCDate(at.getUTCDate() + days)
  return at.toISOString().slice(0, 10)
}

export interface Day<T> { readonly day: string; readonly posts: readonly T[] }
interface Planned { readonly dueAt: string | null; readonly publishedAt: string | null }

/** What goes out, by day: today and the week after are shown even when empty, later days only with something on them. */
export function upcoming<T extends Planned>(posts: readonly T[], today: string, zone: string): readonly Day<T>[] {
  const byDay = grouped(posts, zone)
  const week = Array.from({ length: 7 }, (_, ahead) => dayAfter(today, ahead))
  return [...new Set([...byDay.keys(), ...week])].toSorted().map((day) => ({ day, posts: (byDay.get(day) ?? []).toSorted((a, b) => (momentOf(a) < momentOf(b) ? -1 : 1)) }))
}

/** What went out, by day, the newest first. */
export function gone<T extends Planned>(posts: readonly T[], zone: string): readonly Day<T>[] {
  return [...grouped(posts, zone)].toSorted(([a], [b]) => (a < b ? 1 : -1)).map(([day, of]) => ({ day, posts: of.toSorted((a, b) => (momentOf(a) < momentOf(b) ? 1 : -1)) }))
}

const momentOf = (post: Planned): string => post.publishedAt ?? post.dueAt ?? ''
const grouped = <T extends Planned>(posts: readonly T[], zone: string): Map<string, readonly T[]> =>
  Map.groupBy(posts.filter((post) => momentOf(post) !== ''), (post) => dayIn(zone, new Date(momentOf(post))))
