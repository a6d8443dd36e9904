import { createHash, randomBytes } from 'node:crypto'
import { and, desc, eq, isNull } from 'drizzle-orm'
import { Refusal } from '#kit/refusal.ts'
import type { Role } from '#kit/rights.ts'
import { mine, type Db, type Tx } from '#db/database.ts'
import { invitations } from './tables.ts'

export type Invitation = typeof invitations.$inferSelect
const hash = (token: string): string => createHash('sha256').update(token).digest('hex')
const week = 7 * 24 * 3_600_000

/** A link that makes one member, once, within a week. The token is told here and never again. */
export async function invite(tx: Tx, given: { readonly role: Role; readonly name: string; readonly invitedBy: string; readonly at: Date }): Promise<{ invitation: Invitation; token: string }> {
  const token = randomBytes(24).toString('base64url')
  const { at, ...rest } = given
  const [invitation] = await tx.insert(invitations).values({ ...rest, tokenHash: hash(token), createdAt: at, expiresAt: new Date(at.getTime() + week) }).returning()
  return { invitation: invitation!, token }
}
export async function openInvitations(db: Db): Promise<Invitation[]> {
  return await db.select().from(invitations).where(and(mine(db, invitations), isNull(invitations.acceptedAt))).orderBy(desc(invitations.createdAt))
}
export async function withdrawInvitation(tx: Tx, id: string): Promise<void> {
  await tx.delete(invitations).where(and(mine(tx, invitations), eq(invitations.id, id), isNull(invitations.acceptedAt)))
}

/** The invitation behind a link, by the handle of all workspaces; refuses what is used, old or unknown. */
export async function invitationBehind(db: Db, token: string, now: Date): Promise<Invitation> {
  const [row] = await db.select().from(invitations).where(eq(invitations.tokenHash, hash(token))).limit(1)
  if (!row) throw new Refusal('not_found')
  if (row.acceptedAt) throw new Refusal('link_used')
  if (row.expiresAt < now) throw new Refusal('link_expired')
  return row
}
/** Marks it used; of two who accept at once, one is refused. */
export async function accept(tx: Tx, id: string, by: { readonly memberId: string; readonly at: Date }): Promise<void> {
  const rows = await tx.update(invitations).set({ acceptedAt: by.at, acceptedBy: by.memberId }).where(and(mine(tx, invitations), eq(invitations.id, id), isNull(invitations.acceptedAt))).returning({ id: invitations.id })
  if (rows.length === 0) throw new Refusal('link_used')
}
