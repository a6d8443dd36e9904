import type { Database } from '#db/database.ts'

const listening = new WeakMap<Database, Set<() => void>>()

/** Tells the couriers of this process that something waits; others find it within a second by themselves. */
export function ring(database: Database): void {
  for (const hear of listening.get(database) ?? []) hear()
}

export function hearBell(database: Database, hear: () => void): () => void {
  const all = listening.get(database) ?? new Set()
  listening.set(database, all.add(hear))
  return () => { all.delete(hear) }
}
