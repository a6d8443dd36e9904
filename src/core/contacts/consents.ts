import { createHmac, timingSafeEqual } from 'node:crypto'
import { and, desc, eq, isNull } from 'drizzle-orm'
import { isId, newId } from '#kit/id.ts'
import { Refusal } from '#kit/refusal.ts'
import { EVERY, mine, type Database, type Db, type Tx } from '#db/database.ts'
import { emit } from '../events/store.ts'
import './happenings.ts'
import { consents as rows } from './tables.ts'

export type Consent = Omit<typeof rows.$inferSelect, 'workspaceId' | 'contactId'>
export interface Giving {
  readonly contactId: string
  /** A short word of whoever asks: 'letters', 'forum.follow'. */
  readonly purpose: string
  /** The sentence they agreed to, as they read it. */
  readonly words: string; readonly lang: string
  /** Where they did: a page, a channel, a talk on the telephone. */
  readonly source: string
  readonly at: Date
  /** The member who writes it down for them; left out: they said so themselves. */
  readonly memberId?: string
}

/** What a person has agreed to, asked before anything that needs it. */
export const consents = {
  async given(db: Db, contactId: string, purpose: string): Promise<boolean> {
    const [row] = await db.select({ id: rows.id }).from(rows).where(and(mine(db, rows), eq(rows.contactId, contactId), eq(rows.purpose, purpose), isNull(rows.withdrawnAt))).limit(1)
    return row !== undefined
  },
  async of(db: Db, contactId: string): Promise<Consent[]> {
    const all = await db.select().from(rows).where(and(mine(db, rows), eq(rows.contactId, contactId))).orderBy(desc(rows.givenAt))
    return all.map(({ workspaceId: _, contactId: __, ...row }) => row)
  },
}

/** Keeps that somebody agreed. Agreeing again to what stands changes nothing: the first words and hour are the proof. */
export async function giveConsent(tx: Tx, { at, memberId, ...given }: Giving): Promise<string> {
  const standing = await standingOf(tx, given)
  if (standing) return standing.id
  const id = newId(at.getTime())
  await tx.insert(rows).values({ id, ...given, givenAt: at, memberId: memberId ?? null })
  await emit(tx, 'consent.given', { at, contactId: given.contactId, ...(memberId ? { memberId } : {}), data: { purpose: given.purpose } })
  return id
}
async function standingOf(tx: Tx, { contactId, purpose }: Pick<Giving, 'contactId' | 'purpose'>): Promise<{ id: string } | undefined> {
  const [row] = await tx.select({ id: rows.id }).from(rows).where(and(mine(tx, rows), eq(rows.contactId, contactId), eq(rows.purpose, purpose), isNull(rows.withdrawnAt))).for('update').limit(1)
  return row
}

export interface Withdrawing { readonly id: string; readonly by: 'link' | 'member' | 'channel'; readonly at: Date; readonly memberId?: string }
/** From here on nothing is done that needed it; what stood before stays as proof. Twice is once. */
export async function withdrawConsent(tx: Tx, { id, by, at, memberId }: Withdrawing): Promise<void> {
  const [row] = await tx.select().from(rows).where(and(mine(tx, rows), eq(rows.id, id))).for('update').limit(1)
  if (!row) throw new Refusal('not_found')
  if (row.withdrawnAt !== null) return
  await tx.update(rows).set({ withdrawnAt: at, withdrawnBy: by }).where(and(mine(tx, rows), eq(rows.id, id)))
  await emit(tx, 'consent.withdrawn', { at, contactId: row.contactId, ...(memberId ? { memberId } : {}), data: { purpose: row.purpose, by } })
}

const signed = (secret: string, id: string): string => createHmac('sha256', secret).update(`consent ${id}`).digest('base64url').slice(0, 24)
/** What the address of a one-click withdrawal ends in: /consent/<this>. `secret` is `hosts.secret('consents')`. */
export const withdrawalToken = (secret: string, id: string): string => `${id}.${signed(secret, id)}`

/** The consent behind such an address; a wrong signature and a consent that is gone are told apart by nobody. */
export async function consentBehind(database: Database, secret: string, token: string): Promise<typeof rows.$inferSelect> {
  const [id = '', mac = ''] = token.split('.')
  const [given, right] = [Buffer.from(mac), Buffer.from(signed(secret, id))]
  if (!isId(id) || given.length !== right.length || !timingSafeEqual(given, right)) throw new Refusal('not_found')
  const [row] = await database.read(EVERY, (db) => db.select().from(rows).where(eq(rows.id, id)).limit(1))
  if (!row) throw new Refusal('not_found')
  return row
}
