import { and, asc, eq, gt, max, sql } from 'drizzle-orm'
import { mine, minePlanned, planned, type Db, type Tx } from '#db/database.ts'
import { chatLines, chatVisitors } from './tables.ts'

export type Visitor = typeof chatVisitors.$inferSelect
export type Line = typeof chatLines.$inferSelect
export type NewLine = Pick<Line, 'key' | 'from' | 'root' | 'text' | 'html' | 'lang' | 'authorName' | 'authorPicture' | 'files' | 'at'>

/** The channel of LISTEN/NOTIFY on which each new line is called out, with whose it is. */
export const LINES = 'stoa_chat'
export const callOut = async (tx: Db, visitorId: string): Promise<void> => { await tx.execute(sql`select pg_notify(${LINES}, ${visitorId})`) }

export async function visitorById(db: Db, id: string): Promise<Visitor | undefined> {
  const query = planned(db, 'a visitor of the chat', () => db.select().from(chatVisitors).where(and(minePlanned(chatVisitors), eq(chatVisitors.id, sql.placeholder('id')))).limit(1).prepare('stoa_chat_visitor'))
  const [row] = await query.execute({ workspace: db.workspace, id })
  return row
}
/** The visitor, or the one they proved to be, held until the transaction ends. */
export async function lockVisitor(tx: Tx, id: string): Promise<Visitor | undefined> {
  const [row] = await tx.select().from(chatVisitors).where(and(mine(tx, chatVisitors), eq(chatVisitors.id, id))).for('update').limit(1)
  return row?.into ? await lockVisitor(tx, row.into) : row
}
/** The same, kept from now on if they were not. */
export async function ensureVisitor(tx: Tx, given: { readonly id: string; readonly accountId: string; readonly lang: string | null; readonly at: Date }): Promise<Visitor> {
  await tx.insert(chatVisitors).values(given).onConflictDoNothing()
  return (await lockVisitor(tx, given.id))!
}
export async function changeVisitor(tx: Tx, id: string, set: Partial<typeof chatVisitors.$inferInsert>): Promise<void> {
  await tx.update(chatVisitors).set(set).where(and(mine(tx, chatVisitors), eq(chatVisitors.id, id)))
}
export async function visitorBySub(db: Db, accountId: string, sub: string): Promise<Visitor | undefined> {
  const [row] = await db.select().from(chatVisitors).where(and(mine(db, chatVisitors), eq(chatVisitors.accountId, accountId), eq(chatVisitors.sub, sub))).limit(1)
  return row
}

export async function lineByKey(db: Db, visitorId: string, key: string): Promise<Line | undefined> {
  const [row] = await db.select().from(chatLines).where(and(mine(db, chatLines), eq(chatLines.visitorId, visitorId), eq(chatLines.key, key))).limit(1)
  return row
}
/** Puts a line under the others and calls it out; one that stands already is left as it is. The caller holds the visitor. */
export async function addLine(tx: Tx, visitor: Visitor, line: NewLine): Promise<{ readonly line: Line; readonly isNew: boolean }> {
  const known = await lineByKey(tx, visitor.id, line.key)
  if (known) return { line: known, isNew: false }
  const seq = visitor.seq + 1
  const [made] = await tx.insert(chatLines).values({ ...line, visitorId: visitor.id, seq }).returning()
  // Whoever says something has seen what stood before it.
  await changeVisitor(tx, visitor.id, { seq, ...(line.from === 'visitor' ? { readSeq: seq } : {}) })
  await callOut(tx, visitor.id)
  return { line: made!, isNew: true }
}

export async function linesAfter(db: Db, visitorId: string, { after, limit }: { readonly after: number; readonly limit: number }): Promise<Line[]> {
  const query = planned(db, 'lines of a chat', () => db.select().from(chatLines)
    .where(and(minePlanned(chatLines), eq(chatLines.visitorId, sql.placeholder('visitor')), gt(chatLines.seq, sql.placeholder('after')))).orderBy(asc(chatLines.seq)).limit(sql.placeholder('limit')).prepare('stoa_chat_lines'))
  return await query.execute({ workspace: db.workspace, visitor: visitorId, after, limit })
}
/** The number of our newest line. */
export async function lastOfTeam(db: Db, visitorId: string): Promise<number> {
  const [row] = await db.select({ seq: max(chatLines.seq) }).from(chatLines).where(and(mine(db, chatLines), eq(chatLines.visitorId, visitorId), eq(chatLines.from, 'team')))
  return row?.seq ?? 0
}
/** Whether the talk that goes on has an answer in it. */
export async function isAnswered(db: Db, { id, root }: Pick<Visitor, 'id' | 'root'>): Promise<boolean> {
  if (root === null) return false
  const [row] = await db.select({ id: chatLines.id }).from(chatLines).where(and(mine(db, chatLines), eq(chatLines.visitorId, id), eq(chatLines.root, root), eq(chatLines.from, 'team'))).limit(1)
  return row !== undefined
}

/** What a guest said goes behind what is there of the one they proved to be. The caller holds both. */
export async function joinVisitors(tx: Tx, guest: Visitor, into: Visitor): Promise<void> {
  await tx.update(chatLines).set({ visitorId: into.id, seq: sql`${chatLines.seq} + ${into.seq}` as never }).where(and(mine(tx, chatLines), eq(chatLines.visitorId, guest.id)))
  await changeVisitor(tx, into.id, { seq: into.seq + guest.seq, ...(guest.seq > 0 ? { readSeq: into.seq + guest.readSeq } : {}), ...(guest.root ? { root: guest.root, rated: guest.rated } : {}), email: into.email ?? guest.email })
  await changeVisitor(tx, guest.id, { into: into.id, seq: 0, readSeq: 0, mailedSeq: 0, root: null, email: null })
  await callOut(tx, into.id)
  await callOut(tx, guest.id)
}
