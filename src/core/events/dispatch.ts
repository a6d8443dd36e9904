import { and, eq, sql } from 'drizzle-orm'
import type { AnyEvent, EventName } from '#kit/events.ts'
import { mine, type Tx } from '#db/database.ts'
import type { House } from '../house.ts'
import { cursorOf, eventsAfter, freshAfter, newestCursor, readCursor } from './store.ts'
import { handlerCursors, parkedEvents } from './tables.ts'

/** Something that follows from facts. Its effects and its place move in one transaction: each event takes effect once. */
export interface Handler {
  readonly id: string
  /** Undefined: every event. */
  readonly names?: readonly EventName[]
  take(events: readonly AnyEvent[], tx: Tx, house: House): Promise<void>
}
const batch = 200
const patience = 5

async function placeOf(tx: Tx, handler: string): Promise<{ cursor: string; failures: number }> {
  await tx.insert(handlerCursors).values({ handler, tx: '0', seq: 0 }).onConflictDoNothing()
  const { rows } = await tx.execute<{ tx: string; seq: string; failures: number }>(sql`select tx::text as tx, seq, failures from handler_cursors where workspace_id = ${tx.workspace} and handler = ${handler} for update`)
  return { cursor: cursorOf({ tx: rows[0]!.tx, seq: Number(rows[0]!.seq) }), failures: rows[0]!.failures }
}
async function moveTo(tx: Tx, handler: string, { cursor, failures = 0 }: { readonly cursor: string; readonly failures?: number }): Promise<void> {
  const place = readCursor(cursor)!
  await tx.update(handlerCursors).set({ ...place, failures }).where(and(mine(tx, handlerCursors), eq(handlerCursors.handler, handler)))
}

interface Stint { readonly workspaceId: string; readonly handler: Handler }
async function fail(house: House, { workspaceId, handler }: Stint, error: unknown): Promise<void> {
  house.log('a handler failed', { handler: handler.id, error: String(error) })
  await house.database.write(workspaceId, async (tx) => {
    const { cursor, failures } = await placeOf(tx, handler.id)
    const [first] = await eventsAfter(tx, cursor, { limit: 1, ...(handler.names ? { names: handler.names } : {}) })
    if (!first || failures + 1 < patience) return await moveTo(tx, handler.id, { cursor, failures: failures + 1 })
    await tx.insert(parkedEvents).values({ handler: handler.id, seq: readCursor(first.cursor)!.seq, because: String(error).slice(0, 500) })
    await moveTo(tx, handler.id, first)
  })
}

async function step(house: House, { workspaceId, handler }: Stint, limit: number): Promise<number> {
  return await house.database.write(workspaceId, async (tx) => {
    const { cursor } = await placeOf(tx, handler.id)
    const events = await eventsAfter(tx, cursor, { limit, ...(handler.names ? { names: handler.names } : {}) })
    if (events.length === 0) return 0
    await handler.take(events, tx, house)
    await moveTo(tx, handler.id, events.at(-1)!)
    return events.length
  })
}

/** Brings one handler up to the newest settled event of a workspace. False when it stopped at an event it cannot take. */
export async function catchUp(house: House, workspaceId: string, handler: Handler): Promise<boolean> {
  let limit = batch
  for (;;) {
    try {
      if (await step(house, { workspaceId, handler }, limit) < limit) return true
      limit = batch
    } catch (error) {
      // One bad event must not hold its batch: go on one by one to find it.
      if (limit > 1) { limit = 1; continue }
      await fail(house, { workspaceId, handler }, error)
      return false
    }
  }
}

/**
 * Brings all handlers of a workspace up to date, in their order; those for whom nothing has happened since the last time are left
 * alone. What it remembers spares work and no more: after a restart each handler looks for itself.
 */
export function dispatcher(house: House, handlers: readonly Handler[]): (workspaceId: string) => Promise<void> {
  const known = new Map<string, { readonly until: string; readonly behind: ReadonlySet<string> }>()
  return async (workspaceId) => {
    const last = known.get(workspaceId)
    const fresh = await house.database.read(workspaceId, async (db) => (last ? await freshAfter(db, last.until) : { names: null, newest: await newestCursor(db) }))
    const isConcerned = ({ id, names }: Handler): boolean =>
      last === undefined || last.behind.has(id) || (fresh !== undefined && (names === undefined || names.some((name) => fresh.names?.has(name))))
    const behind = new Set<string>()
    for (const handler of handlers.filter(isConcerned)) if (!await catchUp(house, workspaceId, handler)) behind.add(handler.id)
    known.set(workspaceId, { until: fresh?.newest ?? last?.until ?? '0-0', behind })
  }
}
