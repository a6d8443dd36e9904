import { and, asc, gt } from 'drizzle-orm'
import type { AnyEvent } from '#kit/events.ts'
import type { Pillar } from '#kit/pillar.ts'
import { eventOf, readCursor } from '#core/events/store.ts'
import { events } from '#core/events/tables.ts'
import { mine, type Tx } from '#db/database.ts'
import { weighed } from './rules.ts'
import { readings } from './tables.ts'

type Measuring = readonly Pick<Pillar, 'signals'>[]
const batch = 1000

function rowsOf(event: AnyEvent, pillars: Measuring): (typeof readings.$inferInsert)[] {
  return weighed(pillars.flatMap(({ signals }) => signals), event).map(({ signal, reading }) => ({
    signal, eventSeq: readCursor(event.cursor)!.seq, campaignId: event.campaignId ?? null, at: new Date(reading.at ?? event.at),
    num: reading.num ?? null, den: reading.den ?? null, value: reading.value ?? null, once: reading.once ?? null, because: reading.because,
  }))
}

/** Writes down what events say to the signals. Safe to repeat: an event speaks to a signal once. */
export async function foldAll(tx: Tx, given: readonly AnyEvent[], pillars: Measuring): Promise<void> {
  const rows = given.flatMap((event) => rowsOf(event, pillars))
  for (let from = 0; from < rows.length; from += batch) await tx.insert(readings).values(rows.slice(from, from + batch)).onConflictDoNothing()
}

/** Forgets every reading of the workspace and folds all its events anew: the same figures, by the signals as they are defined now. */
export async function recompute(tx: Tx, pillars: Measuring): Promise<void> {
  await tx.delete(readings).where(mine(tx, readings))
  let after = 0
  for (;;) {
    const rows = await tx.select().from(events).where(and(mine(tx, events), gt(events.seq, after))).orderBy(asc(events.seq)).limit(batch)
    if (rows.length === 0) return
    await foldAll(tx, rows.map(eventOf), pillars)
    after = rows.at(-1)!.seq
  }
}

