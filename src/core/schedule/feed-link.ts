import { createHmac, timingSafeEqual } from 'node:crypto'
import { and, eq, isNull } from 'drizzle-orm'
import { newId, isId } from '#kit/id.ts'
import { Refusal } from '#kit/refusal.ts'
import { EVERY, mine, type Db, type Tx } from '#db/database.ts'
import type { House } from '../house.ts'
import { memberById } from '../members/store.ts'
import { calendarLinks } from './tables.ts'

type Signing = Pick<House, 'hosts' | 'origin'>
const signature = ({ hosts }: Signing, id: string): string => createHmac('sha256', hosts.secret('calendar link')).update(id).digest('base64url')
const urlOf = (house: Signing, id: string): string => `${house.origin}/api/v1/calendar.ics?token=${id}.${signature(house, id)}`

export async function linkOf(db: Db, house: Signing, memberId: string): Promise<string | null> {
  const [row] = await db.select({ id: calendarLinks.id }).from(calendarLinks).where(and(mine(db, calendarLinks), eq(calendarLinks.memberId, memberId), isNull(calendarLinks.revokedAt)))
  return row ? urlOf(house, row.id) : null
}
/** From here on links made before open nothing. */
export async function revokeLinks(tx: Tx, memberId: string, at: Date): Promise<void> {
  await tx.update(calendarLinks).set({ revokedAt: at }).where(and(mine(tx, calendarLinks), eq(calendarLinks.memberId, memberId), isNull(calendarLinks.revokedAt)))
}
export async function renewLink(tx: Tx, house: Signing, { memberId, at }: { readonly memberId: string; readonly at: Date }): Promise<string> {
  await revokeLinks(tx, memberId, at)
  const id = newId(at.getTime())
  await tx.insert(calendarLinks).values({ id, memberId, madeAt: at })
  return urlOf(house, id)
}

/** Whose calendar a link opens. A wrong signature, a revoked link and a member who has left are told apart by nobody. */
export async function openLink(house: House, token: string): Promise<{ workspaceId: string; memberId: string }> {
  const [id = '', signed = ''] = token.split('.')
  const [given, right] = [Buffer.from(signed), Buffer.from(signature(house, id))]
  if (!isId(id) || given.length !== right.length || !timingSafeEqual(given, right)) throw new Refusal('not_found')
  const [row] = await house.database.read(EVERY, (db) => db.select().from(calendarLinks).where(and(eq(calendarLinks.id, id), isNull(calendarLinks.revokedAt))))
  const member = row && await house.database.read(row.workspaceId, (db) => memberById(db, row.memberId))
  if (!row || !member || member.leftAt !== null) throw new Refusal('not_found')
  return { workspaceId: row.workspaceId, memberId: row.memberId }
}
