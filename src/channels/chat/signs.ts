import { sql } from 'drizzle-orm'
import { PRESENCE, type Presence } from '#kit/presence.ts'
import type { Database, Db, Tx } from '#db/database.ts'
import { authorOf, type Seat } from './say.ts'
import { callOut, changeVisitor, ensureVisitor, lockVisitor, visitorById, type Visitor } from './store.ts'

async function callPresence(db: Db, { account, lang, now }: Seat, visitor: Visitor, does: Presence['does']): Promise<void> {
  if (visitor.root === null) return
  const presence: Presence = { workspaceId: account.workspaceId, accountId: account.id, root: visitor.root, from: 'visitor', does, name: authorOf(visitor, lang).name, at: now.toISOString() }
  await db.execute(sql`select pg_notify(${PRESENCE}, ${JSON.stringify(presence)})`)
}

/** Tells the team that the visitor writes; nothing is kept of it, and of who never wrote nothing is told. */
export async function sign(seat: Seat, does: Presence['does']): Promise<void> {
  await (seat.host.lend('database') as Database).write(seat.host.workspaceId, async (tx) => {
    const visitor = await visitorById(tx, seat.visitorId)
    if (visitor) await callPresence(tx, seat, visitor, does)
  })
}

/** The visitor has seen their lines up to this one. */
export async function markRead(seat: Seat, seq: number): Promise<void> {
  await (seat.host.lend('database') as Database).write(seat.host.workspaceId, async (tx) => {
    const visitor = await lockVisitor(tx, seat.visitorId)
    const upTo = Math.min(seq, visitor?.seq ?? 0)
    if (!visitor || upTo <= visitor.readSeq) return
    await changeVisitor(tx, visitor.id, { readSeq: upTo, mailRef: null })
    await callPresence(tx, seat, visitor, 'read')
    await callOut(tx, visitor.id)
  })
}

/** Where answers go while they are away; null: nowhere any more. */
export async function leaveAddress({ host, account, visitorId, lang, now }: Seat, email: string | null): Promise<void> {
  await host.within(account, async ({ tx: given, resume }) => {
    const tx = given as Tx
    const visitor = await ensureVisitor(tx, { id: visitorId, accountId: account.id, lang, at: now })
    // What stands by now they see here; letters begin with what comes.
    await changeVisitor(tx, visitor.id, { email, lang, mailedSeq: Math.max(visitor.mailedSeq, visitor.readSeq) })
    if (email !== null) await resume(email, { kind: 'chat', id: visitor.id })
    await callOut(tx, visitor.id)
  })
}
