import { and, asc, count, eq, inArray, lte, sql } from 'drizzle-orm'
import { EVERY, mine, type Database, type Db, type Tx } from '#db/database.ts'
import { webmentionsIn as heardOf, webmentionsOut as tellOf } from './tables.ts'

export type MentionIn = typeof heardOf.$inferSelect
export type MentionOut = typeof tellOf.$inferSelect

// While somebody works on one nobody else takes it; whoever dies leaves it for the next.
const lease = 120_000
const after = (at: Date, ms: number): Date => new Date(at.getTime() + ms)
const minute = 60_000
const pauses = [1, 5, 30, 120, 720].map((minutes) => minutes * minute)
/** When to try again after so many tries; undefined: enough. */
export const nextTry = (tries: number, now: Date): Date | undefined => (pauses[tries - 1] === undefined ? undefined : after(now, pauses[tries - 1]!))

const mostWaiting = 500
const mostOfOneHost = 20
/** Whether one more may wait: strangers fill no table of ours. */
export async function hasRoom(db: Db, source: string): Promise<boolean> {
  const waiting = and(mine(db, heardOf), eq(heardOf.state, 'waiting'))
  const [row] = await db.select({ all: count(), host: sql<number>`count(*) filter (where starts_with(${heardOf.source}, ${`${new URL(source).origin}/`}))`.mapWith(Number) }).from(heardOf).where(waiting)
  return row!.all < mostWaiting && row!.host < mostOfOneHost
}

/** Keeps what we are told, to be looked at; told again, it is looked at again. */
export async function ask(tx: Tx, { source, target, at }: { readonly source: string; readonly target: string; readonly at: Date }): Promise<void> {
  await tx.insert(heardOf).values({ source, target, dueAt: at, askedAt: at })
    .onConflictDoUpdate({ target: [heardOf.workspaceId, heardOf.source, heardOf.target], set: { state: 'waiting', tries: 0, dueAt: at, askedAt: at } })
}

export async function dueIn(database: Database, now: Date, most: number): Promise<readonly MentionIn[]> {
  return await database.write(EVERY, async (tx) => {
    const due = await tx.select({ id: heardOf.id }).from(heardOf).where(and(eq(heardOf.state, 'waiting'), lte(heardOf.dueAt, now))).orderBy(asc(heardOf.dueAt)).limit(most).for('update', { skipLocked: true })
    if (due.length === 0) return []
    return await tx.update(heardOf).set({ dueAt: after(now, lease), tries: sql`${heardOf.tries} + 1` as never }).where(inArray(heardOf.id, due.map(({ id }) => id))).returning()
  })
}
export async function settleIn(database: Database, row: MentionIn, outcome: Partial<Omit<MentionIn, 'id' | 'workspaceId' | 'source' | 'target'>>): Promise<void> {
  // Asked again while we looked: what we found is old, and somebody looks again.
  await database.write(row.workspaceId, (tx) => tx.update(heardOf).set({ ...outcome, state: sql`case when ${heardOf.askedAt} > ${row.askedAt.toISOString()}::timestamptz then 'waiting' else ${outcome.state ?? row.state} end` as never }).where(and(mine(tx, heardOf), eq(heardOf.id, row.id))))
}

export interface Telling { readonly key: string; readonly source: string; readonly targets: readonly string[]; readonly wording: string; readonly at: Date }
/** Every page a post links to, or linked to before, is told of this wording once. */
export async function planTelling(tx: Tx, { key, source, targets, wording, at }: Telling): Promise<void> {
  const before = await tx.select().from(tellOf).where(and(mine(tx, tellOf), eq(tellOf.source, source)))
  const gone = before.filter((row) => row.linked && row.wording !== wording && !targets.includes(row.target))
  for (const row of gone) await tx.update(tellOf).set({ linked: false, wording, state: row.state === 'no-endpoint' ? 'no-endpoint' : 'waiting', tries: 0, dueAt: at }).where(and(mine(tx, tellOf), eq(tellOf.id, row.id)))
  for (const target of targets) {
    const known = before.find((row) => row.target === target)
    if (known?.wording === wording) continue
    await tx.insert(tellOf).values({ publicationKey: key, source, target, wording, dueAt: at })
      .onConflictDoUpdate({ target: [tellOf.workspaceId, tellOf.source, tellOf.target], set: { linked: true, wording, state: 'waiting', tries: 0, dueAt: at } })
  }
}
export async function dueOut(database: Database, now: Date, most: number): Promise<readonly MentionOut[]> {
  return await database.write(EVERY, async (tx) => {
    const due = await tx.select({ id: tellOf.id }).from(tellOf).where(and(eq(tellOf.state, 'waiting'), lte(tellOf.dueAt, now))).orderBy(asc(tellOf.dueAt)).limit(most).for('update', { skipLocked: true })
    if (due.length === 0) return []
    return await tx.update(tellOf).set({ dueAt: after(now, lease), tries: sql`${tellOf.tries} + 1` as never }).where(inArray(tellOf.id, due.map(({ id }) => id))).returning()
  })
}
export async function settleOut(database: Database, row: MentionOut, outcome: Partial<Pick<MentionOut, 'state' | 'dueAt' | 'endpoint' | 'sentAt' | 'lastWord'>>): Promise<void> {
  await database.write(row.workspaceId, (tx) => tx.update(tellOf).set(outcome).where(and(mine(tx, tellOf), eq(tellOf.id, row.id), eq(tellOf.wording, row.wording))))
}
