import { and, asc, inArray, sql } from 'drizzle-orm'
import type { AnyEvent, Context, EventName, Events, StoaEvent } from '#kit/events.ts'
import { mine, type Db, type Tx } from '#db/database.ts'
import { events } from './tables.ts'

/** The channel of LISTEN/NOTIFY on which a trigger rings for new events, once per commit; its payload is the workspace. */
export const RINGS = 'stoa_events'

type Happening<N extends EventName> = Context & { readonly at: Date; readonly data: Events[N] }

/** Records a fact in the transaction that makes it true. */
export async function emit<N extends EventName>(tx: Tx, name: N, happening: Happening<N>): Promise<void> {
  await emitAll(tx, [{ name, ...happening }])
}

/** Many at once, in the order given. */
export async function emitAll<N extends EventName>(tx: Tx, all: readonly (Happening<N> & { readonly name: N })[]): Promise<void> {
  if (all.length === 0) return
  // As one value, in this order: a statement with a parameter for each column of each fact takes longer to write than to run.
  const rows = all.map((one) => ({
    name: one.name, at: one.at.toISOString(), data: one.data, member_id: one.memberId, campaign_id: one.campaignId,
    post_id: one.postId, conversation_id: one.conversationId, contact_id: one.contactId,
  }))
  await tx.execute(sql`insert into events (workspace_id, name, at, data, member_id, campaign_id, post_id, conversation_id, contact_id)
    select ${tx.workspace}, name, at, data, member_id, campaign_id, post_id, conversation_id, contact_id from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as t(name text, at timestamptz, data jsonb, member_id uuid, campaign_id uuid, post_id uuid, conversation_id uuid, contact_id uuid)`)
}

type Row = typeof events.$inferSelect
export const cursorOf = (row: Pick<Row, 'tx' | 'seq'>): string => `${row.tx}-${row.seq}`
export const START = '0-0'
const shape = /^(\d{1,18})-(\d{1,15})$/
/** The two numbers of a cursor; undefined when it is none. */
export function readCursor(cursor: string): { tx: string; seq: number } | undefined {
  const found = shape.exec(cursor)
  return found ? { tx: found[1]!, seq: Number(found[2]) } : undefined
}

export function eventOf(row: Row): AnyEvent {
  const set = (name: string, value: string | null) => (value === null ? {} : { [name]: value })
  return {
    cursor: cursorOf(row), name: row.name, at: row.at.toISOString(), data: row.data, ...set('memberId', row.memberId),
    ...set('campaignId', row.campaignId), ...set('postId', row.postId), ...set('conversationId', row.conversationId), ...set('contactId', row.contactId),
  } as unknown as AnyEvent
}

// An event is settled once no transaction that began before it can still commit: then its place in the order is final.
const settled = sql`${events.tx} < pg_snapshot_xmin(pg_current_snapshot())`

/** The next settled events after a cursor, in their final order. */
export async function eventsAfter(db: Db, cursor: string, options: { readonly limit: number; readonly names?: readonly EventName[] }): Promise<AnyEvent[]> {
  const from = readCursor(cursor) ?? { tx: '0', seq: 0 }
  const rows = await db.select().from(events).where(and(
    mine(db, events), settled, sql`(${events.tx}, ${events.seq}) > (${from.tx}::xid8, ${from.seq}::bigint)`,
    options.names ? inArray(events.name, [...options.names]) : undefined,
  )).orderBy(asc(events.tx), asc(events.seq)).limit(options.limit)
  return rows.map(eventOf)
}

/** The cursor of the newest settled event: where a reader begins who only wants what comes. */
export async function newestCursor(db: Db): Promise<string> {
  const [row] = await db.select({ tx: events.tx, seq: events.seq }).from(events).where(and(mine(db, events), settled))
    .orderBy(sql`${events.tx} desc, ${events.seq} desc`).limit(1)
  return row ? cursorOf(row) : START
}

/** What has settled after a cursor: the names of all of it, and the newest of it; undefined when nothing has. */
export async function freshAfter(db: Db, cursor: string): Promise<{ readonly names: ReadonlySet<string>; readonly newest: string } | undefined> {
  const from = readCursor(cursor) ?? { tx: '0', seq: 0 }
  const { rows: [row] } = await db.execute<{ names: string[] | null; newest: string | null }>(sql`with fresh as materialized (
      select ${events.name} as name, ${events.tx} as tx, ${events.seq} as seq from ${events} where ${mine(db, events)} and ${settled} and (${events.tx}, ${events.seq}) > (${from.tx}::xid8, ${from.seq}::bigint))
    select (select array_agg(distinct name) from fresh) as names, (select tx::text || '-' || seq from fresh order by tx desc, seq desc limit 1) as newest`)
  return row?.newest ? { names: new Set(row.names), newest: row.newest } : undefined
}

export const isEvent = <N extends EventName>(event: AnyEvent, name: N): event is StoaEvent<N> & AnyEvent => event.name === name
